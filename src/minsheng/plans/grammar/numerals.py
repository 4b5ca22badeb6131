"""Chinese and Arabic numerals as written in official prose, to exact values."""

import re
from decimal import Decimal

DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
SMALL = {"十": 10, "百": 100, "千": 1000}
LARGE = {"万": 10**4, "亿": 10**8}

CHINESE = "零〇一二两三四五六七八九十百千"
MULTIPLIERS = {
    "百亿": Decimal(10**10), "千亿": Decimal(10**11), "万亿": Decimal(10**12), "亿": Decimal(10**8),
    "千万": Decimal(10**7), "百万": Decimal(10**6), "万": Decimal(10**4), "千": Decimal(1000), "百": Decimal(100),
}  # fmt: skip

# 千 before 瓦, 伏, 米, 克 and 人口 belongs to the unit, not to the number.
MULTIPLIER = r"(?:万亿|千亿|百亿|亿|千万|百万|万|千(?![瓦伏米克周]|人口)|百(?![分]))"
ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"

_ARABIC_NUMBER = re.compile(rf"({ARABIC})\s*({MULTIPLIER})?")


def chinese_value(text: str) -> int | None:
    """Whole value of a Chinese numeral up to 亿 (三百二十 is 320, 廿 is not read); None if it is none.

    >>> chinese_value("五十二"), chinese_value("两万三千"), chinese_value("十"), chinese_value("局")
    (52, 23000, 10, None)
    """
    total = section = digit = 0
    last_scale = 1
    for char in text:
        if char in DIGITS:
            digit = DIGITS[char]
            continue
        scale = SMALL.get(char) or LARGE.get(char)
        if scale is None:
            return None
        if char in SMALL:
            section += (digit or (1 if section == 0 else 0)) * scale
        else:
            total, section = total + (section + digit) * scale, 0
        digit, last_scale = 0, scale
    if not text:
        return None
    # 一百二 means 120: a digit right after a scale counts that scale's tenth.
    tail = (
        digit * (last_scale // 10)
        if len(text) > 2 and digit and last_scale >= 100 and text[-2] != "零"
        else digit
    )
    return total + section + tail


_MOST_DIGITS = 20


def arabic_value(digits: str, multiplier: str | None) -> Decimal:
    """Value of Arabic digits (thousands commas allowed) times a Chinese multiplier.

    >>> arabic_value("4.48", "万"), arabic_value("1,200", None)
    (Decimal('44800'), Decimal('1200'))
    """
    value = Decimal(digits.replace(",", ""))
    if multiplier:
        value *= MULTIPLIERS[multiplier]
    if value.adjusted() > _MOST_DIGITS:
        return value  # no count, but what damage left: it cannot be rounded
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def ordinal_value(text: str) -> int | None:
    """Number of a list marker: Arabic digits or a Chinese numeral."""
    return int(text) if text.isdigit() else chinese_value(text)


def chinese_ordinal(number: int) -> str:
    """A number from 1 to 999 as list markers print it.

    >>> chinese_ordinal(10), chinese_ordinal(21), chinese_ordinal(105)
    ('十', '二十一', '一百零五')
    """
    names = "零一二三四五六七八九"
    if not 1 <= number <= 999:
        raise ValueError(f"no list is numbered {number}")
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{names[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else names[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (names[ones] if ones else "")
