"""From the parsed text to the typed tree: what each name is, and whether what is done with it makes sense."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from sqlglot import exp

from minsheng.standards import intervals
from minsheng.standards.functions import FUNCTIONS, MONTH_FROM, MONTH_TO, PUBLIC
from minsheng.standards.notation import DIALECT, parse
from minsheng.standards.refusal import RefusedExpression
from minsheng.standards.tree import (
    Arithmetic,
    AsOf,
    Choice,
    Day,
    Divide,
    Due,
    EachMonth,
    Extreme,
    FullYears,
    IfGiven,
    IfTrue,
    Kind,
    LargerIfGiven,
    Logic,
    NamedCall,
    Node,
    Opposite,
    ParameterValue,
    Power,
    Truth,
    Whole,
    Word,
)
from minsheng.standards.typed_conditions import branch_condition, compare, one_of, same_result
from minsheng.standards.typed_names import column_value, near
from minsheng.standards.vocabulary import Vocabulary

_COMPARISONS: dict[type[exp.Expr], Any] = {
    exp.EQ: "=",
    exp.NEQ: "<>",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.GTE: ">=",
}
_ARITHMETIC: dict[type[exp.Expr], Any] = {exp.Add: "+", exp.Sub: "-", exp.Mul: "*"}
_DEEPEST = 60


@dataclass(frozen=True, slots=True)
class Scope:
    """What an expression may name. ``reads``: of each parameter whether it may be missing (those listed)."""

    vocabulary: Vocabulary
    reads: Mapping[str, bool] = field(default_factory=dict)
    due: Node | None = None
    is_bound: bool = False
    arguments: Mapping[str, Node] = field(default_factory=dict)
    is_inner: bool = False
    in_month: bool = False
    takes_missing: bool = False
    depth: int = 0


def typed(text: str, scope: Scope) -> Node:
    """The typed tree of a text. Raises RefusedExpression."""
    return _node(parse(text), scope)


def _node(tree: exp.Expr, scope: Scope) -> Node:
    while isinstance(tree, exp.Paren):
        tree = tree.this
    if scope.depth > _DEEPEST:
        raise RefusedExpression("too_long", "算式嵌套太深", "分成几个版本或几项标准")
    inner = replace(scope, depth=scope.depth + 1)
    build: Callable[[Any, Scope], Node] | None = _BUILDERS.get(type(tree))
    if build is None:
        raise RefusedExpression("forbidden", f"算式里不能用“{_text(tree)}”这种写法", "只用规定的写法")
    return build(tree, inner)


def _text(tree: exp.Expr) -> str:
    return tree.sql(dialect=DIALECT)


def _literal(tree: exp.Literal, _scope: Scope) -> Node:
    if tree.is_string:
        return Word(kind="text", text=f"'{tree.this}'", value=tree.this)
    if not (tree.this.isascii() and tree.this.isdigit()):
        what = f"“{tree.this}”不是整数"
        raise RefusedExpression(
            "float", what, "金额用分（1.5元写150），比例用up、down或half_up，如half_up(x * 75, 100)"
        )
    value = int(tree.this)
    low, high = intervals.held(value, value, tree.this)
    return Whole(kind="number", text=tree.this, value=value, low=low, high=high)


def _boolean(tree: exp.Boolean, _scope: Scope) -> Node:
    return Truth(kind="truth", text="true" if tree.this else "false", value=bool(tree.this))


def _day(tree: exp.Cast, _scope: Scope) -> Node:
    try:
        value = date.fromisoformat(tree.this.this)
    except ValueError as error:
        what = f"日期“{tree.this.this}”不存在"
        raise RefusedExpression("wrong_date", what, "写成date '2023-01-01'") from error
    return Day(kind="day", text=value.isoformat(), value=value)


def _column(tree: exp.Column, scope: Scope) -> Node:
    name = tree.name
    if tree.args.get("table") or tree.this.args.get("quoted"):
        raise RefusedExpression("unknown_column", f"不认识的列“{_text(tree)}”", "直接写列名，不加表名和引号")
    if name in scope.arguments:
        return scope.arguments[name]
    if name == "as_of":
        return AsOf(kind="day", text="as_of")
    if name == "due":
        if scope.due is None or scope.in_month:
            raise RefusedExpression("due", "due只能写在分担里", "在这里写出金额的算式")
        due = scope.due
        return Due(kind=due.kind, text="due", low=due.low, high=due.high)
    return column_value(name, scope.vocabulary)


def _parameter(tree: exp.Placeholder, scope: Scope) -> Node:
    name = tree.this if isinstance(tree.this, str) else ""
    parameter = scope.vocabulary.parameters.get(name)
    if parameter is None:
        mend = near(name, scope.vocabulary.parameters)
        raise RefusedExpression("unknown_parameter", f"不认识的参数“${name}”", mend)
    may_be_missing = scope.reads.get(name, scope.takes_missing)
    if scope.takes_missing and not may_be_missing:
        what = f"at_least、in_principle、ratio_at_least允许${name}缺，reads里却写成必有"
        raise RefusedExpression("optional", what, f"在reads.parameters里写成“{name}?”")
    if may_be_missing and not (scope.takes_missing or scope.is_bound):
        what = f"参数${name}可以缺（带?），却直接用来计算"
        raise RefusedExpression(
            "optional", what, f"用at_least、in_principle或ratio_at_least，或在reads里去掉{name}后面的?"
        )
    return ParameterValue(
        kind="money" if parameter.unit == "fen" else "count",
        text=f"${name}",
        low=0,
        high=parameter.high,
        parameter=parameter,
        may_be_missing=may_be_missing,
    )


def _arithmetic(tree: exp.Binary, scope: Scope) -> Node:
    left, right = _node(tree.left, scope), _node(tree.right, scope)
    operator: Literal["+", "-", "*"] = _ARITHMETIC[type(tree)]
    text = _text(tree)
    if operator == "*":
        kind = intervals.product_kind(left, right)
    else:
        kind = intervals.same_kind(left, right, "相加" if operator == "+" else "相减")
    low, high = intervals.arithmetic(operator, left, right, text)
    return Arithmetic(kind=kind, text=text, low=low, high=high, operator=operator, left=left, right=right)


def _compare(tree: exp.Binary, scope: Scope) -> Node:
    operator = _COMPARISONS[type(tree)]
    first = tree.left
    if isinstance(first, exp.Binary) and type(first) in _COMPARISONS:
        if operator not in {"<=", "<"} or _COMPARISONS[type(first)] != operator:
            what = f"连着比较“{_text(tree)}”"
            raise RefusedExpression("chained", what, "只能写成a <= x <= b")
        terms = tuple(
            compare(
                operator,
                _node(pair[0], scope),
                _node(pair[1], scope),
                f"{_text(pair[0])} {operator} {_text(pair[1])}",
            )
            for pair in ((first.left, first.right), (first.right, tree.right))
        )
        return Logic(kind="truth", text=_text(tree), operator="and", terms=terms, is_range=True)
    return compare(operator, _node(first, scope), _node(tree.right, scope), _text(tree))


def _one_of(tree: exp.In, scope: Scope) -> Node:
    if not tree.expressions:
        raise RefusedExpression("forbidden", "in后面要列出值", "写成x in ('a', 'b')")
    options = [_node(option, scope) for option in tree.expressions]
    return one_of(_node(tree.this, scope), options, _text(tree))


def _logic(tree: exp.Connector, scope: Scope) -> Node:
    operator: Literal["and", "or"] = "and" if isinstance(tree, exp.And) else "or"
    terms = tuple(_node(term, scope) for term in tree.flatten())
    for term in terms:
        intervals.require_truth(term, "and、or")
    return Logic(kind="truth", text=_text(tree), operator=operator, terms=terms)


def _opposite(tree: exp.Not, scope: Scope) -> Node:
    of = _node(tree.this, scope)
    intervals.require_truth(of, "not")
    return Opposite(kind="truth", text=_text(tree), of=of)


def _choice(tree: exp.Case, scope: Scope) -> Node:
    subject = _node(tree.this, scope) if tree.this else None
    branches = tuple(
        (branch_condition(subject, _node(branch.this, scope)), _node(branch.args["true"], scope))
        for branch in tree.args["ifs"]
    )
    default = tree.args.get("default")
    otherwise = _node(default, scope) if default is not None else None
    values = [value for _, value in branches] + ([] if otherwise is None else [otherwise])
    kind, low, high = same_result(values)
    return Choice(kind=kind, text=_text(tree), low=low, high=high, branches=branches, otherwise=otherwise)


def _call(tree: exp.Anonymous, scope: Scope) -> Node:
    name = str(tree.this)
    function = FUNCTIONS.get(name)
    if function is None or (function.is_inner and not scope.is_inner):
        raise RefusedExpression("unknown_function", f"不认识的函数“{name}”", near(name, PUBLIC))
    if len(tree.expressions) != len(function.arguments):
        what = f"{name}要{len(function.arguments)}个参数，写了{len(tree.expressions)}个"
        mend = f"写成{name}({', '.join(function.arguments)})"
        raise RefusedExpression("argument_count", what, mend)
    if name == "each_month":
        return _each_month(tree, scope)
    arguments = tuple(
        _node(argument, replace(scope, takes_missing=_takes_missing(name, position)))
        for position, argument in enumerate(tree.expressions)
    )
    if function.meaning:
        given = dict(zip(function.arguments, arguments, strict=True))
        inner = replace(scope, arguments=given, is_inner=True, takes_missing=False)
        meaning = _node(parse(function.meaning), inner)
        return NamedCall(
            kind=meaning.kind,
            text=_call_text(name, arguments),
            low=meaning.low,
            high=meaning.high,
            name=name,
            arguments=arguments,
            meaning=meaning,
        )
    return _built_in(name, arguments, _call_text(name, arguments))


def _takes_missing(name: str, position: int) -> bool:
    return (name, position) in {("larger_if_given", 1), ("if_given", 0)}


def _call_text(name: str, arguments: tuple[Node, ...]) -> str:
    return f"{name}({', '.join(argument.text for argument in arguments)})"


def _built_in(name: str, arguments: tuple[Node, ...], text: str) -> Node:
    first = arguments[0]
    if name == "full_years":
        if first.kind != "day":
            what = f"full_years要用日期，“{first.text}”是{intervals.chinese_kind(first)}"
            raise RefusedExpression("wrong_type", what, "写成full_years(birth_date)")
        return FullYears(kind="count", text=text, low=0, high=9999, of=first)
    return _of_two(name, first, arguments[1], text)


def _of_two(name: str, left: Node, right: Node, text: str) -> Node:
    if name == "if_true":
        intervals.require_truth(left, "if_true")
        intervals.require_number(right, "if_true")
        low, high = min(0, right.low), max(0, right.high)
        return IfTrue(kind=right.kind, text=text, low=low, high=high, left=left, right=right)
    if name == "ipow":
        for node in (left, right):
            intervals.require_number(node, "乘方")
        low, high = intervals.power(left, right, text)
        return Power(kind="count", text=text, low=low, high=high, left=left, right=right)
    if name in {"half_up", "up", "down"}:
        rounding: Any = name
        kind: Kind = intervals.quotient_kind(left, right)
        low, high = intervals.quotient(name, left, right, text)
        return Divide(kind=kind, text=text, low=low, high=high, rounding=rounding, left=left, right=right)
    kind = intervals.same_kind(left, right, "取大取小" if name != "if_given" else "代用")
    if name == "if_given":
        low, high = min(left.low, right.low), max(left.high, right.high)
        return IfGiven(kind=kind, text=text, low=low, high=high, left=left, right=right)
    if name == "larger_if_given":
        low, high = left.low, max(left.high, right.high)
        return LargerIfGiven(kind=kind, text=text, low=low, high=high, left=left, right=right)
    choose = min if name == "lesser" else max
    low, high = choose(left.low, right.low), choose(left.high, right.high)
    which: Any = name
    return Extreme(kind=kind, text=text, low=low, high=high, which=which, left=left, right=right)


def _each_month(tree: exp.Anonymous, scope: Scope) -> Node:
    if scope.in_month:
        raise RefusedExpression("each_month", "each_month里面又有each_month", "只留外面一层")
    column_value(MONTH_FROM, scope.vocabulary)
    column_value(MONTH_TO, scope.vocabulary)
    most = scope.vocabulary.columns[MONTH_TO].most_months
    of = _node(tree.expressions[0], replace(scope, in_month=True, takes_missing=False))
    text = f"each_month({of.text})"
    if of.kind == "truth":
        return EachMonth(kind="truth", text=text, of=of)
    intervals.require_number(of, "逐月相加")
    low, high = intervals.over_months(of.low, of.high, most, text)
    return EachMonth(kind=of.kind, text=text, low=low, high=high, of=of)


_BUILDERS: Mapping[type[exp.Expr], Callable[[Any, Scope], Node]] = {
    exp.Literal: _literal,
    exp.Boolean: _boolean,
    exp.Cast: _day,
    exp.Column: _column,
    exp.Placeholder: _parameter,
    exp.In: _one_of,
    exp.Not: _opposite,
    exp.Case: _choice,
    exp.Anonymous: _call,
    **dict.fromkeys((exp.And, exp.Or), _logic),
    **dict.fromkeys(_ARITHMETIC, _arithmetic),
    **dict.fromkeys(_COMPARISONS, _compare),
}
