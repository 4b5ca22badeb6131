"""What kind a result is, and between which whole numbers it lies; RefusedExpression where it cannot be."""

from minsheng.standards.refusal import RefusedExpression
from minsheng.standards.tree import Kind, Node

WIDEST = 10**37
"""Both engines hold 38 digits exactly; one is kept for the steps of rounding."""
NUMERIC: frozenset[Kind] = frozenset({"money", "count", "number"})

Interval = tuple[int, int]


def chinese_kind(node: Node) -> str:
    return {
        "money": "钱",
        "count": "个数",
        "number": "数",
        "truth": "条件",
        "word": "词",
        "text": "文字",
        "day": "日期",
        "month": "月份",
    }[node.kind]


def same_kind(left: Node, right: Node, doing: str) -> Kind:
    """The kind of two numbers that are added, compared or chosen from."""
    for node in (left, right):
        require_number(node, doing)
    kinds = {left.kind, right.kind} - {"number"}
    if len(kinds) > 1:
        what = f"{doing}时把{chinese_kind(left)}“{left.text}”与{chinese_kind(right)}“{right.text}”放在一起"
        raise RefusedExpression("wrong_type", what, "两边要同是钱（分）或同是个数，漏了单价就补上乘法")
    return kinds.pop() if kinds else "number"


def product_kind(left: Node, right: Node) -> Kind:
    for node in (left, right):
        require_number(node, "相乘")
    kinds = [left.kind, right.kind]
    if kinds == ["money", "money"]:
        what = f"钱乘钱：“{left.text}”乘“{right.text}”"
        raise RefusedExpression("wrong_type", what, "其中一个应当是个数或比例")
    if "money" in kinds:
        return "money"
    return "number" if "number" in kinds else "count"


def quotient_kind(left: Node, right: Node) -> Kind:
    for node in (left, right):
        require_number(node, "相除")
    if right.kind == "money":
        return "count" if left.kind == "money" else "number"
    return left.kind


def require_number(node: Node, doing: str) -> None:
    if node.kind not in NUMERIC:
        what = f"{doing}要用数，“{node.text}”是{chinese_kind(node)}"
        raise RefusedExpression("wrong_type", what, "换成金额、个数或参数")


def require_truth(node: Node, doing: str) -> None:
    if node.kind != "truth":
        what = f"{doing}要用条件，“{node.text}”是{chinese_kind(node)}"
        raise RefusedExpression("wrong_type", what, "写成比较，如headcount >= 1，或用是与否的列")


def held(low: int, high: int, text: str) -> Interval:
    """The interval, refused where its numbers have more digits than the engines hold."""
    if max(abs(low), abs(high)) >= WIDEST:
        what = f"“{text}”可能算出37位以上的数，放不下"
        raise RefusedExpression("overflow", what, "减少连乘，或给列规定更小的上限")
    return low, high


def arithmetic(operator: str, left: Node, right: Node, text: str) -> Interval:
    if operator == "+":
        return held(left.low + right.low, left.high + right.high, text)
    if operator == "-":
        return held(left.low - right.high, left.high - right.low, text)
    ends = [one * other for one in (left.low, left.high) for other in (right.low, right.high)]
    return held(min(ends), max(ends), text)


def quotient(rounding: str, left: Node, right: Node, text: str) -> Interval:
    if right.low < 1:
        what = f"除数“{right.text}”可能是0或负数"
        raise RefusedExpression("zero_divisor", what, "除数用大于0的整数")
    if left.low < 0:
        what = f"被除数“{left.text}”可能是负数"
        raise RefusedExpression("negative_dividend", what, "用larger(0, …)保证不低于0")
    return held(divide(rounding, left.low, right.high), divide(rounding, left.high, right.low), text)


def divide(rounding: str, dividend: int, divisor: int) -> int:
    """The one meaning of division: whole numbers, nothing negative."""
    if rounding == "half_up":
        return (2 * dividend + divisor) // (2 * divisor)
    return (dividend + divisor - 1) // divisor if rounding == "up" else dividend // divisor


def power(base: Node, exponent: Node, text: str) -> Interval:
    if base.low < 0 or exponent.low < 0 or exponent.high > 40:
        what = f"“{text}”的底数或次数超出范围"
        raise RefusedExpression("overflow", what, "底数不为负，次数用0到40之间的列或整数")
    return held(base.low**exponent.low, base.high**exponent.high, text)


def over_months(low: int, high: int, most: int, text: str) -> Interval:
    return held(min(low, low * most), max(high, high * most), text)
