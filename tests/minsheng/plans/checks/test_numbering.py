"""Rows of printed numbers, of projects and of measures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marked_plan import plan_of
from minsheng.plans.checks.numbering import check


def row(numbers: list[int]) -> str:
    return "\n".join(f"#{number}\n第{number}项。" for number in numbers)


SILENT = {
    "in order": row([1, 2, 3]),
    "one": row([1]),
    "anew in every category": "%1 甲\n" + row([1, 2]) + "\n%2 乙\n" + row([1, 2, 3]),
    "on through the categories": "%1 甲\n" + row([1, 2]) + "\n%2 乙\n" + row([3]),
    "measures in order": "#1\n甲。\n1.一。\n2.二。\n#2\n乙。\n1.一。",
    "no measures": "#1\n甲。",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_silent(text: str) -> None:
    assert check(*plan_of(text)) == ()


@given(st.integers(0, 60))
def test_a_whole_row_is_silent(length: int) -> None:
    assert check(*plan_of(row(list(range(1, length + 1))) or "无")) == ()


FIRING = {
    "a gap": ([1, 2, 4], [("project_number_missing", 4, "3", "4")]),
    "a gap of three": ([1, 5], [("project_number_missing", 5, "2", "5")]),
    "does not begin with one": ([2, 3], [("project_number_missing", 2, "1", "2")]),
    "twice": ([1, 2, 2, 3], [("project_number_repeated", 2, "不重复", "2")]),
    "out of order": ([1, 3, 2, 4], [("project_number_disordered", 2, "4", "2")]),
    "begins again": (
        [1, 2, 1, 2],
        [("project_number_repeated", 1, "不重复", "1"), ("project_number_repeated", 2, "不重复", "2")],
    ),
}


@pytest.mark.parametrize(("numbers", "expected"), FIRING.values(), ids=FIRING.keys())
def test_firing(numbers: list[int], expected: list[tuple[str, int, str, str]]) -> None:
    problems = check(*plan_of(row(numbers)))
    assert [(p.code, p.project, p.expected, p.found) for p in problems] == expected


def test_a_gap_says_what_is_missing_and_where() -> None:
    (problem,) = check(*plan_of(row([1, 5])))
    assert problem.message == "第2行：序号直接到5，缺2、3、4。请查看是否漏项，或标题未能识别。"
    assert [source.line for source in problem.sources] == [2]


def test_a_repeated_number_names_both_lines() -> None:
    (problem,) = check(*plan_of(row([1, 2, 2])))
    assert problem.message == "第3行：序号2与第2行重复。请改正其中一处的序号。"
    assert [source.line for source in problem.sources] == [3, 2]


@pytest.mark.parametrize(
    ("measures", "expected", "found", "line"),
    [("1.一。\n3.三。", "2", "3", 3), ("2.二。", "1", "2", 2), ("1.一。\n1.再。", "2", "1", 3)],
)
def test_measures_out_of_order(measures: str, expected: str, found: str, line: int) -> None:
    (problem,) = check(*plan_of(f"#30\n甲。\n{measures}".replace("#30", "#1")))
    assert (problem.code, problem.severity) == ("measure_number_broken", "notice")
    assert (problem.expected, problem.found, problem.sources[0].line) == (expected, found, line)
