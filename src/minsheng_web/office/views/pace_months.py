"""Lights over time, this period beside the last, and what has not moved."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minsheng_web.office.screens import pace_months as screens
from minsheng_web.office.screens.pace_table import Table
from minsheng_web.office.views.pace_frame import (
    PacePage,
    pace_page,
    page_or_last,
    pager,
    title_of,
    until,
    view_before,
)
from minsheng_web.records.queries import pace_cells
from minsheng_web.records.queries import pace_targets as queries
from minsheng_web.records.queries.pace_scope import PaceView, regions_below

A_PAGE = 100
LEAST = 1
"""Periods without movement from which on a part is listed."""
MOST = 300
"""Changed lights on one page: those that got worse come first."""


@require_safe
def pace_lights(request: HttpRequest, programme: int) -> HttpResponse:
    """How many of each light there were each month, and the worst light of each region."""
    page = pace_page(request, programme, "pace-lights")
    context: dict[str, Any] = {**page.context}
    if page.view is not None:
        context |= {"table": lights_table(page, page.view), "regions_table": regions_table(page, page.view)}
    return render(request, "office/pace/lights.html", context)


def lights_table(page: PacePage, view: PaceView) -> Table:  # noqa: ARG001 - built like every table of pace
    """Months down, lights across."""
    shown = [row for row in pace_cells.lights_over_time(view) if row.key <= view.period.key]
    return screens.lights_by_month(f"{title_of(view)}止各期亮灯数", shown)


def regions_table(page: PacePage, view: PaceView) -> Table | None:
    """Regions down, months across; None where nothing lies below."""
    months = until(view.person, view)
    regions = list(regions_below(view).values_list("pk", "name"))
    if not regions:
        return None
    found = pace_cells.region_lights_over_time(view, [one.pk for one in months])
    title = f"{title_of(view)}止各地各期亮灯"
    return screens.worst_by_month(
        title, found, months, regions, lambda key: page.link("pace-lights", region=key)
    )


@require_safe
def pace_compare(request: HttpRequest, programme: int) -> HttpResponse:
    """Regions side by side for two periods, and the targets whose light changed."""
    page = pace_page(request, programme, "pace-compare")
    context: dict[str, Any] = {**page.context}
    if page.view is not None and (before := view_before(request.user, page.view)) is not None:
        context |= {
            "before": before.period,
            "table": compare_table(page, page.view),
            "changed": changed_table(page, page.view),
        }
    return render(request, "office/pace/compare.html", context)


def compare_table(page: PacePage, view: PaceView) -> Table | None:
    """The region and those below; None where there is no period before."""
    before = view_before(view.person, view)
    if before is None:
        return None
    then, now = pace_cells.region_lights(before), pace_cells.region_lights(view)
    earlier = {row.region: row.cell for row in then}
    names = {row.region: row.name for row in (*then, *now)}
    here = (view.region.pk, view.region.name, pace_cells.whole_cell(before), pace_cells.whole_cell(view))
    later = {row.region: row.cell for row in now}
    below = ((key, name, earlier.get(key), later.get(key)) for key, name in names.items())
    title = f"{view.region.name}{view.period.name}与{before.period.name}亮灯对比"
    return screens.beside_last(
        title,
        (here, *below),
        (before.period.name, view.period.name),
        lambda key: page.link("pace-compare", region=key),
    )


def changed_table(page: PacePage, view: PaceView) -> Table | None:
    """Targets of the region whose light is another one now; None where there is no period before."""
    if view.seal.before_id is None:
        return None
    return screens.changed_lights(
        f"{title_of(view)}亮灯有变化的目标",
        queries.moved_targets(view, limit=MOST).rows,
        lambda key: page.link("pace-target", part=key),
    )


@require_safe
def pace_unmoved(request: HttpRequest, programme: int) -> HttpResponse:
    """Parts that did not move, the longest first, a page of them."""
    page = pace_page(request, programme, "pace-unmoved")
    context: dict[str, Any] = {**page.context}
    if page.view is not None:
        some = partial(queries.unmoved_targets, page.view, least=LEAST, limit=A_PAGE)
        found = page_or_last(request, lambda offset: some(offset=offset), A_PAGE)
        context |= {"pager": pager(page, found, A_PAGE), "table": unmoved_table(page, page.view, found)}
    return render(request, "office/pace/unmoved.html", context)


def unmoved_table(page: PacePage, view: PaceView, found: queries.TargetPage) -> Table:
    """Those of one page."""
    title = f"{title_of(view)}没有进展的任务"
    return screens.unmoved_list(title, found.rows, lambda key: page.link("pace-target", part=key))
