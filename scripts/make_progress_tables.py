"""Lays the figures of samples/tables out as workbooks in the form of the pages they were published on.

Usage: make_progress_tables.py FOLDER writes a workbook for each table. Tables with regions get a block a
project with merged heads over several rows; tables of one region get one row an indicator.
"""

import csv
import sys
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any

import xlsxwriter

TABLES = Path(__file__).parents[1] / "samples/tables"
Row = dict[str, str]
Span = tuple[int, int, int, int]


def rows_of(name: str) -> list[Row]:
    """The rows of a table, as text."""
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def progress_workbook(rows: list[Row], title: str) -> bytes:
    """The workbook of a table."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("完成情况表")
    style = book.add_format({"border": 1, "align": "center", "valign": "vcenter", "text_wrap": True})
    sheet.merge_range(0, 0, 0, 8, title, style)
    if len({row["region"] for row in rows}) > 1:
        top = 1
        for project, block in groupby(rows, key=lambda row: row["project"]):
            top = _by_region(sheet, style, top, (project, list(block))) + 1
    else:
        _by_indicator(sheet, style, rows)
    book.close()
    return buffer.getvalue()


def _by_region(sheet: Any, style: Any, top: int, block: tuple[str, list[Row]]) -> int:
    """A block: 地区, project, indicators, lead units, roles, then the regions. Gives the row after it."""
    project, rows = block
    indicators = list(dict.fromkeys(row["indicator"] for row in rows))
    regions = list(dict.fromkeys(row["region"] for row in rows))
    cells = {(row["region"], row["indicator"]): row for row in rows}
    _merge(sheet, style, (top, 0, top + 3, 0), "地区")
    _merge(sheet, style, (top, 1, top, 3 * len(indicators)), project)
    for at, indicator in enumerate(indicators):
        first = 1 + 3 * at
        row = next(row for row in rows if row["indicator"] == indicator)
        _merge(sheet, style, (top + 1, first, top + 1, first + 2), f"{indicator}（{row['unit']}）")
        _merge(sheet, style, (top + 2, first, top + 2, first + 2), row["lead"])
        for offset, head in enumerate(("目标\n任务", "进度", "完成比例(%)")):
            sheet.write_string(top + 3, first + offset, head, style)
        for down, region in enumerate(regions):
            _figures(sheet, style, (top + 4 + down, first), cells[region, indicator])
    for down, region in enumerate(regions):
        sheet.write_string(top + 4 + down, 0, region, style)
    return top + 4 + len(regions)


def _by_indicator(sheet: Any, style: Any, rows: list[Row]) -> None:
    sheet.write_row(1, 0, ("工程名称", "序号"), style)
    sheet.merge_range(1, 2, 1, 3, "项 目 内 容", style)
    sheet.write_row(1, 4, ("目标任务", "进度", "完成目标\n(%)", "备注"), style)
    _merge(sheet, style, (2, 0, 1 + len(rows), 0), rows[0]["project"])
    for number, row in enumerate(rows, start=1):
        sheet.write_string(1 + number, 1, f"{number}", style)
        unit = f"（{row['unit']}）" if row["unit"] else ""
        sheet.merge_range(1 + number, 2, 1 + number, 3, f"{row['indicator']}{unit}", style)
        _figures(sheet, style, (1 + number, 4), row)


def _figures(sheet: Any, style: Any, place: tuple[int, int], row: Row) -> None:
    for offset, name in enumerate(("target", "done", "percent")):
        text = row[name]
        at = (place[0], place[1] + offset)
        if text.replace(".", "", 1).isdecimal():
            sheet.write_number(*at, float(text), style)
        else:
            sheet.write(*at, text, style)


def _merge(sheet: Any, style: Any, span: Span, text: str) -> None:
    if span[:2] == span[2:]:
        sheet.write_string(*span[:2], text, style)
    else:
        sheet.merge_range(*span, text, style)


def main(folder: str) -> None:
    """Write all tables."""
    for path in sorted(TABLES.glob("*.csv")):
        target = Path(folder) / f"{path.stem}.xlsx"
        target.write_bytes(progress_workbook(rows_of(path.stem), f"{path.stem} 完成情况表"))
        sys.stdout.write(f"{target}\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(sys.argv[1])
