"""What both forms of the expected curve end in: the curve is set, or the page says why not."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from minsheng.progress.pace.curves import Curve
from minsheng_web.office.screens import pace_curve as screens
from minsheng_web.office.views.report_scope import is_key
from minsheng_web.records.actions.pace_rules import NotAdopted, set_curve
from minsheng_web.records.models import Indicator
from minsheng_web.records.people import signed_in


def set_as_posted(
    request: HttpRequest, indicator: Indicator, curve: Curve | None, context: dict[str, Any], what: str
) -> HttpResponse:
    """Set the curve with the posted reason; ``what`` names it in the message. None goes by the notice."""
    seen = request.POST.get("seen", "")
    outcome = set_curve(
        actor=signed_in(request),
        indicator=indicator,
        curve=screens.stored(curve),
        reason=request.POST.get("reason", ""),
        at=timezone.now(),
        seen=int(seen) if is_key(seen) else None,
    )
    if isinstance(outcome, NotAdopted):
        return refused(request, context, outcome.messages)
    messages.success(
        request, f"已设置“{indicator.name}”的{what}，从下一次关闭填报期起按它评；已关闭的各期不变。"
    )
    return redirect("office:pace-curve", programme=indicator.programme_id, indicator=indicator.pk)


def refused(request: HttpRequest, context: dict[str, Any], problems: tuple[str, ...]) -> HttpResponse:
    """The page with what was typed and why it was not taken."""
    return render(request, "office/pace/curve.html", {**context, "problems": problems}, status=409)
