"""A county's plan under its city's: tasks taken up, missed, declined, lowered, raised."""

from dataclasses import replace

import pytest

from marked_plan import plan_of
from minsheng.kernel.problem import Problem
from minsheng.plans.checks.two import county_tasks_changed, county_tasks_missing
from minsheng.plans.checks.two.relation import ReadPlan, Related

CITY = "#1\n新增城乡老年食堂{100个#城乡老年食堂}(其中：涡阳县{38个@涡阳县#城乡老年食堂}，蒙城县{62个@蒙城县#城乡老年食堂})。"


def findings(city: str, county: str, kind: str = "above") -> list[Problem]:
    upper, lower = (ReadPlan(name, _plan(text, region)) for name, text, region in (
        ("city", city, "亳州市"), ("county", county, "涡阳县"),
    ))  # fmt: skip
    related = Related(kind, upper, lower)
    return [*county_tasks_missing.check(related), *county_tasks_changed.check(related)]


def _plan(text: str, region: str):
    plan, _ = plan_of(text, region=region)
    return replace(plan, head=replace(plan.head, year=2023))


SILENT = {
    "taken up": (CITY, "#1\n新增城乡老年食堂{38个#城乡老年食堂}。"),
    "taken up in other words": (CITY, "#7\n新建老年食堂{38家#老年食堂}。"),
    "at least as much, as at least": (
        "#1\n城镇新增就业{3万人#城镇新增就业}(其中：涡阳县{8300人以上@涡阳县#城镇新增就业})。",
        "#1\n城镇新增就业{8300人以上#城镇新增就业}。",
    ),
    "another county's task": (
        "#1\n改造老旧小区{30个#老旧小区}(其中：蒙城县{30个@蒙城县#老旧小区})。",
        "#1\n新建公园{3个#公园}。",
    ),
    "the whole city's task": ("#1\n改造老旧小区{30个#老旧小区}。", "#1\n新建公园{3个#公园}。"),
    "what every county does need not be the county's": (
        "#1\n每个县区建公园{1个@each#口袋公园}。",
        "#1\n改造小区{3个#老旧小区}。",
    ),
    "about leaves a tenth": (
        "#1\n培训学员{1万人#老年学员}(其中：涡阳县{1000人左右@涡阳县#老年学员})。",
        "#1\n培训学员{1080人#老年学员}。",
    ),
    "a ceiling is kept by less": (
        "#1\n事故{100起#道路事故}(其中：涡阳县{20起以内@涡阳县#道路事故})。",
        "#1\n事故{15起以内#道路事故}。",
    ),
    "a range holds the answer": (
        "#1\n建中心{9个#服务中心}(其中：涡阳县{2-3个@涡阳县#服务中心})。",
        "#1\n建中心{3个#服务中心}。",
    ),
    "a criterion is no task": (
        "#1\n面向涡阳县{60岁@涡阳县!criterion#老人}老人体检。",
        "#1\n面向{65岁!criterion#老人}老人体检。",
    ),
    "list and annex say it twice": (
        CITY + "\n" + CITY.removeprefix("#1\n"),
        "#1\n新增城乡老年食堂{38个#城乡老年食堂}。",
    ),
}


@pytest.mark.parametrize(("city", "county"), SILENT.values(), ids=SILENT.keys())
def test_silent(city: str, county: str) -> None:
    assert findings(city, county) == []


def test_versions_are_no_city_and_county() -> None:
    assert findings(CITY, "#1\n新建公园{3个#公园}。", "earlier") == []


FIRING = {
    "missed": (CITY, "#1\n新建公园{3个#口袋公园}。", ("county_task_missing", "warning", "38个", "没有", 1)),
    "declined": (
        CITY,
        "#1\n新建公园{3个#口袋公园}。\n#2 no_task\n新增城乡老年食堂。",
        ("county_task_declined", "warning", "38个", "没有本级任务", 1),
    ),
    "lower": (
        CITY,
        "#4\n新增城乡老年食堂{30个#城乡老年食堂}。",
        ("county_task_lower", "error", "38个", "30个", 4),
    ),
    "above a ceiling": (
        "#1\n事故{100起#道路事故}(其中：涡阳县{20起以内@涡阳县#道路事故})。",
        "#1\n事故{25起以内#道路事故}。",
        ("county_task_lower", "error", "20起", "25起", 1),
    ),
    "raised a little": (
        CITY,
        "#4\n新增城乡老年食堂{40个#城乡老年食堂}。",
        ("county_task_inflated", "notice", "38个", "40个", 4),
    ),
    "raised much": (
        CITY,
        "#4\n新增城乡老年食堂{50个#城乡老年食堂}。",
        ("county_task_inflated", "warning", "38个", "50个", 4),
    ),
    "what every county does, lowered": (
        "#1\n每个县区建公园{7个@each#口袋公园}。",
        "#1\n建公园{5个#口袋公园}。",
        ("county_task_lower", "error", "7个", "5个", 1),
    ),
}


@pytest.mark.parametrize(("city", "county", "expected"), FIRING.values(), ids=FIRING.keys())
def test_firing(city: str, county: str, expected: tuple) -> None:
    (problem,) = findings(city, county)
    assert (problem.code, problem.severity, problem.expected, problem.found, problem.project) == expected


def test_the_message_says_by_how_much_and_where() -> None:
    (problem,) = findings(CITY, FIRING["raised much"][1])
    assert problem.message == (
        "涡阳县方案第1行的“50个”比上级下达的数高12个（31.6%）（亳州市方案第1行：城乡老年食堂38个）。"
        "请核对是否层层加码，或写明多出部分的来由。"
    )
    assert [(source.document, source.line) for source in problem.sources] == [("county", 1), ("city", 1)]
