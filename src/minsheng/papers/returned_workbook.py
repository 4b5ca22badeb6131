"""A workbook somebody filled in and sent back: its sheets as grids, or one sentence that says why not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import python_calamine as calamine

from minsheng.kernel.problem import Problem
from minsheng.kernel.source import Source
from minsheng.notices.package import Package, PackageError, open_package
from minsheng.notices.sheet_formats import Form, NumberFormats
from minsheng.notices.sheet_values import Value
from minsheng.notices.signatures import known_kind

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS, MOST_CELLS = 20_000, 2_000_000
"""A form of a year's programme has some hundred rows and some hundred columns."""

_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*)>")
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_BROKEN = re.compile(rb'\bt="e"')
_AGAIN = "请用 Excel 或 WPS 打开原表，另存为“Excel 工作簿（xlsx）”后再上传。"

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ReturnedSheet:
    """Rows and columns count from 0 and begin at A1. ``broken`` are cells that show #REF! and its like."""

    name: str
    rows: list[list[Value]]
    merged: tuple[tuple[Place, Place], ...] = ()
    broken: frozenset[Place] = frozenset()
    forms: dict[int, dict[int, Form]] | None = None

    def value(self, row: int, column: int) -> Value:
        """What stands in a cell; nothing beyond the edge."""
        return self.rows[row][column] if row < len(self.rows) and column < len(self.rows[row]) else ""

    def form(self, row: int, column: int) -> Form | None:
        """How a number is shown there, where the file says so."""
        return (self.forms or {}).get(row, {}).get(column)

    def source(self, row: int, column: int) -> Source:
        """The place of a cell: sheet, row from 1, column from 0."""
        return Source(row + 1, column, column + 1, self.name)


def cell_name(source: Source) -> str:
    """What a clerk calls the cell of a sheet's source: C7."""
    letters, number = "", source.start + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{source.line}"


def open_workbook(data: bytes) -> tuple[ReturnedSheet, ...] | Problem:
    """All sheets, hidden ones too; or why the file is none that can be read."""
    fault = _kind_fault(data)
    if fault:
        return _problem("workbook_unreadable", fault)
    try:
        return tuple(_sheets(data))
    except calamine.PasswordError:
        fault = "这个工作簿有密码保护，不能读取：请去掉打开密码，保存后再上传。"
    except PackageError as broken:
        fault = _package_fault(broken)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # noqa: BLE001 - a library may raise anything; Rust's panics are no Exception
        fault = f"这个工作簿已损坏或不完整，打不开（可能没有传完）：{_AGAIN}"
    return _problem("workbook_unreadable", fault)


def _problem(code: str, message: str) -> Problem:
    return Problem(code=code, severity="error", message=message, sources=(Source(0),))


def _kind_fault(data: bytes) -> str | None:
    """What is wrong with a file before it is opened."""
    if not data:
        return "文件是空的（0 字节）：请重新选择填好的表，再上传。"
    if len(data) > MOST_BYTES:
        size = f"{len(data) / 1024 / 1024:.0f} MB"
        return f"文件有 {size}，超过上限 {MOST_BYTES >> 20} MB：请删去图片和多余的工作表后再上传。"
    kind = known_kind(data)
    if kind == "encrypted_file":
        return "这个工作簿有密码保护，不能读取：请去掉打开密码，保存后再上传。"
    if kind not in {"xlsx", "xls"}:
        return f"这不是 Excel 工作簿（xlsx）：{_AGAIN}"
    return None


def _package_fault(fault: PackageError) -> str:
    if fault.code == "encrypted_file":
        return "这个工作簿有密码保护，不能读取：请去掉打开密码，保存后再上传。"
    if fault.code == "unpacks_too_large":
        return "这个工作簿大得不正常，不像是填报的表：请删去多余的行、列和工作表后再上传。"
    return f"这个工作簿已损坏或不完整，打不开（可能没有传完）：{_AGAIN}"


def _sheets(data: bytes) -> Iterator[ReturnedSheet]:
    formats = NumberFormats.of_data(data)
    # Unpacked here first, and counted: the library that reads the sheets has no limits of its own.
    package = open_package(data) if data.startswith(b"PK") else None
    inside = {name: _within_limits(package, part) for name, part in formats.sheets.items()} if package else {}
    if package:
        for name in package.names:
            package.part(name)
    book = calamine.CalamineWorkbook.from_filelike(BytesIO(data))
    for described in book.sheets_metadata:
        if described.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(described.name)
        if sheet.total_height > MOST_ROWS or sheet.total_height * sheet.total_width > MOST_CELLS:
            raise PackageError("unpacks_too_large")
        rows: list[list[Value]] = [list(row) for row in sheet.to_python(skip_empty_area=False)]
        yield ReturnedSheet(
            described.name,
            rows,
            tuple(sheet.merged_cell_ranges or ()),
            inside.get(described.name, frozenset()),
            formats.of_sheet(described.name),
        )


def _within_limits(package: Package, part: str) -> frozenset[Place]:
    """The cells of a sheet that hold an error. Raises PackageError for a cell far away from all others.

    The reading library lays a sheet out in full: one cell at its far end would take all memory there is.
    """
    broken = []
    last_row = last_column = 0
    for cell in _CELL.finditer(package.part(part) or b""):
        place = _PLACE.search(cell[1])
        if place is None:
            continue
        row, column = int(place[2]) - 1, _column(place[1])
        last_row, last_column = max(last_row, row), max(last_column, column)
        if _BROKEN.search(cell[1]):
            broken.append((row, column))
    if last_row >= MOST_ROWS or (last_row + 1) * (last_column + 1) > MOST_CELLS:
        raise PackageError("unpacks_too_large")
    return frozenset(broken)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
