"""The targets of a region with their lights through the year, and one target with its reports."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minsheng_web.office.screens import pace_standing as standing
from minsheng_web.office.screens.pace_table import Table
from minsheng_web.office.screens.pace_targets import (
    curve_table,
    lights_table,
    parts_table,
    stage_table,
    target_list,
)
from minsheng_web.office.views.pace_frame import PaceFrame, pace_frame
from minsheng_web.records.models.pace import Standing
from minsheng_web.records.queries import pace_targets as queries
from minsheng_web.records.queries.pace_judged import judged_of, judged_through

A_PAGE = 60


@require_safe
def pace_trend(request: HttpRequest, programme: int) -> HttpResponse:
    """Targets of the region, a page of them."""
    page = pace_frame(request, programme, "pace-trend")
    rows, table = trend_table(page, request.GET.get("page"))
    return render(request, "office/pace/trend.html", {**page.context, "rows": rows, "table": table})


def trend_table(
    page: PaceFrame, number: str | None, a_page: int = A_PAGE
) -> tuple[Page[Standing] | None, Table | None]:
    """The list and the page of it. Four queries however many targets there are."""
    if page.shown is None:
        return None, None
    user = page.request.user
    rows = Paginator(
        queries.targets(user, page.shown.snapshot, [page.place.region.pk], page.filters), a_page
    ).get_page(number)
    until = [period for period in reversed(page.periods) if period.start <= page.shown.start]
    lights = queries.lights_through(user, [p.snapshot for p in until], [row.allocation_id for row in rows])
    table = target_list(
        title=f"{page.title}各目标进度",
        rows=list(rows),
        judged=judged_of(page.shown),
        lights=lights,
        periods=until,
        link=lambda key: page.link("pace-target", part=key),
        several=False,
    )
    return rows, table


@require_safe
def pace_target(request: HttpRequest, programme: int, allocation: int) -> HttpResponse:
    """One target of one region: trend, lights, forecast, reports, the parts below."""
    page = pace_frame(request, programme, "pace-trend")
    part = queries.find_part(request.user, programme, allocation)
    if part is None:
        raise Http404
    context: dict[str, Any] = {**page.context, "part": part}
    until = [p for p in page.periods if page.shown is not None and p.start <= page.shown.start]
    history = queries.through_the_year(request.user, until, part)
    row = history[-1][1] if history else None
    context["reports"] = queries.reports_of(request.user, part)
    if page.shown is not None and row is not None:
        context |= _told(page, part.indicator.name, history, row)
    return render(request, "office/pace/target.html", context)


def _told(page: PaceFrame, name: str, history: Any, row: Standing) -> dict[str, Any]:
    """What is known of the target at the period shown."""
    assert page.shown is not None  # noqa: S101 - the caller asked
    judged = judged_through([period for period, _ in history])
    now = judged[page.shown.snapshot]
    title = f"{row.allocation.region.name} {name}"
    below = queries.parts_below(page.request.user, page.shown.snapshot, row.allocation)
    return {
        "row": row,
        "sentence": now.sentence(row),
        "light_word": standing.light_word(row),
        "gap": standing.points_words(row.gap),
        "forecast": standing.forecast_words(row),
        "curve": curve_table(title, history, year_end="年底", whole=row.owed if row.kind == "count" else None),
        "stages": stage_table(f"{title}工程节点", history) if row.kind == "stages" else None,
        "lights": lights_table(
            f"{title}历次亮灯", [(period, one, judged.get(period.snapshot)) for period, one in history]
        ),
        "below": parts_table(
            f"{title}下级进度", below, now, lambda key: page.link("pace-target", part=key)
        ) if below else None,
    }
