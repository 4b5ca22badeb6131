"""Units: the list, one unit, adding, renaming and closing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from minsheng_web.office.views.managing import key, manager, page_of_rows, told
from minsheng_web.records.access import regions_for, units_for
from minsheng_web.records.actions.units import add_unit, close_unit, rename_unit, reopen_unit, what_is_left
from minsheng_web.records.duties import may_manage_region, may_manage_unit
from minsheng_web.records.models import Unit
from minsheng_web.records.people import signed_in
from minsheng_web.records.queries.units import (
    programmes_with_plans,
    regions_with_units,
    unit_in_reach,
    units_found,
)


@require_safe
def unit_list(request: HttpRequest) -> HttpResponse:
    """Units in reach, found by the names of now and before."""
    user = manager(request)
    asked = {name: request.GET.get(name, "").strip()[:100] for name in ("q", "region", "state")}
    regions = tuple(regions_for(user).exclude(level="village").order_by("path")[:1000])
    context = {
        "nav": "people",
        "tab": "units",
        "asked": asked,
        "rows": page_of_rows(request, units_found(user, asked["q"], asked["region"], asked["state"])),
        "regions": regions_with_units(user),
        "own_regions": [region for region in regions if may_manage_region(user, region)],
        "programmes": [one for one in programmes_with_plans(user) if may_manage_region(user, one.region)],
    }
    return render(request, "office/units/list.html", context)


@require_safe
def unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    """One unit: names, counterparts, people."""
    user = signed_in(request)
    one = get_object_or_404(unit_in_reach(user), pk=unit_id)
    manager(request)
    context = {
        "nav": "people",
        "tab": "units",
        "one": one,
        "manages": may_manage_unit(user, one),
        "left": what_is_left(one),
    }
    return render(request, "office/units/unit.html", context)


@require_POST
def unit_add(request: HttpRequest) -> HttpResponse:
    """One more unit of a region."""
    user = manager(request)
    region = get_object_or_404(regions_for(user), pk=key(request, "region"))
    outcome = add_unit(actor=user, region=region, name=request.POST.get("name", ""))
    told(request, outcome, f"已添加：{outcome}（{region.name}）。")
    return redirect("office:unit-list")


def _unit(request: HttpRequest, unit_id: int) -> Unit:
    return get_object_or_404(units_for(request.user).select_related("region"), pk=unit_id)


@require_POST
def unit_rename(request: HttpRequest, unit_id: int) -> HttpResponse:
    """The unit is called otherwise from now on."""
    one = _unit(request, unit_id)
    outcome = rename_unit(
        actor=signed_in(request),
        unit=one,
        name=request.POST.get("name", ""),
        reason=request.POST.get("reason", ""),
        seen=request.POST.get("seen", ""),
        at=timezone.now(),
    )
    told(request, outcome, f"“{one.name}”已更名为“{outcome}”，岗位和填报随单位保留。")
    return redirect("office:unit", unit_id)


@require_POST
def unit_close(request: HttpRequest, unit_id: int) -> HttpResponse:
    """No posts and targets any more."""
    one = _unit(request, unit_id)
    outcome = close_unit(actor=signed_in(request), unit=one, reason=request.POST.get("reason", ""))
    told(request, outcome, f"“{one.name}”已停用。")
    return redirect("office:unit", unit_id)


@require_POST
def unit_reopen(request: HttpRequest, unit_id: int) -> HttpResponse:
    """The unit may be used again."""
    one = _unit(request, unit_id)
    told(request, reopen_unit(actor=signed_in(request), unit=one), f"“{one.name}”已恢复使用。")
    return redirect("office:unit", unit_id)
