"""Targets one by one: those of a cell, the late ones, who has not moved, this month beside the last."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Case, Exists, F, IntegerField, OuterRef, QuerySet, Subquery, Value, When

from minsheng.progress.pace.model import Reason
from minsheng.progress.pace.model import Standing as StandingValue
from minsheng.progress.pace.sentences import sentence
from minsheng_web.records.access import Person, standings_for, standings_in
from minsheng_web.records.models import Allocation, Standing
from minsheng_web.records.pace_rows import owed_of_row, reasons_of, value_of
from minsheng_web.records.queries.pace_cells import WORST_FIRST
from minsheng_web.records.queries.pace_scope import PaceView

A_PAGE = 50
_WITH = (
    "allocation__region", "allocation__indicator__lead_unit", "allocation__reporting_unit",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One target of one region as it stood; ``row`` has its allocation, region, indicator, units at hand."""

    row: Standing
    sentence: str

    @property
    def value(self) -> StandingValue:
        return value_of(self.row)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        return reasons_of(self.row.reasons)

    @property
    def allocation(self) -> int:
        return self.row.allocation_id

    @property
    def light(self) -> str:
        return self.row.light

    @property
    def name(self) -> str:
        return self.row.allocation.indicator.name

    @property
    def region_name(self) -> str:
        return self.row.allocation.region.name


@dataclass(frozen=True, slots=True)
class TargetPage:
    """Some of the targets there are; ``total`` is how many there are."""

    rows: tuple[TargetRow, ...]
    total: int
    offset: int


@dataclass(frozen=True, slots=True)
class MovedRow:
    """A target now, and as it stood when the period before was closed; None where it was not there."""

    now: TargetRow
    before: Standing | None


@dataclass(frozen=True, slots=True)
class MovedPage:
    """Some of the targets whose light changed, those that got worse first."""

    rows: tuple[MovedRow, ...]
    total: int
    offset: int


def cell_targets(view: PaceView, *, limit: int = A_PAGE, offset: int = 0) -> TargetPage:
    """The targets of the region itself, by the view's filters, worst first. Two queries."""
    rows = _inside(view).filter(allocation__region=view.region)
    return _page(view, _worst_first(rows), limit, offset)


def lit_targets(
    view: PaceView, lights: Collection[str], *, limit: int = A_PAGE, offset: int = 0
) -> TargetPage:
    """Targets not divided further, in the region and under it, with one of these lights. Two queries."""
    rows = _leaves(view).filter(light__in=lights)
    return _page(view, _worst_first(rows), limit, offset)


def unmoved_targets(view: PaceView, *, least: int = 2, limit: int = A_PAGE, offset: int = 0) -> TargetPage:
    """Who has not moved for ``least`` periods or more, the longest first. Two queries."""
    rows = _leaves(view).filter(unmoved__gte=least)
    return _page(view, rows.order_by("-unmoved", "allocation__region__path", "pk"), limit, offset)


def missing_targets(view: PaceView, *, least: int = 1, limit: int = A_PAGE, offset: int = 0) -> TargetPage:
    """Who did not report for ``least`` periods or more, the longest first. Two queries."""
    rows = _leaves(view).filter(missing_run__gte=least)
    return _page(view, rows.order_by("-missing_run", "allocation__region__path", "pk"), limit, offset)


def parts_below(view: PaceView, allocation: int, *, limit: int = A_PAGE, offset: int = 0) -> TargetPage:
    """The parts a target was divided into, worst first. Two queries."""
    rows = _standings(view).filter(allocation__above=allocation)
    return _page(view, _worst_first(rows), limit, offset)


def moved_targets(view: PaceView, *, limit: int = A_PAGE, offset: int = 0) -> MovedPage:
    """The region's own targets whose light is not what it was the period before. Three queries."""
    last = view.seal.before_id
    earlier = Standing.objects.filter(snapshot=last, allocation=OuterRef("allocation"))
    rows = _inside(view).filter(allocation__region=view.region)
    rows = rows.annotate(was=Subquery(earlier.values("light")[:1])).exclude(was=F("light"))
    rows = rows.filter(was__isnull=False)
    worse = rows.annotate(worse=_rank("was") - _rank("light")).order_by(
        "-worse", "allocation__indicator__position", "pk"
    )
    page = _page(view, worse, limit, offset)
    before = {
        row.allocation_id: row
        for row in standings_for(view.person).filter(
            snapshot=last, allocation__in=[one.allocation for one in page.rows]
        )
    }
    moved = tuple(MovedRow(one, before.get(one.allocation)) for one in page.rows)
    return MovedPage(moved, page.total, offset)


def target_rows(view: PaceView, rows: Sequence[Standing]) -> tuple[TargetRow, ...]:
    """Stored standings of the view's snapshot, each with its sentence."""
    rules, period = view.rules, view.period_value
    return tuple(TargetRow(row, sentence(value_of(row), owed_of_row(row), rules, period)) for row in rows)


def _standings(view: PaceView) -> QuerySet[Standing]:
    return standings_for(view.person).filter(
        view.indicator_filter("allocation__indicator__"), snapshot=view.snapshot
    )


def _inside(view: PaceView) -> QuerySet[Standing]:
    """Those in the region looked at."""
    rows = standings_in(view.person, view.snapshot, view.region)
    return rows.filter(view.indicator_filter("allocation__indicator__"))


def _leaves(view: PaceView) -> QuerySet[Standing]:
    # Few of a province are asked for: whether one is divided further is looked up for those alone.
    undivided = Allocation.objects.filter(pk=OuterRef("allocation"), version=0).order_by()
    return _inside(view).filter(Exists(undivided))


def _page(view: PaceView, rows: QuerySet[Standing], limit: int, offset: int) -> TargetPage:
    total = rows.count()
    found = list(rows.select_related(*_WITH)[offset : offset + limit])
    return TargetPage(target_rows(view, found), total, offset)


def _worst_first(rows: QuerySet[Standing]) -> QuerySet[Standing]:
    return rows.annotate(rank=_rank("light")).order_by(
        "rank", "allocation__region__path", "allocation__indicator__position", "pk"
    )


def _rank(field: str) -> Case:
    """0 for the worst light."""
    places = [When(**{field: light}, then=Value(place)) for place, light in enumerate(WORST_FIRST)]
    return Case(*places, default=Value(len(WORST_FIRST)), output_field=IntegerField())


def lights_through(
    person: Person, snapshots: Iterable[int], allocations: Iterable[int]
) -> dict[int, dict[int, str]]:
    """Allocation → snapshot → light, for a page of targets. One query."""
    rows = standings_for(person).filter(snapshot__in=list(snapshots), allocation__in=list(allocations))
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for allocation, snapshot, light in rows.order_by().values_list("allocation", "snapshot", "light"):
        found[allocation][snapshot] = light
    return found
