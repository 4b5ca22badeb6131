"""Standings one by one: the targets of a region, one target through the year, what was reported of it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from minsheng.progress.pace.model import Shown
from minsheng_web.records.access import Person, allocations_for, report_lines_for, standings_for
from minsheng_web.records.models import Allocation, ReportLine
from minsheng_web.records.models.pace import Standing
from minsheng_web.records.queries.pace_scope import Closed, Filters

WITH = ("indicator__lead_unit", "allocation__region")
_UNUSED = ("memory", "money")


def targets(person: Person, snapshot: int, regions: Iterable[int], filters: Filters) -> QuerySet[Standing]:
    """The standings of these regions at one closing, in the order of the plan."""
    return (
        standings_for(person)
        .filter(filters.condition(), snapshot=snapshot, allocation__region__in=list(regions))
        .select_related(*WITH)
        .defer(*_UNUSED)
        .order_by("indicator__position", "allocation__region__path")
    )


def of_lights(
    person: Person, snapshot: int, within: str, filters: Filters, lights: Sequence[Shown]
) -> QuerySet[Standing]:
    """The standings of these lights under a path, only where they are reported: where it is stuck."""
    return (
        standings_for(person)
        .filter(filters.condition(), snapshot=snapshot, allocation__region__path__startswith=within)
        .filter(light__in=lights, allocation__version=0)
        .select_related(*WITH)
        .defer(*_UNUSED)
        .order_by("indicator__position", "allocation__region__path")
    )


def lights_through(
    person: Person, snapshots: Sequence[int], allocations: Iterable[int]
) -> dict[int, dict[int, str]]:
    """Allocation → snapshot → light, for a page of targets. One query."""
    rows = (
        standings_for(person)
        .filter(snapshot__in=snapshots, allocation__in=list(allocations))
        .order_by()
        .values_list("allocation", "snapshot", "light")
    )
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for allocation, snapshot, light in rows:
        found[allocation][snapshot] = light
    return found


def find_part(person: Person, programme: int, allocation: int) -> Allocation | None:
    """A part in reach with all its page says of it; None out of reach."""
    rows = allocations_for(person).filter(indicator__programme=programme)
    return rows.select_related("indicator__lead_unit", "region", "reporting_unit").filter(pk=allocation).first()


def through_the_year(
    person: Person, periods: Sequence[Closed], part: Allocation
) -> tuple[tuple[Closed, Standing | None], ...]:
    """One part at each closing, the first first; None where it had no standing yet. One query."""
    rows = standings_for(person).filter(snapshot__in=[p.snapshot for p in periods], allocation=part)
    found = {row.snapshot_id: row for row in rows.select_related(*WITH)}
    return tuple((period, found.get(period.snapshot)) for period in reversed(periods))


def parts_below(person: Person, snapshot: int, part: Allocation) -> tuple[Standing, ...]:
    """How the parts it was broken down into stood."""
    rows = standings_for(person).filter(snapshot=snapshot, allocation__above=part)
    return tuple(rows.select_related(*WITH).defer(*_UNUSED).order_by("allocation__region__path"))


def reports_of(person: Person, part: Allocation) -> tuple[ReportLine, ...]:
    """What was reported of a part, the newest period first."""
    rows = report_lines_for(person).filter(allocation=part, cooperating=False)
    return tuple(rows.select_related("period", "unit").order_by("-period__start"))


def changed_between(
    person: Person, now: int, before: int, regions: Iterable[int], filters: Filters
) -> tuple[tuple[Standing, Standing | None], ...]:
    """Each standing of now beside that of the closing before. Two queries."""
    here = tuple(targets(person, now, regions, filters))
    earlier = standings_for(person).filter(snapshot=before, allocation__in=[row.allocation_id for row in here])
    found = {row.allocation_id: row for row in earlier.defer("reasons", *_UNUSED).order_by()}
    return tuple((row, found.get(row.allocation_id)) for row in here)


def unmoved(person: Person, snapshot: int, within: str, filters: Filters) -> QuerySet[Standing]:
    """Parts somebody reports that did not move for a period or more, the longest first."""
    return (
        standings_for(person)
        .filter(filters.condition(), snapshot=snapshot, allocation__region__path__startswith=within)
        .filter(unmoved__gte=1, allocation__version=0)
        .exclude(light__in=["blue", "none"])
        .select_related("allocation__reporting_unit", *WITH)
        .defer("reasons", *_UNUSED)
        .order_by("-unmoved", "indicator__position", "allocation__region__path")
    )
