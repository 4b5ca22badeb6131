"""The leader's page: headline figures, what is red and yellow with its sentence, and where."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minsheng.progress.pace.model import SHOWN_WORDS, Shown
from minsheng_web.office.screens import pace_leader as screens
from minsheng_web.office.screens.pace_table import Table
from minsheng_web.office.views.pace_frame import PacePage, pace_page, title_of, view_before
from minsheng_web.records.queries import pace_cells
from minsheng_web.records.queries import pace_targets as queries
from minsheng_web.records.queries.pace_cells import HeatCell
from minsheng_web.records.queries.pace_scope import PaceView

TOLD: tuple[Shown, ...] = ("red", "orange", "yellow", "missing")
MOST = 60
"""Standings read for the list; more never fit."""


@require_safe
def pace_leader(request: HttpRequest, programme: int) -> HttpResponse:
    """One side of A4."""
    page = pace_page(request, programme, "pace-leader")
    context = {**page.context, **(_sheet(page, page.view) if page.view else {})}
    return render(request, "office/pace/leader.html", context)


def _sheet(page: PacePage, view: PaceView) -> dict[str, Any]:
    by_project = pace_cells.project_cells(view, view.snapshot.pk)
    total = pace_cells.added(by_project.values())
    before = view_before(view.person, view)
    found = screens.worries(
        queries.cell_targets(view, limit=MOST).rows, lambda key: page.link("pace-target", part=key)
    )
    told = sum(total.counts.get(light, 0) for light in TOLD) if total else 0
    return {
        "figures": screens.figures(total),
        "worries": found,
        "left_out": told - len(found),
        "categories": categories_table(page, view, by_project),
        "regions_counted": regions_table(page, view),
        "before": before.period if before else None,
        "change": _change(total, pace_cells.whole_cell(before) if before else None),
    }


def categories_table(page: PacePage, view: PaceView, by_project: dict[int, HeatCell]) -> Table:
    """The projects of each category together."""
    names = pace_cells.project_names(view.person, view.programme.pk)
    inside: dict[str, list[HeatCell]] = {}
    for number, (_, category) in names.items():
        if number in by_project:
            inside.setdefault(category, []).append(by_project[number])
    listed = []
    for category, cells in inside.items():
        whole = pace_cells.added(cells)
        if whole is not None:
            listed.append((category or "未分类", whole, page.link("pace", category=category)))
    return screens.counts_table(f"{title_of(view)}各类别亮灯", "类别", listed)


def regions_table(page: PacePage, view: PaceView) -> Table | None:
    """The regions straight below; None where there are none."""
    listed = [
        (row.name, row.cell, page.link("pace", region=row.region)) for row in pace_cells.region_lights(view)
    ]
    return screens.counts_table(f"{title_of(view)}各地亮灯", "地区", listed) if listed else None


def _change(now: HeatCell | None, last: HeatCell | None) -> tuple[str, ...]:
    """红灯增加2个: what changed since the last period, in words."""
    if now is None or last is None:
        return ()
    changes = {light: now.counts.get(light, 0) - last.counts.get(light, 0) for light in TOLD}
    words = [
        f"{SHOWN_WORDS[light]}{'增加' if change > 0 else '减少'}{abs(change)}个"
        for light, change in changes.items()
        if change
    ]
    return tuple(words) or ("亮灯数没有变化",)
