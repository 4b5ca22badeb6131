"""Which units add up, which are of one kind, and how an amount is said."""

from decimal import Decimal

import pytest

from minsheng.kernel.source import Source
from minsheng.plans.checks.units import additive, plain, same_kind, say
from minsheng.plans.model import Quantity


@pytest.mark.parametrize("unit", ["%", "倍", "比", "元/人", "个/千人口", "小时", "月", "周岁"])
def test_shares_cases_and_times_do_not_add_up(unit: str) -> None:
    assert additive(unit) is False


@pytest.mark.parametrize("unit", ["个", "人", "人次", "户", "公里", "元", "场", "次", "亩", "千伏安"])
def test_amounts_add_up(unit: str) -> None:
    assert additive(unit) is True


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("个", "个", True),
        ("人", "人次", True),
        ("名", "人", True),
        ("个", "家", True),
        ("套", "间", True),
        ("个", "人", False),
        ("户", "人", False),
        ("公里", "里", False),
        ("元", "元/人", False),
    ],
)
def test_same_kind(one: str, other: str, same: bool) -> None:
    assert same_kind(one, other) is same
    assert same_kind(other, one) is same


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("33000", "33000"),
        ("3.3E+4", "33000"),
        ("24.807", "24.807"),
        ("24.800", "24.8"),
        ("0", "0"),
        ("5.0", "5"),
        ("100", "100"),
    ],
)
def test_plain(value: str, printed: str) -> None:
    assert plain(Decimal(value)) == printed


def test_say() -> None:
    quantity = Quantity(Source(1), "2—3个", Decimal(2), "个", value_hi=Decimal(3))
    assert say(quantity) == "2—3个"
    assert say(Quantity(Source(1), "1.2万人", Decimal(12000), "人")) == "12000人"
