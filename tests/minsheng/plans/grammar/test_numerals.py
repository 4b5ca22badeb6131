"""Numerals, Chinese and Arabic."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsheng.plans.grammar.numerals import arabic_value, chinese_ordinal, chinese_value, ordinal_value

DIGITS = "零一二三四五六七八九"


def written(number: int) -> str:
    """A number below 10,000 as officials write it: 十二, 一百零五."""
    parts, zero = "", False
    for scale, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, scale)
        if digit == 0:
            zero = bool(parts)
            continue
        parts += (
            ("零" if zero else "")
            + ("" if digit == 1 and scale == 10 and not parts else DIGITS[digit])
            + word
        )
        zero = False
    return parts or "零"


@given(st.integers(1, 9999))
def test_written_numbers_are_read_back(number: int) -> None:
    assert chinese_value(written(number)) == number


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_ten_thousands_are_read_back(high: int, low: int) -> None:
    text = written(high) + "万" + ("零" if low < 1000 else "") + written(low)
    assert chinese_value(text.replace("万零十", "万零一十").replace("万十", "万一十")) == high * 10000 + low


@pytest.mark.parametrize(
    ("text", "value"),
    [("两万三千", 23000), ("一百二", 120), ("十", 10), ("二十", 20), ("五十二", 52), ("两百零三", 203)],
)
def test_spoken_forms(text: str, value: int) -> None:
    assert chinese_value(text) == value


@pytest.mark.parametrize("text", ["局", "三角", "", "1"])
def test_other_words_are_no_number(text: str) -> None:
    assert chinese_value(text) is None


@pytest.mark.parametrize(
    ("digits", "multiplier", "value"),
    [("4.48", "万", "44800"), ("1,200", None, "1200"), ("0.67", "万", "6700"), ("3.5", "亿", "350000000"), ("24.807", None, "24.807"),
     ("2", "百万", "2000000"), ("99.9815", None, "99.9815")],
)  # fmt: skip
def test_arabic_digits_with_a_multiplier(digits: str, multiplier: str | None, value: str) -> None:
    assert arabic_value(digits, multiplier) == Decimal(value)
    assert "E" not in str(arabic_value(digits, multiplier))


def test_markers_may_be_either() -> None:
    assert (ordinal_value("12"), ordinal_value("十二"), ordinal_value("甲")) == (12, 12, None)


def test_list_markers_up_to_999_read_back() -> None:
    assert [n for n in range(1, 1000) if chinese_value(chinese_ordinal(n)) != n] == []
    assert [chinese_ordinal(n) for n in (10, 21, 100, 105, 110)] == [
        "十",
        "二十一",
        "一百",
        "一百零五",
        "一百一十",
    ]


@pytest.mark.parametrize("number", [0, 1000, -1])
def test_no_list_is_numbered_so(number: int) -> None:
    with pytest.raises(ValueError, match="no list is numbered"):
        chinese_ordinal(number)
