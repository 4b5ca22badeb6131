"""Two plans side by side: paired projects, and what changed."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from minsheng.notices.document import Document
from minsheng.plans.compare import Difference, compare_plans, pair_projects
from minsheng.plans.compile import compile_plan
from minsheng.plans.model import Plan

OLD = """云岭市2023年3项民生实事实施方案
一、养老（2项）
（一）发展老年助餐，新增老年食堂40个（其中：河东县15个，河西县25个）。（牵头单位：市民政局）
（二）为1200户困难老年人家庭实施适老化改造，每户补助3000元。（牵头单位：市民政局）
二、出行（1项）
（三）推进四好农村路建设，改造农村公路120公里，新增停车泊位2000个。（牵头单位：市交通运输局）
"""
NEW = """云岭市2024年3项民生实事实施方案
一、养老（1项）
（一）发展老年助餐服务，新增老年食堂55个（其中：河东县30个，河西县25个）。（牵头单位：市民政局）
二、出行（1项）
（二）扎实推进“四好农村路”建设，改造农村公路不少于120公里。（牵头单位：市交通运输局）
三、就业（1项）
（三）支持青年就业，开发就业见习岗位600个。（牵头单位：市人社局）
"""


def plan_of(text: str) -> Plan:
    return compile_plan(Document("n.txt", "txt", "utf-8", tuple(text.split("\n"))))


def told(differences: tuple[Difference, ...]) -> list[str]:
    return [
        f"{d.project_a}-{d.project_b} {d.change} {d.subject}"
        f" {d.quantity_a.text if d.quantity_a else '/'} {d.quantity_b.text if d.quantity_b else '/'}"
        for d in differences
    ]


def test_a_plan_is_the_same_as_itself() -> None:
    plan = plan_of(OLD)
    assert {d.change for d in compare_plans(plan, plan)} == {"same"}
    assert [(d.project_a, d.project_b) for d in compare_plans(plan, plan)] == [(1, 1)] * 3 + [(2, 2)] * 2 + [
        (3, 3)
    ] * 2


def test_two_years_of_a_city() -> None:
    assert told(compare_plans(plan_of(OLD), plan_of(NEW))) == [
        "1-1 changed 新增老年食堂 40个 55个",
        "1-1 changed 新增老年食堂 15个 30个",
        "1-1 same 新增老年食堂 25个 25个",
        "2-None removed 困难老年人家庭实施适老化改造 1200户 /",
        "2-None removed 困难老年人家庭实施适老化改造 每户补助3000元 /",
        "3-2 changed 改造农村公路 120公里 不少于120公里",
        "3-2 removed 新增停车泊位 2000个 /",
        "None-3 added 开发就业见习岗位 / 600个",
    ]


def test_what_people_decided_comes_before_what_is_alike() -> None:
    old, new = plan_of(OLD), plan_of(NEW)
    pairs = pair_projects(old, new, {1: None, 2: 1})
    assert [(p.project_a and p.project_a.number, p.project_b and p.project_b.number) for p in pairs] == [
        (1, None), (2, 1), (3, 2), (None, 3),
    ]  # fmt: skip


def test_a_repetition_in_the_annex_is_no_second_promise() -> None:
    plan = plan_of(OLD)
    project = plan.projects[2]
    again = [replace(q, source=replace(q.source, line=q.source.line + 50)) for q in project.quantities]
    repeated = replace(
        plan, projects=(*plan.projects[:2], replace(project, quantities=(*project.quantities, *again)))
    )
    assert compare_plans(repeated, plan) == compare_plans(plan, plan)


def test_one_changed_number_is_the_only_difference() -> None:
    plan = plan_of(OLD)
    project = plan.projects[0]
    changed = replace(project.quantities[1], value=Decimal(16), text="16个")
    other = replace(
        plan,
        projects=(
            replace(project, quantities=(project.quantities[0], changed, project.quantities[2])),
            *plan.projects[1:],
        ),
    )
    assert [d for d in compare_plans(plan, other) if d.change != "same"] == [
        Difference(1, 1, "新增老年食堂", "changed", project.quantities[1], changed)
    ]


@pytest.mark.notices
def test_a_district_beside_its_province_neighbour(notices_folder: Path) -> None:
    """烈山 and 亳州 follow one provincial list: project numbers agree wherever the names do."""
    plans = [
        plan_of((notices_folder / f"{name}.txt").read_text(encoding="utf-8"))
        for name in ("lieshan-2023", "bozhou-2023")
    ]
    pairs = pair_projects(*plans, {})
    both = [(p.project_a.number, p.project_b.number) for p in pairs if p.project_a and p.project_b]
    assert [pair for pair in both if pair[0] != pair[1]] == []
    assert len(both) >= 45
