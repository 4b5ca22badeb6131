"""Lead units: asked for only where the project is this plan's own."""

import pytest

from marked_plan import plan_of
from minsheng.plans.checks.missing_lead_unit import check
from minsheng.plans.model import Head, Plan


@pytest.mark.parametrize(
    "text",
    [
        "#1 市民政局\n甲。",
        "#1 市民政局\n甲。\n#2 upper_level\n属上级。",
        "#1 市民政局\n甲。\n#2 no_task\n无任务。",
        "#1 市民政局\n甲。\n#2 pending\n待认定。",
        "#1 upper_level\n属上级。",
    ],
)
def test_silent(text: str) -> None:
    assert check(*plan_of(text)) == ()


def test_an_empty_plan_is_silent() -> None:
    assert check(Plan(Head()), ()) == ()


@pytest.mark.parametrize("status", ["assigned", "local"])
def test_one_project_without(status: str) -> None:
    (problem,) = check(*plan_of(f"#1 市民政局\n甲。\n#2 {status}\n乙。"))
    assert (problem.code, problem.severity, problem.project) == ("lead_unit_missing", "warning", 2)
    assert problem.message == "第2行：第2项没有写明牵头单位。请补上负责的单位。"
    assert problem.sources[0].line == 2


def test_a_plan_that_names_none_is_told_once() -> None:
    (problem,) = check(*plan_of("\n".join(f"#{number}\n第{number}项。" for number in range(1, 60))))
    assert (problem.code, problem.severity, problem.project) == ("lead_units_missing", "notice", None)
    assert problem.message == "全文59个项目都没有写明牵头单位。发布前请逐项补上负责的单位，或附上责任分工。"


def test_a_plan_of_one_project_is_told_of_that_project() -> None:
    (problem,) = check(*plan_of("#1\n甲。"))
    assert (problem.code, problem.project) == ("lead_unit_missing", 1)
