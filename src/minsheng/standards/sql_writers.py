"""How each kind of node is written in SQL."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from sqlglot import exp

from minsheng.standards import tree as t
from minsheng.standards.sql_words import (
    all_of,
    case,
    closed,
    day_literal,
    full_years,
    is_not_null,
    is_null,
    number,
    two,
)

if TYPE_CHECKING:
    from minsheng.standards.sql_nodes import SqlWriter

_MOST_64 = 2**63 - 1
_COMPARE: Mapping[str, type[exp.Binary]] = {
    "=": exp.EQ,
    "<>": exp.NEQ,
    "<": exp.LT,
    "<=": exp.LTE,
    ">": exp.GT,
    ">=": exp.GTE,
}
_ARITHMETIC: Mapping[str, type[exp.Binary]] = {"+": exp.Add, "-": exp.Sub, "*": exp.Mul}


def _whole(_writer: "SqlWriter", node: t.Whole) -> exp.Expr:
    return number(node.value)


def _truth(_writer: "SqlWriter", node: t.Truth) -> exp.Expr:
    return exp.Boolean(this=node.value)


def _word(_writer: "SqlWriter", node: t.Word) -> exp.Expr:
    return exp.Literal.string(node.value)


def _day(_writer: "SqlWriter", node: t.Day) -> exp.Expr:
    return day_literal(node.value)


def _as_of(writer: "SqlWriter", _node: t.AsOf) -> exp.Expr:
    return exp.column("as_of") if writer.as_of is None else day_literal(writer.as_of)


def _leaf(writer: "SqlWriter", node: t.Node) -> exp.Expr:
    return exp.column(writer.column_of(node))


def _due(writer: "SqlWriter", _node: t.Due) -> exp.Expr:
    return exp.column(writer.due)


def _named(writer: "SqlWriter", node: t.NamedCall) -> exp.Expr:
    return writer.write(node.meaning)


def _arithmetic(writer: "SqlWriter", node: t.Arithmetic) -> exp.Expr:
    if node.low == node.high and not writer.may_be_null(node):
        return number(node.low)
    left, right = writer.write(node.left), writer.write(node.right)
    return two(_ARITHMETIC[node.operator], _held(writer, left, node.low, node.high), right)


def _held(writer: "SqlWriter", of: exp.Expr, low: int, high: int) -> exp.Expr:
    """A first operand wide enough for the result."""
    if max(abs(low), abs(high)) <= _MOST_64:
        return of
    return exp.cast(of, "DECIMAL(38, 0)" if writer.dialect == "spark" else "HUGEINT", dialect=writer.dialect)


def _divide(writer: "SqlWriter", node: t.Divide) -> exp.Expr:
    left, right = writer.write(node.left), writer.write(node.right)
    most = 2 * node.left.high + 2 * node.right.high
    left = _held(writer, left, 0, most)
    if node.rounding == "half_up":
        left = two(exp.Add, two(exp.Mul, left, number(2)), right.copy())
        right = number(2 * node.right.low) if _is_fixed(node.right) else two(exp.Mul, right, number(2))
    elif node.rounding == "up":
        less = number(node.right.low - 1) if _is_fixed(node.right) else two(exp.Sub, right.copy(), number(1))
        left = two(exp.Add, left, less)
    found = two(exp.IntDiv, left, right)
    is_narrow = most > _MOST_64 >= node.high
    return exp.cast(found, "BIGINT", dialect=writer.dialect) if is_narrow else found


def _extreme(writer: "SqlWriter", node: t.Extreme) -> exp.Expr:
    chosen = exp.Anonymous(
        this="LEAST" if node.which == "lesser" else "GREATEST",
        expressions=[writer.write(node.left), writer.write(node.right)],
    )
    return _unless_null(writer, chosen, node.left, node.right)


def _larger_if_given(writer: "SqlWriter", node: t.LargerIfGiven) -> exp.Expr:
    # GREATEST passes over a null: so it may be the right one, and never the left.
    chosen = exp.Anonymous(this="GREATEST", expressions=[writer.write(node.left), writer.write(node.right)])
    return _unless_null(writer, chosen, node.left)


def _unless_null(writer: "SqlWriter", value: exp.Expr, *needed: t.Node) -> exp.Expr:
    tests: list[exp.Expr] = []
    for node in needed:
        if writer.may_be_null(node):
            tests += [is_not_null(exp.column(name)) for name in _witnesses(writer, node)] or [
                is_not_null(writer.write(node))
            ]
    return case((all_of(tests), value)) if tests else value


def _witnesses(writer: "SqlWriter", node: t.Node) -> list[str]:
    """Columns whose being known makes a node known; none where that is not so simple."""
    return [name for name in writer.strict(node) if name not in writer.known] if _is_simple(node) else []


def _if_given(writer: "SqlWriter", node: t.IfGiven) -> exp.Expr:
    return exp.Coalesce(this=writer.write(node.left), expressions=[writer.write(node.right)])


def _if_true(writer: "SqlWriter", node: t.IfTrue) -> exp.Expr:
    condition, value = writer.write(node.left), writer.write(node.right)
    if not writer.may_be_null(node.left):
        return case((condition, value), otherwise=number(0))
    return case((condition, value), (exp.Not(this=closed(condition.copy())), number(0)))


def _power(writer: "SqlWriter", node: t.Power) -> exp.Expr:
    base, exponent = node.left, writer.write(node.right)
    branches = []
    for times in range(node.right.low, node.right.high + 1):
        if _is_fixed(base):
            value = number(base.low**times)
        else:
            value = number(1)
            for step in range(times):
                factor = writer.write(base)
                value = (
                    factor if step == 0 else two(exp.Mul, _held(writer, value, 0, base.high**times), factor)
                )
        branches.append((two(exp.EQ, exponent.copy(), number(times)), value))
    return case(*branches)


def _full_years(writer: "SqlWriter", node: t.FullYears) -> exp.Expr:
    if isinstance(node.of, t.ColumnValue) and node.of.column.name in writer.ages:
        return exp.column(f"{node.of.column.name}__years")
    return full_years(writer.write(node.of), writer.as_of)


def _compare(writer: "SqlWriter", node: t.Compare) -> exp.Expr:
    return two(_COMPARE[node.operator], writer.write(node.left), writer.write(node.right))


def _one_of(writer: "SqlWriter", node: t.OneOf) -> exp.Expr:
    options = [writer.write(option) for option in node.options]
    return exp.In(this=closed(writer.write(node.subject)), expressions=options)


def _logic(writer: "SqlWriter", node: t.Logic) -> exp.Expr:
    kind = exp.And if node.operator == "and" else exp.Or
    found = writer.write(node.terms[0])
    for term in node.terms[1:]:
        found = two(kind, found, writer.write(term))
    return found


def _opposite(writer: "SqlWriter", node: t.Opposite) -> exp.Expr:
    return exp.Not(this=closed(writer.write(node.of)))


def _choice(writer: "SqlWriter", node: t.Choice) -> exp.Expr:
    branches: list[tuple[exp.Expr, exp.Expr]] = []
    tested: set[str] = set()
    for condition, value in node.branches:
        written = writer.write(condition)
        witness = " ".join(_witnesses_of_condition(writer, condition))
        if writer.may_be_null(condition) and (not witness or witness not in tested):
            branches.append((is_null(written.copy()), exp.Null()))
            tested.add(witness)
        branches.append((written, writer.write(value)))
    return case(*branches, otherwise=None if node.otherwise is None else writer.write(node.otherwise))


def _witnesses_of_condition(writer: "SqlWriter", condition: t.Node) -> list[str]:
    """The column on whose being known a comparison with something written depends."""
    if isinstance(condition, t.Compare) and isinstance(condition.left, t.ColumnValue):
        return _witnesses(writer, condition.left) if isinstance(condition.right, t.Word | t.Whole) else []
    return []


def _is_simple(node: t.Node) -> bool:
    """Whether a node is null exactly where one of its columns is."""
    if isinstance(node, t.ColumnValue | t.ParameterValue | t.EachMonth | t.Whole):
        return True
    strict = t.Arithmetic | t.Divide | t.Extreme | t.NamedCall | t.Power | t.FullYears
    return isinstance(node, strict) and all(map(_is_simple, node.parts))


def _is_fixed(node: t.Node) -> bool:
    return isinstance(node, t.Whole)


WRITERS: Mapping[type[t.Node], Callable[["SqlWriter", Any], exp.Expr]] = {
    t.Whole: _whole,
    t.Truth: _truth,
    t.Word: _word,
    t.Day: _day,
    t.AsOf: _as_of,
    t.Due: _due,
    t.ColumnValue: _leaf,
    t.ParameterValue: _leaf,
    t.EachMonth: _leaf,
    t.NamedCall: _named,
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
    t.Logic: _logic,
    t.Opposite: _opposite,
    t.Choice: _choice,
}
