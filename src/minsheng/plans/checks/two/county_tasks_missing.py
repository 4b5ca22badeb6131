"""Tasks the plan above gives a county that the county's plan does not take up.

Contract: ``region`` of the upper plan's quantities. What holds for every county (每个县区) is looked up too but not
missed: notices use it for works of the city itself.
"""

from minsheng.kernel.problem import Problem
from minsheng.plans.checks.two.assigned_tasks import Task, is_declined, tasks
from minsheng.plans.checks.two.pair_problem import at, where
from minsheng.plans.checks.two.relation import ReadPlan, Related
from minsheng.plans.checks.units import say
from minsheng.plans.model import Project

CODES = ("county_task_missing", "county_task_declined")


def check(related: Related) -> tuple[Problem, ...]:
    """A problem for each task without an answer."""
    if related.kind != "above":
        return ()
    upper, lower = related.first, related.second
    problems = []
    for task in tasks(upper.plan, lower.plan):
        if task.answer is not None:
            continue
        declined = task.below if is_declined(task) else None
        problems.append(_declined(upper, lower, task, declined) if declined else _missing(upper, lower, task))
    return tuple(problems)


def _missing(upper: ReadPlan, lower: ReadPlan, task: Task) -> Problem:
    return Problem(
        code="county_task_missing",
        severity="warning",
        message=(
            f"{_about(upper, lower, task)}在{lower.plan.head.region}的方案里没有找到。"
            "请核对是否漏列，或写明由谁承担。"
        ),
        sources=(at(upper, task.given.source),),
        project=task.above.number,
        expected=say(task.given),
        found="没有",
    )


def _declined(upper: ReadPlan, lower: ReadPlan, task: Task, below: Project) -> Problem:
    return Problem(
        code="county_task_declined",
        severity="warning",
        message=(
            f"{_about(upper, lower, task)}，{lower.plan.head.region}的第{below.number}项却写明没有本级任务。"
            "请与上级核实。"
        ),
        sources=(at(upper, task.given.source), at(lower, below.source)),
        project=task.above.number,
        expected=say(task.given),
        found="没有本级任务",
    )


def _about(upper: ReadPlan, lower: ReadPlan, task: Task) -> str:
    given = task.given
    return f"{where(upper, given.source)}交给{lower.plan.head.region}的“{given.subject or ''}{given.text}”"
