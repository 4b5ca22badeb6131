"""The targets of a region with their lights through the year, and one target with its reports."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minsheng_web.office.screens import pace_standing as standing
from minsheng_web.office.screens import pace_targets as screens
from minsheng_web.office.screens.pace_table import Table
from minsheng_web.office.views.pace_frame import PacePage, pace_page, title_of, until
from minsheng_web.records.models import Allocation, Snapshot, Standing
from minsheng_web.records.queries import pace_targets as queries
from minsheng_web.records.queries.pace_judged import judged_of, judged_through
from minsheng_web.records.queries.pace_scope import PaceView

A_PAGE = 60


@require_safe
def pace_trend(request: HttpRequest, programme: int) -> HttpResponse:
    """Targets of the region, a page of them."""
    page = pace_page(request, programme, "pace-trend")
    context: dict[str, Any] = {**page.context}
    if page.view is not None:
        rows = Paginator(queries.targets(page.view), A_PAGE).get_page(request.GET.get("page"))
        context |= {"rows": rows, "table": trend_table(page, page.view, list(rows))}
    return render(request, "office/pace/trend.html", context)


def trend_table(page: PacePage, view: PaceView, rows: Sequence[Standing]) -> Table:
    """The targets of one page, with their lights through the year. Two queries."""
    months = until(view.person, view)
    return screens.target_list(
        title=f"{title_of(view)}各目标进度",
        rows=rows,
        judged=judged_of(view),
        lights=queries.lights_through(view.person, months, [row.allocation_id for row in rows]),
        months=months,
        link=lambda key: page.link("pace-target", part=key),
    )


@require_safe
def pace_target(request: HttpRequest, programme: int, allocation: int) -> HttpResponse:
    """One target of one region: trend, lights, forecast, reports, the parts below."""
    page = pace_page(request, programme, "pace-trend")
    part = queries.find_part(request.user, programme, allocation)
    if part is None:
        raise Http404
    context: dict[str, Any] = {
        **page.context,
        "part": part,
        "kept": [(name, text) for name, text in page.asked.items() if name != "period"],
        "reports": queries.reports_of(request.user, part),
    }
    if page.view is not None:
        history = queries.through_the_year(request.user, until(request.user, page.view), part)
        if history and history[-1][0].pk == page.view.snapshot.pk:
            context |= _told(page, page.view, part, history)
    return render(request, "office/pace/target.html", context)


def _told(
    page: PacePage, view: PaceView, part: Allocation, history: Sequence[tuple[Snapshot, Standing]]
) -> dict[str, Any]:
    """What is known of the target at the period looked at."""
    row = history[-1][1]
    judged = judged_through([snapshot for snapshot, _ in history])
    title = f"{part.region.name}{part.indicator.name}"
    below = queries.parts_below(view.person, view.snapshot, part)
    return {
        "row": row,
        "sentence": judged_of(view).sentence(row),
        "light_word": standing.light_word(row),
        "gap": standing.points_words(row.gap),
        "forecast": standing.forecast_words(row),
        "curve": screens.curve_table(f"{title}进度", history),
        "stages": screens.stage_table(f"{title}工程节点", history) if row.kind == "stages" else None,
        "lights": screens.lights_table(
            f"{title}历次亮灯", [(one, then, judged[one.pk]) for one, then in history]
        ),
        "below": _below(page, view, title, below) if below else None,
    }


def _below(page: PacePage, view: PaceView, title: str, rows: Sequence[Standing]) -> Table:
    return screens.parts_table(
        f"{title}下级进度", rows, judged_of(view), lambda key: page.link("pace-target", part=key)
    )
