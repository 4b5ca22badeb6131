"""Months side by side: lights over time, this period beside the last, what has not moved."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from minsheng.progress.figures import format_amount
from minsheng.progress.pace.model import SHOWN_WORDS, Shown
from minsheng_web.office.screens.pace_heatmap import counts_in_words
from minsheng_web.office.screens.pace_standing import light_of, percent_cell, tenth
from minsheng_web.office.screens.pace_table import NOTHING, SHORT_WORDS, Cell, Head, Row, Table
from minsheng_web.office.screens.pace_targets import month_word
from minsheng_web.records.models import Region
from minsheng_web.records.models.pace import Standing
from minsheng_web.records.queries.pace_cells import SHOWN, Summed
from minsheng_web.records.queries.pace_judged import Judged
from minsheng_web.records.queries.pace_scope import Closed

BAD: tuple[Shown, ...] = ("red", "orange", "yellow", "missing")


def lights_by_month(title: str, rows: Iterable[Summed], periods: Sequence[Closed]) -> Table:
    """Months down, counts of lights across: what the stacked columns are drawn from."""
    by_snapshot = {row.key[0]: row for row in rows}
    heads = (
        Head("填报期", 14),
        *(Head(SHOWN_WORDS[light], 8, number=True, marks={"light": light}) for light in SHOWN),
        Head("合计", 8, number=True),
    )
    lines = [
        Row((Cell(month_word(period)), *(Cell(number=n) for n in row.counts), Cell(number=row.total)))
        for period in periods
        if (row := by_snapshot.get(period.snapshot)) is not None
    ]
    return Table(title, heads, lines, chart="lights", marks={"unit": "个目标"})


def worst_by_month(
    title: str, rows: Iterable[Summed], periods: Sequence[Closed], regions: Sequence[Region], link: Callable[[int], str]
) -> Table:
    """Regions down, months across, the worst light in each."""
    found = {row.key: row for row in rows}
    heads = (Head("地区", 16), *(Head(month_word(period), 9, marks={"column": ""}) for period in periods))
    lines = []
    for region in regions:
        cells = [_worst(found.get((period.snapshot, region.pk))) for period in periods]
        if any(cell.light for cell in cells):
            lines.append(Row((Cell(region.name, link=link(region.pk)), *cells)))
    return Table(title, heads, lines, chart="heatmap", marks={"view": "table"})


def _worst(row: Summed | None) -> Cell:
    light = row.worst if row else None
    if row is None or light is None:
        return Cell(NOTHING)
    small = f"{row.count(light)}/{row.total}"
    return Cell(SHORT_WORDS[light], light=light, small=small, more=counts_in_words(row.counts))


def beside_last(
    title: str, rows: Iterable[Summed], regions: Sequence[Region], now: Closed, before: Closed, link: Callable[[int], str]
) -> Table:
    """Bad lights of each region, last period and this one."""
    found = {row.key: row for row in rows}
    last, this = month_word(before), month_word(now)
    heads = [
        Head("地区", 16),
        *(
            Head(f"{word}{when}", 10, number=True)
            for word in (SHOWN_WORDS[light] for light in BAD)
            for when in (f"（{last}）", f"（{this}）")
        ),
        Head(f"红橙黄灯（{last}）", 14, number=True, marks={"series": "last"}),
        Head(f"红橙黄灯（{this}）", 14, number=True, marks={"series": "this"}),
        Head("变化", 10, number=True),
    ]
    lines = []
    for region in regions:
        pair = found.get((before.snapshot, region.pk)), found.get((now.snapshot, region.pk))
        if not any(pair):
            continue
        counts = [Cell(number=row.count(light)) if row else Cell() for light in BAD for row in pair]
        sums = [None if row is None else sum(row.count(light) for light in BAD[:3]) for row in pair]
        change = None if None in sums else (sums[1] or 0) - (sums[0] or 0)
        lines.append(
            Row(
                (
                    Cell(region.name, link=link(region.pk)),
                    *counts,
                    *(Cell(number=value) for value in sums),
                    Cell("" if change is None else f"{change:+d}" if change else "不变"),
                )
            )
        )
    return Table(title, heads, lines, chart="bar", marks={"unit": "个目标"})


def changed_lights(
    title: str, pairs: Iterable[tuple[Standing, Standing | None]], judged: Judged, link: Callable[[int], str]
) -> Table:
    """Targets whose light changed, those that got worse first."""
    heads = (Head("目标", 40), Head("上期", 8), Head("本期", 8), Head("上期完成率", 11, number=True),
             Head("本期完成率", 11, number=True), Head("增加", 12, number=True))  # fmt: skip
    changed = [(row, last) for row, last in pairs if last is not None and row.light != last.light]
    changed.sort(key=lambda pair: _worse(pair[1]) - _worse(pair[0]))
    lines = [
        Row(
            (
                Cell(row.indicator.name, link=link(row.allocation_id), note=judged.sentence(row)),
                Cell(SHORT_WORDS[light_of(last)], light=light_of(last)),
                Cell(SHORT_WORDS[light_of(row)], light=light_of(row)),
                percent_cell(last.percent),
                percent_cell(row.percent),
                Cell(_added(row, last)),
            )
        )
        for row, last in changed
    ]
    return Table(title, heads, lines)


def _worse(row: Standing) -> int:
    order: Mapping[Shown, int] = {
        "none": 0, "blue": 1, "green": 2, "yellow": 3, "missing": 4, "orange": 5, "red": 6,
    }  # fmt: skip
    return order[light_of(row)]


def _added(row: Standing, last: Standing) -> str:
    if row.figure is None or last.figure is None or not row.reported:
        return ""
    return f"{format_amount(row.figure - last.figure)}{row.unit}"


def unmoved_list(title: str, rows: Iterable[Standing], link: Callable[[int], str]) -> Table:
    """Who has not moved, for how many periods, and who reports it."""
    heads = (Head("目标", 40), Head("地区", 14), Head("填报单位", 28), Head("未动", 9, number=True), Head("灯", 8),
             Head("已完成", 14, number=True), Head("完成率", 10, number=True), Head("序时", 10, number=True))  # fmt: skip
    lines = [
        Row(
            (
                Cell(row.indicator.name, link=link(row.allocation_id)),
                Cell(row.allocation.region.name),
                Cell(row.allocation.reporting_unit.name if row.allocation.reporting_unit else ""),
                Cell(number=row.unmoved, unit="期"),
                Cell(SHORT_WORDS[light_of(row)], light=light_of(row)),
                Cell(number=tenth(row.figure), unit=row.unit),
                percent_cell(row.percent),
                percent_cell(row.scheduled_percent),
            )
        )
        for row in rows
    ]
    return Table(title, heads, lines)
