"""Report lines in reach, with all that rules and pages ask of them."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from minsheng_web.records.access import Person, report_lines_for
from minsheng_web.records.models import ReportLine

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


def filled() -> Q:
    """Lines somebody typed a number, a deed or a date into."""
    told = (
        Q(cumulative__isnull=False)
        | Q(amount__isnull=False)
        | Q(done__isnull=False)
        | ~Q(stages={})
    )  # fmt: skip
    return Q(edited_at__isnull=False) & told
