"""Divisions: what must hold, what is told, what is only shown; what a later version changes."""

from decimal import Decimal

import pytest

from minsheng.progress.allocation import Division, Inflation, Part, inflated
from minsheng.progress.allocation_changes import Change, change_problems, changes
from minsheng.progress.allocation_rules import problems_of
from minsheng.progress.counting import counts_whole_things, step_for

D = Decimal


def division(*shares, whole="100", unit="人", kind="count", reserve="0"):
    parts = tuple(
        part if isinstance(part, Part) else Part(f"{name}县", D(part))
        for name, part in zip("甲乙丙丁", shares, strict=False)
    )
    return Division(None if whole is None else D(whole), unit, kind, parts, D(reserve))


def codes(value):
    return [(problem.code, problem.severity) for problem in problems_of(value)]


@pytest.mark.parametrize(
    "sound",
    [
        division("60", "40"),
        division("60", "30", reserve="10"),
        division("0", "100"),
        division("2.5", "1.5", whole="4", unit="公里"),
        division("1.7", "0.5", whole="2.2", unit="万人次"),
        division(),
        division("95", "96", whole="95", unit="%", kind="at_least"),
        division("4.3", "4", whole="4.3", unit="%", kind="at_most"),
        division("6", "8", whole="7", unit="%", kind="growth"),
        division("-1", "8", whole="7", unit="%", kind="growth"),
        division("1", "1", whole="1", unit="", kind="yes_no"),
        division("1", "3", whole=None, unit="%", kind="at_least"),
        division(Part("甲县", D(60), D(70)), "40"),
        division(Part("甲县", D("4.3"), D("4.0")), whole="4.3", unit="%", kind="at_most"),
    ],
)
def test_a_sound_division_has_no_problem(sound):
    assert problems_of(sound) == ()


def test_too_little_is_told_with_sum_difference_and_remedy():
    (problem,) = problems_of(division("60", "33", reserve="2"))
    assert (problem.code, problem.severity, problem.expected, problem.found) == (
        "parts_differ_from_whole",
        "error",
        "100",
        "95",
    )
    assert problem.message == (
        "各地分解数（93）加预留（2）合计 95人，本级目标 100人，少 5人。"
        "可以给有关地区再分 5人，或把预留改成 7人。"
    )


def test_too_much_is_taken_from_the_reserve_or_named_as_asked():
    (within,) = problems_of(division("60", "43", reserve="5"))
    assert within.message.endswith(
        "多 8人。请从有关地区减去 8人；要求某地多做的部分请填在“实际下达数”，不计入合计。"
    )
    (reserve,) = problems_of(division("60", "40", reserve="5"))
    assert reserve.message.endswith("多 5人。可以把预留改成 0人，或从有关地区减去 5人。")


@pytest.mark.parametrize(
    ("unsound", "expected"),
    [
        (division("110", "-10"), [("part_negative", "error")]),
        (division("110", reserve="-10"), [("part_negative", "error")]),
        (division("50.5", "49.5"), [("part_fractional", "error")] * 2),
        (division("50", "49.5", reserve="0.5"), [("part_fractional", "error")] * 2),
        (division(Part("甲县", D(60)), Part("甲县", D(40))), [("part_repeated", "error")]),
        (division(Part("甲县", D(100), D(90))), [("asked_below_share", "error")]),
        (division("1", whole=None), [("whole_unknown", "warning")]),
        (division("94", "96", whole="95", unit="%", kind="at_least"), [("level_too_weak", "warning")]),
        (division("4.5", "4", whole="4.3", unit="%", kind="at_most"), [("level_too_weak", "warning")]),
        (division("90", whole="95", unit="%", kind="standard"), [("level_too_weak", "warning")]),
        (division("6", "6.9", whole="7", unit="%", kind="growth"), [("level_too_weak", "error")]),
        (
            division("95", whole="95", unit="%", kind="at_least", reserve="1"),
            [("reserve_of_level", "error")],
        ),
    ],
)
def test_what_is_wrong_is_told(unsound, expected):
    assert codes(unsound) == expected


def test_a_region_asked_for_more_stands_for_the_level_it_is_asked_for():
    assert codes(division(Part("甲县", D(94), D(95)), whole="95", unit="%", kind="at_least")) == []


def test_the_place_of_a_part_is_its_row():
    (problem,) = problems_of(division("50", "50.5", "-0.5", unit="公里"))
    assert (problem.sources[0].line, problem.message) == (
        3,
        "丙县：分解数是负数（-0.5），应当是 0 或正数。",
    )


def test_inflation_is_shown_by_region_and_for_the_node():
    given = division(Part("甲县", D(60), D(66)), "40")
    assert problems_of(given) == ()
    assert inflated(given) == (
        Inflation("甲县", D(60), D(66), D(6), D("10.0")),
        Inflation(None, D(100), D(106), D(6), D("6.0")),
    )
    assert inflated(division("60", "40")) == ()
    assert inflated(division(Part("甲县", D(60), D(60)), "40")) == ()


def test_a_tighter_ceiling_is_inflation_a_wider_one_is_none():
    tight = Part("甲县", D("4.0"), D("3.8"))
    assert inflated(division(tight, whole="4.3", unit="%", kind="at_most")) == (
        Inflation("甲县", D("4.0"), D("3.8"), D("0.2"), D("5.0")),
    )
    assert inflated(division(Part("甲县", D(0), D(5)), "100"))[0].percent is None


@pytest.mark.parametrize(
    ("unit", "whole"),
    [("人", True), ("场", True), ("公里", False), ("万人次", False), ("%", False), ("", False)],
)
def test_units_that_count_whole_things(unit, whole):
    assert counts_whole_things(unit) is whole


def test_the_step_is_one_or_a_digit_finer_than_what_is_stated():
    assert step_for(D(100), "公里") == D(1)
    assert step_for(D("2.2"), "万人次") == D("0.01")
    assert step_for(D("2.20"), "万人次") == D("0.01")
    assert step_for(D("10.5"), "人") == D(1)


def test_changes_name_every_figure_once():
    old = division("60", Part("乙县", D(40), D(50)), reserve="0")
    new = division("55", Part("乙县", D(40)), "4", whole="100", reserve="1")
    assert changes(old, new) == (
        Change(None, "reserve", D(0), D(1)),
        Change("甲县", "share", D(60), D(55)),
        Change("乙县", "asked", D(50), D(40)),
        Change("丙县", "share", None, D(4)),
    )
    assert changes(old, old) == ()
    assert changes(new, old)[-1] == Change("丙县", "share", D(4), None)


def test_a_change_needs_a_reason_and_a_document():
    found = changes(division("60", "40"), division("50", "50"))
    assert change_problems(found, reason="省级计划调整", document_number="亳民生办〔2023〕12号") == ()
    lacking = change_problems((), reason=" ", document_number="")
    assert [problem.code for problem in lacking] == [
        "change_empty",
        "change_without_reason",
        "change_without_document",
    ]
    (odd,) = change_problems(found, reason="调整", document_number="会议口头")
    assert (odd.code, odd.severity) == ("change_without_document", "warning")
