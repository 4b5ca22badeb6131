"""The heat map of a programme and its map."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from minsheng.kernel.shapes import geojson
from minsheng_web.office.addresses import address
from minsheng_web.office.map_files import map_of
from minsheng_web.office.screens import pace_heatmap as screens
from minsheng_web.office.screens.pace_table import Table
from minsheng_web.office.views.pace_frame import PacePage, pace_page, title_of
from minsheng_web.records.queries import pace_cells
from minsheng_web.records.queries.pace_kept import kept
from minsheng_web.records.queries.pace_scope import PaceView, regions_below


@require_safe
def pace(request: HttpRequest, programme: int) -> HttpResponse:
    """Projects by regions."""
    page = pace_page(request, programme, "pace")
    view = page.view
    table = kept(view, "heat", page.asked, lambda: heat_table(page, view).drawn()) if view else None
    return render(request, "office/pace/heat_map.html", {**page.context, "table": table})


def heat_table(page: PacePage, view: PaceView) -> Table:
    """The heat map of the page's region, period and filters."""
    here, targets = (address(name, page.programme.pk) for name in ("pace", "pace-trend"))
    project = address("project", page.programme.pk, 0).replace("/0/", "/%d/")
    return screens.heat_table(
        title=f"{title_of(view)}各项目进度亮灯",
        region=view.region,
        found=pace_cells.heat_map(view),
        keep=page.asked,
        addresses=(here, targets, project),
    )


@require_safe
def pace_map(request: HttpRequest, programme: int) -> HttpResponse:
    """The regions straight below on a map, or as tiles where nobody has their outlines."""
    page = pace_page(request, programme, "pace-map")
    context: dict[str, Any] = {**page.context}
    if page.view is not None:
        found = map_of(page.view.region.code or "")
        table = map_table(page, page.view)
        drawn = {shape.code for shape in found.shapes}
        context |= {
            "map": found,
            "table": table,
            "unshaped": [row.cells[0].text for row in table.rows if drawn and row.marks["code"] not in drawn],
        }
    return render(request, "office/pace/map.html", context)


def map_table(page: PacePage, view: PaceView) -> Table:
    """Regions with their counts of lights; where nothing lies below, the region itself."""
    code = view.region.code or ""
    codes = dict(regions_below(view).values_list("pk", "code"))
    rows = [
        (one.region, one.name, codes.get(one.region) or "", one.cell)
        for one in pace_cells.region_lights(view)
    ]
    whole = None if rows else pace_cells.whole_cell(view)
    if whole is not None:
        rows = [(view.region.pk, view.region.name, code, whole)]
    deeper, found = "pace-map" if codes else "pace", map_of(code)
    return screens.region_table(
        title=f"{title_of(view)}各地进度亮灯",
        rows=rows,
        link=address(deeper, page.programme.pk),
        keep=page.asked,
        shapes=address("map-shapes", code) if found.shapes else "",
        note=found.note,
    )


@require_safe
@cache_control(private=True, max_age=3600)
def map_shapes(request: HttpRequest, code: str) -> HttpResponse:  # noqa: ARG001 - outlines are the same for all
    """The outlines of a region's parts for the chart; an empty collection where nobody has them."""
    return JsonResponse(geojson(map_of(code).shapes))
