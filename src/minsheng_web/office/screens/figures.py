"""Numbers, signs and letters as the proofreading screen prints them."""

from decimal import Decimal
from typing import Any

from minsheng.plans.model import EACH, Comparator, Quantity, Role
from minsheng_web.office.words import region_word

ROLE_LETTERS: dict[Role, str] = {
    "target": "目",
    "standard": "标",
    "share": "分",
    "budget": "资",
    "frequency": "频",
    "deadline": "限",
    "criterion": "条",
    "baseline": "原",
    "fact": "况",
}
COMPARATOR_SIGNS: dict[Comparator, str] = {
    "eq": "＝",
    "ge": "≥",
    "gt": "＞",
    "le": "≤",
    "lt": "＜",
    "about": "≈",
}
COMPARATOR_WORDS: dict[Comparator, str] = {
    "eq": "等于",
    "ge": "不少于、以上",
    "gt": "超过",
    "le": "不超过、以内",
    "lt": "低于",
    "about": "约、左右",
}


def grouped(value: Decimal) -> str:
    """33000 as 33,000 and 12.50 as 12.5."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def amount(quantity: Quantity) -> str:
    """The base value with its unit: ≥ 33,000 人, 2—3 个, 50%."""
    number = grouped(quantity.value)
    if quantity.value_hi is not None:
        number = f"{number}—{grouped(quantity.value_hi)}"
    sign = "" if quantity.comparator == "eq" else f"{COMPARATOR_SIGNS[quantity.comparator]} "
    gap = "" if quantity.unit == "%" else " "
    return f"{sign}{number}{gap}{quantity.unit}"


def typed(value: Any) -> str:
    """A JSON value as it stands in an input: lists joined by 、, nothing as an empty text."""
    if value is None or value is False:
        return ""
    if value is True:
        return "1"
    if isinstance(value, list):
        return "、".join(str(part) for part in value)
    if isinstance(value, float):
        return f"{Decimal(str(value)):f}"
    return region_word(EACH) if value == EACH else str(value)
