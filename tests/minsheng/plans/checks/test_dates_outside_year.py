"""Deadlines in another year than the plan's."""

from dataclasses import replace

import pytest

from marked_plan import plan_of
from minsheng.kernel.problem import Problem
from minsheng.plans.checks.dates_outside_year import check


def findings(text: str, year: int | None = 2023) -> tuple[Problem, ...]:
    plan, lines = plan_of(text)
    return check(replace(plan, head=replace(plan.head, year=year)), lines)


SILENT = {
    "the plan's year": "#1\n{2023年10月底前!deadline}完成。",
    "no year": "#1\n{10月底前!deadline}完成。",
    "a year that is no deadline": "#1\n按{2025年3000元!standard}执行。",
    "another level's task": "#1 upper_level\n{2025年12月底前!deadline}完成。",
    "a span": "#1\n{30日内!deadline}办结。",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_silent(text: str) -> None:
    assert findings(text) == ()


def test_silent_where_the_plan_names_no_year() -> None:
    assert findings("#1\n{2025年12月底前!deadline}完成。", None) == ()


@pytest.mark.parametrize(
    ("text", "code", "severity", "found"),
    [
        ("#1\n到{2025年12月末!deadline}覆盖。", "deadline_outside_year", "notice", "2025年"),
        ("#1\n{2022年10月底前!deadline}完成。", "deadline_outside_year", "warning", "2022年"),
    ],
)
def test_firing(text: str, code: str, severity: str, found: str) -> None:
    (problem,) = findings(text)
    assert (problem.code, problem.severity, problem.expected, problem.found) == (
        code,
        severity,
        "2023年",
        found,
    )
