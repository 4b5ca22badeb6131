"""Projects that promise nothing countable."""

import pytest

from marked_plan import plan_of
from minsheng.plans.checks.no_measurable_target import check


@pytest.mark.parametrize(
    "text",
    [
        "#1\n新增{100个}。",
        "#1\n补助{1500元/人!standard}。",
        "#1\n投资{3.5亿元!budget}。",
        "#1\n建立制度。\n1.培训{60人}。",
        "#1 upper_level\n属上级。",
        "#1 no_task\n无任务。",
        "#1 pending\n待认定。",
    ],
)
def test_silent(text: str) -> None:
    assert check(*plan_of(text)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "#3\n完善制度，健全体系。",
        "#3 local\n完善制度，健全体系。",
        "#3\n完善制度，{10月底前!deadline}。",
        "#3\n完善制度，面向{60周岁以上!criterion}老人。",
        "#3\n完善制度，目前已有{30个!fact}。",
    ],
)
def test_firing(text: str) -> None:
    (problem,) = check(*plan_of(text))
    assert (problem.code, problem.severity, problem.project) == ("no_measurable_target", "notice", 3)
    assert problem.message == (
        "第1行：第3项“完善制度”没有可计量的目标或标准，进度无法按数字考核。"
        "请补充数量、比例，或写明以什么为完成标志。"
    )
