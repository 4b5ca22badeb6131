"""Totals against what they are made of. Silence is the rule: a list of kinds is seldom known to be complete."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from marked_plan import plan_of
from minsheng.kernel.problem import Problem
from minsheng.plans.checks.components import check


def findings(text: str) -> tuple[Problem, ...]:
    return check(*plan_of(text))


SILENT = {
    "measures add up to the promise": "#6\n帮扶职工{不少于485人次}。\n1.提供生活救助{62人}、子女助学{275人}、医疗救助{148人}。",
    "measures of several lines": "#7\n为{559名}残疾人康复。\n1.为{120名}儿童训练。\n2.为{9名}儿童适配。\n3.为{430名}残疾人补助。",
    "regional parts are not counted again": (
        "#7\n为{100名}残疾人康复。\n1.为{60名}训练(其中谯城区{40名@谯城区}、涡阳县{20名@涡阳县})。\n2.为{40名}适配。"
    ),
    "kinds of kinds are not counted again": (
        "#10\n为{1820名}残疾人康复。\n1.为{1665名}训练。\n2.为{155名}适配，其中：为{83名}适配假肢，为{72名}适配辅具。"
    ),
    "measures that are no parts": "#6\n帮扶职工{不少于14人次}。\n1.提供生活救助{14人}、子女助学{8人}、医疗救助{1人}。",
    "far from a sum": "#6\n帮扶职工{500人次}。\n1.提供生活救助{62人}、子女助学{75人}。",
    "a measure repeats the promise": "#19\n学习的老年人{16万人}。\n1.学习的老年人达到{16万人}。\n2.招聘{60人}。\n3.培训{10人}。",
    "one measure only": "#1\n达标{70个}。\n1.创建{62个}社区。",
    "another unit": "#1\n新增托位{400个}。\n1.培训{300人}。\n2.招聘{101人}。",
    "of which": "#31\n新增泊位{17000个}，其中公共泊位{2550个}。",
    "of which, not all kinds": "#31\n新增泊位{17000个}，其中公共泊位{2550个}、立体泊位{300个}。",
    "of which, at least": "#31\n新增泊位{480个}，其中公共泊位{380个以上}。",
    "two sums per case": "#23\n每例{120元!standard}，其中甲项{50元!standard}、乙项{70元!standard}；外地{78元!standard}，其中甲项{48元!standard}，乙项{30元!standard}。",
    "a sum in a bracket": "#25\n按{78元!standard}的标准(初筛{20元!standard}、复筛{28元!standard}、听力{30元!standard})补助。",
    "a running total": "#46\n新建{45个以上}、提升{303个}，累计完成{348家以上}。",
    "a running total with a stock": "#20\n新增{5个}、改造{3个}，累计建成{240个}。",
    "a running total of more than this year": "#46\n新建{96个}、提升{103个}，累计建成{348家以上}。",
    "measures of another matter": "#31\n新增泊位{8000个}。\n1.安装摄像头{300个}、道闸{200个}。\n2.培训网格员{100个}。",
    "measures that only partly speak of it": "#31\n新增泊位{8000个}。\n1.学校旁增泊位{350个}。\n2.加强管理。\n3.夜间开放泊位{200个}。",
    "two promises, none met": "#18\n新增托位{4000个}、学位{1900个}。\n1.建托位示范点{2个}、{2个}。\n2.建学位示范校{16个}。",
    "kinds of at least a total": "#31\n新增泊位{480个以上}，其中公共泊位{400个}、立体泊位{250个}。",
    "in all": "#2\n新建{5个}、改造{3个}，共计{8个}。",
    "shares do not add": "#4\n覆盖率{50%}。\n1.甲{30%}。\n2.乙{21%}。",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_silent(text: str) -> None:
    assert findings(text) == ()


FIRING = {
    "one digit in a measure": (
        "#6\n帮扶职工{不少于485人次}。\n1.提供生活救助{62人}、子女助学{276人}、医疗救助{148人}。",
        ("component_sum_differs", "notice", "485人次", "486人次", [1, 2, 2, 2]),
    ),
    "one digit in the promise": (
        "#7\n为{659名}残疾人康复。\n1.为{120名}儿童训练。\n2.为{9名}儿童适配。\n3.为{430名}残疾人补助。",
        ("component_sum_differs", "notice", "659名", "559名", [1, 2, 3, 4]),
    ),
    "of which together far more than the whole": (
        "#25\n按{30元!standard}的标准(初筛{20元!standard}、复筛{28元!standard}、听力{30元!standard})补助。",
        ("component_sum_differs", "notice", "30元", "78元", [1, 1, 1, 1]),
    ),
    "a running total below what it sums up": (
        "#46\n新建{96个}、提升{703个}，累计完成{348个}。",
        ("component_sum_differs", "notice", "348个", "799个", [1, 1, 1]),
    ),
    "of which more than the whole": (
        "#31\n新增泊位{480个}，其中公共泊位{580个以上}。",
        ("component_exceeds", "error", "不大于480个", "580个", [1, 1]),
    ),
    "sum per case": (
        "#23\n每例{120元!standard}，其中甲项{50元!standard}、乙项{60元!standard}。",
        ("component_sum_differs", "notice", "120元", "110元", [1, 1, 1]),
    ),
    "in all": (
        "#2\n新建{5个}、改造{30个}，共计{80个}。",
        ("component_sum_differs", "warning", "80个", "35个", [1, 1, 1]),
    ),
    "a running total, one digit": (
        "#46\n新建{45个以上}、提升{303个}，累计完成{358家以上}。",
        ("component_sum_differs", "notice", "358家", "348家", [1, 1, 1]),
    ),
    "a list of kinds, far from its sum": (
        "#6\n帮扶困难职工{不少于485人次}。\n1.为困难职工提供生活救助{62人}、子女助学{867人}、医疗救助{148人}。",
        ("component_sum_differs", "notice", "485人次", "1077人次", [1, 2, 2, 2]),
    ),
    "one measure after another, far from their sum": (
        "#7\n为{559名}残疾人康复。\n1.为{787名}残疾儿童训练。\n2.为{9名}残疾儿童适配。\n3.为{430名}残疾人补助。",
        ("component_sum_differs", "notice", "559名", "1226名", [1, 2, 3, 4]),
    ),
    "sums per case, far apart": (
        "#23\n每例{6373元/例!standard}，其中甲项{50元/例!standard}、乙项{70元/例!standard}。",
        ("component_sum_differs", "notice", "6373元/例", "120元/例", [1, 1, 1]),
    ),
    "two promises, one of them met": (
        "#26\n提供宫颈癌{8.2万人次}、乳腺癌{2.75万人次}筛查。\n1.中央承担宫颈癌{4.6万人次}、乳腺癌{2.75万人次}，市级承担宫颈癌{1.1万人次}。",
        ("component_sum_differs", "notice", "82000人次", "57000人次", [1, 2, 2]),
    ),
    "all that is done in the year": (
        "#46\n新建{96个}、提升{703个}，累计完成{348家以上}。",
        ("component_sum_differs", "notice", "348家", "799家", [1, 1, 1]),
    ),
    "two promises divided together": (
        "#26\n提供宫颈癌{8.2万人次}、乳腺癌{2.75万人次}筛查。\n1.中央承担{4.6万人次}、{2.75万人次}，市级承担{3.7万人次}。",
        ("component_sum_differs", "notice", "109500人次", "110500人次", [1, 1, 2, 2, 2]),
    ),
}


@pytest.mark.parametrize(("text", "expected"), FIRING.values(), ids=FIRING.keys())
def test_firing(text: str, expected: tuple[str, str, str, str, list[int]]) -> None:
    (problem,) = findings(text)
    lines = [source.line for source in problem.sources]
    assert (problem.code, problem.severity, problem.expected, problem.found, lines) == expected


def test_the_message_shows_the_sum_and_stays_a_question() -> None:
    (problem,) = findings(
        "#6\n帮扶职工{不少于485人次}。\n1.提供生活救助{62人}、子女助学{276人}、医疗救助{148人}。"
    )
    assert problem.message == (
        "第1行的“不少于485人次”与分项之和不符：62＋276＋148＝486人次，多1人次。"
        "如这几项正是它的分项，则有一处数字可能写错；请核对各数。"
    )


PARTS = st.lists(st.integers(10, 9999), min_size=2, max_size=5)


def divided(total: int, parts: list[int]) -> str:
    return f"#1\n帮扶{{{total}人次}}。\n1." + "、".join(f"提供{{{part}人}}" for part in parts) + "。"


@given(PARTS)
def test_consistent_measures_are_never_reported(parts: list[int]) -> None:
    assert findings(divided(sum(parts), parts)) == ()


@given(PARTS, st.data())
def test_one_changed_digit_in_any_part_is_found(parts: list[int], data: st.DataObject) -> None:
    which = data.draw(st.integers(0, len(parts) - 1))
    place = data.draw(st.integers(0, len(str(parts[which])) - 1))
    digit = data.draw(st.sampled_from("123456789"))
    printed = str(parts[which])
    changed = int(printed[:place] + digit + printed[place + 1 :])
    assume(changed != parts[which] and changed != sum(parts))
    (problem,) = findings(divided(sum(parts), [*parts[:which], changed, *parts[which + 1 :]]))
    assert problem.code == "component_sum_differs"
