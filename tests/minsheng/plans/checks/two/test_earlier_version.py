"""A notice against its own earlier version."""

import pytest

from marked_plan import plan_of
from minsheng.kernel.problem import Problem
from minsheng.plans.checks.two.earlier_version import check
from minsheng.plans.checks.two.relation import ReadPlan, Related

OLD = "#1 市民政局\n新增城乡老年食堂{164个#城乡老年食堂}。\n#2 市住建局\n改造老旧小区{30个以上#老旧小区}。"


def findings(old: str, new: str, kind: str = "earlier") -> tuple[Problem, ...]:
    return check(Related(kind, ReadPlan("old", plan_of(old)[0]), ReadPlan("new", plan_of(new)[0])))


SILENT = {
    "the same": OLD,
    "other order": "#1 市住建局\n改造老旧小区{30个以上#老旧小区}。\n#2 市民政局\n新增城乡老年食堂{164个#城乡老年食堂}。",
    "other words": OLD.replace("新增城乡老年食堂{", "今年新增城乡老年食堂{"),
    "no units named any more": OLD.replace(" 市民政局", "").replace(" 市住建局", ""),
    "units in another order": OLD.replace("市民政局", "市民政局"),
    "a criterion changed": OLD + "\n",
    "a criterion added": OLD.replace("。\n#2", "，面向{60岁!criterion#老人}老人。\n#2"),
}


@pytest.mark.parametrize("new", SILENT.values(), ids=SILENT.keys())
def test_silent(new: str) -> None:
    assert findings(OLD, new) == ()


def test_a_city_and_its_county_are_no_versions() -> None:
    assert findings(OLD, OLD.replace("164", "38"), "above") == ()


FIRING = {
    "lowered": (OLD.replace("164个", "160个"), ("version_value_lower", "warning", 1, "164个", "160个")),
    "raised": (OLD.replace("164个", "170个"), ("version_value_changed", "notice", 1, "164个", "170个")),
    "bounded otherwise": (
        OLD.replace("30个以上", "30个"),
        ("version_value_changed", "notice", 2, "30个", "30个"),
    ),
    "a number gone": (
        OLD.replace("{164个#城乡老年食堂}", ""),
        ("version_value_gone", "warning", 1, "164个", "没有"),
    ),
    "a number added": (
        OLD.replace("。\n#2", "，床位{20张#养老床位}。\n#2"),
        ("version_value_new", "notice", 1, None, "20张"),
    ),
    "a project gone": (
        OLD.split("\n#2", maxsplit=1)[0],
        ("version_project_gone", "warning", 2, "改造老旧小区30个以上", "没有"),
    ),
    "a project added": (
        OLD + "\n#3 市教育局\n招聘幼儿教师{500名#幼儿教师}。",
        ("version_project_new", "notice", 3, None, "招聘幼儿教师500名"),
    ),
    "another lead": (
        OLD.replace("市住建局", "市城管局"),
        ("version_lead_changed", "notice", 2, "市住建局", "市城管局"),
    ),
}


@pytest.mark.parametrize(("new", "expected"), FIRING.values(), ids=FIRING.keys())
def test_firing(new: str, expected: tuple) -> None:
    (problem,) = findings(OLD, new)
    assert (problem.code, problem.severity, problem.project, problem.expected, problem.found) == expected
    assert problem.sources[0].document in ("old", "new")
