"""Reports: the list of periods and units, and the grid of one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from minsheng.progress.periods import PeriodState
from minsheng_web.office.screens.grid_html import rows_html
from minsheng_web.office.screens.grid_lines import Grid, grid_groups, grid_of
from minsheng_web.records.models import ReportLine
from minsheng_web.records.models.reports import LineState
from minsheng_web.records.people import signed_in
from minsheng_web.records.queries.report_lines import UnitLines, lines_in_reach, unit_lines
from minsheng_web.records.queries.report_units import (
    closed_periods,
    open_periods,
    state_of,
    unit_reports,
)


@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    """Open periods with every unit in reach; closed ones by name, opened one at a time."""
    person = signed_in(request)
    shown, closed = open_periods(person), closed_periods(person)
    asked = request.GET.get("period", "")
    one = next((period for period in (*shown, *closed) if str(period.pk) == asked), None)
    if one is not None:
        shown = [one]
    today, page = timezone.localdate(), request.GET.get("page")
    context = {
        "nav": "reports",
        "one": one,
        "reports": [unit_reports(person, period, today, page) for period in shown],
        "closed": closed,
    }
    return render(request, "office/reports/list.html", context)


def lines_of(request: HttpRequest, period: int, unit: int) -> list[ReportLine]:
    """The unit's lines of the period in reach. 404 where there are none, as if they did not exist."""
    lines = list(lines_in_reach(request.user).filter(period=period, unit=unit))
    if not lines:
        raise Http404
    return lines


@require_safe
def report_grid(request: HttpRequest, period: int, unit: int) -> HttpResponse:
    """What the unit reports of the period: typed into by its people, read by everybody else in reach."""
    sheet = unit_lines(request.user, period, unit)
    if sheet is None:
        raise Http404
    grid, state = grid_of(sheet, request.user), state_of(sheet.period, timezone.localdate())
    body = grid.drawn.get(state)
    if body is None:
        body = grid.drawn[state] = _body(sheet, grid, state)
    context = {
        "nav": "reports",
        "period": sheet.period,
        "unit": sheet.unit,
        "writes": grid.writes,
        "body": body,
    }
    return render(request, "office/reports/grid.html", context)


def _body(sheet: UnitLines, grid: Grid, state: PeriodState) -> SafeString:
    """What the page shows of its rows. It says no more of who looks than they do, so it is kept with them."""
    rows, writes = grid.rows, grid.writes
    locks = list(dict.fromkeys(row.line.lock for row in rows if row.line.lock))
    one_lock = len(locks) == 1 and not writes
    period, unit = sheet.period.pk, sheet.unit.pk
    context = {
        "period": sheet.period,
        "unit": sheet.unit,
        "state": state,
        "groups": [
            (group, rows_html(group.rows, period, unit, one_lock=one_lock)) for group in grid_groups(rows)
        ],
        "count": len(rows),
        "writes": writes,
        "repeats": any(row.may_repeat for row in rows),
        "filled": sum(row.is_filled for row in rows),
        "faults": sum(row.is_faulty for row in rows),
        "returned": sum(row.line.state == LineState.RETURNED for row in rows),
        "lock": locks[0] if one_lock else "",
    }
    return render_to_string("office/reports/_grid.html", context)
