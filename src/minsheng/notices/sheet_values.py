"""One cell's value as a clerk sees it."""

from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

Value = int | float | str | bool | date | datetime | time | timedelta | None

_EXACT = 10**15
"""A spreadsheet keeps fifteen digits of a number; what is longer has lost its last."""


def shown(value: Value, form: tuple[bool, int | None] | tuple[bool, int | None, str] | None = None) -> str:
    """The text of a value. ``form``: whether it is a per cent, its decimals where fixed, a sign before it."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, form)
    return _moment(value)


def holds_lost_digits(value: Value) -> bool:
    """Whether a number is so long that it must have been a code, and has lost its end."""
    return isinstance(value, float) and _EXACT <= abs(value) < 10**22 and value.is_integer()


def _number(value: float, form: tuple[bool, int | None] | tuple[bool, int | None, str] | None) -> str:
    try:
        number = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    except (InvalidOperation, OverflowError):
        return str(value)
    if not number.is_finite() or abs(number) >= Decimal(10) ** 30:
        return str(value)
    percent, decimals = (form[0], form[1]) if form else (False, None)
    sign = form[2] if form is not None and len(form) == 3 else ""
    if percent:
        number *= 100
    if decimals is not None:
        number = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{number:f}"
    if "." in text and (decimals is None or percent):
        text = text.rstrip("0").rstrip(".")
    return sign + text + ("%" if percent else "")


def _moment(value: date | datetime | time | timedelta) -> str:
    if isinstance(value, datetime):
        day = _day(value)
        return f"{day} {value:%H:%M}" if (value.hour, value.minute) != (0, 0) else day
    if isinstance(value, date):
        return _day(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return str(value)


def _day(value: date) -> str:
    return f"{value.year}年{value.month}月{value.day}日"
