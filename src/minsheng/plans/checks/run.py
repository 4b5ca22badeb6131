"""The checks of one plan, in the order their findings are shown."""

from collections.abc import Callable

from minsheng.kernel.problem import Problem
from minsheng.plans.checks import (
    breakdown_regions,
    components,
    dates_outside_year,
    declared_counts,
    list_against_annex,
    list_against_table,
    missing_lead_unit,
    no_deadline,
    no_measurable_target,
    numbering,
    parts_units,
    products,
    raised_values,
    rates_over_whole,
    region_parts,
    share_sums,
    status_against_annex,
    table_totals,
    targets_already_met,
)
from minsheng.plans.model import Plan

Check = Callable[[Plan, tuple[str, ...]], tuple[Problem, ...]]

CHECKS: tuple[Check, ...] = (
    declared_counts.check,
    numbering.check,
    missing_lead_unit.check,
    no_measurable_target.check,
    no_deadline.check,
    region_parts.check,
    breakdown_regions.check,
    parts_units.check,
    components.check,
    products.check,
    share_sums.check,
    raised_values.check,
    rates_over_whole.check,
    dates_outside_year.check,
    targets_already_met.check,
    list_against_annex.check,
    status_against_annex.check,
    list_against_table.check,
    table_totals.check,
)


def check_plan(plan: Plan, lines: tuple[str, ...]) -> tuple[Problem, ...]:
    """Everything the checks find in a plan, given the lines of the document it was read from."""
    return tuple(problem for check in CHECKS for problem in check(plan, lines))
