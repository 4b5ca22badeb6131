"""One cell of a returned report sheet to the value its field asks for."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from minsheng.kernel.problem import Severity
from minsheng.progress.typed import Unusable, parse_amount, parse_date, parse_money

Cell = int | float | str | bool | date | datetime | time | timedelta | None
"""What a workbook holds in one cell; an empty text is an empty cell."""

FEN_EACH = 10**6
"""Fen in 万元, the unit of the sheet's money columns."""
_MOST_EXACT = 10**15
_DAY_ZERO = date(1899, 12, 30)
_DAYS = range(32_874, 73_051)
"""Serial numbers of days from 1990 to 2099: a date whose cell has lost its format."""
_DONE = {
    "是": True, "否": False, "已完成": True, "未完成": False, "完成": True, "√": True, "×": False,
    "达到": True, "未达到": False, "y": True, "n": False, "yes": True, "no": False,
    "true": True, "false": False,
}  # fmt: skip
_SPREADSHEET_DIGITS = 15


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong with a cell of a file. ``cell`` is its address, empty for a whole row or column."""

    file: str
    sheet: str
    cell: str
    code: str
    severity: Severity
    message: str
    expected: str = ""
    found: str = ""
    key: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reading of a cell depends on beside its value."""

    unit: str
    year: int


def read_amount(cell: Cell, reading: Reading) -> Decimal | Unusable:
    """A number, typed as one or as text (3.3万)."""
    if type(cell) is float or type(cell) is int:
        return _exact(cell)
    if isinstance(cell, str):
        return parse_amount(cell, reading.unit)
    return _not_a("数字", cell)


def read_money(cell: Cell, _reading: Reading) -> int | Unusable:
    """Whole fen of a sum in 万元."""
    if type(cell) is float or type(cell) is int:
        if abs(cell) < _MOST_EXACT and cell == (whole := int(cell)):
            return whole * FEN_EACH
        fen = _exact(cell) * FEN_EACH
        if fen == fen.to_integral_value():
            return int(fen)
        message = f"“{cell}”的小数太多，不足一分：请保留到分（万元后 6 位小数）后重填。"
        return Unusable(str(cell), "最小到分的金额", message)
    return parse_money(cell) if isinstance(cell, str) else _not_a("金额（万元）", cell)


def read_day(cell: Cell, reading: Reading) -> date | Unusable:
    """A day, as Excel keeps it or as text."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if type(cell) is float and cell.is_integer() and int(cell) in _DAYS:
        return _DAY_ZERO + timedelta(days=int(cell))
    if isinstance(cell, str):
        return parse_date(cell, reading.year)
    return parse_date(shown(cell), reading.year) if type(cell) is float else _not_a("日期", cell)


def read_done(cell: Cell, _reading: Reading) -> bool | Unusable:
    """Yes or no."""
    if isinstance(cell, bool):
        return cell
    text = shown(cell).strip().lower()
    known = _DONE.get(text)
    if known is None:
        message = f"“{shown(cell)[:20]}”既不是“是”也不是“否”：请选“是”或“否”。"
        return Unusable(shown(cell), "是或否", message, empty=not text.strip("-—/ "))
    return known


def read_text(cell: Cell, _reading: Reading) -> str:
    return shown(cell).strip()


def shown(cell: Cell) -> str:
    """A cell's value as its reader sees it."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float):
        return f"{_exact(cell):f}"
    return "" if cell is None else str(cell)


def _exact(number: float) -> Decimal:
    """The number as it was typed: a spreadsheet keeps fifteen digits, the rest is noise."""
    if abs(number) < _MOST_EXACT and number == (whole := int(number)):
        return Decimal(whole)
    return Decimal(f"{number:.{_SPREADSHEET_DIGITS}g}")


def _not_a(expected: str, cell: Cell) -> Unusable:
    """Excel makes days of 3-5 and truth of 是 when it guesses."""
    what = "日期" if isinstance(cell, date | time | timedelta) else "是否"
    message = (
        f"单元格里是{what}（{shown(cell)}），应是{expected}："
        "Excel 可能自动改了格式，请把单元格设为常规后重填。"
    )
    return Unusable(shown(cell), expected, message)
