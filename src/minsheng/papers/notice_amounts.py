"""A quantity's number, unit and bound as a formal notice prints them: 不少于3.3万人, 每人每月80元, 2—3个."""

from collections.abc import Iterator
from decimal import Decimal

from minsheng.plans.model import Comparator, Quantity

_SCALES = ((Decimal(10**8), "亿"), (Decimal(10**4), "万"))
_DECIMALS = 4
"""A number is printed in 万 or 亿 where that takes at most so many decimals."""

_BOUNDS: dict[Comparator, tuple[str, ...]] = {
    "eq": ("{}",),
    "ge": ("不少于{}", "{}以上", "不低于{}", "至少{}"),
    "gt": ("超过{}", "高于{}", "突破{}"),
    "le": ("不超过{}", "{}以内", "{}以下", "最高{}"),
    "lt": ("低于{}", "少于{}", "不足{}"),
    "about": ("{}左右", "约{}"),
}
_RATE_BOUNDS: dict[Comparator, tuple[str, ...]] = {
    **_BOUNDS,
    "ge": ("{}以上", "不低于{}", "不少于{}"),
    "le": ("{}以内", "不超过{}", "{}以下"),
}


def number(value: Decimal) -> str:
    """The digits of a number, in 万 or 亿 where that is exact and short.

    >>> number(Decimal(33000)), number(Decimal("24.807")), number(Decimal(1442))
    ('3.3万', '24.807', '1442')
    """
    for scale, word in _SCALES:
        if value >= scale and _short(value / scale):
            return _plain(value / scale) + word
    return _plain(value)


def _short(value: Decimal) -> bool:
    exponent = value.normalize().as_tuple().exponent
    return isinstance(exponent, int) and -exponent <= _DECIMALS


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def digits(quantity: Quantity) -> str:
    """The number or the range of a quantity. Both ends of a range are printed in one scale."""
    low, high = quantity.value, quantity.value_hi
    if high is None:
        return number(low)
    printed = number(low), number(high)
    scales = {text[-1] for text in printed if not text[-1].isdigit()}
    if len(scales) > 1 or (scales and printed[0][-1].isdigit()):
        printed = _plain(low), _plain(high)
    return f"{printed[0]}—{printed[1]}"


def amounts(quantity: Quantity) -> Iterator[str]:
    """Ways to print the whole quantity, the usual one first."""
    base, *cases = quantity.unit.split("/")
    forms = _RATE_BOUNDS if base in ("%", "‰") else _BOUNDS
    bounds = forms[quantity.comparator]
    plain = digits(quantity)
    if not cases:
        yield from (bound.format(plain + base) for bound in bounds)
        return
    before = "".join(f"每{case}" for case in cases)
    for bound in bounds:
        yield before + bound.format(plain + base)
        yield bound.format(before + plain + base)
    for bound in bounds:
        yield bound.format(plain + quantity.unit)
