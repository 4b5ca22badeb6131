"""A whole and its parts in different units of one kind (不少于485人次 of which 62人).

Contract: ``unit``. Persons and visits are not the same count: whoever reports progress must know which is meant.
"""

from minsheng.kernel.problem import Problem
from minsheng.plans.checks.passages import breakdowns, passages
from minsheng.plans.checks.region_parts import sums
from minsheng.plans.model import Plan, Project, Quantity

CODES = ("parts_unit_differs",)


def check(plan: Plan, lines: tuple[str, ...]) -> tuple[Problem, ...]:
    """At most one notice a project: the first whole whose parts are all counted in another unit."""
    return tuple(found for project in plan.projects if (found := _first(project, lines)) is not None)


def _first(project: Project, lines: tuple[str, ...]) -> Problem | None:
    for passage in passages(project, lines):
        for breakdown in breakdowns(passage):
            for total, parts in sums(breakdown):
                units = {part.quantity.unit for part in parts}
                if len(units) == 1 and total.unit not in units:
                    return _differs(project, total.text, total.unit, units.pop(), (total, parts[0].quantity))
    return None


def _differs(project: Project, text: str, whole: str, part: str, pair: tuple[Quantity, Quantity]) -> Problem:
    return Problem(
        code="parts_unit_differs",
        severity="notice",
        message=(
            f"第{pair[0].source.line}行：总数“{text}”的单位是{whole}，各地分解的单位是{part}。"
            f"请统一单位，以免统计进度时把{whole}和{part}混在一起。"
        ),
        sources=tuple(dict.fromkeys(quantity.source for quantity in pair)),
        project=project.number,
        expected=whole,
        found=part,
    )
