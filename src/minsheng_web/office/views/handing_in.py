"""Before a unit hands in: every line with what stops it, "as last period" to tick, and what to take back."""

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from minsheng.progress.deadlines import deadline_words, urgency
from minsheng_web.office.views.report_scope import keys_of, period_or_404, seen_lines, tell
from minsheng_web.records.access import report_lines_for
from minsheng_web.records.actions import report_flow
from minsheng_web.records.duties import may_fill
from minsheng_web.records.models import ReportPeriod
from minsheng_web.records.people import signed_in
from minsheng_web.records.queries.handing_in import hand_in_rows


@require_http_methods(["GET", "POST"])
def hand_in(request: HttpRequest, period: int, unit: int) -> HttpResponse:
    """The lines of one unit; POST hands them in or takes them back."""
    found = period_or_404(request, period)
    rows = hand_in_rows(request.user, found, unit)
    if not rows:
        raise Http404
    if request.method == "POST":
        return _act(request, found, unit)
    today = timezone.localdate()
    fills = not found.shut_word and any(may_fill(request.user, row.line) for row in rows)
    context = {
        "nav": "reports",
        "period": found,
        "unit": rows[0].line.unit,
        "rows": rows,
        "fills": fills,
        "ready": sum(row.open and not row.stopping for row in rows),
        "stopped": sum(row.open and bool(row.stopping) for row in rows),
        "untouched": sum(row.open and row.untouched for row in rows),
        "deadline": deadline_words(found.due_on, today),
        "urgency": urgency(found.due_on, today),
    }
    return render(request, "office/periods/hand_in.html", context)


def _act(request: HttpRequest, period: ReportPeriod, unit: int) -> HttpResponse:
    actor, at, lines = signed_in(request), timezone.now(), seen_lines(request)
    same = frozenset(keys_of(request, "same"))
    wanted = {line.pk for line in lines}
    if report_lines_for(actor).filter(period=period, unit=unit, pk__in=wanted).count() != len(wanted):
        raise Http404
    act = request.POST.get("act", "")
    if act == "submit":
        tell(request, "submit", report_flow.submit(actor=actor, period=period, lines=lines, same=same, at=at))
    elif act == "take_back":
        tell(request, "take_back", report_flow.take_back(actor=actor, period=period, lines=lines, at=at))
    else:
        raise BadRequest("act")
    return redirect(reverse("office:report-submit", kwargs={"period": period.pk, "unit": unit}))
