"""The leader's page: headline figures, what is red and yellow with its sentence, by category and by region."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minsheng.progress.pace.model import Shown
from minsheng_web.office.screens import pace_leader as screens
from minsheng_web.office.views.pace_frame import PaceFrame, pace_frame
from minsheng_web.records.queries import pace_cells
from minsheng_web.records.queries import pace_targets as queries
from minsheng_web.records.queries.pace_cells import Summed
from minsheng_web.records.queries.pace_judged import judged_of

WORRYING: tuple[Shown, ...] = ("red", "orange", "yellow", "missing")
MOST = 60
"""Standings read for the list; more never fit."""


@require_safe
def pace_leader(request: HttpRequest, programme: int) -> HttpResponse:
    """One side of A4."""
    page = pace_frame(request, programme, "pace-leader")
    context = {**page.context, **(_sheet(page) if page.shown else {})}
    return render(request, "office/pace/leader.html", context)


def _sheet(page: PaceFrame) -> dict[str, Any]:
    shown, user = page.shown, page.request.user
    assert shown is not None  # noqa: S101 - the caller asked
    rows = queries.targets(user, shown.snapshot, [page.place.region.pk], page.filters)
    worrying = rows.filter(light__in=WORRYING)
    found = screens.worries(
        worrying.order_by("gap", "indicator__position")[:MOST],
        judged_of(shown),
        lambda key: page.link("pace-target", part=key),
    )
    by_category = _sums(page, by=("category",))
    total = _total(by_category)
    before = page.before
    return {
        "figures": screens.figures(total),
        "worries": found.shown,
        "left_out": max(found.left_out, worrying.count() - len(found.shown)),
        "categories": screens.counts_table(
            f"{page.title}各类别亮灯",
            "类别",
            [(row.key[0] or "未分类", row, page.link("pace", category=row.key[0])) for row in by_category],
        ),
        "regions_counted": regions_table(page),
        "change": _change(total, _total(_sums(page, by=("category",), snapshot=before.snapshot)))
        if before
        else (),
        "before": before,
    }


def _sums(page: PaceFrame, *, by: tuple[str, ...], snapshot: int | None = None) -> list[Summed]:
    shown = page.shown
    taken = snapshot or (shown.snapshot if shown else None)
    return pace_cells.sums(
        page.request.user,
        page.programme.pk,
        snapshots=[taken] if taken else [],
        regions=(page.place.region,),
        filters=page.filters,
        by=by,
    )


def regions_table(page: PaceFrame) -> screens.Table | None:
    """The regions straight below; None where there are none. One query."""
    if not page.place.below or page.shown is None:
        return None
    rows = pace_cells.sums(
        page.request.user,
        page.programme.pk,
        snapshots=[page.shown.snapshot],
        regions=page.place.below,
        filters=page.filters,
        by=("region",),
    )
    found = {row.key[0]: row for row in rows}
    listed = [
        (region.name, found[region.pk], page.link("pace", region=region.pk))
        for region in page.place.below
        if region.pk in found
    ]
    return screens.counts_table(f"{page.title}各地亮灯", "地区", listed)


def _total(rows: list[Summed]) -> Summed | None:
    """All groups as one."""
    if not rows:
        return None
    tally = pace_cells.Tally.empty()
    for row in rows:
        tally.add(pace_cells.Cell(0, 0, 0, "", None, row.counts, row.missing_parts, row.money))
    return Summed((), tuple(tally.counts), tally.missing_parts, tuple(tally.money))


def _change(now: Summed | None, last: Summed | None) -> tuple[str, ...]:
    """红灯增加2个: what changed since the last period, in words."""
    if now is None or last is None:
        return ()
    words = []
    for light in WORRYING:
        change = now.count(light) - last.count(light)
        if change:
            word = screens.SHOWN_WORDS[light]
            words.append(f"{word}{'增加' if change > 0 else '减少'}{abs(change)}个")
    return tuple(words) or ("亮灯数没有变化",)
