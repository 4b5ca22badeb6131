"""Regions of a breakdown: unknown, twice, or the only one left out."""

import pytest

from marked_plan import plan_of
from minsheng.plans.checks.breakdown_regions import check

FOUR = "涡阳县{30个@涡阳县}，蒙城县{30个@蒙城县}，利辛县{20个@利辛县}，谯城区{20个@谯城区}"
SILENT = {
    "all four counties": f"#1\n新增{{100个}}(其中：{FOUR})。",
    "a zone of the city": f"#1\n新增{{110个}}(其中：{FOUR}，亳州高新区{{10个@亳州高新区}})。",
    "the city itself": f"#1\n新增{{110个}}(其中：{FOUR}，市本级{{10个@市本级}})。",
    "a zone by its shape": f"#1\n新增{{110个}}(其中：{FOUR}，南部新区{{10个@南部新区}})。",
    "towns": "#1\n新增{30个}(其中：涡阳县{20个@涡阳县}，古井镇{10个@古井镇})。",
    "only towns": "#1\n新增{30个}(其中：十河镇{20个@十河镇}，古井镇{10个@古井镇})。",
    "one county left out, and the sum holds": (
        "#1\n新增{80个}(其中：涡阳县{30个@涡阳县}，蒙城县{30个@蒙城县}，利辛县{20个@利辛县})。"
    ),
    "two counties left out": "#1\n新增{80个}(其中：涡阳县{30个@涡阳县}，蒙城县{30个@蒙城县})。",
    "two columns": (
        "#1\n新开工{30套}、建成{70套}。其中，谯城区新开工{10套@谯城区}、建成{40套@谯城区}；"
        "涡阳县新开工{20套@涡阳县}、建成{30套@涡阳县}。"
    ),
    "one number said of two": "#1\n封闭{60户}(其中：涡阳县、蒙城县、利辛县{各20户@涡阳县,蒙城县,利辛县})。",
    "every county": "#1\n新增{100个}(每个县区{25个@each})。",
    "outside a breakdown": "#1\n与颍上县{3个@颍上县}卫生院结对。",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_silent(text: str) -> None:
    assert check(*plan_of(text)) == ()


def test_silent_where_the_place_is_unknown() -> None:
    assert (
        check(*plan_of("#1\n新增{60个}(其中：颍上县{30个@颍上县}，蒙城县{30个@蒙城县})。", region=None)) == ()
    )


FIRING = {
    "a county of another city": (
        "#1\n新增{60个}(其中：涡阳县{30个@涡阳县}，颍上县{30个@颍上县})。",
        ("region_unknown", "warning", "本地的县区", "颍上县"),
    ),
    "no county at all": (
        "#1\n新增{60个}(其中：涡阳县{30个@涡阳县}，蒙成县{30个@蒙成县})。",
        ("region_unknown", "warning", "本地的县区", "蒙成县"),
    ),
    "a county twice": (
        "#1\n新增{100个}(其中：涡阳县{30个@涡阳县}，蒙城县{30个@蒙城县}，利辛县{20个@利辛县}，涡阳县{20个@涡阳县})。",
        ("region_repeated", "error", "涡阳县一次", "两次"),
    ),
    "the only county left out": (
        "#1\n新增{100个}(其中：涡阳县{30个@涡阳县}，蒙城县{30个@蒙城县}，利辛县{20个@利辛县})。",
        ("region_missing", "notice", "谯城区20个", "没有列出"),
    ),
}


@pytest.mark.parametrize(("text", "expected"), FIRING.values(), ids=FIRING.keys())
def test_firing(text: str, expected: tuple[str, str, str, str]) -> None:
    (problem,) = check(*plan_of(text))
    assert (problem.code, problem.severity, problem.expected, problem.found) == expected


def test_the_message_says_where_a_foreign_county_belongs() -> None:
    (problem,) = check(*plan_of(FIRING["a county of another city"][0]))
    assert problem.message == "第1行：分解里的颍上县不是本地的县区（它属于阜阳市）。请核对地名。"
