"""Who has not handed in, as an Excel file to be printed and passed on."""

from dataclasses import dataclass
from io import BytesIO

import xlsxwriter

from minsheng.papers.list_styles import Styles, set_page

HEADS = ("序号", "地区", "单位", "未提交（项）", "其中被退回（项）", "逾期（天）", "最近一次提醒")
WIDTHS = (6, 14, 34, 12, 14, 10, 18)


@dataclass(frozen=True, slots=True)
class LateRow:
    """One unit."""

    region: str
    unit: str
    owing: int
    returned: int
    days: int
    reminded: str


@dataclass(frozen=True, slots=True)
class LateList:
    """The list with its title and a line under it."""

    title: str
    note: str
    rows: tuple[LateRow, ...]


def late_list_xlsx(late: LateList) -> bytes:
    """The file's bytes."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("未提交单位")
    styles = Styles(book)
    sheet.merge_range(0, 0, 0, len(HEADS) - 1, late.title, styles.title)
    sheet.merge_range(1, 0, 1, len(HEADS) - 1, late.note, styles.note)
    for column, (text, width) in enumerate(zip(HEADS, WIDTHS, strict=True)):
        sheet.write_string(2, column, text, styles.head)
        sheet.set_column(column, column, width)
    for number, row in enumerate(late.rows, 1):
        values: tuple[int | str, ...] = (
            number,
            row.region,
            row.unit,
            row.owing,
            row.returned,
            row.days,
            row.reminded,
        )
        for column, value in enumerate(values):
            styles.write(sheet, number + 2, column, value)
    set_page(sheet, head_row=2, last_row=len(late.rows) + 2, columns=len(HEADS))
    book.close()
    return buffer.getvalue()
