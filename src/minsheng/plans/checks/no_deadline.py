"""Projects of the plan's own that say nothing of when they are done: told once for the whole plan.

Contract: ``role`` deadline. Silent where some sentence outside the projects sets a date for all of them, and in a
plan of a year that names no date at all: there the year is the date.
"""

import re

from minsheng.kernel.problem import Problem
from minsheng.plans.model import Plan

CODES = ("no_deadline",)

_FOR_ALL = re.compile(
    r"(?:年底|年末|\d{1,2}月(?:底|末|份|\d{1,2}日)?)[^。；;]{0,6}前[^。；;]{0,20}(?:全部|全面|各项|均|所有|按期|如期)"
    r"|(?:全部|各项|所有)[^。；;]{0,30}(?:年底|年末|\d{1,2}月(?:底|末|份|\d{1,2}日)?)[^。；;]{0,6}前"
)
_NAMED = 8
"""So many projects are named by number; more are only counted."""


def check(plan: Plan, lines: tuple[str, ...]) -> tuple[Problem, ...]:
    """One notice for all projects without a deadline; none where all have one or one date holds for all."""
    owned = [project for project in plan.projects if project.status in ("assigned", "local")]
    without = [p for p in owned if not any(quantity.role == "deadline" for quantity in p.quantities)]
    taken = {line for project in plan.projects for line in project.lines}
    outside = [line for number, line in enumerate(lines, 1) if number not in taken]
    if plan.head.year is not None and len(without) == len(owned):
        return ()
    if not without or any(_FOR_ALL.search(line) for line in outside):
        return ()
    numbers = "、".join(str(project.number) for project in without[:_NAMED])
    more = "等" if len(without) > _NAMED else ""
    return (
        Problem(
            code="no_deadline",
            severity="notice",
            message=(
                f"{len(owned)}个项目中有{len(without)}个没有写明完成时限（第{numbers}项{more}）。"
                "如都以年底为限，请在通知正文里写一句总的时限。"
            ),
            sources=tuple(project.source for project in without),
            expected="完成时限",
            found=f"{len(without)}个项目没有",
        ),
    )
