"""A table of pace as an Excel file: lights keep colour and word, what is not known stays empty."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from minsheng.papers.list_styles import BODY_FONT, Styles, set_page
from minsheng.progress.pace.model import SHOWN_WORDS, Shown

LIGHT_FILLS: dict[Shown, str] = {
    "blue": "#C9DCF2",
    "green": "#CBE8D2",
    "yellow": "#FFE9A3",
    "orange": "#F7BE81",
    "red": "#E7A3A0",
    "missing": "#D9DDE3",
    "none": "#FFFFFF",
}
_HATCHED: Shown = "missing"
_LIGHT_UP = 14
"""Excel's thin diagonal hatching: told from a plain grey without colour."""


@dataclass(frozen=True, slots=True)
class Lit:
    """A cell with a light; ``text`` says more than its word where there is more to say."""

    light: Shown
    text: str = ""


Value = str | int | Decimal | Lit | None


@dataclass(frozen=True, slots=True)
class PaceColumn:
    """The head of a column and how wide it is, in characters."""

    text: str
    width: int = 12


@dataclass(frozen=True, slots=True)
class PaceSheet:
    """A table with its title and a line under it: the period, the filters, when it was made."""

    title: str
    note: str
    columns: Sequence[PaceColumn]
    rows: Iterable[Sequence[Value]]


def pace_xlsx(table: PaceSheet) -> bytes:
    """The file's bytes. Rows are written as they come, none is kept."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("进度亮灯")
    styles, lights = Styles(book), _lights(book)
    last = len(table.columns) - 1
    _across(sheet, 0, last, table.title, styles.title)
    _across(sheet, 1, last, table.note, styles.note)
    for column, head in enumerate(table.columns):
        sheet.write_string(2, column, head.text, styles.head)
        sheet.set_column(column, column, head.width)
    number = 2
    for number, row in enumerate(table.rows, 3):
        for column, value in enumerate(row):
            if isinstance(value, Lit):
                text = value.text or SHOWN_WORDS[value.light]
                sheet.write_string(number, column, text, lights[value.light])
            else:
                styles.write(sheet, number, column, value)
    set_page(sheet, head_row=2, last_row=number, columns=len(table.columns))
    book.close()
    return buffer.getvalue()


def _across(sheet: Any, row: int, last: int, text: str, style: Any) -> None:
    """A text over all columns; a merge needs two at least."""
    if last:
        sheet.merge_range(row, 0, row, last, text, style)
    else:
        sheet.write_string(row, 0, text, style)


def _lights(book: Any) -> dict[Shown, Any]:
    plain = {"font_name": BODY_FONT, "font_size": 11, "border": 1, "align": "center", "valign": "vcenter"}
    made = {}
    for light, colour in LIGHT_FILLS.items():
        filled: dict[str, str | int] = {"bg_color": colour}
        if light == _HATCHED:
            filled = {"pattern": _LIGHT_UP, "fg_color": "#9AA4B1", "bg_color": colour}
        made[light] = book.add_format(plain | filled | {"text_wrap": True})
    return made
