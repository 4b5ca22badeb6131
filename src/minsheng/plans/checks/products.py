"""A product the text writes out against its result: 160元（40元/颗牙*4颗牙）.

Contract: ``value`` of the three quantities. A product without a result beside it says nothing to check.
"""

import re
from collections.abc import Iterator, Sequence

from minsheng.kernel.problem import Problem
from minsheng.plans.checks.passages import Passage, Placed, passages
from minsheng.plans.checks.units import plain
from minsheng.plans.model import Plan, Project, Quantity

CODES = ("product_differs",)

_TIMES = re.compile(r"\s*[*×xX✕＊]\s*$")
_EQUALS = re.compile(r"\s*[=＝]\s*$")
_BRACKET = re.compile(r"\s*[(（]\s*(?:即|按)?\s*$")


def check(plan: Plan, lines: tuple[str, ...]) -> tuple[Problem, ...]:
    """A problem for each written product that is not the result beside it."""
    return tuple(
        problem
        for project in plan.projects
        for passage in passages(project, lines)
        for problem in _in_passage(project, passage)
    )


def _in_passage(project: Project, passage: Passage) -> Iterator[Problem]:
    placed = passage.placed
    for at in range(len(placed) - 1):
        if not _TIMES.fullmatch(_between(passage, placed[at], placed[at + 1])):
            continue
        factors = (placed[at].quantity, placed[at + 1].quantity)
        result = _result(passage, placed, at)
        if result is not None and factors[0].value * factors[1].value != result.value:
            yield _differs(project, result, factors)


def _result(passage: Passage, placed: Sequence[Placed], at: int) -> Quantity | None:
    if at + 2 < len(placed) and _EQUALS.fullmatch(_between(passage, placed[at + 1], placed[at + 2])):
        return placed[at + 2].quantity
    if at and _BRACKET.fullmatch(_between(passage, placed[at - 1], placed[at])):
        return placed[at - 1].quantity
    if at and _EQUALS.fullmatch(_between(passage, placed[at - 1], placed[at])):
        return placed[at - 1].quantity
    return None


def _between(passage: Passage, one: Placed, other: Placed) -> str:
    return passage.text[one.end : other.start]


def _differs(project: Project, result: Quantity, factors: tuple[Quantity, Quantity]) -> Problem:
    found = factors[0].value * factors[1].value
    return Problem(
        code="product_differs",
        severity="error",
        message=(
            f"第{result.source.line}行：“{factors[0].text}”乘“{factors[1].text}”为{plain(found)}，"
            f"文中写“{result.text}”（{plain(result.value)}）。请核对单价、数量与结果。"
        ),
        sources=(result.source, factors[0].source, factors[1].source),
        project=project.number,
        expected=plain(found),
        found=plain(result.value),
    )
