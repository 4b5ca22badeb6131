"""Merging helping units' reports into the main line: the preview, and taking it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from minsheng_web.office.views.reports import lines_of
from minsheng_web.records.actions.report_lines import Locked
from minsheng_web.records.actions.report_merging import Changed, merge_contributions, merge_preview
from minsheng_web.records.duties import may_fill
from minsheng_web.records.people import signed_in
from minsheng_web.records.report_locks import lock_of


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, period: int, unit: int, line: int) -> HttpResponse:
    """What merging would make of the line, for whoever reports it; POST takes it."""
    found = next((one for one in lines_of(request, period, unit) if one.pk == line), None)
    if found is None or found.cooperating:
        raise Http404
    actor = signed_in(request)
    if not may_fill(actor, found):
        raise PermissionDenied
    if request.method != "POST":
        context = {"nav": "reports", "preview": merge_preview(found), "lock": lock_of(found)}
        return render(request, "office/reports/merge.html", context)
    outcome = merge_contributions(
        actor=actor, line=found, at=timezone.now(), seal=request.POST.get("seal", "")
    )
    if isinstance(outcome, Changed):
        notice = "没有合并：您查看期间有单位改了填报内容。下面是现在的数，请核对后再合并。"
        context = {"nav": "reports", "preview": outcome.preview, "notice": notice}
        return render(request, "office/reports/merge.html", context, status=409)
    if isinstance(outcome, Locked):
        messages.error(request, outcome.message)
    elif outcome.changed:
        messages.success(request, "已合并配合单位填报的内容，请核对后提交。")
    else:
        messages.info(request, "内容没有变化。")
    return redirect(reverse("office:report-grid", kwargs={"period": period, "unit": unit}) + f"#line-{line}")
