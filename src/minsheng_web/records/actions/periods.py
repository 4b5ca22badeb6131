"""Reporting periods: the rule of a programme, and opening what the calendar says has begun."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from minsheng.progress.model import CADENCE_WORDS, CADENCES, Cadence
from minsheng.progress.periods import Period, current, due_on, period_of, periods_of
from minsheng_web.records.actions.report_lines_due import bring_up_to_date, is_up_to_date
from minsheng_web.records.audit import record
from minsheng_web.records.duties import may_write
from minsheng_web.records.models import DivisionVersion, Programme, ReportingRule, ReportPeriod, User

MOST_DAYS = 90
"""No report waits longer than a quarter after its period."""


@dataclass(frozen=True, slots=True)
class NotSet:
    """Why the rule was not set, as a sentence."""

    message: str


def rule_of(programme: Programme) -> ReportingRule:
    """The programme's rule; the usual one where its office has set none."""
    return ReportingRule.objects.filter(programme=programme).first() or ReportingRule(programme=programme)


def cadence_of(rule: ReportingRule) -> Cadence:
    """The rule's cadence as the word the calendar takes."""
    return CADENCES[CADENCES.index(rule.cadence)]


def set_rule(
    *,
    actor: User,
    programme: Programme,
    cadence: str,
    due_days: int,
    close_days: int,
    at: datetime,
    first_day: date | None = None,
) -> ReportingRule | NotSet:
    """How often the programme reports from now on. Periods still open get their new days; closed ones stay.

    Raises PermissionDenied for who is not of its office.
    """
    if not may_write(actor, programme.region, programme.pk):
        raise PermissionDenied
    fault = _unfit(programme, cadence, due_days, close_days, first_day)
    if fault is not None:
        return fault
    new = {"cadence": cadence, "due_days": due_days, "close_days": close_days, "first_day": first_day}
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=programme.pk)
        old = _values(rule_of(programme))
        rule, _ = ReportingRule.objects.update_or_create(programme=programme, defaults=new)
        for period in ReportPeriod.objects.filter(programme=programme, closed_at=None):
            period.due_on, period.closes_on = _days(rule, period.end)
            period.save(update_fields=["due_on", "closes_on"])
        if old != _values(rule):
            record(actor=actor, action="period.rule", row=rule, old=old, new=_values(rule))
    open_periods(programme=programme, today=timezone.localdate(at), at=at, actor=actor)
    return rule


def _unfit(
    programme: Programme, cadence: str, due_days: int, close_days: int, first_day: date | None
) -> NotSet | None:
    if cadence not in CADENCE_WORDS:
        return NotSet("请选择填报周期：周报、月报或季报。")
    if not 0 <= due_days <= close_days <= MOST_DAYS:
        return NotSet(f"截止和关闭的天数应在 0 到 {MOST_DAYS} 之间，关闭不早于截止，请核对。")
    if first_day is not None and first_day.year != programme.year:
        return NotSet(f"开始填报的日期应在{programme.year}年内，请核对。")
    return None


def _values(rule: ReportingRule) -> dict[str, object]:
    return {
        "cadence": rule.cadence,
        "due_days": rule.due_days,
        "close_days": rule.close_days,
        "first_day": rule.first_day.isoformat() if rule.first_day else None,
    }


def _days(rule: ReportingRule, end: date) -> tuple[date, date]:
    return end + timedelta(days=rule.due_days), end + timedelta(days=rule.close_days)


def open_periods(
    *,
    programme: Programme,
    today: date,
    at: datetime,
    actor: User | None = None,
    start: date | None = None,
) -> tuple[ReportPeriod, ...]:
    """Open every period that has begun, and give each open one the lines that are due by now; the new ones.

    Idempotent, and two at once open each period once. ``start`` lies in the first period there shall be; by
    default the rule says. Raises PermissionDenied for an actor who is not of the programme's office.
    """
    if actor is not None and not may_write(actor, programme.region, programme.pk):
        raise PermissionDenied
    wanted = _begun(programme, rule_of(programme), today, start)
    running = _running(programme, today)
    if not wanted and all(map(is_up_to_date, running)):
        return ()  # the usual look of every minute takes no lock
    with transaction.atomic():
        held = Programme.objects.select_for_update().get(pk=programme.pk)
        rule = rule_of(held)
        opened = tuple(_open(held, rule, value, actor, at) for value in _begun(held, rule, today, start))
        for period in (*_running(held, today, but=opened), *opened):
            bring_up_to_date(period=period, actor=actor)
    return opened


def _begun(programme: Programme, rule: ReportingRule, today: date, start: date | None) -> tuple[Period, ...]:
    """The periods that should be open or closed by today and are neither, in order."""
    first = start or rule.first_day or _first_issue(programme)
    cadence = cadence_of(rule)
    last = current(programme.year, cadence, today)
    if first is None or last is None or first.year > programme.year:
        return ()
    first = max(first, date(programme.year, 1, 1))
    ends = ReportPeriod.objects.filter(programme=programme).order_by("-end").values_list("end", flat=True)
    # Where the cadence was changed, the new one begins after the last period of the old.
    after = max(ends.first() or date.min, period_of(first, cadence).start - timedelta(days=1))
    return tuple(p for p in periods_of(programme.year, cadence) if after < p.start <= last.start)


def _first_issue(programme: Programme) -> date | None:
    """The day of the programme's first issued breakdown."""
    issued = DivisionVersion.objects.filter(node__indicator__programme=programme)
    moment = issued.order_by("issued_at").values_list("issued_at", flat=True).first()
    return timezone.localdate(moment) if moment else None


def _running(
    programme: Programme, today: date, but: tuple[ReportPeriod, ...] = ()
) -> tuple[ReportPeriod, ...]:
    """Periods not over yet: what is issued now is reported in these, not in those already being handed in."""
    rows = ReportPeriod.objects.filter(
        programme=programme, closed_at=None, closing_since=None, end__gte=today
    )
    return tuple(rows.exclude(pk__in=[period.pk for period in but]))


def _open(
    programme: Programme, rule: ReportingRule, value: Period, actor: User | None, at: datetime
) -> ReportPeriod:
    period = ReportPeriod.objects.create(
        programme=programme,
        key=value.key,
        name=value.name,
        start=value.start,
        end=value.end,
        due_on=due_on(value, rule.due_days),
        closes_on=due_on(value, rule.close_days),
        opened_at=at,
    )
    new = {"key": value.key, "due_on": str(period.due_on), "closes_on": str(period.closes_on)}
    record(actor=actor, action="period.open", row=period, new=new)
    return period
