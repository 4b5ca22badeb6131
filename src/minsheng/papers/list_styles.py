"""The look of a list in Excel that officials print: fonts, borders, numbers, the page."""

from decimal import Decimal
from typing import Any

TITLE_FONT, HEAD_FONT, BODY_FONT = "方正小标宋简体", "黑体", "仿宋_GB2312"
_PAPER_A4 = 9


class Styles:
    """The formats of one workbook."""

    def __init__(self, book: Any) -> None:
        plain = {"font_name": BODY_FONT, "font_size": 11, "border": 1, "valign": "vcenter", "text_wrap": True}
        large = {
            "font_name": TITLE_FONT,
            "font_size": 18,
            "align": "center",
            "valign": "vcenter",
            "text_wrap": True,
        }
        self.title = book.add_format(large)
        self.note = book.add_format({"font_name": BODY_FONT, "font_size": 10, "align": "right"})
        self.head = book.add_format(
            plain | {"font_name": HEAD_FONT, "align": "center", "bg_color": "#E9F0F7"}
        )
        self.body = book.add_format(plain)
        self.number = book.add_format(plain | {"num_format": "#,##0.######", "align": "right"})

    def write(self, sheet: Any, row: int, column: int, value: Decimal | float | str | None) -> None:
        """A text, a number, or an empty cell where nothing is known: never nought."""
        if value is None or value == "":
            sheet.write_blank(row, column, None, self.body)
        elif isinstance(value, str):
            sheet.write_string(row, column, value, self.body)
        else:
            sheet.write_number(row, column, value, self.number)


def set_page(sheet: Any, *, head_row: int, last_row: int, columns: int) -> None:
    """Heads that stay and are printed again, a filter, A4 across."""
    sheet.set_row(0, 36)
    sheet.freeze_panes(head_row + 1, 0)
    sheet.autofilter(head_row, 0, max(last_row, head_row + 1), columns - 1)
    sheet.set_landscape()
    sheet.set_paper(_PAPER_A4)
    sheet.repeat_rows(head_row)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C第 &P 页　共 &N 页")
