"""Periods of a programme, and one of them: how far everybody is, who is late, reminding, its snapshots."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from minsheng.papers.late_list_xlsx import LateList, LateRow, late_list_xlsx
from minsheng.progress.deadlines import deadline_words, urgency
from minsheng.progress.model import CADENCE_WORDS
from minsheng_web.office.views.programme_frame import frame
from minsheng_web.office.views.programmes_tables import XLSX
from minsheng_web.office.views.report_scope import is_key, keys_of, period_or_404
from minsheng_web.records.access import programmes_for, report_lines_for
from minsheng_web.records.actions.calendar import first_visit
from minsheng_web.records.actions.periods import NotSet, rule_of, set_rule
from minsheng_web.records.actions.reminders import (
    MOST_AT_ONCE,
    remind,
    remindable,
    see_reminder,
    to_remind,
)
from minsheng_web.records.duties import may_write
from minsheng_web.records.models import Programme, Reminder, ReportPeriod, User
from minsheng_web.records.models.reports import LineState
from minsheng_web.records.people import signed_in
from minsheng_web.records.queries import periods as queries


@require_safe
def period_list(request: HttpRequest, programme: int) -> HttpResponse:
    """The rule and every period: open or closed, how many lines in which state, due and closing days."""
    now = timezone.now()
    first_visit(today=timezone.localdate(now), at=now)
    page = frame(request, programme, "periods")
    owner = page.version.programme
    context = {
        **page.context,
        "rows": queries.period_rows(request.user, programme, timezone.localdate()),
        "states": LineState.choices,
        "rule": rule_of(owner),
        "cadences": tuple(CADENCE_WORDS.items()),
        "writes": may_write(request.user, owner.region, owner.pk),
    }
    return render(request, "office/periods/list.html", context)


@require_POST
def rule(request: HttpRequest, programme: int) -> HttpResponse:
    """Set how often the programme reports."""
    found: Programme = get_object_or_404(programmes_for(request.user).select_related("region"), pk=programme)
    text = request.POST.get("first_day", "").strip()
    first_day = _day(text)
    if text and first_day is None:
        messages.error(request, "没有保存：开始填报的日期写成“2026-03-01”的样子，请核对。")
        return redirect("office:period-list", programme=found.pk)
    outcome = set_rule(
        actor=signed_in(request),
        programme=found,
        cadence=request.POST.get("cadence", ""),
        due_days=_days(request, "due_days"),
        close_days=_days(request, "close_days"),
        first_day=first_day,
        at=timezone.now(),
    )
    if isinstance(outcome, NotSet):
        messages.error(request, f"没有保存：{outcome.message}")
    else:
        messages.success(request, "已保存填报规则，已开始的填报期按新规则开放。")
    return redirect("office:period-list", programme=found.pk)


def _days(request: HttpRequest, name: str) -> int:
    """The number typed; what is none is out of every bound."""
    text = request.POST.get(name, "").strip()
    return int(text) if is_key(text) and len(text) < 4 else -1


def _day(text: str) -> date | None:
    try:
        return parse_date(text) if text else None
    except ValueError:
        return None


PARTS = ("late", "regions", "units")
"""The page's tables, each turned by itself: its name in the address."""


@require_safe
def period_page(request: HttpRequest, period: int) -> HttpResponse:
    """One period."""
    found = period_or_404(request, period)
    now = timezone.now()
    today = timezone.localdate(now)
    owner, person = found.programme, signed_in(request)
    asked = {part: request.GET.get(part) for part in PARTS}
    late_page, late = queries.late_page(person, found, today, asked["late"])
    is_open = found.closed_at is None
    context = {
        "nav": "programmes",
        "period": found,
        "programme": owner,
        "state": queries.state_of(found, today),
        "deadline": deadline_words(found.due_on, today),
        "urgency": urgency(found.due_on, today),
        "units": queries.unit_standings(person, found, asked["units"]),
        "regions": queries.region_standings(person, found, asked["regions"]),
        "kept": {part: _others(asked, part) for part in PARTS},
        "states": LineState.choices,
        "late": late,
        "late_page": late_page,
        "remindable": _remindable(person, found, late) if is_open else frozenset(),
        "to_remind": to_remind(person, found, now).count() if is_open else 0,
        "most": MOST_AT_ONCE,
        "snapshots": queries.snapshots_of(request.user, found),
        "writes": may_write(request.user, owner.region, owner.pk),
        "today": today,
    }
    return render(request, "office/periods/period.html", context)


def _others(asked: dict[str, str | None], part: str) -> str:
    """The other tables' pages as they stand in the address, so that turning one leaves them."""
    kept = urlencode({name: page for name, page in asked.items() if page and name != part})
    return f"{kept}&" if kept else ""


def _remindable(person: User, period: ReportPeriod, late: Sequence[queries.LateUnit]) -> frozenset[int]:
    """Which of the units shown the person may remind; none once the period is, or is being, closed."""
    if period.shut_word:
        return frozenset()
    mine = remindable(person, period).filter(unit__in=[row.unit for row in late])
    return frozenset(mine.values_list("unit", flat=True).distinct())


@require_POST
def remind_units(request: HttpRequest, period: int) -> HttpResponse:
    """Remind one unit, or all that owe something (``all``), so many at a time."""
    found, person, now = period_or_404(request, period), signed_in(request), timezone.now()
    everybody = "all" in request.POST
    units = set(keys_of(request, "unit"))
    if everybody:
        units = set(to_remind(person, found, now).values_list("pk", flat=True)[:MOST_AT_ONCE])
    if not units:
        if everybody and remindable(person, found).exists():
            messages.info(request, "要提醒的单位今天都已经提醒过，没有重复提醒。")
            return redirect("office:period", period=found.pk)
        raise PermissionDenied
    made = remind(actor=person, period=found, units=units, at=now)
    if made:
        messages.success(request, f"已提醒 {len(made)} 个单位，提醒显示在对方的工作台上。")
    if len(made) < len(units):
        messages.info(request, f"{len(units) - len(made)} 个单位今天已经提醒过或已全部提交，没有重复提醒。")
    rest = to_remind(person, found, now).count() if everybody else 0
    if rest:
        messages.info(request, f"一次最多提醒 {MOST_AT_ONCE} 个单位，还有 {rest} 个：请再点一次。")
    return redirect("office:period", period=found.pk)


@require_POST
def reminder_seen(request: HttpRequest, reminder: int) -> HttpResponse:
    """Somebody of the unit has read it."""
    person = signed_in(request)
    found = get_object_or_404(Reminder, pk=reminder)
    if not report_lines_for(person).filter(period=found.period_id, unit=found.unit_id).exists():
        raise Http404
    see_reminder(actor=person, reminder=found, at=timezone.now())
    return redirect("office:home")


@require_safe
def late_file(request: HttpRequest, period: int) -> HttpResponse:
    """Who is late, as an Excel file."""
    found = period_or_404(request, period)
    late = queries.late_units(request.user, found, timezone.localdate())
    title = f"{found.programme.title}{found.name}未提交单位清单"
    rows = tuple(
        LateRow(row.region_name, row.unit_name, row.owing, row.returned, row.days, _told(row)) for row in late
    )
    headers = {"Content-Disposition": content_disposition_header(True, f"{title}.xlsx")}
    data = late_list_xlsx(LateList(title, f"截止日期：{found.due_on.isoformat()}", rows))
    return HttpResponse(data, content_type=XLSX, headers=headers)


def _told(row: queries.LateUnit) -> str:
    return timezone.localtime(row.reminded_at).strftime("%Y-%m-%d %H:%M") if row.reminded_at else ""
