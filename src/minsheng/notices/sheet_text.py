"""A workbook to messages of its lines: sheet after sheet, a row one line, its cells parted by tabs."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import python_calamine as calamine

from minsheng.kernel.problem import Problem
from minsheng.kernel.source import Source
from minsheng.notices.sheet_formats import Form, NumberFormats
from minsheng.notices.sheet_values import Value, holds_lost_digits, shown
from minsheng.notices.tidying import tidy

MOST_ROWS = 200_000
_MOST_CELLS = 8_000_000
_BATCH = 500
_UNNAMED = re.compile(r"(?:sheet|工作表|表|table)[\s(（]*\d*[)）]?", re.IGNORECASE)


def messages(_job: str, path: str) -> Iterator[dict[str, Any]]:
    """Lines and progress sheet after sheet, then a warning of numbers that lost digits in the file."""
    try:
        workbook = calamine.CalamineWorkbook.from_path(path)
    except calamine.PasswordError:
        yield {"refusal": "encrypted_file", "facts": {}}
        return
    formats = NumberFormats.of(path)
    sheets = [sheet for sheet in workbook.sheets_metadata if _is_shown(sheet)]
    lost: list[tuple[int, int, str]] = []
    length = 0
    for number, sheet in enumerate(sheets, 1):
        lines, lost_here = _sheet_lines(workbook, sheet.name, formats)
        lost += [(length + line, *rest) for line, *rest in lost_here]  # type: ignore[misc]
        if length and lines:
            lines.insert(0, "")
            lost = [
                (line + 1, size, text) if line > length else (line, size, text) for line, size, text in lost
            ]
        length += len(lines)
        for start in range(0, len(lines), _BATCH):
            yield {"lines": lines[start : start + _BATCH]}
        yield {"progress": [number, len(sheets)]}
    if lost:
        yield {"problem": _lost_digits(lost)}


def _is_shown(sheet: Any) -> bool:
    return bool(
        sheet.visible == calamine.SheetVisibleEnum.Visible and sheet.typ == calamine.SheetTypeEnum.WorkSheet
    )


def _sheet_lines(
    workbook: Any, name: str, formats: NumberFormats
) -> tuple[list[str], list[tuple[int, int, str]]]:
    sheet = workbook.get_sheet_by_name(name)
    if sheet.total_height > MOST_ROWS or sheet.total_height * sheet.total_width > _MOST_CELLS:
        raise MemoryError
    look = formats.of_sheet(name)
    first_row, first_column = sheet.start or (0, 0)
    rows: list[list[str]] = []
    doubtful: dict[int, str] = {}
    for index, values in enumerate(sheet.iter_rows()):
        own = look.get(first_row + index) if look else None
        cells = [
            _cell(value, own.get(first_column + column) if own else None)
            for column, value in enumerate(values)
        ]
        for value in values:
            if holds_lost_digits(value):
                doubtful.setdefault(index, shown(value))
        rows.append(cells)
    return _laid_out(name, rows, doubtful, _wide_rows(sheet, first_row))


def _cell(value: Value, form: Form | None) -> str:
    return tidy(shown(value, form).replace("\t", " "))


def _wide_rows(sheet: Any, first_row: int) -> frozenset[int]:
    """The rows whose first filled cell may be merged over others: titles and notes."""
    ranges = sheet.merged_cell_ranges or ()
    return frozenset(
        top[0] - first_row for top, bottom in ranges if bottom[1] > top[1] and bottom[0] - top[0] < 3
    )


@dataclass(frozen=True, slots=True)
class _Shape:
    """The first and last row with more than one filled cell, and the last with any."""

    width: int
    first: int
    last: int
    end: int

    @classmethod
    def of(cls, rows: Sequence[Sequence[str]]) -> "_Shape":
        width = end = 0
        table = []
        for index, row in enumerate(rows):
            filled = [column for column, cell in enumerate(row) if cell]
            if filled:
                width, end = max(width, filled[-1] + 1), index
            if len(filled) > 1:
                table.append(index)
        return cls(width, table[0] if table else len(rows), table[-1] if table else -1, end)


def _laid_out(
    name: str, rows: list[list[str]], doubtful: dict[int, str], wide: frozenset[int]
) -> tuple[list[str], list[tuple[int, int, str]]]:
    """The lines of a sheet under its name, if it has one that nothing in it repeats."""
    shape = _Shape.of(rows)
    lines: list[str] = []
    lost: list[tuple[int, int, str]] = []
    widths = _widths(rows)
    top = "".join(cell for row in rows[:3] for cell in row)
    if shape.width and not _UNNAMED.fullmatch(name.strip()) and tidy(name) not in top:
        lines.append(tidy(name))
    for index, row in enumerate(rows):
        filled = [column for column, cell in enumerate(row) if cell]
        if not filled:
            if lines and lines[-1] and index < shape.end:
                lines.append("")
            continue
        alone = len(filled) == 1 and (index in wide or not shape.first <= index <= shape.last)
        if alone and lines and "\t" in lines[-1]:
            lines.append("")
        lines.append(row[filled[0]] if alone else "\t".join(row[: widths[index]]))
        if index in doubtful:
            lost.append((len(lines), len(lines[-1]), doubtful[index]))
    return lines, lost


def _widths(rows: list[list[str]]) -> list[int]:
    """How many columns each row has: those of the rows around it, up to an empty row."""
    widths: list[int] = []
    for empty, block in groupby(rows, key=lambda row: not any(row)):
        own = list(block)
        most = 0 if empty else max(column for row in own for column, cell in enumerate(row, 1) if cell)
        widths += [most] * len(own)
    return widths


def _lost_digits(lost: list[tuple[int, int, str]]) -> Problem:
    line, length, text = lost[0]
    return Problem(
        code="digits_lost",
        severity="warning",
        message=f"有 {len(lost)} 行的长号码（例如第 {line} 行的 {text}）"
        "在表格里存成了数字，15 位以后已经丢失：请在原表把这一列设成文本，重新填写后再导入。",
        sources=(Source(line, 0, length),),
        expected="文本格式的号码",
        found=text,
    )
