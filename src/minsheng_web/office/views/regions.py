"""Regions in reach with the population their offices state."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from minsheng_web.records.access import regions_for
from minsheng_web.records.actions.population import NotStated, state_population
from minsheng_web.records.duties import may_write
from minsheng_web.records.people import signed_in


@require_safe
def regions(request: HttpRequest) -> HttpResponse:
    """Each region's population, with a form where the person's office answers for it."""
    rows = tuple((region, may_write(request.user, region)) for region in regions_for(request.user)[:500])
    return render(request, "office/comparing/regions.html", {"nav": "compare", "rows": rows})


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
