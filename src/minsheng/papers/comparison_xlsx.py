"""A comparison as an Excel file: one target a row, each plan's value as a number, what differs in words."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

import xlsxwriter

from minsheng.papers.comparison import Block, Comparison, Line, Said
from minsheng.plans.model import Project

TITLE_FONT, HEAD_FONT, BODY_FONT = "方正小标宋简体", "黑体", "仿宋_GB2312"
PAPER_A4 = 9
CHANGE_COLOURS = {"changed": "#FDF3DC", "added": "#E7F3EA", "removed": "#FBECEB"}
HEAD_ROW = 1
FIXED = 3
"""Columns before the plans: project, indicator, region."""
EACH_PLAN = 4
"""Columns of a plan: its project's number, the value, the unit, the rate."""


def comparison_xlsx(table: Comparison) -> bytes:
    """The file's bytes."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("对照表")
    styles = _Styles(book)
    heads = _heads(table)
    sheet.merge_range(0, 0, 0, len(heads) - 1, table.title, styles.title)
    for column, text in enumerate(heads):
        sheet.write_string(HEAD_ROW, column, text, styles.head)
    writer, row = _Writer(sheet, styles, len(table.sides)), HEAD_ROW + 1
    for block in table.blocks:
        for line in block.lines or (None,):
            writer.row(row, block, line)
            row += 1
    _page(sheet, len(heads), row)
    book.close()
    return buffer.getvalue()


class _Styles:
    def __init__(self, book: Any) -> None:
        plain = {"font_name": BODY_FONT, "font_size": 11, "border": 1, "valign": "vcenter", "text_wrap": True}
        head = plain | {"font_name": HEAD_FONT, "align": "center", "bg_color": "#E9F0F7"}
        self.title = book.add_format(
            {
                "font_name": TITLE_FONT,
                "font_size": 18,
                "align": "center",
                "valign": "vcenter",
                "text_wrap": True,
            }
        )
        self.head = book.add_format(head)
        self.body = book.add_format(plain)
        self.number = book.add_format(plain | {"num_format": "#,##0.######", "align": "right"})
        self.change = {
            change: book.add_format(plain | {"bg_color": colour, "align": "center"})
            for change, colour in CHANGE_COLOURS.items()
        }


def _heads(table: Comparison) -> list[str]:
    heads = ["项目", "指标", "地区"]
    for side in table.sides:
        heads += [f"{side.title}\n项目序号", f"{side.title}\n数值", "单位、说法", "每万人"]
    return [*heads, "变化", "与首列相比"]


@dataclass(frozen=True, slots=True)
class _Writer:
    """The sheet with its styles, for tables of so many plans."""

    sheet: Any
    styles: _Styles
    width: int

    def row(self, row: int, block: Block, line: Line | None) -> None:
        """One target, or a project without any."""
        words = (block.project.leading.headline, line.subject if line else "", line.region if line else "")
        for column, text in enumerate(words):
            self.sheet.write_string(row, column, text, self.styles.body)
        for at in range(self.width):
            self._plan(row, block.project.projects[at], line.cells[at] if line else None, at)
        last = FIXED + self.width * EACH_PLAN
        said = line or block
        style = self.styles.change.get(said.change, self.styles.body)
        self.sheet.write_string(row, last, said.change_word, style)
        steps = [cell.step for cell in line.cells if cell and cell.step] if line else []
        self.sheet.write_string(row, last + 1, "；".join(steps), self.styles.body)

    def _plan(self, row: int, project: Project | None, cell: Said | None, at: int) -> None:
        column = FIXED + at * EACH_PLAN
        if project is None:
            self.sheet.write_string(row, column, "无", self.styles.body)
        else:
            self.sheet.write_number(row, column, project.number, self.styles.number)
        if cell is None:
            for offset in (1, 2, 3):
                self.sheet.write_blank(row, column + offset, None, self.styles.body)
            return
        self.sheet.write_number(row, column + 1, float(cell.quantity.value), self.styles.number)
        self.sheet.write_string(row, column + 2, cell.amount, self.styles.body)
        self.sheet.write_string(row, column + 3, cell.rate, self.styles.body)


def _page(sheet: Any, width: int, rows: int) -> None:
    sheet.set_row(0, 36)
    sheet.set_row(HEAD_ROW, 48)
    sheet.set_column(0, 1, 28)
    sheet.set_column(2, width - 3, 12)
    sheet.set_column(width - 2, width - 1, 18)
    sheet.freeze_panes(HEAD_ROW + 1, 2)
    sheet.autofilter(HEAD_ROW, 0, max(rows - 1, HEAD_ROW + 1), width - 1)
    sheet.set_landscape()
    sheet.set_paper(PAPER_A4)
    sheet.repeat_rows(HEAD_ROW)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C第 &P 页　共 &N 页")
