"""County numbers below what the plan above gives the county, or raised on the way down (层层加码).

Contract: ``value``, ``comparator``. 左右 leaves a tenth either way and ranges their whole width; for 以内 and 不超过 less
is more.
"""

from decimal import Decimal

from minsheng.kernel.problem import Problem
from minsheng.kernel.source import Source
from minsheng.plans.checks.sums import room
from minsheng.plans.checks.two.assigned_tasks import Task, tasks
from minsheng.plans.checks.two.pair_problem import at, where
from minsheng.plans.checks.two.relation import Related
from minsheng.plans.checks.units import plain, say
from minsheng.plans.model import Quantity

CODES = ("county_task_lower", "county_task_inflated")

_MUCH = Decimal("0.2")
"""Raised by a fifth or more is a warning."""


def check(related: Related) -> tuple[Problem, ...]:
    """A problem for each answer that is less or more than the task."""
    if related.kind != "above":
        return ()
    return tuple(
        problem
        for task in tasks(related.first.plan, related.second.plan)
        if task.answer is not None
        for problem in (_judge(related, task, task.answer),)
        if problem is not None
    )


def _judge(related: Related, task: Task, answer: Quantity) -> Problem | None:
    given = task.given
    if given.value == answer.value and given.value_hi == answer.value_hi:
        return None
    if given.comparator in ("le", "lt"):
        # A ceiling is kept by a lower one.
        return _lower(related, task, answer) if answer.value > given.value else None
    least, _ = room(given)
    promised, _ = room(answer)
    if answer.comparator in ("le", "lt"):
        return None
    if promised < least:
        return (
            None if answer.comparator == "about" and answer.value >= least else _lower(related, task, answer)
        )
    most = given.value_hi or given.value
    if given.comparator == "about":
        most *= Decimal("1.1")
    return _inflated(related, task, answer) if answer.value > most else None


def _lower(related: Related, task: Task, answer: Quantity) -> Problem:
    gap = plain(abs(answer.value - task.given.value)) + task.given.unit
    if task.given.comparator in ("le", "lt"):
        verdict, advice = f"高于上级的上限，多{gap}", f"请改为不超过{say(task.given)}"
    else:
        verdict, advice = f"低于上级下达的数，少{gap}", f"请改为不低于{say(task.given)}"
    return Problem(
        code="county_task_lower",
        severity="error",
        message=f"{_about(related, task, answer, verdict)}{advice}。",
        sources=_sources(related, task, answer),
        project=task.below.number if task.below else None,
        expected=say(task.given),
        found=say(answer),
    )


def _inflated(related: Related, task: Task, answer: Quantity) -> Problem:
    gap = answer.value - task.given.value
    share = gap / task.given.value if task.given.value else Decimal(0)
    by = f"比上级下达的数高{plain(gap)}{task.given.unit}（{plain((share * 100).quantize(Decimal('0.1')))}%）"
    return Problem(
        code="county_task_inflated",
        severity="warning" if share >= _MUCH else "notice",
        message=f"{_about(related, task, answer, by)}请核对是否层层加码，或写明多出部分的来由。",
        sources=_sources(related, task, answer),
        project=task.below.number if task.below else None,
        expected=say(task.given),
        found=say(answer),
    )


def _about(related: Related, task: Task, answer: Quantity, verdict: str) -> str:
    given = f"{where(related.first, task.given.source)}：{task.given.subject or ''}{task.given.text}"
    return f"{where(related.second, answer.source)}的“{answer.text}”{verdict}（{given}）。"


def _sources(related: Related, task: Task, answer: Quantity) -> tuple[Source, Source]:
    return at(related.second, answer.source), at(related.first, task.given.source)
