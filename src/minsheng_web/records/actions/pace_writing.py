"""Standings and cells of a snapshot: judged a group of indicators at a time, written beside its lines."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Min, Q
from django.db.models.functions import Coalesce

from minsheng_web.records.actions.freezing import Due
from minsheng_web.records.actions.pace_cells import CELL_FIELDS, CellCounter, projects_of
from minsheng_web.records.actions.pace_judging import Judge, Told
from minsheng_web.records.actions.pace_reading import leaf_figures, nodes_of, standings_before
from minsheng_web.records.bulk import insert_rows
from minsheng_web.records.models import Indicator, PaceCell, PaceSeal, ReportPeriod, Snapshot, Standing
from minsheng_web.records.pace_rows import FIELDS, digits_of, row_of

CHUNK = 3_000
"""Parts judged and written at one go: one indicator of a province, or a whole small programme."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Indicators that are written together, how many parts they have, and between which keys those lie."""

    indicators: tuple[int, ...]
    parts: int
    keys: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Judged:
    """What a chunk comes to: rows of standings by indicator, and the cells that are whole now."""

    standings: Mapping[int, Sequence[Sequence[Any]]]
    cells: Sequence[Sequence[Any]]


def chunks_of(programme: int) -> Iterator[Chunk]:
    """The programme's indicators in order, in chunks of at most about ``CHUNK`` parts."""
    kept: list[tuple[int, int, int, int]] = []
    rows = Indicator.objects.filter(programme=programme).order_by("position")
    counted = rows.annotate(
        number=Count("allocations", filter=Q(allocations__active=True)),
        first=Coalesce(Min("allocations"), 0),
        last=Coalesce(Max("allocations"), 0),
    )
    for one in counted.values_list("pk", "number", "first", "last"):
        if kept and sum(number for _, number, _, _ in kept) + one[1] > CHUNK:
            yield _chunk(kept)
            kept = []
        kept.append(one)
    if kept:
        yield _chunk(kept)


def _chunk(kept: Sequence[tuple[int, int, int, int]]) -> Chunk:
    indicators, numbers, first, last = zip(*kept, strict=True)
    return Chunk(indicators, sum(numbers), (min(first), max(last)))


class PaceJudge:
    """Judges the parts of a period, chunk by chunk in the order of ``chunks_of``. Reads only."""

    def __init__(self, period: ReportPeriod, snapshot: int, judge: Judge) -> None:
        self._judge = judge
        self._cells = CellCounter(
            projects_of(Indicator.objects.filter(programme=period.programme_id)), snapshot
        )

    def judge(self, indicators: Collection[int], due: Iterable[Due]) -> Judged:
        """How the parts of these indicators stand."""
        judge = self._judge
        nodes = nodes_of(indicators, leaf_figures(due))
        before = standings_before(judge.before, indicators)
        told: dict[int, list[Told]] = defaultdict(list)
        for one in judge.all(indicators, nodes, before):
            told[one.node.indicator].append(one)
        self._cells.count(indicators, (one for every in told.values() for one in every))
        return Judged({key: [_row(one) for one in every] for key, every in told.items()}, self._cells.take())


class PaceWriter:
    """Writes the standings of one snapshot, chunk by chunk, and seals them."""

    def __init__(self, snapshot: Snapshot, judge: Judge) -> None:
        self._snapshot = snapshot
        self._judge = judge
        self._parts: dict[str, list[Any]] = {}

    def write(self, judged: Judged) -> None:
        """Insert what was judged. Inside the caller's transaction."""
        write_standings(self._snapshot.pk, judged.standings)
        insert_rows(PaceCell, CELL_FIELDS, judged.cells)
        for indicator, rows in judged.standings.items():
            self._parts[str(indicator)] = list(digits_of(rows))

    def seal(self) -> PaceSeal:
        """The standings' own digits. Inside the caller's transaction."""
        return self._judge.seal(self._snapshot, self._parts)


def write_standings(snapshot: int, standings: Mapping[int, Sequence[Sequence[Any]]]) -> None:
    """Insert standings given by indicator. Inside the caller's transaction."""
    rows = ((snapshot, *row) for every in standings.values() for row in every)
    insert_rows(Standing, ("snapshot", *FIELDS), rows)


def _row(told: Told) -> tuple[Any, ...]:
    node = told.node
    return row_of(node.allocation, node.indicator, node.owed, told.standing)
