"""The list against the annex that repeats it, and against rates its measures repeat."""

from dataclasses import replace

import pytest

from marked_plan import plan_of
from minsheng.kernel.problem import Problem
from minsheng.plans.checks.list_against_annex import check
from minsheng.plans.model import Plan


def two_places(first: str, second: str, measures: str = "") -> tuple[Plan, tuple[str, ...]]:
    """A plan of two projects whose second place comes after the other's first."""
    plan, lines = plan_of(f"#1\n{first}\n#2\n其他事项。\n{second}\n{measures}")
    one, two = plan.projects
    later = tuple(q for q in two.quantities)
    numbers = tuple(number for number in two.lines if number > 2)
    one = replace(one, quantities=one.quantities + later, lines=one.lines + numbers, measures=two.measures)
    two = replace(two, quantities=(), lines=(2,), measures=())
    return replace(plan, projects=(one, two)), lines


def findings(first: str, second: str, measures: str = "") -> tuple[Problem, ...]:
    return check(*two_places(first, second, measures))


SILENT = {
    "the same": ("实施改造行动，改造{5个}小区。", "实施改造行动，改造{5个}小区。", ""),
    "the same in another scale": ("实施改造行动，惠及{0.67万人}。", "实施改造行动，惠及{6700人}。", ""),
    "another order": ("实施改造行动，新增{5个}，培训{6人}。", "实施改造行动，培训{6人}，新增{5个}。", ""),
    "the annex does not repeat the promise": (
        "实施改造行动，改造{5个}小区。",
        "推进措施。",
        "1.召开{3个}会议。",
    ),
    "an amount in a measure may be a part": (
        "实施改造行动，改造{50个#城镇老旧小区}。",
        "实施改造行动，改造{50个#城镇老旧小区}。",
        "1.上半年改造{20个#城镇老旧小区}。",
    ),
    "another rate in a measure": (
        "实施筛查行动，{覆盖率30%#窝沟封闭覆盖率}。",
        "实施筛查行动，{覆盖率30%#窝沟封闭覆盖率}。",
        "1.{完好率86%#窝沟封闭完好率}。",
    ),
    "only a deadline differs": (
        "实施改造行动，{6月底前!deadline}完成{5个}。",
        "实施改造行动，{8月底前!deadline}完成{5个}。",
        "",
    ),
}


@pytest.mark.parametrize(("first", "second", "measures"), SILENT.values(), ids=SILENT.keys())
def test_silent(first: str, second: str, measures: str) -> None:
    assert findings(first, second, measures) == ()


def test_a_project_with_one_place_is_silent() -> None:
    assert check(*plan_of("#1\n改造{5个}。\n1.新增{6个}。\n#2\n改造{7个}。")) == ()


FIRING = {
    "another value": (
        ("实施改造行动，改造{5个}小区。", "实施改造行动，改造{6个}小区。", ""),
        [("annex_value_differs", "error", "5个", "6个")],
    ),
    "another comparator": (
        ("实施改造行动，推进{2个}公墓。", "实施改造行动，推进{不少于2个}公墓。", ""),
        [("annex_comparator_differs", "notice", "等于2个", "不少于2个")],
    ),
    "a headline that begins with the number": (
        ("新增{5个}城乡老年食堂点。", "新增{6个}城乡老年食堂点。", ""),
        [("annex_value_differs", "error", "5个", "6个")],
    ),
    "one of two values": (
        (
            "实施行动，托位{300个#新增托位}、学位{210个#公办学位}。",
            "实施行动，托位{300个#新增托位}、学位{220个#公办学位}。",
            "",
        ),
        [("annex_value_differs", "error", "210个", "220个")],
    ),
    "left out of the annex": (
        ("实施改造行动，新增{5个}，培训{6人}。", "实施改造行动，新增{5个}。", ""),
        [("annex_value_missing", "notice", "6人", "无")],
    ),
    "only in the annex": (
        ("实施改造行动，新增{5个}。", "实施改造行动，新增{5个}，培训{6人}。", ""),
        [("annex_value_missing", "notice", "6人", "无")],
    ),
    "a rate in a measure": (
        (
            "实施筛查行动，{86%#窝沟封闭完好率}。",
            "实施筛查行动，{86%#窝沟封闭完好率}。",
            "1.{96%#总体窝沟封闭完好率}。",
        ),
        [("annex_value_differs", "warning", "86%", "96%")],
    ),
    "a rate in a measure, said otherwise": (
        (
            "实施筛查行动，{86%#窝沟封闭完好率}。",
            "实施筛查行动，{86%#窝沟封闭完好率}。",
            "1.{86%以上#窝沟封闭完好率}。",
        ),
        [("annex_comparator_differs", "notice", "等于86%", "不少于86%")],
    ),
}


@pytest.mark.parametrize(("texts", "expected"), FIRING.values(), ids=FIRING.keys())
def test_firing(texts: tuple[str, str, str], expected: list[tuple[str, str, str, str]]) -> None:
    assert [(p.code, p.severity, p.expected, p.found) for p in findings(*texts)] == expected


def test_a_difference_names_both_lines() -> None:
    (problem,) = findings("实施改造行动，改造{5个}小区。", "实施改造行动，改造{6个}小区。")
    assert problem.message == (
        "第1项同一指标前后数字不同：第1行“5个”，第3行“6个”。请确认以哪一处为准，并改正另一处。"
    )
    assert [source.line for source in problem.sources] == [1, 3]
