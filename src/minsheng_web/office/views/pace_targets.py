"""The targets of a region with their lights through the year, and one target with its reports."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minsheng.progress.model import PERIODS_ADD_UP
from minsheng_web.office.screens import pace_standing as standing
from minsheng_web.office.screens import pace_targets as screens
from minsheng_web.office.screens.pace_table import Table
from minsheng_web.office.views.pace_frame import PacePage, pace_page, page_or_last, pager, title_of, until
from minsheng_web.records.duties import may_write
from minsheng_web.records.queries import pace_targets as queries
from minsheng_web.records.queries.pace_scope import PaceView
from minsheng_web.records.queries.pace_target import TargetMonth, target_year

A_PAGE = 60
MOST_PARTS = 200


@require_safe
def pace_trend(request: HttpRequest, programme: int) -> HttpResponse:
    """Targets of the region, the worst first, a page of them."""
    page = pace_page(request, programme, "pace-trend")
    context: dict[str, Any] = {**page.context}
    if page.view is not None:
        some = partial(queries.cell_targets, page.view, limit=A_PAGE)
        found = page_or_last(request, lambda offset: some(offset=offset), A_PAGE)
        context |= {"pager": pager(page, found, A_PAGE), "table": trend_table(page, page.view, found)}
    return render(request, "office/pace/trend.html", context)


def trend_table(page: PacePage, view: PaceView, found: queries.TargetPage) -> Table:
    """The targets of one page, with their lights through the year. Two queries."""
    months = until(view.person, view)
    keys = [one.allocation for one in found.rows]
    return screens.target_list(
        title=f"{title_of(view)}各目标进度",
        rows=found.rows,
        lights=queries.lights_through(view.person, [one.pk for one in months], keys),
        months=months,
        link=lambda key: page.link("pace-target", part=key),
    )


@require_safe
def pace_target(request: HttpRequest, programme: int, allocation: int) -> HttpResponse:
    """One target of one region: trend, lights, forecast, reports, the parts below."""
    page = pace_page(request, programme, "pace-trend")
    year = target_year(request.user, programme, allocation)
    if year is None:
        raise Http404
    kept = [(name, text) for name, text in page.asked.items() if name != "period"]
    context: dict[str, Any] = {**page.context, "part": year.allocation, "kept": kept}
    context["sets_curve"] = may_write(request.user, page.programme.region, programme)
    if page.view is not None:
        start = page.view.period.start
        history = [one for one in year.months if one.snapshot.period.start <= start]
        if history and history[-1].snapshot.pk == page.view.snapshot.pk:
            context |= _told(page, page.view, history)
    return render(request, "office/pace/target.html", context)


def _told(page: PacePage, view: PaceView, history: Sequence[TargetMonth]) -> dict[str, Any]:
    """What is known of the target at the period looked at."""
    last = history[-1]
    row = last.standing
    title = f"{row.allocation.region.name}{row.allocation.indicator.name}"
    return {
        "row": row,
        "last": last,
        "months": history[::-1],
        "adds_up": row.kind in PERIODS_ADD_UP,
        "tells_figure": row.kind not in ("stages", "yes_no"),
        "light_word": standing.light_word(row),
        "sentence": last.sentence.removeprefix(f"{standing.light_word(row)}："),
        "needed": standing.needed_of(row),
        "gap": standing.points_words(row.gap),
        "forecast": standing.forecast_words(row),
        "curve": screens.curve_table(f"{title}进度", history),
        "stages": screens.stage_table(f"{title}工程节点", history) if row.kind == "stages" else None,
        "lights": screens.lights_table(f"{title}历次亮灯", history),
        "below": _below(page, view, title, row.allocation_id),
    }


def _below(page: PacePage, view: PaceView, title: str, allocation: int) -> Table | None:
    found = queries.parts_below(view, allocation, limit=MOST_PARTS)
    if not found.rows:
        return None
    return screens.parts_table(f"{title}下级进度", found.rows, lambda key: page.link("pace-target", part=key))
