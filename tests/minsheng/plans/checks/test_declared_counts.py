"""Declared counts: any way of counting that bears the title out keeps the check silent."""

from dataclasses import replace

import pytest

from marked_plan import plan_of
from minsheng.kernel.source import Source
from minsheng.plans.checks.declared_counts import check
from minsheng.plans.model import Head, Plan

FOUR = "%1 就业\n#1\n甲。\n#2\n乙。\n%2 教育\n#3 no_task\n丙。\n#4 local\n丁。"


@pytest.mark.parametrize(
    ("declared", "reason"),
    [
        (None, "the title counts nothing"),
        (4, "all that are listed"),
        (3, "all but the self-chosen one, or all but the one without a task"),
        (2, "the categories, or those that are assigned here"),
    ],
)
def test_a_total_that_something_bears_out_is_silent(declared: int | None, reason: str) -> None:
    assert check(*plan_of(FOUR, declared=declared)) == (), reason


def test_a_plan_without_projects_is_silent() -> None:
    assert check(Plan(Head(declared_total=50)), ("五十项",)) == ()


@pytest.mark.parametrize(
    "text", ["%1 就业 1\n#1\n甲。", "%1 就业\n#1\n甲。", "%1 就业 2\n#1\n甲。\n#2\n乙。\n%2 教育 0\n"]
)
def test_a_category_that_holds_what_it_says_is_silent(text: str) -> None:
    assert check(*plan_of(text)) == ()


@pytest.mark.parametrize(("declared", "word"), [(5, "少1项"), (1, "多3项")])
def test_a_total_that_nothing_bears_out(declared: int, word: str) -> None:
    (problem,) = check(*plan_of(FOUR, declared=declared))
    assert (problem.code, problem.severity) == ("declared_total_differs", "error")
    assert (problem.expected, problem.found) == (f"{declared}项", "4项")
    assert problem.message == (
        f"标题写{declared}项，正文列出4项（其中自定1项），{word}。请核对标题的项数，或补上、合并正文中的项目。"
    )
    assert problem.sources[0] == Source(1, 0, 5)


def test_a_category_that_holds_fewer() -> None:
    plan, lines = plan_of("%1 就业 3\n#1\n甲。\n#2\n乙。\n%2 教育 1\n#3\n丙。")
    plan = replace(plan, projects=plan.projects[:1] + plan.projects[2:])
    (problem,) = check(plan, lines)
    assert (problem.code, problem.expected, problem.found) == ("category_count_differs", "3项", "1项")
    assert problem.message == (
        "第1行：“就业”标明3项，其下列出1项（序号：1）。请核对标明的项数，或查看项目是否归错类别。"
    )
    assert [source.line for source in problem.sources] == [1, 2]
