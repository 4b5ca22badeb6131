"""What people type, read exactly or told as unusable."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsheng.progress.figures import (
    Unusable,
    format_amount,
    format_money,
    parse_amount,
    parse_date,
    parse_money,
)

AMOUNTS = st.decimals(-999999999, 999999999, places=4)


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("0", "人", "0"),
        ("1200", "", "1200"),
        (" 1,200 ", "", "1200"),
        ("１，２００．５", "", "1200.5"),
        ("3.3万", "人", "33000"),
        ("3.3万人", "人", "33000"),
        ("3.3万人", "万人", "3.3"),
        ("3.3万", "万人", "3.3"),
        ("3.3", "万人", "3.3"),
        ("1.2亿", "元", "120000000"),
        ("45 人", "人", "45"),
        ("95%", "%", "95"),
        ("95％", "%", "95"),
        ("95%", "％", "95"),
        ("-12", "", "-12"),
        ("－12", "", "-12"),
        ("—12", "", "-12"),
        ("+7", "", "7"),
        (".5", "公里", "0.5"),
        ("359.000", "公里", "359"),
        ("100", "", "100"),
    ],
)
def test_numbers_are_read_exactly(text, unit, value):
    read = parse_amount(text, unit)
    assert isinstance(read, Decimal)
    assert str(read) == value


@pytest.mark.parametrize("text", ["", "   ", "—", "－", "--", "/", "无", "暂无", "　"])
def test_nothing_stated_is_no_nought(text):
    for read in (parse_amount(text), parse_money(text), parse_date(text, 2026)):
        assert isinstance(read, Unusable)
        assert read.empty


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("约300", "人"),
        ("300户", "人"),
        ("人", "人"),
        ("1,20", ""),
        ("1 200", ""),
        ("3.3.3", ""),
        ("1e5", ""),
        ("三百", "人"),
        ("3亿", "万人"),
        ("12—15", "个"),
        (".", ""),
        ("∞", ""),
        ("NaN", ""),
        ("1234567890123456", ""),
        ("9999999万亿", ""),
        ("#REF!", ""),
    ],
)
def test_what_is_no_number_is_told(text, unit):
    read = parse_amount(text, unit)
    assert isinstance(read, Unusable)
    assert not read.empty
    assert read.found == text
    assert f"“{text}”" in read.message


@pytest.mark.parametrize(
    ("text", "unit", "fen"),
    [
        ("12.5", "万元", 12_500_000),
        ("0.000001", "万元", 1),
        ("12.5万元", "元", 12_500_000),
        ("3亿元", "万元", 30_000_000_000),
        ("800元", "万元", 80_000),
        ("1,234.56元", "万元", 123_456),
        ("0.1", "元", 10),
        ("0", "万元", 0),
        ("-5", "万元", -5_000_000),
    ],
)
def test_money_is_whole_fen(text, unit, fen):
    assert parse_money(text, unit) == fen


@pytest.mark.parametrize("text", ["0.0000001", "0.001元", "十万", "12.5万美元", "12,5"])
def test_money_that_is_none_is_told(text):
    read = parse_money(text)
    assert isinstance(read, Unusable)
    assert "万元" in read.message or "元" in read.message


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-05", "2026/3/5", "2026.3.5", "2026年3月5日", "2026年3月5号", "20260305", "3月5日", "3.5", "3-5",
        "3/5", "３月５日", "2026 年 3 月 5 日",
    ],
)  # fmt: skip
def test_days_are_read(text):
    assert parse_date(text, 2026) == date(2026, 3, 5)


@pytest.mark.parametrize("text", ["3月", "2026-3", "26.3.5", "2026-02-30", "2026-3/5", "已开工", "45000"])
def test_what_is_no_day_is_told(text):
    read = parse_date(text, 2026)
    assert isinstance(read, Unusable)
    assert f"“{text}”" in read.message


def test_a_day_may_be_of_another_year():
    assert parse_date("2025-11-03", 2026) == date(2025, 11, 3)


@given(AMOUNTS)
def test_an_amount_is_read_back(value):
    assert parse_amount(format_amount(value)) == value
    assert parse_amount(format_amount(value) + "人", "人") == value


@given(st.integers(-(10**14), 10**14), st.sampled_from(["元", "万元", "亿元"]))
def test_money_is_read_back(fen, unit):
    assert parse_money(format_money(fen, unit), unit) == fen


@given(st.text(max_size=12))
def test_no_text_raises(text):
    assert isinstance(parse_amount(text, "人"), Decimal | Unusable)
    assert isinstance(parse_money(text), int | Unusable)
    assert isinstance(parse_date(text, 2026), date | Unusable)
