"""The reports a person has to do with: every unit of every period in reach, and how far each has come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, Q, QuerySet, When

from minsheng.progress.periods import PERIOD_STATE_WORDS, PeriodState, state_on
from minsheng_web.records.access import Person, periods_for, report_lines_in, with_lines
from minsheng_web.records.duties import unit_posts
from minsheng_web.records.line_places import reaches_all, units_of
from minsheng_web.records.models import ReportLine, ReportPeriod, Unit
from minsheng_web.records.models.reports import LineState
from minsheng_web.records.queries.report_lines import filled
from minsheng_web.records.reported import period_value

UNITS_A_PAGE = 100
"""Units of one period shown at a time: a city has some ninety, a province's page is turned."""


@dataclass(frozen=True, slots=True)
class UnitReport:
    """How far one unit's report of one period has come. ``own``: the person fills it in."""

    unit: Unit
    own: bool
    total: int
    filled: int
    returned: int
    handed_in: int
    accepted: int

    @property
    def word(self) -> str:
        """Where it stands, in one word."""
        if self.returned:
            return f"退回 {self.returned} 行"
        if self.accepted == self.total:
            return "已接收"
        if self.handed_in == self.total:
            return "已提交"
        return "填报中" if self.filled else "未填"


@dataclass(frozen=True, slots=True)
class PeriodReports:
    """A period with one page of the units of it in reach, own ones first."""

    period: ReportPeriod
    state: PeriodState
    page: Page[Unit]
    units: tuple[UnitReport, ...]

    @property
    def state_word(self) -> str:
        return PERIOD_STATE_WORDS[self.state]


def state_of(period: ReportPeriod, today: date) -> PeriodState:
    """How the period stands today."""
    return state_on(period_value(period), today, period.due_on, period.closed_at is not None)


def open_periods(person: Person) -> list[ReportPeriod]:
    """Periods in reach that take reports, the newest first."""
    return _with_lines(person, periods_for(person).filter(closed_at=None))


def closed_periods(person: Person) -> list[ReportPeriod]:
    """Closed periods in reach that have lines for the person, the newest first."""
    return _with_lines(person, periods_for(person).filter(closed_at__isnull=False))


def _with_lines(person: Person, periods: QuerySet[ReportPeriod]) -> list[ReportPeriod]:
    """Those with a line in reach, the newest first. Two queries."""
    rows = list(periods.select_related("programme__region").order_by("-start", "programme"))
    having = with_lines(person, rows)
    there = set(ReportPeriod.objects.filter(having).values_list("pk", flat=True)) if rows else set()
    return [period for period in rows if period.pk in there]


def units_with(
    lines: QuerySet[ReportLine], own: Iterable[int | None] = (), *, every: bool = False
) -> QuerySet[Unit]:
    """The units that have one of the lines, own ones first, then by region."""
    there = units_of(lines, every=every).select_related("region")
    mine = [unit for unit in own if unit]
    if not mine:
        return there.order_by("region__path", "pk")
    return there.order_by(Case(When(pk__in=mine, then=0), default=1), "region__path", "pk")


def unit_reports(person: Person, period: ReportPeriod, today: date, page: str | None) -> PeriodReports:
    """One page of the period's units. As many queries for ten units as for ten thousand."""
    mine = {post.unit_id for post in unit_posts(person)}
    lines = report_lines_in(person, [period]).order_by()
    units = units_with(lines, mine, every=reaches_all(person, period))
    found = Paginator(units, UNITS_A_PAGE).get_page(page)
    shown = list(found)
    counted = (
        lines.filter(unit__in=[unit.pk for unit in shown])
        .values_list("unit")
        .annotate(
            total=Count("pk"),
            filled=Count("pk", filter=filled()),
            returned=Count("pk", filter=Q(state=LineState.RETURNED)),
            handed_in=Count(
                "pk", filter=Q(state__in=[LineState.SUBMITTED, LineState.VERIFIED, LineState.ACCEPTED])
            ),
            accepted=Count("pk", filter=Q(state=LineState.ACCEPTED)),
        )
    )
    counts = {unit: numbers for unit, *numbers in counted}
    reports = tuple(UnitReport(unit, unit.pk in mine, *counts[unit.pk]) for unit in shown)
    return PeriodReports(period, state_of(period, today), found, reports)
