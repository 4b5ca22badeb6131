"""The lines a period must have: one for each part that is reported, starting with the last known figures."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from minsheng.progress.figures import carry_on
from minsheng.progress.handing_in import LEVELS
from minsheng_web.records.audit import record
from minsheng_web.records.models import Allocation, ReportLine, ReportPeriod, User
from minsheng_web.records.models.reports import LineState
from minsheng_web.records.queries.report_context import last_handed_in, part_of
from minsheng_web.records.reported import columns_of

_CHUNK = 1000


def reported_parts(programme_id: int) -> QuerySet[Allocation]:
    """Parts that somebody reports: not broken down further, or of a kind whose parts make no whole."""
    return Allocation.objects.filter(
        Q(version=0) | Q(indicator__kind__in=LEVELS),
        indicator__programme=programme_id,
        indicator__active=True,
        active=True,
        reporting_unit__isnull=False,
    ).order_by("indicator__position", "region__path", "pk")


def is_up_to_date(period: ReportPeriod) -> bool:
    """Whether the period has just the lines it must have."""
    if _missing_main(period).exists() or _idle(period).exists():
        return False
    return not any(True for _ in _missing_cooperating(period))


def bring_up_to_date(*, period: ReportPeriod, actor: User | None) -> int:
    """Add the lines that are missing and drop those nobody touched whose part is reported elsewhere now.

    Inside a transaction that holds the programme. The number of lines that came or went.
    """
    idle = _idle(period)
    gone = list(idle.values_list("allocation_id", "unit_id"))
    if gone:
        ReportLine.objects.filter(pk__in=list(idle.values_list("pk", flat=True))).delete()
    came = _add(period, list(_wanted(period)))
    if came or gone:
        new = {"added": came, "dropped": [list(pair) for pair in gone]}
        record(actor=actor, action="period.lines", row=period, new=new)
    return came + len(gone)


def _wanted(period: ReportPeriod) -> Iterator[tuple[int, int, bool]]:
    """(allocation, unit, cooperating) of every line there is not yet."""
    for allocation, unit in _missing_main(period).values_list("pk", "reporting_unit_id"):
        if unit is not None:
            yield allocation, unit, False
    for allocation, unit in _missing_cooperating(period):
        yield allocation, unit, True


def _missing_main(period: ReportPeriod) -> QuerySet[Allocation]:
    there = ReportLine.objects.filter(
        period=period, allocation=OuterRef("pk"), unit=OuterRef("reporting_unit")
    )
    return reported_parts(period.programme_id).filter(~Exists(there))


def _missing_cooperating(period: ReportPeriod) -> Iterator[tuple[int, int]]:
    """A cooperating unit reports to the lead unit, where that has a line to merge it into."""
    led = reported_parts(period.programme_id).filter(reporting_unit=F("indicator__lead_unit"))
    pairs = led.exclude(indicator__cooperating_units=None).values_list("pk", "indicator__cooperating_units")
    there = set(
        ReportLine.objects.filter(period=period, allocation__in=led.order_by()).values_list(
            "allocation_id", "unit_id"
        )
    )
    yield from (pair for pair in pairs if pair not in there)


def _idle(period: ReportPeriod) -> QuerySet[ReportLine]:
    """Lines nobody has touched whose part is not reported by their unit any more."""
    parts = reported_parts(period.programme_id).order_by()
    main = parts.filter(pk=OuterRef("allocation"), reporting_unit=OuterRef("unit"))
    helped = parts.filter(
        pk=OuterRef("allocation"),
        reporting_unit=F("indicator__lead_unit"),
        indicator__cooperating_units=OuterRef("unit"),
    )
    return (
        ReportLine.objects.filter(period=period, state=LineState.DRAFT, edited_at=None, submitted_at=None)
        .filter(~Exists(main), ~Exists(helped))
        .order_by()
    )


def _add(period: ReportPeriod, wanted: list[tuple[int, int, bool]]) -> int:
    """Make the lines, in chunks; a line another made at the same moment stays as it is."""
    for start in range(0, len(wanted), _CHUNK):
        lines = [
            ReportLine(period=period, allocation_id=allocation, unit_id=unit, cooperating=cooperating)
            for allocation, unit, cooperating in wanted[start : start + _CHUNK]
        ]
        before = last_handed_in(lines)
        for line in lines:
            known = carry_on(before.get(part_of(line)))
            for name, value in columns_of(known).items():
                setattr(line, name, value)
        ReportLine.objects.bulk_create(lines, ignore_conflicts=True)
    return len(wanted)
