"""A workbook somebody filled in and sent back: its sheets as grids, or one sentence that says why not."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
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

_PLACES = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br=\"([A-Z]{1,3})(\d{1,7})\"")
_BROKEN = re.compile(rb"<(?:\w+:)?c\s([^>]*\bt=\"e\"[^>]*)>")
_FORMULA = re.compile(rb"<(?:\w+:)?c\s([^>]*)>\s*<(?:\w+:)?f[\s>/](.*?)</(?:\w+:)?c>", re.DOTALL)
_RESULT = re.compile(rb"<(?:\w+:)?v[^>/]*>[^<]")
_PLACE = re.compile(rb"\br=\"([A-Z]{1,3})(\d{1,7})\"")
ERROR_FAULT = "是公式错误（#REF!、#DIV/0! 之类），应当是一个数"
UNCOUNTED_FAULT = "是还没有算出结果的公式，请用 Excel 或 WPS 打开、保存一次，或直接填数字"
_AGAIN = "请用 Excel 或 WPS 打开原表，另存为“Excel 工作簿（xlsx）”后再上传。"

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ReturnedSheet:
    """Rows and columns count from 0 and begin at A1. ``faults``: why the formula of a cell gives no value."""

    name: str
    rows: list[list[Value]]
    merged: tuple[tuple[Place, Place], ...] = ()
    faults: Mapping[Place, str] = field(default_factory=dict)
    forms: dict[int, dict[int, Form]] | None = None
    hidden: bool = False

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
            inside.get(described.name, {}),
            formats.of_sheet(described.name),
            hidden=described.visible != calamine.SheetVisibleEnum.Visible,
        )


def _within_limits(package: Package, part: str) -> dict[Place, str]:
    """The cells of a sheet whose formula gives no value. Raises PackageError for a cell far from all others.

    The reading library lays a sheet out in full: one cell at its far end would take all memory there is.
    It also gives an error, and a formula that was never worked out, as an empty cell.
    """
    data = package.part(part) or b""
    places = _PLACES.findall(data)
    rows = max((int(row) for row in {row for _, row in places}), default=0)
    columns = max((_column(letters) + 1 for letters in {letters for letters, _ in places}), default=0)
    if rows > MOST_ROWS or rows * columns > MOST_CELLS:
        raise PackageError("unpacks_too_large")
    return dict(_faults(data))


def _faults(data: bytes) -> Iterator[tuple[Place, str]]:
    for cell in _FORMULA.finditer(data):
        if not _RESULT.search(cell[2]) and b't="str"' not in cell[1]:
            yield from _told(cell[1], UNCOUNTED_FAULT)
    for cell in _BROKEN.finditer(data):
        yield from _told(cell[1], ERROR_FAULT)


def _told(attributes: bytes, fault: str) -> Iterator[tuple[Place, str]]:
    place = _PLACE.search(attributes)
    if place is not None:
        yield (int(place[2]) - 1, _column(place[1])), fault


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
