"""Projects that promise nothing that can be counted: no target, no standard, no sum of money.

Contract: ``role``. Progress of such a project can only be told in words; the office should know in time.
"""

from minsheng.kernel.problem import Problem
from minsheng.plans.model import Plan

CODES = ("no_measurable_target",)

_MEASURABLE = ("target", "standard", "budget")


def check(plan: Plan, _lines: tuple[str, ...]) -> tuple[Problem, ...]:
    """A notice for each project of this plan's own without a measurable quantity."""
    return tuple(
        Problem(
            code="no_measurable_target",
            severity="notice",
            message=(
                f"第{project.source.line}行：第{project.number}项“{project.headline}”没有可计量的目标或标准，"
                "进度无法按数字考核。请补充数量、比例，或写明以什么为完成标志。"
            ),
            sources=(project.source,),
            project=project.number,
            expected="至少一个可计量的目标",
            found="无",
        )
        for project in plan.projects
        if project.status in ("assigned", "local")
        and not any(quantity.role in _MEASURABLE for quantity in project.quantities)
    )
