"""Counted standings: how many of each light a region has in a project, and what money it has.

Who sees whole regions reads the cells that were counted when the period was closed. Who works for a unit and may
not see others' lines gets the same counts made from the standings in reach.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Count, Sum

from minsheng.progress.pace.model import SHOWN_WORDS, Shown
from minsheng_web.records.access import Person, pace_cells_for, sees_whole, standings_for
from minsheng_web.records.models import Region
from minsheng_web.records.queries.pace_scope import Filters

SHOWN: tuple[Shown, ...] = tuple(SHOWN_WORDS)
WORST_FIRST: tuple[Shown, ...] = ("red", "orange", "yellow", "missing", "green", "blue", "none")
"""What one cell shows of several standings. A missing report outweighs a green one: it is never green."""
_COUNTS = ("blue", "green", "yellow", "orange", "red", "missing", "none")
_MONEY = ("money_needed", "money_arrived", "money_spent", "money_paid")


class Cell(NamedTuple):
    """A region in a project under one lead unit. ``counts`` in the order of SHOWN; money None: never named."""

    snapshot: int
    region: int
    project: int
    category: str
    unit: int | None
    counts: tuple[int, ...]
    missing_parts: int
    money: tuple[int | None, ...] = (None, None, None, None)


@dataclass(slots=True)
class Tally:
    """Counts added up. Money stays None until somebody names some."""

    counts: list[int]
    missing_parts: int
    money: list[int | None]

    @classmethod
    def empty(cls) -> "Tally":
        return cls([0] * len(SHOWN), 0, [None] * len(_MONEY))

    def add(self, cell: Cell) -> None:
        for at, number in enumerate(cell.counts):
            self.counts[at] += number
        self.missing_parts += cell.missing_parts
        for at, fen in enumerate(cell.money):
            if fen is not None:
                self.money[at] = fen + (self.money[at] or 0)

    @property
    def total(self) -> int:
        return sum(self.counts)

    @property
    def worst(self) -> Shown | None:
        return worst_of(self.counts)

    def count(self, light: Shown) -> int:
        return self.counts[SHOWN.index(light)]


def worst_of(counts: Iterable[int]) -> Shown | None:
    """The worst light counted; None where nothing was."""
    numbers = dict(zip(SHOWN, counts, strict=True))
    return next((light for light in WORST_FIRST if numbers[light]), None)


def cells(
    person: Person, programme: int, *, snapshots: Iterable[int], regions: Iterable[Region], filters: Filters
) -> list[Cell]:
    """The cells of these regions in these snapshots. One query."""
    places = tuple(regions)
    keys = [region.pk for region in places]
    taken = list(snapshots)
    if not taken or not keys:
        return []
    if places and all(sees_whole(person, region, programme) for region in places):
        rows = pace_cells_for(person).filter(snapshot__in=taken, region__in=keys)
        rows = rows.filter(filters.condition(indicator="")).order_by()
        return [
            Cell(*row[:5], row[5:12], row[12], row[13:])
            for row in rows.values_list(
                "snapshot", "region", "project_number", "category_name", "lead_unit", *_COUNTS,
                "missing_parts", *_MONEY,
            )
        ]  # fmt: skip
    return _counted(person, taken, keys, filters)


def _counted(person: Person, snapshots: list[int], regions: list[int], filters: Filters) -> list[Cell]:
    """The same from the standings in reach."""
    rows = (
        standings_for(person)
        .filter(filters.condition(), snapshot__in=snapshots, allocation__region__in=regions)
        .order_by()
        .values_list(
            "snapshot",
            "allocation__region",
            "indicator__project_number",
            "indicator__category_name",
            "indicator__lead_unit",
            "light",
        )
        .annotate(number=Count("pk"), parts_there=Sum("parts"), heard=Sum("reported"))
    )
    found: dict[tuple[int, int, int, str, int | None], tuple[list[int], list[int]]] = {}
    for *key, light, number, parts, heard in rows:
        counts, missing = found.setdefault((key[0], key[1], key[2], key[3], key[4]), ([0] * len(SHOWN), [0]))
        counts[SHOWN.index(light)] += number
        missing[0] += parts - heard
    return [Cell(*key, tuple(counts), missing[0]) for key, (counts, missing) in found.items()]


def added(rows: Iterable[Cell], *names: str) -> dict[tuple[int | str | None, ...], Tally]:
    """Cells added up by these of their fields."""
    places = [Cell._fields.index(name) for name in names]
    found: dict[tuple[int | str | None, ...], Tally] = {}
    for cell in rows:
        key = tuple(cell[at] for at in places)  # type: ignore[misc]  # the fields named are plain
        tally = found.get(key)
        if tally is None:
            tally = found[key] = Tally.empty()
        tally.add(cell)
    return found


class Summed(NamedTuple):
    """Counts of a group, added up by the database; ``key`` are the fields it was grouped by."""

    key: tuple[Any, ...]
    counts: tuple[int, ...]
    missing_parts: int
    money: tuple[int | None, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)

    @property
    def worst(self) -> Shown | None:
        return worst_of(self.counts)

    def count(self, light: Shown) -> int:
        return self.counts[SHOWN.index(light)]


def sums(
    person: Person,
    programme: int,
    *,
    snapshots: Iterable[int],
    regions: Iterable[Region],
    filters: Filters,
    by: tuple[str, ...],
) -> list[Summed]:
    """Counts grouped by fields of a cell. One query; no more rows than there are groups."""
    places, taken = tuple(regions), list(snapshots)
    if not all(sees_whole(person, region, programme) for region in places):
        rows = _counted(person, taken, [region.pk for region in places], filters)
        found = added(rows, *by)
        return [Summed(key, tuple(t.counts), t.missing_parts, tuple(t.money)) for key, t in found.items()]
    names = [_COLUMNS.get(name, name) for name in by]
    summed = {f"sum_{name}": Sum(name) for name in (*_COUNTS, "missing_parts", *_MONEY)}
    cells_there = pace_cells_for(person).filter(
        filters.condition(indicator=""), snapshot__in=taken, region__in=[region.pk for region in places]
    )
    width = len(names)
    return [
        Summed(row[:width], row[width : width + 7], row[width + 7], row[width + 8 :])
        for row in cells_there.order_by().values_list(*names).annotate(**summed)
    ]


_COLUMNS = {"project": "project_number", "category": "category_name", "unit": "lead_unit"}
