"""A snapshot as an Excel file: every line as it was frozen, what was not reported left empty."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO

import xlsxwriter

from minsheng.papers.list_styles import Styles, set_page
from minsheng.progress.frozen import FrozenLine
from minsheng.progress.model import MONEY_STAGES, MONEY_WORDS, STAGE_WORDS, STAGES

_MONEY_HEADS = tuple(f"{MONEY_WORDS[stage]}资金（万元）" for stage in MONEY_STAGES)
HEADS = ("序号", "项目指标", "地区", "填报单位", "目标任务", "本期完成", "累计完成", "是否完成", "工程节点",
         *_MONEY_HEADS, "困难问题", "状态")  # fmt: skip
WIDTHS = (6, 30, 12, 28, 12, 12, 12, 10, 26, *([14] * len(_MONEY_HEADS)), 30, 10)
_FEN_IN_WAN = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class SnapshotTable:
    """The lines with a title and a line under it; ``words`` are the states' names."""

    title: str
    note: str
    words: Mapping[str, str]
    lines: Iterable[FrozenLine]


def snapshot_xlsx(table: SnapshotTable) -> bytes:
    """The file's bytes. Lines are written as they come, none is kept."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("快照")
    styles = Styles(book)
    sheet.merge_range(0, 0, 0, len(HEADS) - 1, table.title, styles.title)
    sheet.merge_range(1, 0, 1, len(HEADS) - 1, table.note, styles.note)
    for column, (text, width) in enumerate(zip(HEADS, WIDTHS, strict=True)):
        sheet.write_string(2, column, text, styles.head)
        sheet.set_column(column, column, width)
    row = 2
    for row, line in enumerate(table.lines, 3):
        for column, value in enumerate(_cells(row - 2, line, table.words)):
            styles.write(sheet, row, column, value)
    set_page(sheet, head_row=2, last_row=row, columns=len(HEADS))
    book.close()
    return buffer.getvalue()


def _cells(
    number: int, line: FrozenLine, words: Mapping[str, str]
) -> tuple[Decimal | float | str | None, ...]:
    stages = "；".join(
        f"{STAGE_WORDS[stage]} {line.stages[stage]}" for stage in STAGES if stage in line.stages
    )
    money = (line.money.get(stage) for stage in MONEY_STAGES)
    return (
        number,
        line.indicator_name,
        line.region_name,
        line.unit_name,
        line.owed,
        line.amount,
        line.cumulative,
        None if line.done is None else "是" if line.done else "否",
        stages,
        *(None if fen is None else fen / _FEN_IN_WAN for fen in money),
        line.difficulty,
        words.get(line.state, line.state),
    )
