"""The list of targets with their lights through the year, and one target's own tables."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from minsheng.progress.figures import format_amount
from minsheng.progress.pace.model import SHOWN_WORDS
from minsheng_web.office.screens.pace_standing import (
    TOLD_STAGES,
    amount_words,
    forecast_of,
    forecast_words,
    light_of,
    percent_cell,
    stage_cells,
    tenth,
)
from minsheng_web.office.screens.pace_table import NOTHING, SHORT_WORDS, Cell, Head, Row, Table
from minsheng_web.records.models import Snapshot, Standing
from minsheng_web.records.queries.pace_judged import Judged

Link = Callable[[int], str]
NOT_YET = Cell(NOTHING)


def month_word(name: str) -> str:
    """3月, 第9周: a period's name without its year."""
    return name.split("年", 1)[-1]


def target_list(
    *,
    title: str,
    rows: Sequence[Standing],
    judged: Judged,
    lights: Mapping[int, Mapping[int, str]],
    months: Sequence[Snapshot],
    link: Link,
) -> Table:
    """``months`` from first to last."""
    works = any(row.kind == "stages" for row in rows)
    heads = [
        Head("目标", 40),
        Head("任务", 12, number=True),
        Head("已完成", 12, number=True),
        Head("完成率", 9, number=True),
        Head("序时", 9, number=True),
        *([Head(word, 9, number=True) for _, word in TOLD_STAGES] if works else []),
        Head("每期还需", 12, number=True),
        Head("年底预计", 20),
        *(Head(month_word(one.period.name), 6, marks={"column": ""}) for one in months),
    ]
    lines = []
    for row in rows:
        address = link(row.allocation_id)
        through = lights.get(row.allocation_id, {})
        cells = _told(row, judged, address, works=works)
        cells += [_light(through.get(one.pk), address) for one in months]
        lines.append(Row(cells))
    return Table(title, heads, lines, chart="heatmap", marks={"view": "table"}, style="target-list")


def _told(row: Standing, judged: Judged, address: str, *, works: bool) -> list[Cell]:
    return [
        Cell(row.indicator.name, link=address, note=judged.sentence(row)),
        Cell(number=row.owed, unit=row.unit),
        _figure(row),
        percent_cell(row.percent),
        percent_cell(row.scheduled_percent),
        *(stage_cells(row) if works else ()),
        Cell(number=row.needed, unit=row.unit),
        Cell(forecast_words(row)),
    ]


def _figure(row: Standing) -> Cell:
    """The last figure known; one that is not of this period says so and is no figure of this period."""
    if not row.reported and row.figure is not None:
        return Cell(f"{format_amount(row.figure)}{row.unit}", small="上次")
    return Cell(number=row.figure, unit="个" if row.kind in {"stages", "yes_no"} else row.unit)


def _light(light: str | None, address: str) -> Cell:
    if light is None:
        return NOT_YET
    return Cell(SHORT_WORDS[light], light=light, link=address)  # type: ignore[index,arg-type]  # the column's choices


def curve_table(title: str, history: Iterable[tuple[Snapshot, Standing]]) -> Table:
    """Done, expected and the forecast by period: what the line chart is drawn from."""
    known = list(history)
    heads = (
        Head("填报期", 10),
        Head("应完成", 14, number=True, marks={"series": "expected"}),
        Head("实际完成", 14, number=True, marks={"series": "done"}),
        Head("预计（低）", 12, number=True, marks={"series": "low"}),
        Head("预计（中）", 12, number=True, marks={"series": "middle"}),
        Head("预计（高）", 12, number=True, marks={"series": "high"}),
        Head("灯", 8),
    )
    lines = [_month(one.period.name, row) for one, row in known]
    last = known[-1] if known else None
    if last is not None and last[0].period.end.month < 12:
        lines = [*lines[:-1], _turning(last[0].period.name, last[1]), _year_end(last[1])]
    return Table(title, heads, lines, chart="line", marks={"unit": last[1].unit if last else ""})


def _month(name: str, row: Standing) -> Row:
    figure = row.figure if row.reported else None
    cells = (
        Cell(month_word(name)),
        Cell(number=tenth(row.scheduled)),
        Cell(number=figure),
        *(NOT_YET for _ in range(3)),
        Cell(SHORT_WORDS[light_of(row)], light=light_of(row)),
    )
    return Row(cells)


def _turning(name: str, row: Standing) -> Row:
    """The month now: the forecast begins at what was done, for the lines to meet."""
    plain = _month(name, row)
    if forecast_of(row) is None or row.figure is None:
        return plain
    return Row(
        tuple(Cell(NOTHING, mark=row.figure) if 3 <= at <= 5 else cell for at, cell in enumerate(plain.cells))
    )


def _year_end(row: Standing) -> Row:
    found = forecast_of(row)
    forecast = (
        (NOT_YET,) * 3
        if found is None
        else tuple(Cell(number=tenth(value)) for value in (found.low, found.middle, found.high))
    )
    whole = row.owed if row.kind == "count" else None
    return Row((Cell("年底"), Cell(number=whole), NOT_YET, *forecast, NOT_YET))


def stage_table(title: str, history: Iterable[tuple[Snapshot, Standing]]) -> Table:
    """Started, completed, accepted and in use by period: four columns, because one is not the other."""
    heads = (Head("填报期", 12), *(Head(word, 10, number=True) for _, word in TOLD_STAGES))
    lines = [Row((Cell(month_word(one.period.name)), *stage_cells(row))) for one, row in history]
    return Table(title, heads, lines)


def lights_table(title: str, history: Iterable[tuple[Snapshot, Standing, Judged]]) -> Table:
    """The light of each period with the sentence it gave, the newest first."""
    heads = (Head("填报期", 12), Head("灯", 8), Head("完成率", 10, number=True), Head("序时", 10, number=True),
             Head("说明", 70))  # fmt: skip
    lines = [
        Row(
            (
                Cell(one.period.name),
                Cell(SHOWN_WORDS[light_of(row)], light=light_of(row)),
                percent_cell(row.percent if row.reported else None),
                percent_cell(row.scheduled_percent),
                Cell(judged.sentence(row)),
            )
        )
        for one, row, judged in history
    ]
    return Table(title, heads, lines[::-1])


def parts_table(title: str, rows: Sequence[Standing], judged: Judged, link: Link) -> Table:
    """The parts below, each with its light: one level nearer to who reports."""
    heads = (
        Head("地区", 14),
        Head("灯", 8),
        Head("任务", 12, number=True),
        Head("已完成", 12, number=True),
        Head("完成率", 10, number=True),
        Head("上报", 10, number=True),
        Head("说明", 60),
    )
    lines = [
        Row(
            (
                Cell(row.allocation.region.name, link=link(row.allocation_id)),
                Cell(SHOWN_WORDS[light_of(row)], light=light_of(row)),
                Cell(amount_words(row.owed, row.unit)),
                _figure(row),
                percent_cell(row.percent),
                Cell(f"{row.reported}/{row.parts}"),
                Cell(judged.sentence(row)),
            )
        )
        for row in rows
    ]
    return Table(title, heads, lines)
