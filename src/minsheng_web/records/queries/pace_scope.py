"""What a page of pace is about: the closed periods there are, the region asked for, what can be filtered by."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.db.models.functions import Length

from minsheng_web.records.access import Person, indicators_for, regions_for, snapshots_for
from minsheng_web.records.models import Indicator, Programme, Region


@dataclass(frozen=True, slots=True)
class Filters:
    """What a page is narrowed to: a category by name, lead unit and project by key and number."""

    category: str = ""
    unit: int | None = None
    project: int | None = None

    def condition(self, indicator: str = "indicator__", project: str = "project_number") -> Q:
        """Rows that meet the filters; ``indicator`` leads to what holds category and lead unit."""
        found = Q()
        if self.category:
            found &= Q(**{f"{indicator}category_name": self.category})
        if self.unit is not None:
            found &= Q(**{f"{indicator}lead_unit": self.unit})
        if self.project is not None:
            found &= Q(**{f"{indicator}{project}": self.project})
        return found


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed period with its newest snapshot: what is shown of that month."""

    period: int
    key: str
    name: str
    start: date
    end: date
    snapshot: int
    number: int
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Place:
    """The region of a page, those straight below it, and the way from the first region in reach down to it."""

    region: Region
    below: tuple[Region, ...]
    trail: tuple[Region, ...]

    @property
    def keys(self) -> tuple[int, ...]:
        """The region itself first, then those below."""
        return (self.region.pk, *(region.pk for region in self.below))


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be filtered by: categories, lead units and projects of the programme, in the plan's order."""

    categories: tuple[str, ...]
    units: tuple[tuple[int, str], ...]
    projects: tuple[tuple[int, str, str], ...]
    """Number, headline, category."""

    def unit_name(self, key: int | None) -> str:
        return dict(self.units).get(key, "") if key is not None else ""


def closed_periods(person: Person, programme: int) -> tuple[Closed, ...]:
    """The periods whose standings were kept, the newest first. One query."""
    rows = (
        snapshots_for(person)
        .filter(period__programme=programme, pace__isnull=False)
        .order_by("-period__start", "-number")
        .values_list(
            "period", "period__key", "period__name", "period__start", "period__end", "pk", "number", "made_at"
        )
    )
    newest: dict[int, Closed] = {}
    for row in rows:
        newest.setdefault(row[0], Closed(*row))
    return tuple(newest.values())


def place_of(person: Person, programme: Programme, asked: int | None) -> Place | None:
    """The region asked for, or the highest one of the programme in reach; None out of reach. Two queries."""
    within = regions_for(person).filter(path__startswith=programme.region.path)
    if asked is None:
        first = within.order_by(Length("path"), "path").first()
        return None if first is None else Place(first, _below(within, first), ())
    region = within.filter(pk=asked).first()
    if region is None:
        return None
    above = within.filter(path__in=_paths(region.path)).exclude(pk=region.pk)
    return Place(region, _below(within, region), tuple(above.order_by(Length("path"))))


def _below(within: Iterable[Region], region: Region) -> tuple[Region, ...]:
    return tuple(within.filter(parent=region).order_by("code", "path"))  # type: ignore[attr-defined]


def _paths(path: str) -> list[str]:
    """``/a/b/`` → ``/a/``, ``/a/b/``."""
    parts = path.strip("/").split("/")
    return ["/" + "/".join(parts[: at + 1]) + "/" for at in range(len(parts))]


def choices_of(person: Person, programme: int) -> Choices:
    """One query, whatever is chosen."""
    rows = (
        indicators_for(person)
        .filter(programme=programme, active=True)
        .order_by("position")
        .values_list("category_name", "lead_unit", "lead_unit__name", "project_number", "project_headline")
    )
    categories: dict[str, None] = {}
    units: dict[int, str] = {}
    projects: dict[int, tuple[int, str, str]] = {}
    for category, unit, unit_name, number, headline in rows:
        if category:
            categories[category] = None
        if unit is not None:
            units[unit] = unit_name
        projects.setdefault(number, (number, headline, category))
    return Choices(tuple(categories), tuple(units.items()), tuple(projects.values()))


def followed(person: Person, programme: int) -> dict[int, Indicator]:
    """The indicators of the programme by key, with their lead unit."""
    rows = indicators_for(person).filter(programme=programme).select_related("lead_unit")
    return {row.pk: row for row in rows}
