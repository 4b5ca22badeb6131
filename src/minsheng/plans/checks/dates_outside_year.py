"""A deadline whose printed year is not the plan's (2025年末 in the plan of 2023).

Contract: ``role`` deadline. A later year is worth a look, for its promise is not due in this plan; an earlier one has
passed before the plan began. Deadlines without a year are the plan year's.
"""

import re

from minsheng.kernel.problem import Problem
from minsheng.plans.model import Plan, Project, Quantity

CODES = ("deadline_outside_year",)

_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年")


def check(plan: Plan, _lines: tuple[str, ...]) -> tuple[Problem, ...]:
    """A problem for each deadline in another year; none where the plan names no year."""
    if plan.head.year is None:
        return ()
    found = []
    for project in plan.projects:
        if project.status in ("upper_level", "no_task"):
            continue
        for quantity in project.quantities:
            year = _year_of(quantity)
            if year is not None and year != plan.head.year:
                found.append(_outside(project, quantity, year, plan.head.year))
    return tuple(found)


def _year_of(quantity: Quantity) -> int | None:
    match = _YEAR.search(quantity.text) if quantity.role == "deadline" else None
    return int(match.group(1)) if match else None


def _outside(project: Project, quantity: Quantity, year: int, planned: int) -> Problem:
    later = year > planned
    advice = "请写明本年度要完成到哪一步" if later else "请核对年份"
    return Problem(
        code="deadline_outside_year",
        severity="notice" if later else "warning",
        message=(
            f"第{quantity.source.line}行：时限“{quantity.text}”{'晚' if later else '早'}于方案年度{planned}年。{advice}。"
        ),
        sources=(quantity.source,),
        project=project.number,
        expected=f"{planned}年",
        found=f"{year}年",
    )
