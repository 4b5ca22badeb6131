"""A typed expression in plain Chinese, in the words officials use for its columns and parameters."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from minsheng.standards import tree as t
from minsheng.standards.functions import FUNCTIONS
from minsheng.standards.money import percent, yuan
from minsheng.standards.ratios import growth_of, ratio_of
from minsheng.standards.vocabulary import Column, Parameter

_SIGNS = {"=": "等于", "<>": "不等于", "<": "小于", "<=": "不超过", ">": "大于", ">=": "不低于"}
_ROUNDINGS = {"half_up": "四舍五入", "up": "进一取整", "down": "舍去尾数"}
NOT_KNOWN = "没有填"


def phrase(node: t.Node, *, is_money: bool = False) -> str:
    """The expression in words. ``is_money``: a bare figure in it is money."""
    write: Any = _PHRASES[type(node)]
    found: str = write(node, is_money or node.kind == "money")
    return found


def alone(node: t.Node, *, is_money: bool = False) -> str:
    """The expression in words where nothing stands beside it that brackets would hold it apart from."""
    found = phrase(node, is_money=is_money)
    return found[1:-1] if _is_bracketed(node) else found


def _is_bracketed(node: t.Node) -> bool:
    if isinstance(node, t.Extreme):
        return phrase(node).startswith("（")
    return isinstance(node, t.Divide | t.IfTrue)


def shown_value(value: Any, node: t.Node, *, is_money: bool = False) -> str:
    """A value as an official reads it, by the column, parameter or expression it belongs to."""
    if value is None:
        return NOT_KNOWN
    if isinstance(node, t.ColumnValue):
        return column_value(value, node.column)
    if isinstance(node, t.ParameterValue):
        return parameter_value(value, node.parameter)
    if isinstance(node, t.FullYears):
        return f"{value}周岁"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return day(value)
    if isinstance(value, int) and (is_money or node.kind == "money"):
        return yuan(value)
    return str(value)


def column_value(value: Any, column: Column) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月" if column.type == "month" else day(value)
    if column.type == "fen" and isinstance(value, int):
        return yuan(value)
    return column.words.get(value, str(value)) if isinstance(value, str) else str(value)


def parameter_value(value: int, parameter: Parameter) -> str:
    if parameter.unit == "basis_points":
        return percent(value)
    return yuan(value) if parameter.unit == "fen" else f"{value}周岁"


def day(value: date) -> str:
    return f"{value.year}年{value.month}月{value.day}日"


def _whole(node: t.Whole, is_money: bool) -> str:
    return yuan(node.value) if is_money else str(node.value)


def _parameter(node: t.ParameterValue, _is_money: bool) -> str:
    return node.parameter.chinese


def _arithmetic(node: t.Arithmetic, is_money: bool) -> str:
    if node.operator == "*":
        left, right = _factor_is_money(node, is_money)
        return f"{_inner(node.left, left)}×{_inner(node.right, right)}"
    sign = {"+": "＋", "-": "－"}[node.operator]
    right_side = (
        _inner(node.right, is_money) if node.operator == "-" else phrase(node.right, is_money=is_money)
    )
    return f"{phrase(node.left, is_money=is_money)}{sign}{right_side}"


def _factor_is_money(node: t.Arithmetic, is_money: bool) -> tuple[bool, bool]:
    """Of a product that is money, which factor is the money: the one typed so, else the greater figure."""
    if not is_money or node.left.kind == "money" or node.right.kind == "money":
        return False, False
    left = node.left.kind == "number" and (node.right.kind != "number" or node.left.high >= node.right.high)
    return left, not left


def _inner(node: t.Node, is_money: bool) -> str:
    found = phrase(node, is_money=is_money)
    inside = isinstance(node, t.Arithmetic) and node.operator in {"+", "-"}
    return f"（{found}）" if inside or isinstance(node, t.Logic | t.Choice) else found


def _divide(node: t.Divide, is_money: bool) -> str:
    rounded = f"，{_ROUNDINGS[node.rounding]}到分"
    ratio, growth = ratio_of(node), growth_of(node)
    if ratio is not None:
        return f"（{_inner(ratio[0], is_money)}{ratio[1]}{rounded}）"
    if growth is not None:
        return f"（{_inner(growth[0], is_money)}每年增长{growth[1]}，共（{phrase(growth[2])}）年{rounded}）"
    over = f"{_inner(node.left, is_money)}÷{_inner(node.right, False)}"
    return f"（{over}{rounded}）"


def _extreme(node: t.Extreme, is_money: bool) -> str:
    if node.which == "larger" and isinstance(node.left, t.Whole) and node.left.value == 0:
        return f"（{phrase(node.right, is_money=is_money)}，不足0的按0）"
    which = "取较小值" if node.which == "lesser" else "取较大值"
    return f"{which}（{phrase(node.left, is_money=is_money)}，{phrase(node.right, is_money=is_money)}）"


def _larger_if_given(node: t.LargerIfGiven, is_money: bool) -> str:
    return f"{phrase(node.right)}，但不低于{phrase(node.left, is_money=is_money)}"


def _if_given(node: t.IfGiven, is_money: bool) -> str:
    return f"{phrase(node.left)}，没有的用{phrase(node.right, is_money=is_money)}"


def _if_true(node: t.IfTrue, is_money: bool) -> str:
    return f"（{phrase(node.left)}的，{phrase(node.right, is_money=is_money)}；否则0）"


def _power(node: t.Power, _is_money: bool) -> str:
    return f"{phrase(node.left)}的（{phrase(node.right)}）次方"


def _full_years(node: t.FullYears, _is_money: bool) -> str:
    return f"按{phrase(node.of)}算的周岁"


def _compare(node: t.Compare, _is_money: bool) -> str:
    left, right = node.left, node.right
    if isinstance(left, t.ColumnValue) and isinstance(right, t.Word):
        verb = "是" if node.operator == "=" else "不是"
        return f"{phrase(left)}{verb}{left.column.words.get(right.value, right.value)}"
    is_money = "money" in {left.kind, right.kind}
    for one, other in ((left, right), (right, left)):
        if isinstance(one, t.ParameterValue) and isinstance(other, t.Whole):
            shown = parameter_value(other.value, one.parameter)
            pair = (phrase(one), shown) if one is left else (shown, phrase(one))
            return f"{pair[0]}{_SIGNS[node.operator]}{pair[1]}"
    return f"{phrase(left, is_money=is_money)}{_SIGNS[node.operator]}{phrase(right, is_money=is_money)}"


def _one_of(node: t.OneOf, _is_money: bool) -> str:
    words: Mapping[Any, str] = node.subject.column.words if isinstance(node.subject, t.ColumnValue) else {}
    options = "、".join(words.get(option.value, str(option.value)) for option in node.options)
    return f"{phrase(node.subject)}是{options}" + ("之一" if len(node.options) > 1 else "")


def _logic(node: t.Logic, _is_money: bool) -> str:
    return ("，并且" if node.operator == "and" else "，或者").join(_inner(term, False) for term in node.terms)


def _choice(node: t.Choice, is_money: bool) -> str:
    parts = [f"{phrase(one)}的，{phrase(other, is_money=is_money)}" for one, other in node.branches]
    if node.otherwise is not None:
        parts.append(f"其他，{phrase(node.otherwise, is_money=is_money)}")
    return "；".join(parts)


def _named(node: t.NamedCall, is_money: bool) -> str:
    function = FUNCTIONS[node.name]
    arguments = {
        name: percent(node.arguments[1].low)
        if name == "bp"
        else alone(argument, is_money=is_money and node.name != "care_disability")
        for name, argument in zip(function.arguments, node.arguments, strict=True)
    }
    return function.reading.format(**arguments)


def _each_month(node: t.EachMonth, is_money: bool) -> str:
    doing = "每个月都要" if node.kind == "truth" else "逐月相加"
    return f"{doing}：{alone(node.of, is_money=is_money)}"


_PHRASES: Mapping[type[t.Node], Callable[[Any, bool], str]] = {
    t.Whole: _whole,
    t.Truth: lambda node, _: "不另设条件" if node.value else "都不符合",
    t.Word: lambda node, _: node.value,
    t.Day: lambda node, _: day(node.value),
    t.AsOf: lambda _node, _: "计算日",
    t.Due: lambda _node, _: "应发金额",
    t.ColumnValue: lambda node, _: node.column.chinese,
    t.ParameterValue: _parameter,
    t.Arithmetic: _arithmetic,
    t.Divide: _divide,
    t.Extreme: _extreme,
    t.LargerIfGiven: _larger_if_given,
    t.IfGiven: _if_given,
    t.IfTrue: _if_true,
    t.Power: _power,
    t.FullYears: _full_years,
    t.Compare: _compare,
    t.OneOf: _one_of,
    t.Opposite: lambda node, _: f"不是“{phrase(node.of)}”",
    t.Logic: _logic,
    t.Choice: _choice,
    t.EachMonth: _each_month,
    t.NamedCall: _named,
}
