"""A rate above 100% (覆盖率达到105%).

Contract: ``unit`` % and ``subject``. Growth has no upper end, nor has a gross rate (毛入学率) or one against a plan
(完成率); a share of a cost can never be more than all of it.
"""

import re

from minsheng.kernel.problem import Problem
from minsheng.plans.checks.units import say
from minsheng.plans.model import Plan, Quantity

CODES = ("rate_over_100",)

_RATE = re.compile(r"率$|率[^\u4e00-\u9fff]|覆盖|占比|比例|普及|达标|合格")
_OPEN = re.compile(
    r"毛入学|完成率|增长|增幅|增速|增加|同比|环比|提高|上升|利用率|负荷率|使用率|倍|偿付|拨备|产销率|替换率|周转"
)


def check(plan: Plan, _lines: tuple[str, ...]) -> tuple[Problem, ...]:
    """A problem for each rate or share that is more than the whole."""
    return tuple(
        Problem(
            code="rate_over_100",
            severity="error",
            message=(
                f"第{quantity.source.line}行：“{quantity.subject or ''}{quantity.text}”超过100%。"
                "比率最多100%，请核对数字；如指增长幅度，请写明比什么增长。"
            ),
            sources=(quantity.source,),
            project=project.number,
            expected="不超过100%",
            found=say(quantity),
        )
        for project in plan.projects
        for quantity in project.quantities
        if _is_over(quantity)
    )


def _is_over(quantity: Quantity) -> bool:
    if quantity.unit != "%" or max(quantity.value, quantity.value_hi or quantity.value) <= 100:
        return False
    subject = quantity.subject or ""
    if quantity.role == "share":
        return True
    return (
        quantity.role in ("target", "fact", "baseline")
        and bool(_RATE.search(subject))
        and not _OPEN.search(subject)
    )
