"""Lights over time, this period beside the last, and what has not moved."""

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minsheng_web.office.screens import pace_months as screens
from minsheng_web.office.screens.pace_table import Table
from minsheng_web.office.views.pace_frame import PaceFrame, pace_frame
from minsheng_web.records.models.pace import Standing
from minsheng_web.records.queries import pace_cells
from minsheng_web.records.queries import pace_targets as queries
from minsheng_web.records.queries.pace_judged import judged_of
from minsheng_web.records.queries.pace_scope import Closed

A_PAGE = 100


@require_safe
def pace_lights(request: HttpRequest, programme: int) -> HttpResponse:
    """How many of each light there were each month, and the worst light of each region."""
    page = pace_frame(request, programme, "pace-lights")
    context = {**page.context}
    if page.shown is not None:
        context |= {"table": lights_table(page), "regions_table": regions_through(page)}
    return render(request, "office/pace/lights.html", context)


def _until(page: PaceFrame) -> list[Closed]:
    shown = page.shown
    return [p for p in reversed(page.periods) if shown is not None and p.start <= shown.start]


def lights_table(page: PaceFrame) -> Table:
    """One query."""
    until = _until(page)
    rows = pace_cells.sums(
        page.request.user,
        page.programme.pk,
        snapshots=[period.snapshot for period in until],
        regions=(page.place.region,),
        filters=page.filters,
        by=("snapshot",),
    )
    return screens.lights_by_month(f"{page.title}止各月亮灯数", rows, until)


def regions_through(page: PaceFrame) -> Table | None:
    """One query; None where nothing lies below."""
    if not page.place.below:
        return None
    until = _until(page)
    rows = pace_cells.sums(
        page.request.user,
        page.programme.pk,
        snapshots=[period.snapshot for period in until],
        regions=page.place.below,
        filters=page.filters,
        by=("snapshot", "region"),
    )
    return screens.worst_by_month(
        f"{page.title}止各地各月亮灯",
        rows,
        until,
        page.place.below,
        lambda key: page.link("pace-lights", region=key),
    )


@require_safe
def pace_compare(request: HttpRequest, programme: int) -> HttpResponse:
    """Regions side by side for two periods, and the targets whose light changed."""
    page = pace_frame(request, programme, "pace-compare")
    context = {**page.context, "before": page.before}
    if page.shown is not None and page.before is not None:
        context |= {"table": compare_table(page), "changed": changed_table(page)}
    return render(request, "office/pace/compare.html", context)


def compare_table(page: PaceFrame) -> Table | None:
    """One query; None where there is no period before."""
    now, before = page.shown, page.before
    if now is None or before is None:
        return None
    regions = (page.place.region, *page.place.below)
    rows = pace_cells.sums(
        page.request.user,
        page.programme.pk,
        snapshots=[now.snapshot, before.snapshot],
        regions=regions,
        filters=page.filters,
        by=("snapshot", "region"),
    )
    title = f"{page.place.region.name}{now.name}与{before.name}亮灯对比"
    return screens.beside_last(
        title, rows, regions, now, before, lambda key: page.link("pace-compare", region=key)
    )


def changed_table(page: PaceFrame) -> Table | None:
    """Three queries."""
    now, before = page.shown, page.before
    if now is None or before is None:
        return None
    user, here = page.request.user, [page.place.region.pk]
    pairs = queries.changed_between(user, now.snapshot, before.snapshot, here, page.filters)
    title = f"{page.place.region.name}{now.name}亮灯有变化的目标"
    return screens.changed_lights(
        title, pairs, judged_of(now), lambda key: page.link("pace-target", part=key)
    )


@require_safe
def pace_unmoved(request: HttpRequest, programme: int) -> HttpResponse:
    """Parts that did not move, the longest first, a page of them."""
    page = pace_frame(request, programme, "pace-unmoved")
    rows, table = unmoved_table(page, request.GET.get("page"))
    return render(request, "office/pace/unmoved.html", {**page.context, "rows": rows, "table": table})


def unmoved_table(
    page: PaceFrame, number: str | None, a_page: int = A_PAGE
) -> tuple[Page[Standing] | None, Table | None]:
    """Two queries however many there are."""
    if page.shown is None:
        return None, None
    found = queries.unmoved(page.request.user, page.shown.snapshot, page.place.region.path, page.filters)
    rows = Paginator(found, a_page).get_page(number)
    title = f"{page.title}没有进展的任务"
    return rows, screens.unmoved_list(title, rows, lambda key: page.link("pace-target", part=key))
