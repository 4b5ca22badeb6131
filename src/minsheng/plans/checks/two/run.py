"""The checks of two plans, in the order their findings are shown."""

from collections.abc import Callable

from minsheng.kernel.problem import Problem
from minsheng.plans.checks.two import county_tasks_changed, county_tasks_missing, earlier_version
from minsheng.plans.checks.two.relation import ReadPlan, Related, relations

PairCheck = Callable[[Related], tuple[Problem, ...]]

PAIR_CHECKS: tuple[PairCheck, ...] = (
    county_tasks_missing.check,
    county_tasks_changed.check,
    earlier_version.check,
)


def check_plans(plans: tuple[ReadPlan, ...]) -> tuple[Problem, ...]:
    """Everything found between any two of the plans. Sources name the file they are in."""
    return tuple(
        problem for related in relations(plans) for check in PAIR_CHECKS for problem in check(related)
    )
