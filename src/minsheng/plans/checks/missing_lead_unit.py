"""Projects that name no lead unit (牵头单位), where the plan names units at all.

Contract: ``lead_units``. Projects that are another level's or nobody's task need none.
"""

from minsheng.kernel.problem import Problem
from minsheng.kernel.source import Source
from minsheng.plans.model import Plan

CODES = ("lead_unit_missing", "lead_units_missing")


def check(plan: Plan, _lines: tuple[str, ...]) -> tuple[Problem, ...]:
    """A problem for each project without a lead unit; a single one for a plan that names none."""
    owned = [project for project in plan.projects if project.status in ("assigned", "local")]
    without = [project for project in owned if not project.lead_units]
    if not without:
        return ()
    if len(without) == len(owned) and len(owned) > 1:
        return (_none_named(plan, len(owned)),)
    return tuple(
        Problem(
            code="lead_unit_missing",
            severity="warning",
            message=f"第{project.source.line}行：第{project.number}项没有写明牵头单位。请补上负责的单位。",
            sources=(project.source,),
            project=project.number,
            expected="牵头单位",
            found="无",
        )
        for project in without
    )


def _none_named(plan: Plan, count: int) -> Problem:
    return Problem(
        code="lead_units_missing",
        severity="notice",
        message=f"全文{count}个项目都没有写明牵头单位。发布前请逐项补上负责的单位，或附上责任分工。",
        sources=(Source(plan.head.title_line), plan.projects[0].source),
        expected="牵头单位",
        found="无",
    )
