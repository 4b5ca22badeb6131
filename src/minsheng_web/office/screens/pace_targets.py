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
    needed_of,
    percent_cell,
    stage_cells,
    tenth,
)
from minsheng_web.office.screens.pace_table import NOTHING, SHORT_WORDS, Cell, Head, Row, Table
from minsheng_web.records.models import Snapshot, Standing
from minsheng_web.records.queries.pace_target import TargetMonth
from minsheng_web.records.queries.pace_targets import TargetRow

Link = Callable[[int], str]
NOT_YET = Cell(NOTHING)


def month_word(name: str) -> str:
    """3月, 第9周: a period's name without its year."""
    return name.split("年", 1)[-1]


def target_list(
    *,
    title: str,
    rows: Sequence[TargetRow],
    lights: Mapping[int, Mapping[int, str]],
    months: Sequence[Snapshot],
    link: Link,
) -> Table:
    """``months`` from first to last."""
    works = any(one.row.kind == "stages" for one in rows)
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
    for one in rows:
        address = link(one.allocation)
        through = lights.get(one.allocation, {})
        cells = _told(one, address, works=works)
        cells += [_light(through.get(month.pk), address) for month in months]
        lines.append(Row(cells))
    return Table(title, heads, lines, chart="heatmap", marks={"view": "table"}, style="target-list")


def _told(one: TargetRow, address: str, *, works: bool) -> list[Cell]:
    row = one.row
    return [
        Cell(one.name, link=address, note=one.sentence),
        Cell(number=row.owed, unit=row.unit),
        _figure(row),
        percent_cell(row.percent),
        percent_cell(row.scheduled_percent),
        *(stage_cells(row) if works else ()),
        Cell(number=needed_of(row), unit=row.unit),
        Cell(forecast_words(row), note=_rests_on(row)),
    ]


def _rests_on(row: Standing) -> str:
    found = forecast_of(row)
    return f"据{found.reports}次上报" if found else ""


def _figure(row: Standing) -> Cell:
    """The last figure known; one that is not of this period says so and is no figure of this period."""
    if not row.reported and row.figure is not None:
        return Cell(f"{format_amount(row.figure)}{row.unit}", small="上次")
    return Cell(number=row.figure, unit="个" if row.kind in {"stages", "yes_no"} else row.unit)


def _light(light: str | None, address: str) -> Cell:
    if light is None:
        return NOT_YET
    return Cell(SHORT_WORDS[light], light=light, link=address)  # type: ignore[index,arg-type]  # the column's choices


def curve_table(title: str, history: Sequence[TargetMonth]) -> Table:
    """Done, expected and the forecast by period: what the line chart is drawn from.

    The forecast has columns only where one was made: of a level or of works there is none.
    """
    foreseen = any(forecast_of(one.standing) for one in history)
    heads = (
        Head("填报期", 10),
        Head("应完成", 14, number=True, marks={"series": "expected"}),
        Head("实际完成", 14, number=True, marks={"series": "done"}),
        *(_FORESEEN if foreseen else ()),
        Head("灯", 8),
    )
    lines = [_month(one, _NO_FORECAST if foreseen else ()) for one in history]
    last = history[-1]
    if last.standing.kind == "count" and last.end.month < 12:
        turning = [_turning(last)] if foreseen else lines[-1:]
        lines = [*lines[:-1], *turning, _year_end(last.standing, foreseen=foreseen)]
    return Table(title, heads, lines, chart="line", marks={"unit": last.standing.unit})


_FORESEEN = (
    Head("预计（低）", 12, number=True, marks={"series": "low"}),
    Head("预计（中）", 12, number=True, marks={"series": "middle"}),
    Head("预计（高）", 12, number=True, marks={"series": "high"}),
)
_NO_FORECAST: tuple[Cell, ...] = (NOT_YET,) * 3


def _month(one: TargetMonth, forecast: Sequence[Cell]) -> Row:
    row = one.standing
    cells = (
        Cell(month_word(one.name)),
        Cell(number=row.scheduled),
        Cell(number=row.figure if row.reported else None),
        *forecast,
        Cell(SHORT_WORDS[light_of(row)], light=light_of(row)),
    )
    return Row(cells)


def _turning(one: TargetMonth) -> Row:
    """The month now: the forecast begins at what was done, for the lines to meet."""
    row = one.standing
    if forecast_of(row) is None or row.figure is None:
        return _month(one, _NO_FORECAST)
    return _month(one, (Cell(NOTHING, mark=row.figure),) * 3)


def _year_end(row: Standing, *, foreseen: bool) -> Row:
    found = forecast_of(row)
    forecast = _NO_FORECAST if foreseen else ()
    if found is not None:
        forecast = tuple(Cell(number=tenth(value)) for value in (found.low, found.middle, found.high))
    return Row((Cell("年底"), Cell(number=row.owed), NOT_YET, *forecast, NOT_YET))


def stage_table(title: str, history: Iterable[TargetMonth]) -> Table:
    """Started, completed, accepted and in use by period: four columns, because one is not the other."""
    heads = (Head("填报期", 12), *(Head(word, 10, number=True) for _, word in TOLD_STAGES))
    lines = [Row((Cell(month_word(one.name)), *stage_cells(one.standing))) for one in history]
    return Table(title, heads, lines)


def lights_table(title: str, history: Iterable[TargetMonth]) -> Table:
    """The light of each period with the sentence it gave, the newest first."""
    heads = (
        Head("填报期", 12),
        Head("灯", 8),
        Head("完成率", 10, number=True),
        Head("序时", 10, number=True),
        Head("说明", 70),
    )
    lines = [
        Row(
            (
                Cell(one.name),
                Cell(SHOWN_WORDS[light_of(one.standing)], light=light_of(one.standing)),
                percent_cell(one.standing.percent if one.standing.reported else None),
                percent_cell(one.standing.scheduled_percent),
                Cell(one.sentence),
            )
        )
        for one in history
    ]
    return Table(title, heads, lines[::-1])


def parts_table(title: str, rows: Iterable[TargetRow], link: Link) -> Table:
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
    lines = []
    for one in rows:
        row = one.row
        cells = (
            Cell(one.region_name, link=link(one.allocation)),
            Cell(SHOWN_WORDS[light_of(row)], light=light_of(row)),
            Cell(amount_words(row.owed, row.unit)),
            _figure(row),
            percent_cell(row.percent),
            Cell(f"{row.reported}/{row.parts}"),
            Cell(one.sentence),
        )
        lines.append(Row(cells))
    return Table(title, heads, lines)
