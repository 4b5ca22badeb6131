"""A breakdown table as an Excel file in the form of an annex (附件 目标任务分解表).

First sheet: the annex itself, category and project over their indicators, 全市合计 first.
Second sheet: the same numbers as a list, one indicator a row. Numbers are numbers; signs are number formats.
"""

from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import groupby
from typing import Any

import xlsxwriter

from minsheng.papers.breakdown import Breakdown, Column, Entry, sign
from minsheng.papers.sheet_styles import BODY_FONT, TITLE_FONT, SheetStyles

ANNEX_SHEET = "目标任务分解表"
LIST_SHEET = "指标清单"
UNIT_NOTE = "注：指标名称后的括号内为计量单位；“—”为无此项任务；空格为文件未写明。"
PAPER_A3 = 8
TITLE_COLUMNS = 16
"""The title stands over as many columns as the first page shows."""
PRINT_SCALE = 85
PAGE_MILLIMETRES = 440
"""What an A3 page takes across at that scale beside the first column; pages break between projects."""
LINE_HEIGHT, LOWEST_HEAD, HIGHEST_ROW = 13.5, 42.0, 400.0
"""Points of a line of 10-point type, of the lowest head row, and of the highest row Excel allows (409)."""
TITLE_ROW, NOTE_ROW, CATEGORY_ROW, PROJECT_ROW, INDICATOR_ROW, BODY_ROW = range(6)


def breakdown_xlsx(breakdown: Breakdown) -> bytes:
    """The file's bytes. The same breakdown gives the same sheets, whatever the day."""
    buffer = BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True})
    workbook.set_properties({"title": breakdown.title, "author": "", "company": ""})
    styles = SheetStyles(workbook, {})
    _annex(workbook.add_worksheet(ANNEX_SHEET), styles, breakdown)
    _list(workbook.add_worksheet(LIST_SHEET), styles, breakdown)
    workbook.close()
    return buffer.getvalue()


def number_format(entry: Entry) -> str:
    """The Excel format that shows an entry as the notice means it and leaves the cell a number."""
    digits = 0 if entry.value is None else max(0, -int(entry.value.normalize().as_tuple().exponent))
    base = "#,##0" + (f".{'0' * digits}" if digits else "")
    mark = sign(entry.comparator)
    return f'"{mark}"{base}' if mark else base


def _annex(sheet: Any, styles: SheetStyles, breakdown: Breakdown) -> None:
    columns = breakdown.columns
    last = max(1, len(columns))
    title_last = min(last, TITLE_COLUMNS)
    sheet.merge_range(
        TITLE_ROW,
        0,
        TITLE_ROW,
        title_last,
        breakdown.title,
        styles.get(font_name=TITLE_FONT, font_size=20, align="center", valign="vcenter"),
    )
    note = styles.get(font_name=BODY_FONT, font_size=11, align="left", valign="vcenter")
    sheet.merge_range(NOTE_ROW, 0, NOTE_ROW, title_last, UNIT_NOTE, note)
    _annex_heads(sheet, styles, columns)
    for number, row in enumerate(breakdown.rows):
        sheet.write_string(BODY_ROW + number, 0, row.region, styles.body(bold=row.whole))
        for position, entry in enumerate(row.entries):
            _write(sheet, BODY_ROW + number, position + 1, entry, styles, bold=row.whole)
        sheet.set_row(BODY_ROW + number, 26)
    _annex_page(sheet, breakdown)


def _annex_heads(sheet: Any, styles: SheetStyles, columns: tuple[Column, ...]) -> None:
    """Three head rows: category, project with its lead units, indicator with its unit."""
    head = styles.head()
    sheet.merge_range(CATEGORY_ROW, 0, INDICATOR_ROW, 0, "单位名称", head)
    for category, first, last in _spans(tuple(column.category for column in columns)):
        _merge(sheet, CATEGORY_ROW, (first + 1, last + 1), category or "—", head)
    for _, first, last in _spans(tuple(str(column.project) for column in columns)):
        _merge(sheet, PROJECT_ROW, (first + 1, last + 1), _project_head(columns[first]), head)
    for position, column in enumerate(columns):
        sheet.write_string(INDICATOR_ROW, position + 1, column.name, head)


def _project_head(column: Column) -> str:
    lead = f"\n（牵头单位：{column.units}）" if column.units else ""
    return f"{column.project}、{column.headline}{lead}"


def _annex_page(sheet: Any, breakdown: Breakdown) -> None:
    columns = breakdown.columns
    sheet.set_column(0, 0, 13)
    for _, first, last in _spans(tuple(str(column.project) for column in columns)):
        sheet.set_column(first + 1, last + 1, _width(last - first + 1))
    sheet.set_row(TITLE_ROW, 36)
    sheet.set_row(NOTE_ROW, 20)
    sheet.set_row(CATEGORY_ROW, 24)
    sheet.set_row(PROJECT_ROW, _project_row_height(columns))
    sheet.set_row(INDICATOR_ROW, _height((column.name, 12) for column in columns))
    sheet.freeze_panes(BODY_ROW, 1)
    sheet.set_landscape()
    sheet.set_paper(PAPER_A3)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.center_horizontally()
    sheet.repeat_rows(CATEGORY_ROW, INDICATOR_ROW)
    sheet.repeat_columns(0)
    # A scale and breaks of our own: Excel drops manual breaks where a sheet is fitted to pages.
    sheet.set_print_scale(PRINT_SCALE)
    sheet.set_v_pagebreaks(_page_breaks(columns))
    sheet.set_footer("&C第 &P 页　共 &N 页")


def _list(sheet: Any, styles: SheetStyles, breakdown: Breakdown) -> None:
    """One indicator a row: number, category, project, indicator, unit, the whole and regions, lead units."""
    regions = [row.region for row in breakdown.rows]
    heads = ["序号", "类别", "项目", "指标", "计量单位", *regions, "牵头单位"]
    sheet.merge_range(
        0,
        0,
        0,
        len(heads) - 1,
        breakdown.title,
        styles.get(font_name=TITLE_FONT, font_size=18, align="center", valign="vcenter"),
    )
    for position, name in enumerate(heads):
        sheet.write_string(1, position, name, styles.head())
    for number, column in enumerate(breakdown.columns):
        _list_row(sheet, styles, breakdown, number, column)
    for position, width in enumerate([6, 12, 30, 30, 9, *[11] * len(regions), 24]):
        sheet.set_column(position, position, width)
    sheet.set_row(0, 32)
    sheet.freeze_panes(2, 4)
    sheet.autofilter(1, 0, max(1, len(breakdown.columns) + 1), len(heads) - 1)
    sheet.set_landscape()
    sheet.set_paper(PAPER_A3)
    sheet.repeat_rows(1)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C第 &P 页　共 &N 页")


def _list_row(sheet: Any, styles: SheetStyles, breakdown: Breakdown, number: int, column: Column) -> None:
    row = number + 2
    sheet.write_number(row, 0, column.project, styles.body())
    words = (column.category, column.headline, column.indicator + column.each)
    for position, text in enumerate(words, start=1):
        sheet.write_string(row, position, text, styles.body(left=True))
    sheet.write_string(row, 4, column.unit, styles.body())
    for position, table_row in enumerate(breakdown.rows, start=5):
        _write(sheet, row, position, table_row.entries[number], styles, bold=table_row.whole)
    sheet.write_string(row, 5 + len(breakdown.rows), column.units, styles.body(left=True))


def _write(
    sheet: Any, row: int, column: int, entry: Entry | None, styles: SheetStyles, *, bold: bool
) -> None:
    if entry is None:
        sheet.write_blank(row, column, None, styles.body())
    elif entry.value is None:
        sheet.write_string(row, column, entry.text, styles.body(bold=bold))
    else:
        sheet.write_number(row, column, entry.value, styles.body(number=number_format(entry), bold=bold))


def _merge(sheet: Any, row: int, span: tuple[int, int], text: str, style: Any) -> None:
    first, last = span
    if first == last:
        sheet.write_string(row, first, text, style)
    else:
        sheet.merge_range(row, first, row, last, text, style)


def _spans(keys: tuple[str, ...]) -> Iterator[tuple[str, int, int]]:
    """Runs of equal keys as (key, first position, last position)."""
    position = 0
    for key, run in groupby(keys):
        length = len(tuple(run))
        yield key, position, position + length - 1
        position += length


def _width(indicators: int) -> int:
    """Characters a column takes; a project of one indicator needs room for its own name above it."""
    return 16 if indicators == 1 else 12


def _project_row_height(columns: tuple[Column, ...]) -> float:
    heads = []
    for _, first, last in _spans(tuple(str(column.project) for column in columns)):
        count = last - first + 1
        heads.append((_project_head(columns[first]), count * _width(count)))
    return _height(heads)


def _height(texts: Iterable[tuple[str, int]]) -> float:
    """The points a row needs so that every text shows whole in its width in characters."""
    lines = (
        sum(max(1, -(-_characters(part) // (width - 2))) for part in text.split("\n"))
        for text, width in texts
    )
    return min(HIGHEST_ROW, max(LOWEST_HEAD, LINE_HEIGHT * max(lines, default=1) + 6))


def _characters(text: str) -> int:
    """How wide a text is; a Chinese character takes two."""
    return sum(2 if ord(character) > 0xFF else 1 for character in text)


def _page_breaks(columns: tuple[Column, ...]) -> list[int]:
    """Sheet columns before which a page begins: between projects, as many as fit across."""
    breaks: list[int] = []
    used = 0.0
    for _, first, last in _spans(tuple(str(column.project) for column in columns)):
        count = last - first + 1
        # Excel: a column of n characters is 7n + 5 pixels, 96 to the inch.
        wide = count * (7 * _width(count) + 5) * 25.4 / 96
        if used and used + wide > PAGE_MILLIMETRES:
            breaks.append(first + 1)
            used = 0.0
        used += wide
    return breaks
