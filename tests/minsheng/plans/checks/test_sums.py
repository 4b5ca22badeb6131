"""What a total and its parts can mean together."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsheng.kernel.source import Source
from minsheng.plans.checks.sums import Part, difference, one_digit_apart, room
from minsheng.plans.model import Comparator, Quantity

INFINITY = Decimal("Infinity")


def quantity(value: int, comparator: Comparator = "eq", text: str = "", high: int | None = None) -> Quantity:
    return Quantity(
        Source(1),
        text or f"{value}个",
        Decimal(value),
        "个",
        comparator,
        value_hi=None if high is None else Decimal(high),
    )


@pytest.mark.parametrize(
    ("comparator", "high", "expected"),
    [
        ("eq", None, (10, 10)),
        ("eq", 12, (10, 12)),
        ("ge", None, (10, INFINITY)),
        ("gt", None, (10, INFINITY)),
        ("le", None, (0, 10)),
        ("lt", None, (0, 10)),
        ("about", None, (9, 11)),
    ],
)
def test_room(comparator: Comparator, high: int | None, expected: tuple[Decimal, Decimal]) -> None:
    assert room(quantity(10, comparator, high=high)) == expected


@pytest.mark.parametrize(
    ("total", "parts", "severity"),
    [
        (quantity(10), (quantity(4), quantity(6)), None),
        (quantity(10), (quantity(4), quantity(7)), "error"),
        (quantity(10), (quantity(4), quantity(5)), "error"),
        (quantity(10, "ge"), (quantity(4, "ge"), quantity(5, "ge")), "warning"),
        (quantity(10, "ge"), (quantity(4, "ge"), quantity(7, "ge")), "notice"),
        (quantity(10, "ge"), (quantity(4), quantity(5)), "error"),
        (quantity(10, "ge"), (quantity(4), quantity(7)), "notice"),
        (quantity(10), (quantity(4, "ge"), quantity(7, "ge")), "error"),
        (quantity(10), (quantity(4, "ge"), quantity(5, "ge")), "warning"),
        (quantity(10, "le"), (quantity(4), quantity(7)), "error"),
        (quantity(10, "about"), (quantity(4), quantity(7)), None),
        (quantity(100, "about"), (quantity(40), quantity(72)), "error"),
        (quantity(10), (quantity(4), quantity(5, high=7)), None),
        (quantity(10), (quantity(4), quantity(1, high=2)), "error"),
        (quantity(44800, text="4.48万"), (quantity(24812), quantity(20000)), "notice"),
        (quantity(44800, text="4.48万"), (quantity(24852), quantity(20000)), "error"),
        (quantity(10000, text="1万"), (quantity(7000), quantity(7000)), "error"),
    ],
)
def test_severity(total: Quantity, parts: tuple[Quantity, ...], severity: str | None) -> None:
    found = difference(total, [Part("甲", part) for part in parts])
    assert (found.severity if found else None) == severity


def test_the_arithmetic_names_every_part() -> None:
    found = difference(quantity(12), [Part("市本级", quantity(5)), Part("各县区", quantity(2), 4)])
    assert found is not None
    assert (found.arithmetic, found.remark) == ("市本级5＋各县区2×4＝13个", "比总数12个多1个")


@pytest.mark.parametrize(
    ("total", "parts", "near"),
    [
        (485, (62, 275, 148), False),
        (486, (62, 275, 148), True),
        (785, (62, 275, 148), True),
        (485, (62, 275, 149), True),
        (485, (92, 275, 148), True),
        (14, (14, 8, 1), False),
        (500, (62, 75), False),
        (10, (9, 2), True),
    ],
)
def test_one_digit_apart(total: int, parts: tuple[int, ...], near: bool) -> None:
    assert one_digit_apart(Decimal(total), [Decimal(part) for part in parts]) is near


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=6))
def test_a_sum_never_differs_from_itself(values: list[int]) -> None:
    parts = [Part("甲", quantity(value)) for value in values]
    assert difference(quantity(sum(values)), parts) is None
    assert one_digit_apart(Decimal(sum(values)), [part.value for part in parts]) is False
