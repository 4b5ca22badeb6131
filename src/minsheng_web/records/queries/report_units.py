"""The reports a person has to do with: every unit of every period in reach, and how far each has come."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from minsheng.progress.periods import PERIOD_STATE_WORDS, PeriodState, state_on
from minsheng_web.records.access import Person, periods_for, report_lines_in
from minsheng_web.records.duties import unit_posts
from minsheng_web.records.models import ReportPeriod, Unit
from minsheng_web.records.models.reports import LineState
from minsheng_web.records.queries.report_lines import filled
from minsheng_web.records.reported import period_value


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
    """A period with the units of it in reach, own ones first."""

    period: ReportPeriod
    state: PeriodState
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
    """Those with a line in reach, the newest first. Two queries: the first line found is enough."""
    rows = list(periods.select_related("programme__region").order_by("-start", "programme"))
    mine = report_lines_in(person, rows).filter(period=OuterRef("pk")).order_by()
    there = set(ReportPeriod.objects.filter(Exists(mine)).values_list("pk", flat=True)) if rows else set()
    return [period for period in rows if period.pk in there]


def unit_reports(person: Person, periods: list[ReportPeriod], today: date) -> tuple[PeriodReports, ...]:
    """The units of these periods. Two queries however many there are."""
    mine = {post.unit_id for post in unit_posts(person)}
    counted = (
        report_lines_in(person, periods)
        .order_by()
        .values("period", "unit")
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
    rows = list(counted)
    units = Unit.objects.select_related("region").in_bulk({row["unit"] for row in rows})
    reports: dict[int, list[UnitReport]] = {period.pk: [] for period in periods}
    for row in rows:
        unit = units[row["unit"]]
        reports[row["period"]].append(
            UnitReport(
                unit, unit.pk in mine, row["total"], row["filled"], row["returned"], row["handed_in"],
                row["accepted"],
            )
        )  # fmt: skip
    return tuple(
        PeriodReports(
            period,
            state_of(period, today),
            tuple(sorted(reports[period.pk], key=lambda r: (not r.own, r.unit.region.path, r.unit.pk))),
        )
        for period in periods
    )
