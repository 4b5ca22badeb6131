"""A new value below the old one after 提高到, or above it after 降低到.

Contract: ``role`` baseline, with the new value right behind it. 调整为 says nothing of the direction.
"""

import re
from itertools import pairwise

from minsheng.kernel.problem import Problem
from minsheng.plans.checks.passages import passages
from minsheng.plans.checks.units import say
from minsheng.plans.model import Plan, Project, Quantity

CODES = ("value_against_verb",)

_UP = re.compile(r"提高|提升|增加|增长|上调|上升|扩大|延长|增至|升至")
_DOWN = re.compile(r"下降|降低|下调|减少|压减|缩短|降至|降到|减至")


def check(plan: Plan, lines: tuple[str, ...]) -> tuple[Problem, ...]:
    """A problem for each old and new value in the wrong order."""
    problems = []
    for project in plan.projects:
        for passage in passages(project, lines):
            for old, new in pairwise(passage.placed):
                between = passage.text[old.end : new.end]
                found = _judge(project, old.quantity, new.quantity, between)
                if found is not None:
                    problems.append(found)
    return tuple(problems)


def _judge(project: Project, old: Quantity, new: Quantity, between: str) -> Problem | None:
    if (
        old.role != "baseline"
        or old.unit.split("/")[0] != new.unit.split("/")[0]
        or re.search("[。；;]", between)
    ):
        return None
    up, down = bool(_UP.search(between)), bool(_DOWN.search(between))
    if up == down or old.value == new.value or (new.value > old.value) == up:
        return None
    if new.value_hi is not None or old.value_hi is not None:
        return None
    return Problem(
        code="value_against_verb",
        severity="error",
        message=(
            f"第{new.source.line}行：写的是{'提高' if up else '降低'}，但新的{say(new)}"
            f"{'低于' if up else '高于'}原来的{say(old)}。请核对两个数是不是写反或写错。"
        ),
        sources=(new.source, old.source),
        project=project.number,
        expected=f"{'高于' if up else '低于'}{say(old)}",
        found=say(new),
    )
