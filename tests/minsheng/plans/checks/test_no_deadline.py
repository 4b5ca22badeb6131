"""Projects without a time: told once."""

from dataclasses import replace

import pytest

from marked_plan import plan_of
from minsheng.plans.checks.no_deadline import check

SILENT = {
    "every project has one": "#1\n{10月底前!deadline}建成{3个}。\n#2\n{12月底前!deadline}建成{3个}。",
    "one date for all, before the list": "各项任务年底前全部完成。\n#1\n建成{3个}。\n#2\n建成{5个}。",
    "one date for all, the other way round": "所列项目均须于11月底前完成，所有项目10月底以前验收。\n#1\n建成{3个}。",
    "another level's task": "#1 upper_level\n建成{3个}。\n#2 no_task\n建成{3个}。",
    "no projects": "各项任务。",
}


def test_the_year_of_a_plan_without_any_date_is_the_date() -> None:
    plan, lines = plan_of("#1\n建成{3个}。\n#2\n建成{3个}。")
    assert check(replace(plan, head=replace(plan.head, year=2023)), lines) == ()


def test_a_year_is_no_date_where_other_projects_name_theirs() -> None:
    plan, lines = plan_of("#1\n建成{3个}。\n#2\n{10月底前!deadline}建成{3个}。")
    (problem,) = check(replace(plan, head=replace(plan.head, year=2023)), lines)
    assert problem.found == "1个项目没有"


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_silent(text: str) -> None:
    assert check(*plan_of(text)) == ()


@pytest.mark.parametrize(
    ("text", "found", "lines"),
    [
        ("#1\n建成{3个}。\n#2\n{12月底前!deadline}建成{3个}。", "1个项目没有", [1]),
        ("#1\n建成{3个}。\n#2\n建成{3个}。\n#3 pending\n建成。", "2个项目没有", [1, 2]),
        ("#1\n年底前全部完成{3个}。\n#2\n建成{3个}。", "2个项目没有", [1, 2]),
    ],
)
def test_firing(text: str, found: str, lines: list[int]) -> None:
    (problem,) = check(*plan_of(text))
    assert (problem.code, problem.severity, problem.project, problem.found) == (
        "no_deadline",
        "notice",
        None,
        found,
    )
    assert [source.line for source in problem.sources] == lines
