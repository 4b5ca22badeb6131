"""Totals against their regional parts: when to be silent, when to speak, and how."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marked_plan import plan_of
from minsheng.kernel.problem import Problem
from minsheng.plans.checks.region_parts import check

FOUR = ("涡阳县", "蒙城县", "利辛县", "谯城区")


def findings(text: str, region: str | None = "亳州市") -> tuple[Problem, ...]:
    return check(*plan_of(text, region=region))


def codes(text: str, region: str | None = "亳州市") -> list[tuple[str, str]]:
    return [(problem.code, problem.severity) for problem in findings(text, region)]


SILENT = {
    "parts add up": "#1\n新增食堂{164个}(其中涡阳县{38个@涡阳县},蒙城县{40个@蒙城县},利辛县{41个@利辛县},谯城区{45个@谯城区})。",
    "units of one kind": "#1\n培训{100名}残疾人(其中：涡阳县{60人@涡阳县}，蒙城县{40人次@蒙城县})。",
    "万 and plain numbers": "#1\n培训{1.2万人次}(其中：涡阳县{5000人次@涡阳县}，蒙城县{7000人次@蒙城县})。",
    "one number said of three counties": "#1\n封闭{3.8万名}(其中：涡阳县、蒙城县、利辛县{各0.9万人@涡阳县,蒙城县,利辛县}，谯城区{1.1万人@谯城区})。",
    "a sentence instead of a bracket": "#1\n发展住房{887套(间)}。其中，亳州高新区{837套(间)@亳州高新区}、蒙城县{50套(间)@蒙城县}。",
    "several totals, several numbers a region": (
        "#1\n新开工{30套}、建成{70套}。其中，谯城区新开工{10套@谯城区}、建成{40套@谯城区}；涡阳县新开工{20套@涡阳县}、建成{30套@涡阳县}。"
    ),
    "every county the same": "#1\n开发岗位{不少于2200个}(每个县区{不少于550个@each})。",
    "every county and a named zone": "#1\n建立门店{12家}(其中：市本级建立{4家@市本级}，每个县区各{2家@each})。",
    "a standard between total and parts": (
        "#1\n为{500名}患者提供{每人每年1000元!standard}补助(其中:涡阳县{300名@涡阳县}、蒙城县{200名@蒙城县})。"
    ),
    "a share is no sum": "#1\n覆盖率{50%}(其中：涡阳县{40%@涡阳县}，蒙城县{70%@蒙城县})。",
    "sums per case are no sum": "#1\n补助{100元/人!standard}(其中：涡阳县{90元/人@涡阳县!standard}，蒙城县{80元/人@蒙城县!standard})。",
    "one part only": "#1\n新增泊位{17000个}，其中谯城区{2550个@谯城区}。",
    "a part without a region leaves it open": "#1\n新增{100个}(其中：涡阳县{30个@涡阳县}，市区{20个}，蒙城县{10个@蒙城县})。",
    "about leaves room": "#1\n新增学员{1万人左右}(其中：涡阳县{6000人@涡阳县}，蒙城县{4500人@蒙城县})。",
    "a range leaves room": "#1\n建成{2-3个}(其中：涡阳县{1个@涡阳县}，蒙城县{1-2个@蒙城县})。",
    "every village: how many is unknown": "#1\n演出{1200场}(每个行政村{1场@each})。",
    "every county of an unknown place": "#1\n开发岗位{2200个}(每个县区{500个@each})。",
    "no total before the parts": "#1\n涡阳县{38个@涡阳县},蒙城县{40个@蒙城县}。新增{100个}。",
    "the total of another sentence": "#1\n新增食堂{100个}。改造浴室(其中：涡阳县{30个@涡阳县}，蒙城县{10个@蒙城县})。",
    "another unit": "#1\n改造{100户}(其中：涡阳县{30公里@涡阳县}，蒙城县{10公里@蒙城县})。",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_silent(text: str) -> None:
    region = None if "未知" in text else "亳州市"
    if "500个@each" in text:
        region = "某地"
    assert findings(text, region) == ()


def test_a_sum_that_differs_is_told_with_its_arithmetic() -> None:
    text = "#5\n新增食堂{164个}(其中涡阳县{38个@涡阳县},蒙城县{40个@蒙城县},利辛县{41个@利辛县},谯城区{46个@谯城区})。"
    (problem,) = findings(text)
    assert (problem.code, problem.severity, problem.project) == ("region_sum_differs", "error", 5)
    assert (problem.expected, problem.found) == ("164个", "165个")
    assert problem.message == (
        "第1行：总数“164个”与各地合计不符，涡阳县38＋蒙城县40＋利辛县41＋谯城区46＝165个，比总数164个多1个。"
        "总数改为165个，或各地合计减少1个，即相符。"
    )
    assert [(source.line, source.start) for source in problem.sources] == [
        (1, 4),
        (1, 14),
        (1, 21),
        (1, 28),
        (1, 35),
    ]


FIRING = {
    "parts larger than the total": (
        "#1\n新增{100个}(其中：涡阳县{60个@涡阳县}，蒙城县{60个@蒙城县})。",
        [("region_sum_differs", "error")],
    ),
    "parts smaller, all counties named": (
        "#1\n新增{164个}(涡阳县{38个@涡阳县},蒙城县{40个@蒙城县},利辛县{41个@利辛县},谯城区{44个@谯城区})。",
        [("region_sum_differs", "error")],
    ),
    "parts smaller, other counties may hold the rest": (
        "#1\n新增{100个}。其中，涡阳县{30个@涡阳县}、蒙城县{60个@蒙城县}。",
        [("region_sum_differs", "notice")],
    ),
    "at least: the parts do not reach it": (
        "#1\n募集{不少于100个}(其中：涡阳县{不少于30个@涡阳县}，蒙城县{不少于60个@蒙城县})。",
        [("region_sum_differs", "warning")],
    ),
    "at least: the parts promise more": (
        "#1\n募集{不少于100个}(其中：涡阳县{不少于50个@涡阳县}，蒙城县{不少于60个@蒙城县})。",
        [("region_sum_differs", "notice")],
    ),
    "only rounded": (
        "#1\n培训{1.2万人次}(其中：涡阳县{5012人次@涡阳县}，蒙城县{7010人次@蒙城县})。",
        [("region_sum_differs", "notice")],
    ),
    "a single part larger than the total": (
        "#1\n新增泊位{2000个}，其中谯城区{2550个@谯城区}。",
        [("region_part_exceeds", "error")],
    ),
    "about, but far off": (
        "#1\n新增学员{1万人左右}(其中：涡阳县{6000人@涡阳县}，蒙城县{8000人@蒙城县})。",
        [("region_sum_differs", "error")],
    ),
    "every county": (
        "#1\n开发岗位{不少于2200个}(每个县区{不少于500个@each})。",
        [("region_sum_differs", "warning")],
    ),
    "every county and a named part": (
        "#1\n建立门店{12家}(其中：市本级{5家@市本级}，每个县区各{2家@each})。",
        [("region_sum_differs", "error")],
    ),
    "the second of two columns": (
        "#1\n新开工{30套}、建成{71套}。其中，谯城区新开工{10套@谯城区}、建成{40套@谯城区}；涡阳县新开工{20套@涡阳县}、建成{30套@涡阳县}。",
        [("region_sum_differs", "notice")],
    ),
    "a sentence over a line break": (
        "#1\n新增食堂{100个}(其中：涡阳县{30个@涡阳县}，\n\n蒙城县{80个@蒙城县})。",
        [("region_sum_differs", "error")],
    ),
}


@pytest.mark.parametrize(("text", "expected"), FIRING.values(), ids=FIRING.keys())
def test_firing(text: str, expected: list[tuple[str, str]]) -> None:
    assert codes(text) == expected


def test_a_difference_names_every_line_it_speaks_of() -> None:
    (problem,) = findings("#1\n新增食堂{100个}(其中：涡阳县{30个@涡阳县}，\n\n蒙城县{80个@蒙城县})。")
    assert [source.line for source in problem.sources] == [1, 1, 3]


@st.composite
def consistent(draw: st.DrawFn) -> tuple[list[int], str]:
    """Numbers of four counties and the text of a total that is their sum."""
    amounts = draw(st.lists(st.integers(1, 99_999), min_size=4, max_size=4))
    unit = draw(st.sampled_from(["个", "人", "户", "公里", "件"]))
    opening = draw(st.sampled_from(["(其中:", "（其中", "("]))
    closing = "）" if opening.startswith("（") else ")"
    total = f"{{{sum(amounts)}{unit}}}"
    parts = "、".join(f"{name}{{{amount}{unit}@{name}}}" for name, amount in zip(FOUR, amounts, strict=True))
    return amounts, f"#1\n新增{total}{opening}{parts}{closing}。"


@given(consistent())
def test_consistent_sums_are_never_reported(made: tuple[list[int], str]) -> None:
    assert findings(made[1]) == ()


@given(consistent(), st.integers(0, 4), st.integers(1, 999))
def test_any_one_changed_number_is_found(made: tuple[list[int], str], which: int, change: int) -> None:
    amounts, text = made
    numbers = [sum(amounts), *amounts]
    head, *rest = text.split("{")
    changed = numbers[which] + change
    rest[which] = rest[which].replace(str(numbers[which]), str(changed), 1)
    (problem,) = findings("{".join([head, *rest]))
    assert problem.sources[0].line == 1
    if problem.code == "region_sum_differs":
        stated, found = (
            Decimal(changed if which == 0 else sum(amounts)),
            sum(amounts) + (change if which else 0),
        )
        assert (problem.expected or "").startswith(str(stated))
        assert (problem.found or "").startswith(str(found))
    else:
        assert problem.code == "region_part_exceeds"
