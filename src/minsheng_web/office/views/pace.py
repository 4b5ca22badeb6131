"""The heat map of a programme and its map."""


from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from minsheng.kernel.shapes import geojson
from minsheng_web.office.map_files import map_of
from minsheng_web.office.screens.pace_heatmap import heat_map, region_rows
from minsheng_web.office.screens.pace_table import Table
from minsheng_web.office.views.pace_frame import PaceFrame, pace_frame
from minsheng_web.records.queries import pace_cells


@require_safe
def pace(request: HttpRequest, programme: int) -> HttpResponse:
    """Projects by regions."""
    page = pace_frame(request, programme, "pace")
    context = {**page.context, "table": heat_table(page) if page.shown else None}
    return render(request, "office/pace/heat_map.html", context)


def heat_table(page: PaceFrame) -> Table:
    """The heat map of the page's region, period and filters. One query."""
    rows = pace_cells.cells(
        page.request.user,
        page.programme.pk,
        snapshots=[page.shown.snapshot] if page.shown else [],
        regions=(page.place.region, *page.place.below),
        filters=page.filters,
    )
    here, targets = (reverse(f"office:{name}", args=[page.programme.pk]) for name in ("pace", "pace-trend"))
    project = reverse("office:project", args=[page.programme.pk, 0]).replace("/0/", "/%d/")
    return heat_map(
        title=f"{page.title}各项目进度亮灯",
        place=page.place,
        choices=page.choices,
        rows=rows,
        keep=page.asked,
        addresses=(here, targets, project),
    )


@require_safe
def pace_map(request: HttpRequest, programme: int) -> HttpResponse:
    """The regions straight below on a map, or as tiles where nobody has their outlines."""
    page = pace_frame(request, programme, "pace-map")
    found = map_of(page.place.region.code or "")
    context = {**page.context, "map": found, "table": map_table(page) if page.shown else None}
    return render(request, "office/pace/map.html", context)


def map_table(page: PaceFrame) -> Table:
    """Regions with their counts of lights. One query."""
    below = page.place.below or (page.place.region,)
    summed = pace_cells.sums(
        page.request.user,
        page.programme.pk,
        snapshots=[page.shown.snapshot] if page.shown else [],
        regions=below,
        filters=page.filters,
        by=("region",),
    )
    code = page.place.region.code or ""
    shapes = reverse("office:map-shapes", args=[code]) if map_of(code).shapes else ""
    return region_rows(
        title=f"{page.title}各地进度亮灯",
        place=page.place,
        rows=summed,
        keep=page.asked,
        deeper=reverse("office:pace-map" if page.place.below else "office:pace", args=[page.programme.pk]),
        shapes=shapes,
    )


@require_safe
@cache_control(private=True, max_age=3600)
def map_shapes(request: HttpRequest, code: str) -> HttpResponse:
    """The outlines of a region's parts for the chart; an empty collection where nobody has them."""
    return JsonResponse(geojson(map_of(code).shapes))
