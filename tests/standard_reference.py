"""An expression worked out step by step in the plainest way: what the evaluator is held to."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from minsheng.standards import tracing
from minsheng.standards import tree as t
from minsheng.standards.intervals import divide
from minsheng.standards.parameters import Figures, day_number
from minsheng.standards.rows import Row, months_between

COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
ARITHMETIC: Mapping[str, Callable[[int, int], int]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
}


@dataclass(frozen=True, slots=True)
class Step:
    """A node, its value (None: unknown), the steps that led to it, and the month it was taken in."""

    node: t.Node
    value: Any
    parts: "tuple[Step, ...]" = ()
    month: date | None = None


@dataclass(frozen=True, slots=True)
class Tracer:
    """What a row and a day give. Only sound rows are traced: nothing can fail."""

    row: Row
    figures: Figures
    due: int | None = None

    def step(self, node: t.Node) -> Step:
        tracer: Any = _TRACERS.get(type(node), _strict)
        found: Step = tracer(self, node)
        return found


def _value(node: Any) -> Callable[[Tracer, t.Node], Any]:
    return lambda _tracer, found: Step(found, node(found))


def _strict(tracer: Tracer, node: t.Node) -> Step:
    """A node that is unknown where any of its parts is."""
    parts = tuple(tracer.step(part) for part in node.parts)
    values = [part.value for part in parts]
    return Step(node, None if None in values else _known(node, values, tracer), parts)


def _known(node: t.Node, values: list[Any], tracer: Tracer) -> Any:
    if isinstance(node, t.Arithmetic):
        return ARITHMETIC[node.operator](*values)
    if isinstance(node, t.Divide):
        return divide(node.rounding, *values)
    if isinstance(node, t.Extreme):
        return min(values) if node.which == "lesser" else max(values)
    if isinstance(node, t.Power):
        return values[0] ** values[1]
    if isinstance(node, t.Compare):
        return COMPARE[node.operator](*values)
    if isinstance(node, t.OneOf):
        return values[0] in values[1:]
    if isinstance(node, t.Opposite):
        return not values[0]
    if isinstance(node, t.FullYears):
        return (tracer.figures.as_of_number - day_number(values[0])) // 10000
    return values[0]


def _logic(tracer: Tracer, node: t.Logic) -> Step:
    parts = tuple(tracer.step(term) for term in node.terms)
    values = [part.value for part in parts]
    settles = node.operator == "or"
    value = settles if settles in values else (None if None in values else not settles)
    return Step(node, value, parts)


def _larger_if_given(tracer: Tracer, node: t.LargerIfGiven) -> Step:
    left, right = tracer.step(node.left), tracer.step(node.right)
    value = left.value if left.value is None or right.value is None else max(left.value, right.value)
    return Step(node, value, (left, right))


def _if_given(tracer: Tracer, node: t.IfGiven) -> Step:
    left, right = tracer.step(node.left), tracer.step(node.right)
    return Step(node, right.value if left.value is None else left.value, (left, right))


def _if_true(tracer: Tracer, node: t.IfTrue) -> Step:
    condition = tracer.step(node.left)
    if condition.value is not True:
        return Step(node, None if condition.value is None else 0, (condition,))
    value = tracer.step(node.right)
    return Step(node, value.value, (condition, value))


def _choice(tracer: Tracer, node: t.Choice) -> Step:
    parts: list[Step] = []
    for condition, value in node.branches:
        parts.append(tracer.step(condition))
        if parts[-1].value is None:
            return Step(node, None, tuple(parts))
        if parts[-1].value:
            parts.append(tracer.step(value))
            return Step(node, parts[-1].value, tuple(parts))
    if node.otherwise is None:
        return Step(node, None, tuple(parts))
    parts.append(tracer.step(node.otherwise))
    return Step(node, parts[-1].value, tuple(parts))


def _each_month(tracer: Tracer, node: t.EachMonth) -> Step:
    first, last = tracer.row.get("month_from"), tracer.row.get("month_to")
    if first is None or last is None:
        return Step(node, None)
    months = months_between(first, last, 1200)
    parts: list[Step] = []
    for month in months:
        found = Tracer(tracer.row, tracer.figures.facts.in_month(month)).step(node.of)
        parts.append(Step(found.node, found.value, found.parts, month))
    values = [part.value for part in parts]
    if node.kind == "truth":
        value: Any = False if False in values else (None if None in values else True)
    else:
        value = None if None in values else sum(values)
    return Step(node, value, tuple(parts))


_TRACERS: Mapping[type[t.Node], Callable[[Tracer, Any], Step]] = {
    t.Whole: _value(lambda node: node.value),
    t.Truth: _value(lambda node: node.value),
    t.Word: _value(lambda node: node.value),
    t.Day: _value(lambda node: node.value),
    t.AsOf: lambda tracer, node: Step(node, tracer.figures.as_of),
    t.Due: lambda tracer, node: Step(node, tracer.due),
    t.ColumnValue: lambda tracer, node: Step(node, tracer.row.get(node.column.name)),
    t.ParameterValue: lambda tracer, node: Step(node, tracer.figures[node.parameter.name]),
    t.Logic: _logic,
    t.LargerIfGiven: _larger_if_given,
    t.IfGiven: _if_given,
    t.IfTrue: _if_true,
    t.Choice: _choice,
    t.EachMonth: _each_month,
}


def is_same(step: Step | None, kept: tracing.Step | None) -> bool:
    """Whether a step that the evaluator kept is the step as worked out here, down to its last part."""
    if step is None or kept is None:
        return step is kept
    if (step.node, step.value, step.month) != (kept.node, kept.value, kept.month):
        return False
    return len(step.parts) == len(kept.parts) and all(map(is_same, step.parts, kept.parts))
