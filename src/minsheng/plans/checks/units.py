"""Which units may be added up, and how an amount is said in a message.

A share (50%, 7:3, 1.3倍), a sum per case (元/人) and a length of time cannot be added over regions.
"""

from decimal import Decimal

from minsheng.plans.model import Quantity

_RATIOS = frozenset({"%", "‰", "倍", "比"})
_TIMES = frozenset({"分钟", "小时", "天", "日", "周", "月", "个月", "季度", "年", "岁", "周岁"})
_KINDS = (
    frozenset({"人", "人次", "名", "位"}),
    frozenset({"个", "家", "处", "所", "座"}),
    frozenset({"套", "间", "套(间)", "套（间）"}),
)
"""Units that notices use for one another within one sum (1604名 = 394人 + 296人 …)."""


def additive(unit: str) -> bool:
    """Whether amounts of this unit can be added up over regions or kinds."""
    return unit not in _RATIOS and unit not in _TIMES and "/" not in unit


def same_kind(one: str, other: str) -> bool:
    """Whether two units count the same kind of thing."""
    return one == other or any(one in kind and other in kind for kind in _KINDS)


def plain(value: Decimal) -> str:
    """A number with all its digits and no exponent: 33000, 24.807."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def say(quantity: Quantity) -> str:
    """A quantity as a message says it: value in the base unit, both ends of a range, then the unit."""
    high = "" if quantity.value_hi is None else f"—{plain(quantity.value_hi)}"
    return f"{plain(quantity.value)}{high}{quantity.unit}"
