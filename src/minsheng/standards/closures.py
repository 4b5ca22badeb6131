"""A typed tree as Python closures: the same meaning as ``tracing.py``, without the steps, for many rows."""

from collections.abc import Callable, Mapping
from typing import Any

from minsheng.standards import tree as t
from minsheng.standards.intervals import divide
from minsheng.standards.parameters import Figures, day_number
from minsheng.standards.rows import Row, months_of
from minsheng.standards.tracing import ARITHMETIC, COMPARE

Closure = Callable[[Row, Figures, Any], Any]
"""(row, figures of the day, due) -> value, None where it is unknown."""


def closure(node: t.Node) -> Closure:
    build: Any = _BUILDERS[type(node)]
    found: Closure = build(node)
    return found


def _constant(value: Any) -> Closure:
    return lambda _row, _figures, _due: value


def _written(node: t.Whole | t.Truth | t.Word | t.Day) -> Closure:
    return _constant(node.value)


def _as_of(_node: t.AsOf) -> Closure:
    return lambda _row, figures, _due: figures.as_of


def _due(_node: t.Due) -> Closure:
    return lambda _row, _figures, due: due


def _column(node: t.ColumnValue) -> Closure:
    name = node.column.name
    return lambda row, _figures, _due: row.get(name)


def _parameter(node: t.ParameterValue) -> Closure:
    name = node.parameter.name
    return lambda _row, figures, _due: figures[name]


def _named(node: t.NamedCall) -> Closure:
    return closure(node.meaning)


def _of_two(combine: Callable[[Any, Any], Any], left: t.Node, right: t.Node) -> Closure:
    """A function of two values, unknown where either is."""
    first, second = closure(left), closure(right)
    if isinstance(right, t.Whole | t.Word | t.Day):
        fixed = right.value

        def with_fixed(row: Row, figures: Figures, due: Any) -> Any:
            value = first(row, figures, due)
            return None if value is None else combine(value, fixed)

        return with_fixed

    def with_both(row: Row, figures: Figures, due: Any) -> Any:
        value = first(row, figures, due)
        if value is None:
            return None
        other = second(row, figures, due)
        return None if other is None else combine(value, other)

    return with_both


def _arithmetic(node: t.Arithmetic) -> Closure:
    return _of_two(ARITHMETIC[node.operator], node.left, node.right)


def _divide(node: t.Divide) -> Closure:
    rounding = node.rounding
    return _of_two(lambda n, d: divide(rounding, n, d), node.left, node.right)


def _extreme(node: t.Extreme) -> Closure:
    choose: Callable[[Any, Any], Any] = min if node.which == "lesser" else max
    return _of_two(choose, node.left, node.right)


def _power(node: t.Power) -> Closure:
    return _of_two(pow, node.left, node.right)


def _compare(node: t.Compare) -> Closure:
    return _of_two(COMPARE[node.operator], node.left, node.right)


def _one_of(node: t.OneOf) -> Closure:
    options = frozenset(option.value for option in node.options)
    subject = closure(node.subject)

    def found(row: Row, figures: Figures, due: Any) -> Any:
        value = subject(row, figures, due)
        return None if value is None else value in options

    return found


def _opposite(node: t.Opposite) -> Closure:
    of = closure(node.of)

    def found(row: Row, figures: Figures, due: Any) -> Any:
        value = of(row, figures, due)
        return None if value is None else not value

    return found


def _full_years(node: t.FullYears) -> Closure:
    of = closure(node.of)

    def found(row: Row, figures: Figures, due: Any) -> Any:
        value = of(row, figures, due)
        return None if value is None else (figures.as_of_number - day_number(value)) // 10000

    return found


def _larger_if_given(node: t.LargerIfGiven) -> Closure:
    left, right = closure(node.left), closure(node.right)

    def found(row: Row, figures: Figures, due: Any) -> Any:
        value = left(row, figures, due)
        other = right(row, figures, due)
        return value if value is None or other is None else max(value, other)

    return found


def _if_given(node: t.IfGiven) -> Closure:
    left, right = closure(node.left), closure(node.right)

    def found(row: Row, figures: Figures, due: Any) -> Any:
        value = left(row, figures, due)
        return right(row, figures, due) if value is None else value

    return found


def _if_true(node: t.IfTrue) -> Closure:
    condition, value = closure(node.left), closure(node.right)

    def found(row: Row, figures: Figures, due: Any) -> Any:
        holds = condition(row, figures, due)
        return value(row, figures, due) if holds else (None if holds is None else 0)

    return found


def _logic(node: t.Logic) -> Closure:
    terms = tuple(map(closure, node.terms))
    settles = node.operator == "or"

    def found(row: Row, figures: Figures, due: Any) -> Any:
        unknown = False
        for term in terms:
            value = term(row, figures, due)
            if value is settles:
                return settles
            if value is None:
                unknown = True
        return None if unknown else not settles

    return found


def _choice(node: t.Choice) -> Closure:
    branches = tuple((closure(condition), closure(value)) for condition, value in node.branches)
    otherwise = _constant(None) if node.otherwise is None else closure(node.otherwise)

    def found(row: Row, figures: Figures, due: Any) -> Any:
        for condition, value in branches:
            holds = condition(row, figures, due)
            if holds is None:
                return None
            if holds:
                return value(row, figures, due)
        return otherwise(row, figures, due)

    return found


def _each_month(node: t.EachMonth) -> Closure:
    of, is_condition = closure(node.of), node.kind == "truth"

    def found(row: Row, figures: Figures, due: Any) -> Any:
        months = months_of(row)
        if months is None:
            return None
        values = [of(row, figures.facts.in_month(month), due) for month in months]
        if is_condition:
            return False if False in values else (None if None in values else True)
        return None if None in values else sum(values)

    return found


_BUILDERS: Mapping[type[t.Node], Callable[[Any], Closure]] = {
    t.Whole: _written,
    t.Truth: _written,
    t.Word: _written,
    t.Day: _written,
    t.AsOf: _as_of,
    t.Due: _due,
    t.ColumnValue: _column,
    t.ParameterValue: _parameter,
    t.NamedCall: _named,
    t.Arithmetic: _arithmetic,
    t.Divide: _divide,
    t.Extreme: _extreme,
    t.Power: _power,
    t.Compare: _compare,
    t.OneOf: _one_of,
    t.Opposite: _opposite,
    t.FullYears: _full_years,
    t.LargerIfGiven: _larger_if_given,
    t.IfGiven: _if_given,
    t.IfTrue: _if_true,
    t.Logic: _logic,
    t.Choice: _choice,
    t.EachMonth: _each_month,
}
