"""What people type into a cell, to exact values, and values to the text they read.

What cannot be used is an ``Unusable`` with a sentence; an empty cell or a dash states nothing, never nought.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

_SIGNS = str.maketrans({"−": "-", "–": "-", "—": "-", "﹣": "-", "、": ",", "\u3000": " ", "\xa0": " "})
_NOTHING = frozenset(("", "-", "--", "/", "\\", "空", "未报", "暂无", "无", "无数据", "待报", "n/a", "na"))
_NUMBER = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3})+|\d+)?(\.\d+)?\s*(万|亿)?")
_SCALES = {"万": Decimal(10**4), "亿": Decimal(10**8)}
_MONEY_UNITS: dict[str, int] = {"分": 0, "角": 1, "元": 2, "千元": 5, "万元": 6, "百万元": 8, "亿元": 10}
"""Tens of fen in each unit of money."""
_MOST_DIGITS = 15
"""A spreadsheet keeps fifteen digits; a longer number is no count of anything here."""
_DATES = (
    re.compile(r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]?"),
    re.compile(r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})"),
    re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"),
    re.compile(r"(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]?"),
    re.compile(r"(?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"),
)


@dataclass(frozen=True, slots=True)
class Unusable:
    """A text no value can be made of: what was found, what was expected, and a sentence that says what to do.

    ``empty``: nothing is stated (an empty cell, a dash, 无), so nothing need be wrong.
    """

    found: str
    expected: str
    message: str
    empty: bool = False


def parse_amount(text: str, unit: str = "") -> Decimal | Unusable:
    """A number as typed: 3.3万, １２００, 1,200, 45人 where the unit is 人.

    >>> parse_amount("3.3万"), parse_amount("1,200.50户", "户"), parse_amount("3.3万人", "万人")
    (Decimal('33000'), Decimal('1200.5'), Decimal('3.3'))
    """
    plain = _plain(text)
    if plain.lower() in _NOTHING:
        return _nothing(text, "数字")
    own = _plain(unit)
    number = plain[: -len(own)].rstrip() if own and plain.endswith(own) and plain != own else plain
    found = _NUMBER.fullmatch(number)
    if found is None or not (found[2] or found[3]):
        return _no_number(text, unit)
    value = _value(found)
    if found[4] and own.startswith(("万", "亿")):
        # 3.3万 in a column of 万人 is what the column counts, never 33000 times ten thousand.
        if not own.startswith(found[4]):
            return _no_number(text, unit)
    elif found[4]:
        value *= _SCALES[found[4]]
    if len(value.as_tuple().digits) > _MOST_DIGITS or value.adjusted() >= _MOST_DIGITS:
        return Unusable(text, f"不超过{_MOST_DIGITS}位的数字", f"“{_short(text)}”位数太多，请核对后重填。")
    return _tidy(value)


def format_amount(value: Decimal) -> str:
    """The digits of an amount with thousands commas; ``parse_amount`` reads them back.

    >>> format_amount(Decimal("33000")), format_amount(Decimal("0.50"))
    ('33,000', '0.5')
    """
    return f"{_tidy(value):,f}"


def parse_money(text: str, unit: str = "万元") -> int | Unusable:
    """Whole fen of a sum typed in ``unit``, unless it names its own (12.5万元, 3亿元, 800元).

    >>> parse_money("12.5"), parse_money("800元"), parse_money("0.1", "元")
    (12500000, 80000, 10)
    """
    plain = _plain(text)
    if plain.lower() in _NOTHING:
        return _nothing(text, f"金额（{unit}）")
    named = next((name for name in sorted(_MONEY_UNITS, key=len, reverse=True) if plain.endswith(name)), "")
    amount = parse_amount(plain.removesuffix(named))
    if isinstance(amount, Unusable):
        message = f"“{_short(text)}”不是金额：应是以{unit}为单位的数字，例如 12.5，请重填。"
        return Unusable(text, f"金额（{unit}）", message)
    fen = amount.scaleb(_MONEY_UNITS[named or unit])
    if fen != fen.to_integral_value():
        message = f"“{_short(text)}”的小数太多，不足一分：请核对单位（{named or unit}）后重填。"
        return Unusable(text, "最小到分的金额", message)
    return int(fen)


def format_money(fen: int, unit: str = "万元") -> str:
    """A sum in a unit without its name, exact; ``parse_money`` reads it back.

    >>> format_money(12500000), format_money(1)
    ('12.5', '0.000001')
    """
    return format_amount(Decimal(fen).scaleb(-_MONEY_UNITS[unit]))


def parse_date(text: str, year: int) -> date | Unusable:
    """A day as typed: 2026-03-05, 2026年3月5日, or 3月5日 and 3.5 within ``year``."""
    plain = _plain(text).replace(" ", "")
    if plain.lower() in _NOTHING:
        return _nothing(text, "日期")
    found = next((match for form in _DATES if (match := form.fullmatch(plain))), None)
    if found is not None:
        parts = found.groupdict()
        try:
            return date(int(parts.get("year") or year), int(parts["month"]), int(parts["day"]))
        except ValueError:
            return Unusable(text, "日期", f"“{_short(text)}”：没有这一天，请核对后重填。")
    return Unusable(text, "日期", f"“{_short(text)}”不是日期：请写成 {year}-03-05 或 3月5日，精确到日。")


def _plain(text: str) -> str:
    """Full-width signs half-width, dashes one dash, blanks around the text gone."""
    return unicodedata.normalize("NFKC", text).translate(_SIGNS).strip()


def _value(found: re.Match[str]) -> Decimal:
    return Decimal(f"{found[1]}{(found[2] or '0').replace(',', '')}{found[3] or ''}")


def _tidy(value: Decimal) -> Decimal:
    """Without needless noughts, an exponent or a minus before nought."""
    if value == 0:
        return Decimal(0)
    return Decimal(int(value)) if value == value.to_integral_value() else value.normalize()


def _nothing(text: str, expected: str) -> Unusable:
    message = f"“{_short(text)}”没有填{expected}：没有变化请填 0，还没有数请留空。" if text.strip() else ""
    return Unusable(text, expected, message or f"没有填{expected}。", empty=True)


def _no_number(text: str, unit: str) -> Unusable:
    counted = f"（计量单位：{unit}）" if unit else ""
    message = f"“{_short(text)}”不是数字{counted}：只填数字，例如 1200 或 3.3万，文字请写在困难问题一栏。"
    return Unusable(text, f"数字{counted}", message)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 20 else text[:19] + "…"
