"""Rates above the whole."""

import pytest

from marked_plan import plan_of
from minsheng.plans.checks.rates_over_whole import check

SILENT = {
    "all of it": "#1\n覆盖率达到{100%#覆盖率}。",
    "growth": "#1\n收入增长{120%#收入增长率}。",
    "gross enrolment": "#1\n毛入学率达到{105%#高中阶段毛入学率}。",
    "against a plan": "#1\n完成率达到{110%#任务完成率}。",
    "no rate": "#1\n补贴达到{150%#基本养老金}。",
    "a criterion": "#1\n面向收入{150%以下!criterion#低保标准比例}的家庭。",
    "another unit": "#1\n覆盖{300个#覆盖率}。",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_silent(text: str) -> None:
    assert check(*plan_of(text)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "#1\n覆盖率达到{105%#窝沟封闭覆盖率}。",
        "#1\n省级承担{120%!share#所需资金}。",
        "#1\n合格率由{130%!baseline#抽检合格率}提高。",
    ],
)
def test_firing(text: str) -> None:
    (problem,) = check(*plan_of(text))
    assert (problem.code, problem.severity, problem.expected) == ("rate_over_100", "error", "不超过100%")
