"""Adding regions below: the gazetteer's in one step, towns and villages from a list."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from minsheng.notices.document import Refusal
from minsheng.notices.reading import read_document
from minsheng.progress.region_rows import RowProblem, cells_of
from minsheng_web.office.views.managing import nav_of
from minsheng_web.records.access import regions_for
from minsheng_web.records.actions.refused import Refused
from minsheng_web.records.actions.regions import add_divisions_below, add_listed
from minsheng_web.records.duties import may_manage_region
from minsheng_web.records.people import signed_in

SHOWN_PROBLEMS = 200


@require_POST
def divisions(request: HttpRequest, region_id: int) -> HttpResponse:
    """Set up every division straight below that the gazetteer has."""
    region = get_object_or_404(regions_for(request.user), pk=region_id)
    made = add_divisions_below(actor=signed_in(request), region=region)
    if made:
        messages.success(request, f"已添加 {len(made)} 个地区：{'、'.join(one.name for one in made)}。")
    else:
        messages.info(request, "地区名录里的下级地区都已添加，没有重复添加。")
    return redirect("office:region", region_id)


@require_http_methods(["GET", "HEAD", "POST"])
def below(request: HttpRequest, region_id: int) -> HttpResponse:
    """A list of towns or villages, pasted or as a file: all of it is set up, or none and why."""
    user = signed_in(request)
    region = get_object_or_404(regions_for(user), pk=region_id)
    if not may_manage_region(user, region):
        raise PermissionDenied
    context: dict[str, Any] = {"nav": nav_of(request), "tab": "regions", "one": region}
    if request.method == "POST":
        text, fault = _text(request)
        origin = request.POST.get("origin", "")
        context |= {"text": text, "origin": origin, "fault": fault}
        outcome = () if fault else add_listed(actor=user, region=region, rows=cells_of(text), origin=origin)
        if isinstance(outcome, Refused):
            context["fault"] = outcome.message
        elif any(isinstance(one, RowProblem) for one in outcome):
            context |= {"problems": outcome[:SHOWN_PROBLEMS], "count": len(outcome)}
        elif not fault:
            messages.success(request, f"已在{region.name}下添加 {len(outcome)} 个地区。")
            return redirect("office:region", region_id)
    return render(request, "office/regions/below.html", context)


def _text(request: HttpRequest) -> tuple[str, str]:
    """What was pasted, or the lines of the file; and why there is nothing to read."""
    upload = request.FILES.get("file")
    if upload is None:
        text = request.POST.get("text", "")
        return text, "" if text.strip() else "请粘贴名单，或选择文件。"
    if getattr(upload, "too_large", False):
        return "", "文件太大，请只保留名单那一张表。"
    document = read_document(upload.read(), upload.name or "")
    if isinstance(document, Refusal):
        return "", document.message
    return "\n".join(document.lines), ""
