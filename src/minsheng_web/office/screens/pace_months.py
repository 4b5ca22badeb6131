"""Months side by side: lights over time, this period beside the last, what has not moved."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from minsheng.progress.figures import format_amount
from minsheng.progress.pace.model import SHOWN_WORDS, Shown
from minsheng_web.office.screens.pace_heatmap import tally
from minsheng_web.office.screens.pace_standing import light_of, percent_cell, tenth
from minsheng_web.office.screens.pace_table import SHORT_WORDS, Cell, Head, Row, Table
from minsheng_web.office.screens.pace_targets import month_word
from minsheng_web.records.models import Snapshot, Standing
from minsheng_web.records.queries.pace_cells import HeatCell, PeriodLights
from minsheng_web.records.queries.pace_targets import MovedRow, TargetRow

BAD: tuple[Shown, ...] = ("red", "orange", "yellow", "missing")
Regions = Sequence[tuple[int, str]]
Link = Callable[[int], str]


def lights_by_month(title: str, rows: Iterable[PeriodLights]) -> Table:
    """Months down, counts of lights across: what the stacked columns are drawn from."""
    heads = (
        Head("填报期", 14),
        *(Head(word, 8, number=True, marks={"light": light}) for light, word in SHOWN_WORDS.items()),
        Head("合计", 8, number=True),
    )
    lines = [
        Row(
            (
                Cell(month_word(row.name)),
                *(Cell(number=row.cell.counts.get(light, 0)) for light in SHOWN_WORDS),
                Cell(number=row.cell.nodes),
            )
        )
        for row in rows
    ]
    return Table(title, heads, lines, chart="lights", marks={"unit": "目标（个）"})


def worst_by_month(
    title: str,
    found: Mapping[tuple[int, int], HeatCell],
    months: Sequence[Snapshot],
    regions: Regions,
    link: Link,
) -> Table:
    """Regions down, months across, the worst light in each."""
    heads = (
        Head("地区", 16),
        *(Head(month_word(one.period.name), 9, marks={"column": ""}) for one in months),
    )
    lines = []
    for key, name in regions:
        cells = [tally(found.get((one.pk, key))) for one in months]
        if any(cell.light for cell in cells):
            lines.append(Row((Cell(name, link=link(key)), *cells)))
    return Table(title, heads, lines, chart="heatmap", marks={"view": "table"})


def beside_last(
    title: str,
    rows: Iterable[tuple[int, str, HeatCell | None, HeatCell | None]],
    names: tuple[str, str],
    link: Link,
) -> Table:
    """Bad lights of each region (key, name, before, now), last period and this one."""
    last, this = map(month_word, names)
    heads = [
        Head("地区", 16),
        *(Head(f"{SHOWN_WORDS[light]}（{when}）", 10, number=True) for light in BAD for when in (last, this)),
        Head(f"红橙黄合计（{last}）", 14, number=True, marks={"series": "last"}),
        Head(f"红橙黄合计（{this}）", 14, number=True, marks={"series": "this"}),
        Head("变化", 10, number=True),
    ]
    lines = []
    for key, name, *pair in rows:
        counts = [_count(cell, light) for light in BAD for cell in pair]
        sums = [None if cell is None else sum(cell.counts.get(one, 0) for one in BAD[:3]) for cell in pair]
        change = Cell(_change(*sums))
        lines.append(Row((Cell(name, link=link(key)), *counts, *(Cell(number=n) for n in sums), change)))
    return Table(title, heads, lines, chart="bar", marks={"unit": "目标（个）"})


def _count(cell: HeatCell | None, light: Shown) -> Cell:
    return Cell(number=cell.counts.get(light, 0)) if cell else Cell()


def _change(before: int | None, now: int | None) -> str:
    if before is None or now is None:
        return ""
    return f"{now - before:+d}" if now != before else "不变"


def changed_lights(title: str, moved: Iterable[MovedRow], link: Link) -> Table:
    """Targets whose light changed, as they come: those that got worse first."""
    heads = (
        Head("目标", 40),
        Head("上期", 8),
        Head("本期", 8),
        Head("上期完成率", 11, number=True),
        Head("本期完成率", 11, number=True),
        Head("增加", 12, number=True),
    )
    lines = [
        Row(
            (
                Cell(one.now.name, link=link(one.now.allocation), note=one.now.sentence),
                Cell(SHORT_WORDS[light_of(one.before)], light=light_of(one.before)),
                Cell(SHORT_WORDS[light_of(one.now.row)], light=light_of(one.now.row)),
                percent_cell(one.before.percent),
                percent_cell(one.now.row.percent),
                Cell(_added(one.now.row, one.before)),
            )
        )
        for one in moved
        if one.before is not None
    ]
    return Table(title, heads, lines)


def _added(row: Standing, last: Standing) -> str:
    if row.figure is None or last.figure is None or not row.reported:
        return ""
    return f"{format_amount(row.figure - last.figure)}{row.unit}"


def unmoved_list(title: str, rows: Iterable[TargetRow], link: Link) -> Table:
    """Who has not moved, for how many periods, and who reports it."""
    heads = (
        Head("目标", 40),
        Head("地区", 14),
        Head("填报单位", 28),
        Head("未动", 9, number=True),
        Head("灯", 8),
        Head("已完成", 14, number=True),
        Head("完成率", 10, number=True),
        Head("序时", 10, number=True),
    )
    lines = []
    for one in rows:
        row = one.row
        unit = row.allocation.reporting_unit
        cells = (
            Cell(one.name, link=link(one.allocation)),
            Cell(one.region_name),
            Cell(unit.name if unit else ""),
            Cell(number=row.unmoved, unit="期"),
            Cell(SHORT_WORDS[light_of(row)], light=light_of(row)),
            Cell(number=tenth(row.figure), unit=row.unit),
            percent_cell(row.percent),
            percent_cell(row.scheduled_percent),
        )
        lines.append(Row(cells))
    return Table(title, heads, lines)
