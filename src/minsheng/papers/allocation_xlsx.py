"""The annex form of a breakdown as an Excel file: filled with what stands, ready to be changed and sent back.

Rows are regions, columns are indicators. The first row and the first column are hidden and hold keys, so
cells are found again however rows and columns were moved. A sheet out of sight repeats the mark.
"""

from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from itertools import groupby
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from minsheng.papers.allocation_form import (
    ASKED_KEY,
    HEAD_KEY,
    NAME_HEAD,
    NAME_KEY,
    RESERVE_KEY,
    RESERVE_NAME,
    SUM_KEY,
    SUM_NAME,
    WHOLE_KEY,
    AllocationForm,
    FormColumn,
    written,
)
from minsheng.papers.sheet_styles import BODY_FONT, TITLE_FONT, SheetStyles
from minsheng.progress.allocation import ADDS_UP

ALLOCATION_SHEET = "目标任务分解表"
ASKED_SHEET = "实际下达数"
MARK_SHEET = "_minsheng"
NOTE = (
    "填写说明：白底格可以改；留空表示不改，没有任务填“—”，确实为零填 0。只填数字，也可写“3.3万”。"
    "合计行自动计算，变红表示各地与预留之和不等于本级目标。"
)
ASKED_NOTE = (
    "填写说明：只在要求某地比分解数做得更多时填写，填这个地方实际要完成的总数，会显示为层层加码；"
    "留空表示不改，填“—”表示按分解数下达。这里的数不计入合计。"
)
PAPER_A3 = 8
TITLE_COLUMNS = 16
"""The title and the note stand over as many columns as a screen and the first page show."""
KEY_ROW, TITLE_ROW, NOTE_ROW, PROJECT_ROW, INDICATOR_ROW, UNIT_ROW, WHOLE_ROW, BODY_ROW = range(8)
KEY_COLUMN, NAME_COLUMN, FIRST_COLUMN = range(3)
LOCKED_COLOUR, RED, RED_GROUND = "#F3F4F6", "#9C0006", "#FFC7CE"
_ALLOWED = {
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
    "sort": True,
    "autofilter": True,
}


def allocation_xlsx(form: AllocationForm) -> bytes:
    """The file's bytes."""
    buffer = BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True})
    workbook.set_properties({"title": form.title, "author": "", "company": ""})
    styles = SheetStyles(workbook, {})
    sheet = workbook.add_worksheet(ALLOCATION_SHEET)
    _keys(sheet, form)
    _heads(sheet, styles, form, (form.title, NOTE))
    for position, column in enumerate(form.columns, start=FIRST_COLUMN):
        _column(sheet, styles, form, position, column)
    _names(sheet, styles, form)
    _page(sheet, form, (BODY_ROW, _reserve_row(form) + 1))
    _asked(workbook.add_worksheet(ASKED_SHEET), styles, form)
    hidden = workbook.add_worksheet(MARK_SHEET)
    hidden.write_string(0, 0, written(form.identity))
    hidden.very_hidden()
    workbook.close()
    return buffer.getvalue()


def _head_keys(sheet: Any, form: AllocationForm, name_key: str) -> None:
    sheet.write_string(KEY_ROW, KEY_COLUMN, written(form.identity))
    sheet.write_string(KEY_ROW, NAME_COLUMN, name_key)
    for position, column in enumerate(form.columns, start=FIRST_COLUMN):
        sheet.write_string(KEY_ROW, position, column.key)
    for row in range(TITLE_ROW, WHOLE_ROW):
        sheet.write_string(row, KEY_COLUMN, HEAD_KEY)


def _keys(sheet: Any, form: AllocationForm) -> None:
    _head_keys(sheet, form, NAME_KEY)
    sheet.write_string(WHOLE_ROW, KEY_COLUMN, WHOLE_KEY)
    for row, region in enumerate(form.regions, start=BODY_ROW):
        sheet.write_string(row, KEY_COLUMN, region.key)
    sheet.write_string(_reserve_row(form), KEY_COLUMN, RESERVE_KEY)
    sheet.write_string(_reserve_row(form) + 1, KEY_COLUMN, SUM_KEY)


def _reserve_row(form: AllocationForm) -> int:
    return BODY_ROW + len(form.regions)


def _heads(sheet: Any, styles: SheetStyles, form: AllocationForm, words: tuple[str, str]) -> None:
    last = FIRST_COLUMN + min(max(1, len(form.columns)), TITLE_COLUMNS) - 1
    title = styles.get(font_name=TITLE_FONT, font_size=20, align="center", valign="vcenter")
    note = styles.get(font_name=BODY_FONT, font_size=11, align="left", valign="vcenter", text_wrap=True)
    sheet.merge_range(TITLE_ROW, NAME_COLUMN, TITLE_ROW, last, words[0], title)
    sheet.merge_range(NOTE_ROW, NAME_COLUMN, NOTE_ROW, last, words[1], note)
    head = styles.head()
    sheet.merge_range(PROJECT_ROW, NAME_COLUMN, UNIT_ROW, NAME_COLUMN, NAME_HEAD, head)
    for project, first, past in _runs(form):
        if past - first == 1:
            sheet.write_string(PROJECT_ROW, first, project, head)
        else:
            sheet.merge_range(PROJECT_ROW, first, PROJECT_ROW, past - 1, project, head)
    for position, column in enumerate(form.columns, start=FIRST_COLUMN):
        sheet.write_string(INDICATOR_ROW, position, column.indicator, head)
        sheet.write_string(UNIT_ROW, position, column.unit, head)


def _runs(form: AllocationForm) -> Iterator[tuple[str, int, int]]:
    """Neighbouring columns of one project: its name, the first sheet column, the one past the last."""
    position = FIRST_COLUMN
    for project, run in groupby(form.columns, key=lambda column: column.project):
        length = len(tuple(run))
        yield project, position, position + length
        position += length


def _names(sheet: Any, styles: SheetStyles, form: AllocationForm) -> None:
    sheet.write_string(WHOLE_ROW, NAME_COLUMN, f"{form.node_name}目标", _locked(styles))
    for row, region in enumerate(form.regions, start=BODY_ROW):
        sheet.write_string(row, NAME_COLUMN, region.name, styles.body())
    sheet.write_string(_reserve_row(form), NAME_COLUMN, RESERVE_NAME, styles.body())
    sheet.write_string(_reserve_row(form) + 1, NAME_COLUMN, SUM_NAME, _locked(styles))


def _locked(styles: SheetStyles, number: str = "") -> Any:
    more = {"num_format": number} if number else {}
    return styles.get(
        font_name=BODY_FONT,
        font_size=11,
        align="center",
        valign="vcenter",
        text_wrap=True,
        border=1,
        bold=True,
        bg_color=LOCKED_COLOUR,
        **more,
    )


def _open(styles: SheetStyles, number: str) -> Any:
    return styles.get(
        font_name=BODY_FONT,
        font_size=11,
        align="center",
        valign="vcenter",
        border=1,
        locked=False,
        num_format=number,
    )


def _column(sheet: Any, styles: SheetStyles, form: AllocationForm, position: int, column: FormColumn) -> None:
    """One indicator: the whole, the regions, the reserve, and the sum that is watched."""
    adds_up = column.kind in ADDS_UP
    figure = "General" if _has_decimals(column) else "#,##0"
    if column.whole is None:
        sheet.write_string(WHOLE_ROW, position, "—", _locked(styles))
    else:
        sheet.write_number(WHOLE_ROW, position, column.whole, _locked(styles, figure))
    for row, region in enumerate(form.regions, start=BODY_ROW):
        given = region.key in column.shares
        _write(sheet, (row, position), column.shares.get(region.key), _open(styles, figure), given=given)
    reserve_row = _reserve_row(form)
    if not adds_up:
        for row in (reserve_row, reserve_row + 1):
            sheet.write_string(row, position, "—", _locked(styles))
        return
    sheet.write_number(reserve_row, position, column.reserve, _open(styles, figure))
    first, last = xl_rowcol_to_cell(BODY_ROW, position), xl_rowcol_to_cell(reserve_row, position)
    given_sum = sum((share for share in column.shares.values() if share is not None), column.reserve)
    sheet.write_formula(
        reserve_row + 1, position, f"=SUM({first}:{last})", _locked(styles, figure), float(given_sum)
    )
    if column.whole is not None:
        _watch(sheet, styles, (reserve_row + 1, position))


def _watch(sheet: Any, styles: SheetStyles, place: tuple[int, int]) -> None:
    """Red where the sum is not the whole; rounded, for 0.1 + 0.2 is not 0.3 in a spreadsheet."""
    whole = xl_rowcol_to_cell(WHOLE_ROW, place[1], row_abs=True)
    own = xl_rowcol_to_cell(*place)
    red = styles.get(font_color=RED, bg_color=RED_GROUND, bold=True)
    criteria = {"type": "formula", "criteria": f"=ROUND({own}-{whole},6)<>0", "format": red}
    sheet.conditional_format(*place, *place, criteria)


def _write(sheet: Any, place: tuple[int, int], value: Decimal | None, style: Any, *, given: bool) -> None:
    if value is not None:
        sheet.write_number(*place, value, style)
    elif given:
        sheet.write_string(*place, "—", style)
    else:
        sheet.write_blank(*place, None, style)


def _has_decimals(column: FormColumn) -> bool:
    figures = (column.whole, column.reserve, *column.shares.values())
    return any(value is not None and value != value.to_integral_value() for value in figures)


def _asked(sheet: Any, styles: SheetStyles, form: AllocationForm) -> None:
    """The second sheet: what regions are really asked for, where that is not their share."""
    _head_keys(sheet, form, ASKED_KEY)
    _heads(sheet, styles, form, (f"{form.title}（实际下达数）", ASKED_NOTE))
    for row, region in enumerate(form.regions, start=WHOLE_ROW):
        sheet.write_string(row, KEY_COLUMN, region.key)
        sheet.write_string(row, NAME_COLUMN, region.name, styles.body())
        for position, column in enumerate(form.columns, start=FIRST_COLUMN):
            _write(
                sheet, (row, position), column.asked.get(region.key), _open(styles, "General"), given=False
            )
    _page(sheet, form, (WHOLE_ROW, WHOLE_ROW + len(form.regions) - 1))


def _page(sheet: Any, form: AllocationForm, rows: tuple[int, int]) -> None:
    sheet.set_row(KEY_ROW, None, None, {"hidden": True})
    sheet.set_column(KEY_COLUMN, KEY_COLUMN, None, None, {"hidden": True})
    sheet.set_column(NAME_COLUMN, NAME_COLUMN, 18)
    sheet.set_column(FIRST_COLUMN, FIRST_COLUMN + max(0, len(form.columns) - 1), 14)
    for row, height in (
        (TITLE_ROW, 36),
        (NOTE_ROW, 48),
        (PROJECT_ROW, 56),
        (INDICATOR_ROW, 48),
        (UNIT_ROW, 22),
    ):
        sheet.set_row(row, height)
    for row in range(WHOLE_ROW, rows[1] + 1):
        sheet.set_row(row, 24)
    sheet.freeze_panes(rows[0], FIRST_COLUMN)
    sheet.protect("", _ALLOWED)
    sheet.set_landscape()
    sheet.set_paper(PAPER_A3)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.center_horizontally()
    sheet.repeat_rows(PROJECT_ROW, UNIT_ROW)
    sheet.repeat_columns(NAME_COLUMN)
    sheet.set_footer("&C第 &P 页　共 &N 页")
