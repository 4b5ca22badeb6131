"""Closing a period with what is missing named, and correcting a line of a closed one."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from minsheng.progress.figures import Unusable, format_amount, parse_amount
from minsheng.progress.model import Figures
from minsheng_web.office.views.report_scope import is_key, period_or_404
from minsheng_web.records.access import report_lines_for
from minsheng_web.records.actions.closing import (
    NotClosed,
    NotCorrected,
    close_period,
    correct_late,
    standing_of,
)
from minsheng_web.records.duties import may_write
from minsheng_web.records.models import Closing, ReportLine, ReportPeriod
from minsheng_web.records.people import signed_in
from minsheng_web.records.queries import periods as queries
from minsheng_web.records.queries.report_context import WITH
from minsheng_web.records.report_values import figures_of

CONFLICT = 409
DONE = {"": None, "yes": True, "no": False}


def _require_office(request: HttpRequest, period: ReportPeriod) -> None:
    if not may_write(request.user, period.programme.region, period.programme_id):
        raise PermissionDenied


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, period: int) -> HttpResponse:
    """GET names what is missing; POST closes, if nothing has changed since."""
    found = period_or_404(request, period)
    _require_office(request, found)
    if request.method == "POST":
        seen = request.POST.get("seen", "")[:200]
        outcome = close_period(actor=signed_in(request), period=found, at=timezone.now(), seen=seen)
        if isinstance(outcome, Closing):
            return redirect("office:period-closing", period=found.pk)
        if not isinstance(outcome, NotClosed):
            messages.success(request, f"已关闭{found.name}，快照共 {outcome.line_count} 项，今后不再改变。")
            return redirect("office:snapshot", snapshot=outcome.pk)
        messages.error(request, outcome.message)
    if found.shut_word:
        return redirect("office:period" if found.closed_at else "office:period-closing", period=found.pk)
    late_page, late = queries.late_page(request.user, found, timezone.localdate(), request.GET.get("late"))
    context = {
        "nav": "programmes",
        "period": found,
        "programme": found.programme,
        "late": late,
        "late_page": late_page,
        "standing": _standing(found),
        "seen": standing_of(found),
    }
    return render(
        request, "office/periods/close.html", context, status=CONFLICT if request.method == "POST" else 200
    )


def _standing(period: ReportPeriod) -> dict[str, int]:
    counts = dict(part.split(":") for part in standing_of(period).split(",") if part)
    return {state: int(number) for state, number in counts.items()}


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, period: int, line: int) -> HttpResponse:
    """The form of a late correction; POST makes the next snapshot."""
    found = period_or_404(request, period)
    row = get_object_or_404(
        report_lines_for(request.user).filter(period=found, cooperating=False).select_related(*WITH), pk=line
    )
    _require_office(request, found)
    snapshots = queries.snapshots_of(request.user, found)
    if not snapshots:
        raise Http404
    texts = _texts(request, row)
    faults: tuple[str, ...] = ()
    if request.method == "POST":
        outcome = _correct(request, found, row, texts)
        if not isinstance(outcome, tuple):
            return outcome
        faults = outcome
    context = {
        "nav": "programmes",
        "period": found,
        "programme": found.programme,
        "line": row,
        "latest": snapshots[0],
        "texts": texts,
        "faults": faults,
    }
    return render(request, "office/periods/correct.html", context, status=CONFLICT if faults else 200)


def _texts(request: HttpRequest, line: ReportLine) -> dict[str, str]:
    """What the form shows: as typed, else as it stands."""
    if request.method == "POST":
        names = ("amount", "cumulative", "done", "reason", "seen")
        return {name: request.POST.get(name, "")[:500] for name in names}
    amounts = {"amount": line.amount, "cumulative": line.cumulative}
    shown = {name: "" if value is None else format_amount(value) for name, value in amounts.items()}
    return shown | {"done": {None: "", True: "yes", False: "no"}[line.done], "reason": "", "seen": ""}


def _correct(
    request: HttpRequest, period: ReportPeriod, line: ReportLine, texts: dict[str, str]
) -> HttpResponse | tuple[str, ...]:
    """The next page, or why nothing was corrected."""
    figures = _figures(line, texts)
    if isinstance(figures, str):
        return (figures,)
    outcome = correct_late(
        actor=signed_in(request),
        period=period,
        line=line,
        figures=figures,
        reason=texts["reason"],
        at=timezone.now(),
        seen=int(texts["seen"]) if is_key(texts["seen"]) else None,
    )
    if isinstance(outcome, NotCorrected):
        return (outcome.message, *(problem.message for problem in outcome.findings))
    messages.success(request, f"已更正，形成第{outcome.number}次快照，原快照仍然保留。")
    return redirect("office:snapshot", snapshot=outcome.pk)


def _figures(line: ReportLine, texts: dict[str, str]) -> Figures | str:
    """The line's figures with what was typed, or the sentence of the first that cannot be used."""
    typed: dict[str, Any] = {}
    for name, field in (("amount", "period"), ("cumulative", "cumulative")):
        value = parse_amount(texts[name], line.allocation.indicator.unit)
        if isinstance(value, Unusable) and not value.empty:
            return value.message
        typed[field] = None if isinstance(value, Unusable) else value
    return replace(figures_of(line), done=DONE.get(texts["done"]), **typed)
