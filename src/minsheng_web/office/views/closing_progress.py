"""How far the closing of a large period has come, and stopping it."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from minsheng_web.office.views.report_scope import period_or_404
from minsheng_web.records.access import closings_for
from minsheng_web.records.actions.closing import MOST_ATTEMPTS, cancel_closing
from minsheng_web.records.actions.closing_states import UNDER_WAY
from minsheng_web.records.duties import may_write
from minsheng_web.records.models import Closing
from minsheng_web.records.models.pace import ClosingState
from minsheng_web.records.people import signed_in

STEPS = ("等待后台处理", "逐项写入快照、判定灯号", "核对项数，形成校验码")


def _closing_or_404(request: HttpRequest, period: int) -> Closing:
    """The last closing of a period in reach."""
    found = period_or_404(request, period)
    rows = closings_for(request.user).select_related("period__programme__region", "asked_by", "snapshot")
    return get_object_or_404(rows.filter(period=found).order_by("-pk")[:1])


def _standing(request: HttpRequest, closing: Closing) -> dict[str, object]:
    now, period = timezone.now(), closing.period
    idle = (now - (closing.heartbeat_at or closing.at)).total_seconds()
    return {
        "nav": "programmes",
        "period": period,
        "programme": period.programme,
        "closing": closing,
        "waiting": closing.state in UNDER_WAY,
        "steps": STEPS,
        "step": _step(closing),
        "seconds": max(0, int((now - closing.at).total_seconds())),
        "worker_missing": closing.state in UNDER_WAY and idle > settings.STALL_SECONDS,
        "gave_up": closing.attempt + 1 >= MOST_ATTEMPTS,
        "writes": may_write(request.user, period.programme.region, period.programme_id),
    }


def _step(closing: Closing) -> int:
    """Which of ``STEPS`` it is at, from 1."""
    if closing.state == ClosingState.WAITING:
        return 1
    return 2 if closing.progress < closing.total else 3


@require_safe
def closing_page(request: HttpRequest, period: int) -> HttpResponse:
    """How far it is; once it is done, the snapshot."""
    closing = _closing_or_404(request, period)
    if closing.state == ClosingState.DONE and closing.snapshot is not None:
        count = closing.snapshot.line_count
        messages.success(request, f"已关闭{closing.period.name}，快照共 {count} 项，今后不再改变。")
        return redirect("office:snapshot", snapshot=closing.snapshot.pk)
    return render(request, "office/periods/closing.html", _standing(request, closing))


@require_safe
def progress(request: HttpRequest, period: int) -> HttpResponse:
    """The part of the page that is polled; sends the browser on once the period is closed."""
    closing = _closing_or_404(request, period)
    if closing.state == ClosingState.DONE:
        response = HttpResponse(status=200)
        response["HX-Redirect"] = request.path.removesuffix("progress/")
        return response
    return render(request, "office/periods/_closing.html", _standing(request, closing))


@require_POST
def cancel(request: HttpRequest, period: int) -> HttpResponse:
    """Stop it: the period opens again and nothing is kept."""
    closing = _closing_or_404(request, period)
    if not cancel_closing(actor=signed_in(request), closing=closing):
        messages.info(request, "关闭已经结束，没有可取消的。")
    return redirect("office:period-closing", period=period)
