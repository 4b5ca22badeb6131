"""A returned workbook opened with care: it is measured before a spreadsheet library sees it."""

import re
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import python_calamine as calamine

from minsheng.notices.package import PackageError, open_package
from minsheng.notices.signatures import cut_office_kind, known_kind
from minsheng.papers.report_cells import Cell
from minsheng.papers.report_form import FORM_SHEET, KEY_SHEET

_FAR = re.compile(rb"r=[\"'](?:[A-Z]{2}|[A-Z]?[0-9]{5})")
"""A cell beyond column Z or row 9999; attributes of other names that match only cost a second look."""
_PLACE = re.compile(rb"\br=[\"']([A-Z]*)([0-9]+)[\"']")
_FAULTY = re.compile(rb'<c r="([A-Z]+\d+)"(?: s="\d+")? t="e"')
_MOST_CELLS = 4_000_000
"""Of the rectangle a sheet spans, which is kept whole in memory. The form of 500 lines has some 11,000."""

_AGAIN = "请从系统重新下载本单位本期的填报表，填好后交回。"
REFUSALS: dict[str, str] = {
    "empty_file": "文件是空的（0 字节）：请检查原文件，重新保存后再交。",
    "encrypted_file": "文件有密码保护，不能读取：请用密码打开后去掉保护，另存为 xlsx，再交。",
    "damaged_file": "文件已损坏或不完整，打不开：请用 Excel 或 WPS 打开后另存为 xlsx，再交。",
    "not_xlsx": "这不是 xlsx 工作簿（内容是{kind}），改文件名不改变格式："
    "请交从系统下载的填报表，另存为 xlsx。",
    "too_far": "表格的范围大得不正常，可能在很远的单元格里误填了内容：请删去表格以外的内容后再交。",
    "not_a_report": "这不是从系统下载的填报表，找不到表内的识别信息：" + _AGAIN,
    "other_form": "这是旧版式的填报表（第 {found} 版，现在是第 {expected} 版），栏目可能不同：" + _AGAIN,
    "key_changed": "表内的识别信息被改动过，不能确认是哪个单位哪一期的：" + _AGAIN,
    "no_head": "找不到填报表的表头（{head}等栏），可能被删去或改名：" + _AGAIN,
    "other_programme": "这是另一个方案的填报表：" + _AGAIN,
    "other_period": "这是 {found} 的填报表，现在汇总的是 {expected}：请交本期的填报表。",
    "other_unit": "填报单位或地区不在这次汇总的范围内（{found}）：请核对是否交错了文件。",
    "same_file_twice": "和“{other}”内容完全相同：只算一次，这一份没有重复计入。",
    "two_for_one": "和“{other}”是同一单位同一地区的两份填报表，内容不同，不知以哪份为准，"
    "两份都没有计入：请只留一份再汇总。",
}
"""Every reason a returned file is not taken, as the sentence its sender gets."""
_KIND_WORDS = {
    "xls": "旧版 Excel（xls）", "xlsb": " Excel 二进制工作簿（xlsb）", "ods": " ODS 表格",
    "docx": " Word 文档", "doc": " Word 文档", "pdf": " PDF", "image": "图片", "archive_file": "压缩包",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReportRefusal:
    """Why a file is not taken at all: one sentence that says what it is and what to do."""

    file: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class OpenBook:
    """The grids of a workbook by the names of their sheets, and the addresses of cells that hold an error."""

    sheets: dict[str, list[list[Cell]]]
    forms: tuple[str, ...]
    faulty: frozenset[str]


def refusal(file: str, code: str, **facts: str) -> ReportRefusal:
    """The refusal of this code. KeyError: no such code, or a fact is missing."""
    return ReportRefusal(file, code, f"{file}：{REFUSALS[code].format(**facts)}")


def open_book(data: bytes, file: str) -> OpenBook | ReportRefusal:
    """The workbook's grids, or why there are none."""
    code, kind = _kind(data, file)
    if code:
        return refusal(file, code, kind=_KIND_WORDS.get(kind, "别的文件"))
    try:
        faulty = _bounded(data)
        return OpenBook(*_grids(data), faulty)
    except PackageError as fault:
        return refusal(file, "encrypted_file" if fault.code == "encrypted_file" else "damaged_file")
    except calamine.PasswordError:
        return refusal(file, "encrypted_file")
    except _TooFarError:
        return refusal(file, "too_far")
    except (KeyboardInterrupt, SystemExit, MemoryError, GeneratorExit):
        raise
    except BaseException:  # noqa: BLE001 - a library may raise anything; Rust's panics are no Exception
        return refusal(file, "damaged_file")


class _TooFarError(Exception):
    pass


def _kind(data: bytes, file: str) -> tuple[str, str]:
    """The code of a refusal by the first bytes, empty for a workbook, and the kind that was found."""
    if not data:
        return "empty_file", ""
    kind = cut_office_kind(data, file) or known_kind(data) or ""
    if kind == "encrypted_file":
        return "encrypted_file", kind
    if cut_office_kind(data, file) and kind == "xlsx":
        return "damaged_file", kind
    return ("", kind) if kind == "xlsx" else ("not_xlsx", kind)


def _bounded(data: bytes) -> frozenset[str]:
    """Unpack the sheets within limits; the addresses of cells that hold an error, which read as empty."""
    package = open_package(data)
    faulty: set[str] = set()
    for name in package.names:
        if not (name.startswith("xl/worksheets/") and name.endswith(".xml")):
            continue
        part = package.part(name) or b""
        if _FAR.search(part) and _spanned(part) > _MOST_CELLS:
            raise _TooFarError
        if b't="e"' in part:
            faulty.update(match.decode() for match in _FAULTY.findall(part))
    return frozenset(faulty)


def _spanned(part: bytes) -> int:
    """How many cells the rectangle from A1 to the farthest row and column has."""
    rows = columns = 1
    for letters, digits in _PLACE.findall(part):
        column = 0
        for letter in letters[:4]:
            column = column * 26 + letter - 64
        rows, columns = max(rows, int(digits[:9])), max(columns, column)
    return rows * columns


def _grids(data: bytes) -> tuple[dict[str, list[list[Cell]]], tuple[str, ...]]:
    book = calamine.CalamineWorkbook.from_filelike(BytesIO(data))
    shown = tuple(
        sheet.name for sheet in book.sheets_metadata if sheet.visible == calamine.SheetVisibleEnum.Visible
    )
    # Sheets of the sender's own are read only where the form's has been given another name.
    needed = (FORM_SHEET,) if FORM_SHEET in book.sheet_names else shown
    names = [name for name in (KEY_SHEET, *needed) if name in book.sheet_names]
    grids: dict[str, Any] = {
        name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in names
    }
    return grids, needed
