"""Standings one by one: the targets of a region, one target through the year, what was reported of it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from minsheng.progress.pace.model import Shown
from minsheng_web.records.access import Person, allocations_for, report_lines_for, standings_for
from minsheng_web.records.models import Allocation, ReportLine, Snapshot, Standing
from minsheng_web.records.queries.pace_scope import PaceView

WITH = ("indicator__lead_unit", "allocation__region")
_WORRYING: tuple[Shown, ...] = ("red", "orange", "yellow", "missing")


def targets(view: PaceView) -> QuerySet[Standing]:
    """The standings of the region itself, in the order of the plan."""
    rows = _of(view).filter(allocation__region=view.region)
    return rows.order_by("indicator__position", "pk")


def worrying(view: PaceView) -> QuerySet[Standing]:
    """Those of them that are red, orange, yellow or missing, furthest behind first."""
    return targets(view).filter(light__in=_WORRYING).order_by("gap", "indicator__position")


def unmoved(view: PaceView) -> QuerySet[Standing]:
    """Parts somebody below reports that did not move for a period or more, the longest first."""
    return (
        _of(view)
        .filter(allocation__region__path__startswith=view.region.path, allocation__version=0)
        .filter(unmoved__gte=1, reported__gte=1)
        .exclude(light__in=["blue", "none"])
        .select_related("allocation__reporting_unit", *WITH)
        .order_by("-unmoved", "indicator__position", "allocation__region__path")
    )


def _of(view: PaceView) -> QuerySet[Standing]:
    rows = standings_for(view.person).filter(view.indicator_filter("indicator__"), snapshot=view.snapshot)
    return rows.select_related(*WITH)


def lights_through(
    person: Person, snapshots: Iterable[Snapshot], allocations: Iterable[int]
) -> dict[int, dict[int, str]]:
    """Allocation → snapshot → light, for a page of targets. One query."""
    rows = standings_for(person).filter(
        snapshot__in=[one.pk for one in snapshots], allocation__in=list(allocations)
    )
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for allocation, snapshot, light in rows.order_by().values_list("allocation", "snapshot", "light"):
        found[allocation][snapshot] = light
    return found


def find_part(person: Person, programme: int, allocation: int) -> Allocation | None:
    """A part in reach with all its page says of it; None out of reach. One query."""
    rows = allocations_for(person).filter(indicator__programme=programme)
    return (
        rows.select_related("indicator__lead_unit", "region", "reporting_unit").filter(pk=allocation).first()
    )


def through_the_year(
    person: Person, snapshots: Sequence[Snapshot], part: Allocation
) -> tuple[tuple[Snapshot, Standing], ...]:
    """One part at each closing that had it, in order of time. One query."""
    rows = standings_for(person).filter(snapshot__in=[one.pk for one in snapshots], allocation=part)
    found = {row.snapshot_id: row for row in rows.select_related(*WITH)}
    return tuple((one, found[one.pk]) for one in snapshots if one.pk in found)


def parts_below(person: Person, snapshot: Snapshot, part: Allocation) -> tuple[Standing, ...]:
    """How the parts it was broken down into stood. One query."""
    rows = standings_for(person).filter(snapshot=snapshot, allocation__above=part)
    return tuple(rows.select_related(*WITH).order_by("allocation__region__path"))


def reports_of(person: Person, part: Allocation) -> tuple[ReportLine, ...]:
    """What was reported of a part, the newest period first. One query."""
    rows = report_lines_for(person).filter(allocation=part, cooperating=False)
    return tuple(rows.select_related("period", "unit").order_by("-period__start"))


def changed_since(view: PaceView, before: Snapshot) -> tuple[tuple[Standing, Standing], ...]:
    """The region's standings whose light is another than at the closing before, beside that. Two queries."""
    earlier = standings_for(view.person).filter(snapshot=before, allocation__region=view.region)
    found = {row.allocation_id: row for row in earlier.defer("reasons", "memory").order_by()}
    pairs = ((row, found.get(row.allocation_id)) for row in targets(view))
    return tuple((row, last) for row, last in pairs if last is not None and last.light != row.light)
