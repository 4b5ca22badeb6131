"""Numbers with a letter in them are reported where they stand, and not read."""

import pytest

from minsheng.notices.document import Document
from minsheng.plans.compile import compile_plan
from minsheng.plans.model import Plan


def plan_of(sentence: str) -> Plan:
    text = f"云岭市2024年民生实事\n1.{sentence}（牵头单位：市民政局）\n2.新增床位20张。（牵头单位：市民政局）"
    return compile_plan(Document("n.txt", "txt", "utf-8", tuple(text.split("\n"))))


@pytest.mark.parametrize(
    "sentence",
    [
        "新增泊位100个。", "配备AED设备40台。", "建设5G基站120个。", "推广O2O服务3项。", "PM2.5浓度达到35微克/立方米。",
        "治理Ⅲ类水体2条。", "建成P2实验室6个。", "新增LED灯300盏。", "打造“SOS”驿站5个。",
    ],
)  # fmt: skip
def test_letters_beside_numbers_are_no_damage(sentence: str) -> None:
    assert [p.code for p in plan_of(sentence).problems] == []


@pytest.mark.parametrize(
    ("sentence", "printed"),
    [
        ("新增泊位1O0个。", "1O0个"),
        ("服务l5户家庭。", "l5户"),
        ("租赁康复辅具IO(X)人。", "IO(X)人"),
        ("改造道路3O公里。", "3O公里"),
        ("覆盖率达到9S%以上。", "9S%"),
    ],
)
def test_a_damaged_number_is_told_with_its_text(sentence: str, printed: str) -> None:
    plan = plan_of(sentence)
    assert [(p.code, p.found, p.sources[0].line) for p in plan.problems] == [("doubtful_number", printed, 2)]
    assert [q.text for q in plan.projects[0].quantities if q.role == "target"] == []
