"""Regions in reach as a tree, one region with those below, and the population their offices state."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from minsheng_web.office.views.managing import nav_of, page_of_rows
from minsheng_web.records.access import regions_for
from minsheng_web.records.actions.population import NotStated, state_population
from minsheng_web.records.actions.regions import missing_divisions
from minsheng_web.records.duties import may_manage_region, may_write
from minsheng_web.records.people import signed_in
from minsheng_web.records.queries.regions import region_in_reach, regions_shown, regions_straight_below


@require_safe
def regions(request: HttpRequest) -> HttpResponse:
    """Each region's level, code and population, with a form where the person's office answers for it."""
    rows = tuple((region, may_write(request.user, region)) for region in regions_shown(request.user))
    return render(
        request, "office/regions/list.html", {"nav": nav_of(request), "tab": "regions", "rows": rows}
    )


@require_safe
def region(request: HttpRequest, region_id: int) -> HttpResponse:
    """One region: where its code comes from, what lies below, and adding to it."""
    user = signed_in(request)
    one = get_object_or_404(region_in_reach(user), pk=region_id)
    context = {
        "nav": nav_of(request),
        "tab": "regions",
        "one": one,
        "above": regions_for(user).filter(pk=one.parent_id or 0).first(),
        "rows": page_of_rows(request, regions_straight_below(user, one)),
        "manages": may_manage_region(user, one),
        "missing": missing_divisions(one),
    }
    return render(request, "office/regions/region.html", context)


@require_POST
def region_population(request: HttpRequest, region_id: int) -> HttpResponse:
    """State a region's population; an empty figure takes it back."""
    region = get_object_or_404(regions_for(request.user), pk=region_id)
    text = request.POST.get("population", "").strip().replace(",", "").replace("，", "")
    seen = request.POST.get("seen", "")
    population = int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else 0 if text else None
    outcome = state_population(
        actor=signed_in(request),
        region=region,
        population=population,
        source=request.POST.get("source", ""),
        seen=int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 12 else None,
    )
    if isinstance(outcome, NotStated):
        messages.error(request, f"{region.name}：{outcome.message}")
    else:
        messages.success(request, f"已保存{region.name}的人口数。")
    return redirect("office:regions")
