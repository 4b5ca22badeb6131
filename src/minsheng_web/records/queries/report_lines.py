"""Report lines in reach, with all that rules and pages ask of them."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet, prefetch_related_objects

from minsheng_web.records.access import Person, posts_of, report_lines_for
from minsheng_web.records.models import Region, ReportLine, ReportPeriod, Unit
from minsheng_web.records.models.reports import LineState
from minsheng_web.records.reported import HANDED_IN

_AT_HAND = (
    "period__programme__region",
    "allocation__indicator__lead_unit",
    "allocation__region",
    "unit__region",
    "unit__above",
    "edited_by",
    "returned_by",
    "accepted_region",
)


def lines_in_reach(person: Person) -> QuerySet[ReportLine]:
    """Lines the person may see, with all that rules and pages ask of them."""
    return with_all(report_lines_for(person))


def with_all(lines: QuerySet[ReportLine]) -> QuerySet[ReportLine]:
    """The same lines, each with its period, part, indicator and unit."""
    return lines.select_related(*_AT_HAND)


def contributions(lines: Sequence[ReportLine]) -> dict[int, tuple[ReportLine, ...]]:
    """The helping units' lines of main lines already in reach, by the main line's key. One query."""
    mains = {(line.period_id, line.allocation_id): line.pk for line in lines if not line.cooperating}
    found: dict[int, list[ReportLine]] = {key: [] for key in mains.values()}
    if mains:
        rows = ReportLine.objects.filter(
            cooperating=True,
            period__in={period for period, _ in mains},
            allocation__in={allocation for _, allocation in mains},
        )
        for row in with_all(rows).order_by("unit__name", "pk"):
            main = mains.get((row.period_id, row.allocation_id))
            if main is not None:
                found[main].append(row)
    return {key: tuple(rows) for key, rows in found.items()}


def helper_counts(lines: Sequence[ReportLine]) -> dict[int, tuple[int, int]]:
    """By main line: how many helping units have a line of their own for it, how many handed theirs in.

    One query; a line nobody helps with is left out.
    """
    mains = {(line.period_id, line.allocation_id): line.pk for line in lines if not line.cooperating}
    found: dict[int, tuple[int, int]] = {}
    if mains:
        rows = ReportLine.objects.filter(
            cooperating=True,
            period__in={period for period, _ in mains},
            allocation__in={allocation for _, allocation in mains},
        )
        for period, allocation, state in rows.order_by().values_list("period", "allocation", "state"):
            main = mains.get((period, allocation))
            if main is not None:
                helpers, said = found.get(main, (0, 0))
                found[main] = helpers + 1, said + (state in HANDED_IN)
    return found


def unit_lines(person: Person, period: int, unit: int) -> list[ReportLine]:
    """The unit's lines of one period in reach, as the grid and the locks ask of them.

    As ``lines_in_reach``, but what they have in common is one object, and whom a lock or a return names is at
    hand only where one is told.
    """
    rows = report_lines_for(person).filter(period=period, unit=unit)
    lines = list(rows.select_related("allocation__indicator"))
    if not lines:
        return lines
    common = ReportPeriod.objects.select_related("programme__region").get(pk=period)
    own = {post.unit_id: post.unit for post in posts_of(person)}
    its = own.get(unit) or Unit.objects.get(pk=unit)
    regions = _regions(person, {line.allocation.region_id for line in lines})
    for line in lines:
        line.period, line.unit = common, its
        line.allocation.region = regions[line.allocation.region_id]
    _share(lines, LineState.RETURNED, "returned_by")
    if not common.shut_word:
        _share(lines, LineState.ACCEPTED, "accepted_region")
        _share(lines, LineState.SUBMITTED, "allocation__indicator__lead_unit")
    return lines


def _regions(person: Person, wanted: set[int]) -> dict[int, Region]:
    """The regions by key; asked for only where they are not those of the person's posts."""
    known = {post.region.pk: post.region for post in posts_of(person) if post.region is not None}
    return known if wanted <= set(known) else Region.objects.in_bulk(wanted)


def _share(lines: Sequence[ReportLine], state: LineState, path: str) -> None:
    """Fetch what lines of the state point to; no query where there are none."""
    prefetch_related_objects([line for line in lines if line.state == state], path)


def filled() -> Q:
    """Lines somebody typed a number, a deed or a date into."""
    told = (
        Q(cumulative__isnull=False)
        | Q(amount__isnull=False)
        | Q(done__isnull=False)
        | ~Q(stages={})
    )  # fmt: skip
    return Q(edited_at__isnull=False) & told
