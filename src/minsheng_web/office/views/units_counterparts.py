"""The units of a plan become units; their counterparts below are suggested, edited and accepted."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from minsheng_web.office.views.managing import manager
from minsheng_web.records.access import programmes_for, regions_for, units_for
from minsheng_web.records.actions.units import Made, Wanted, accept_counterparts, units_from_plan
from minsheng_web.records.duties import may_manage_region
from minsheng_web.records.models import Region
from minsheng_web.records.people import signed_in
from minsheng_web.records.queries.units import counterparts_below, plan_units, regions_below


@require_http_methods(["GET", "HEAD", "POST"])
def from_plan(request: HttpRequest, programme: int) -> HttpResponse:
    """The plan's units with tick boxes; accepting makes them units of the programme's region."""
    user = signed_in(request)
    one = get_object_or_404(programmes_for(user).select_related("region"), pk=programme)
    if not may_manage_region(user, one.region):
        raise PermissionDenied
    if request.method == "POST":
        made = units_from_plan(actor=user, programme=one, names=request.POST.getlist("name"))
        _say(request, made)
        return redirect("office:unit-counterparts", one.region_id)
    rows = plan_units(one)
    waiting = sum(row.unit is None for row in rows)
    context = {"nav": "people", "tab": "units", "programme": one, "rows": rows, "waiting": waiting}
    return render(request, "office/units/from_plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def counterparts(request: HttpRequest, region_id: int) -> HttpResponse:
    """For every region below, what the counterpart of each unit is called."""
    user = signed_in(request)
    region = get_object_or_404(regions_for(user), pk=region_id)
    manager(request)
    if not may_manage_region(user, region):
        raise PermissionDenied
    below = regions_below(region)
    if request.method == "POST":
        _say(request, accept_counterparts(actor=user, wanted=_wanted(request, region, below)))
        return redirect("office:unit-counterparts", region_id)
    groups = counterparts_below(region, below)
    context = {
        "nav": "people",
        "tab": "units",
        "region": region,
        "groups": groups,
        "ready": sum(group.waiting for group in groups),
    }
    return render(request, "office/units/counterparts.html", context)


def _wanted(request: HttpRequest, region: Region, below: tuple[Region, ...]) -> tuple[Wanted, ...]:
    """The ticked rows: ``take`` holds unit-region, ``name-unit-region`` what it is to be called."""
    units = {str(unit.pk): unit for unit in units_for(request.user).filter(region=region, active=True)}
    places = {str(place.pk): place for place in below}
    chosen = []
    for taken in request.POST.getlist("take"):
        unit, _, place = taken.partition("-")
        if unit in units and place in places:
            name = request.POST.get(f"name-{taken}", "")
            chosen.append(Wanted(places[place], units[unit], name))
    return tuple(chosen)


def _say(request: HttpRequest, made: Made) -> None:
    if made.created:
        messages.success(request, f"新增 {len(made.created)} 个单位。")
    if made.found:
        messages.info(request, f"{len(made.found)} 个单位原来就有，没有重复添加。")
    for fault in made.faults[:20]:
        messages.error(request, fault)
    if len(made.faults) > 20:
        messages.error(request, f"另有 {len(made.faults) - 20} 处同类问题。")
    if not (made.created or made.found or made.faults):
        messages.info(request, "没有勾选任何单位。")
