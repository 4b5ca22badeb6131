"""Targets that a stated figure says are reached."""

import pytest

from marked_plan import plan_of
from minsheng.plans.checks.targets_already_met import check

SILENT = {
    "more than there is": "#1\n目前已有{100个!fact#社区食堂}社区食堂，达到{120个#社区食堂}。",
    "newly built": "#1\n目前已有{100个!fact#社区食堂}社区食堂，新增{20个#社区食堂}。",
    "newly built up to": "#1\n目前已有{100个!fact#社区食堂}社区食堂，新建达到{20个#社区食堂}。",
    "another thing": "#1\n目前已有{100个!fact#社区食堂}，达到{20个#口袋公园}。",
    "another unit": "#1\n目前已有{100张!fact#养老床位}，达到{20家#养老床位}。",
    "at most": "#1\n目前已有{100个!fact#危险路口}，降到{20个以内#危险路口}。",
    "a part": "#1\n目前已有{100个!fact#社区食堂}，其中涡阳县达到{20个@涡阳县#社区食堂}。",
    "no fact": "#1\n社区食堂达到{20个#社区食堂}。",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_silent(text: str) -> None:
    assert check(*plan_of(text)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "#1\n目前已有{120个!fact#社区食堂}。社区食堂总数达到{100个#社区食堂}。",
        "#1\n学习的老年人达到{1.19万人左右#老年人}。\n1.目前学习的老年人已达{1.19万人!fact#学习的老年人}。",
        "#1\n目前已有{120个!fact#社区食堂}。累计建成{100个#社区食堂}。\n1.累计建成{100个#社区食堂}。",
    ],
)
def test_firing(text: str) -> None:
    (problem,) = check(*plan_of(text))
    assert (problem.code, problem.severity, problem.project) == ("target_already_met", "warning", 1)
