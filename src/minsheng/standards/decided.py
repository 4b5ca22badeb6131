"""What of a traced expression is worth telling: the branch that was taken, the terms that settled it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from minsheng.standards import tree as t
from minsheng.standards.ratios import growth_of, ratio_of
from minsheng.standards.tracing import Step

_LEAVES = t.Whole | t.Word | t.Day | t.AsOf | t.Due | t.ColumnValue | t.ParameterValue
_FIGURES = t.Arithmetic | t.Extreme | t.LargerIfGiven | t.IfGiven


def decided(step: Step) -> t.Node:
    """The expression with every alternative put as the one that was taken."""
    node: Any = step.node
    parts = step.parts
    if isinstance(node, t.Choice | t.IfTrue):
        if isinstance(node, t.IfTrue) and step.value == 0 and len(parts) == 1:
            return t.Whole(kind=node.kind, text="0", value=0)
        taken = parts[-1]
        return node if taken.node.kind == "truth" else decided(taken)
    inner = tuple(map(decided, parts))
    if isinstance(
        node, t.Extreme | t.Arithmetic | t.Divide | t.LargerIfGiven | t.IfGiven | t.Power | t.Compare
    ):
        return replace(node, left=inner[0], right=inner[1])
    if isinstance(node, t.Logic):
        return replace(node, terms=inner)
    return replace(node, of=inner[0]) if isinstance(node, t.Opposite | t.FullYears) else node


def shown_parts(step: Step) -> tuple[Step, ...]:
    """The steps inside that deserve a line: months, alternatives, what a sum or a comparison is made of."""
    node = step.node
    if isinstance(node, t.NamedCall):
        return shown_parts(step.parts[0])
    if isinstance(node, t.EachMonth):
        return step.parts
    if isinstance(node, t.Logic):
        return _settling(step)
    parts = step.parts
    if isinstance(node, t.Choice | t.IfTrue):
        parts = parts[-1:] if step.value is not None else ()
    elif isinstance(node, t.Divide):
        dividend = parts[0].parts[:1] if ratio_of(node) or growth_of(node) else parts[0].parts
        parts = tuple(part for part in dividend if part.node.kind == "money")
    elif isinstance(node, t.Arithmetic) and node.operator == "+":
        parts = tuple(_summands(step))
    elif not isinstance(node, _FIGURES | t.Compare):
        parts = ()
    return tuple(part for part in parts if not _is_plain(part))


def _summands(step: Step) -> Iterator[Step]:
    if isinstance(step.node, t.Arithmetic) and step.node.operator == "+":
        for part in step.parts:
            yield from _summands(part)
    else:
        yield step


def _settling(step: Step) -> tuple[Step, ...]:
    """The terms that made an ``and`` false or an ``or`` true; all of them where none did alone.

    Terms that are put together themselves are told by their own terms.
    """
    alone = tuple(part for part in step.parts if part.value is (step.node.operator == "or"))
    told = alone if alone and step.value is not None else step.parts
    found: list[Step] = []
    for part in told:
        found += _settling(part) if isinstance(part.node, t.Logic) else (part,)
    return tuple(found)


def _is_plain(step: Step) -> bool:
    """A value read or written, or the age of somebody: it is told in the line that uses it."""
    return isinstance(step.node, _LEAVES | t.FullYears)
