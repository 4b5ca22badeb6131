"""Corrections: what people mended stays mended, also in a newer reading of the same text."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marked_plan import plan_of
from minsheng.kernel.source import Source
from minsheng.plans.corrections import Correction, anchor_source, apply_corrections
from minsheng.plans.model import Head, Plan, Project, Quantity
from minsheng.plans.plan_json import quantity_to_json

PLAN, LINES = plan_of(
    "#1 市民政局\n新增食堂{164个}，封闭{各0.9万人@涡阳县,蒙城县,利辛县}、{1.1万人@谯城区}。\n#2 市教育局\n培训{60人}，{80人}。"
)
FOOD, WUYANG, MENGCHENG, LIXIN, QIAOCHENG = PLAN.projects[0].quantities
SIXTY, EIGHTY = PLAN.projects[1].quantities


def shifted(plan: Plan, by: int) -> Plan:
    """The plan as a newer reading gives it: every quantity begins ``by`` characters later."""

    def moved(quantity: Quantity) -> Quantity:
        source = replace(quantity.source, start=quantity.source.start + by)
        return replace(quantity, source=source)

    projects = tuple(replace(p, quantities=tuple(moved(q) for q in p.quantities)) for p in plan.projects)
    return replace(plan, projects=projects)


def numbers(plan: Plan, number: int) -> list[tuple[str, str | None, Decimal]]:
    (project,) = (p for p in plan.projects if p.number == number)
    return [(q.text, q.region, q.value) for q in project.quantities]


def applied(plan: Plan, *corrections: Correction) -> Plan:
    mended, problems = apply_corrections(plan, corrections)
    assert problems == ()
    return mended


def test_no_correction_changes_nothing() -> None:
    assert apply_corrections(PLAN, ()) == (PLAN, ())


@pytest.mark.parametrize(
    ("field", "given", "kept"),
    [
        ("value", 165, Decimal(165)),
        ("value", "24.807", Decimal("24.807")),
        ("value_hi", 170, Decimal(170)),
        ("value_hi", None, None),
        ("unit", "家", "家"),
        ("comparator", "ge", "ge"),
        ("role", "budget", "budget"),
        ("aspiration", True, True),
        ("subject", "老年食堂", "老年食堂"),
        ("region", "涡阳县", "涡阳县"),
        ("region", None, None),
    ],
)
def test_one_field_is_set_and_nothing_else(field: str, given: Any, kept: Any) -> None:
    mended = applied(PLAN, Correction(FOOD.anchor, "set", field, given))
    expected = replace(FOOD, **{field: kept})
    assert mended.projects[0].quantities == (expected, WUYANG, MENGCHENG, LIXIN, QIAOCHENG)
    assert mended.projects[1] == PLAN.projects[1]
    assert mended.head == PLAN.head


def test_an_ordinal_tells_apart_what_shares_a_span() -> None:
    mended = applied(PLAN, Correction(MENGCHENG.anchor, "set", "value", 8000))
    assert numbers(mended, 1)[1:4] == [
        ("各0.9万人", "涡阳县", Decimal(9000)),
        ("各0.9万人", "蒙城县", Decimal(8000)),
        ("各0.9万人", "利辛县", Decimal(9000)),
    ]


def test_the_later_of_two_corrections_holds() -> None:
    twice = [Correction(FOOD.anchor, "set", "value", value) for value in (1, 2)]
    assert numbers(applied(PLAN, *twice), 1)[0] == ("164个", None, Decimal(2))


def test_a_removed_quantity_is_gone() -> None:
    assert numbers(applied(PLAN, Correction(SIXTY.anchor, "remove")), 2) == [("80人", None, Decimal(80))]


def test_a_quantity_moves_to_another_project() -> None:
    mended = applied(PLAN, Correction(SIXTY.anchor, "set", "project", 1))
    assert numbers(mended, 2) == [("80人", None, Decimal(80))]
    assert mended.projects[0].quantities == (*PLAN.projects[0].quantities, SIXTY)


MISSED = Quantity(Source(2, 0, 2), "培训", Decimal(7), "场", ordinal=0)


def add(quantity: Quantity, project: int) -> Correction:
    return Correction(quantity.anchor, "add", value=quantity_to_json(quantity) | {"project": project})


def test_an_added_quantity_stands_in_the_order_of_the_text() -> None:
    assert applied(PLAN, add(MISSED, 2)).projects[1].quantities == (MISSED, SIXTY, EIGHTY)


def test_an_added_quantity_can_be_set_and_removed_again() -> None:
    mended = applied(PLAN, add(MISSED, 2), Correction(MISSED.anchor, "set", "unit", "次"))
    assert mended.projects[1].quantities == (replace(MISSED, unit="次"), SIXTY, EIGHTY)
    assert applied(mended, Correction(MISSED.anchor, "remove")) == PLAN


@pytest.mark.parametrize(
    ("field", "given", "kept"),
    [
        ("status", "upper_level", "upper_level"),
        ("lead_units", ["市教育局", "市财政局"], ("市教育局", "市财政局")),
        ("cooperating_units", [], ()),
        ("headline", "新增老年食堂", "新增老年食堂"),
        ("category", 3, 3),
    ],
)
def test_a_field_of_a_project(field: str, given: Any, kept: Any) -> None:
    mended = applied(PLAN, Correction("p:1", "set", field, given))
    assert mended.projects == (replace(PLAN.projects[0], **{field: kept}), PLAN.projects[1])


def test_a_field_of_the_head() -> None:
    mended = applied(PLAN, Correction("head", "set", "year", 2023))
    assert mended == replace(PLAN, head=replace(PLAN.head, year=2023))


@pytest.mark.parametrize("by", [1, 2])
def test_corrections_follow_their_quantities_into_a_newer_reading(by: int) -> None:
    corrections = [
        Correction(FOOD.anchor, "set", "value", 165),
        Correction(LIXIN.anchor, "set", "region", "亳州高新区"),
        Correction(SIXTY.anchor, "remove"),
        add(MISSED, 2),
    ]
    mended = applied(shifted(PLAN, by), *corrections)
    assert numbers(mended, 1) == [
        ("164个", None, Decimal(165)),
        ("各0.9万人", "涡阳县", Decimal(9000)),
        ("各0.9万人", "蒙城县", Decimal(9000)),
        ("各0.9万人", "亳州高新区", Decimal(9000)),
        ("1.1万人", "谯城区", Decimal(11000)),
    ]
    assert numbers(mended, 2) == [("培训", None, Decimal(7)), ("80人", None, Decimal(80))]


def test_a_removed_quantity_that_is_no_longer_read_needs_nothing() -> None:
    without = replace(PLAN, projects=(PLAN.projects[0], replace(PLAN.projects[1], quantities=(EIGHTY,))))
    assert apply_corrections(without, [Correction(SIXTY.anchor, "remove")]) == (without, ())


def test_an_added_quantity_that_a_newer_reading_finds_stands_once_as_the_person_said() -> None:
    found = replace(MISSED, value=Decimal(70), unit="次")
    newer = replace(
        PLAN, projects=(PLAN.projects[0], replace(PLAN.projects[1], quantities=(found, SIXTY, EIGHTY)))
    )
    assert applied(newer, add(MISSED, 2)).projects[1].quantities == (MISSED, SIXTY, EIGHTY)


def test_another_county_is_never_mended_instead() -> None:
    """A newer reading gives one quantity where three counties shared the span: the third is lost, not moved."""
    newer = replace(PLAN, projects=(replace(PLAN.projects[0], quantities=(FOOD, WUYANG)), PLAN.projects[1]))
    mended, problems = apply_corrections(newer, [Correction(LIXIN.anchor, "set", "value", 1)])
    assert mended == newer
    assert [problem.code for problem in problems] == ["correction_lost"]


@pytest.mark.parametrize(
    "correction",
    [
        Correction("q:1:90:95:0", "set", "value", 1),
        Correction("q:9:0:5:0", "set", "value", 1),
        Correction(FOOD.anchor, "set", "project", 99),
        Correction("q:2:0:2:0", "add", value=quantity_to_json(MISSED) | {"project": 99}),
        Correction("p:99", "set", "status", "local"),
    ],
)
def test_a_correction_that_finds_nothing_changes_nothing_and_is_told(correction: Correction) -> None:
    mended, problems = apply_corrections(PLAN, [correction])
    assert mended == PLAN
    (problem,) = problems
    assert (problem.code, problem.severity, problem.expected) == (
        "correction_lost",
        "warning",
        correction.anchor,
    )


def test_a_lost_correction_names_its_line() -> None:
    _, (problem,) = apply_corrections(PLAN, [Correction("q:9:4:7:0", "set", "value", 1)])
    assert problem.sources == (Source(9, 4, 7),)
    assert problem.message == "第9行的一处更正在新的识读结果中找不到对应位置，请重新核对这一行。"


def test_the_others_are_applied_where_one_is_lost() -> None:
    lost = Correction("q:9:0:5:0", "set", "value", 1)
    mended, problems = apply_corrections(PLAN, [lost, Correction(EIGHTY.anchor, "set", "value", 81)])
    assert numbers(mended, 2)[1] == ("80人", None, Decimal(81))
    assert len(problems) == 1


def test_projects_of_one_number_do_not_take_each_others_quantities() -> None:
    """Plans that count anew in every category have several projects 1."""
    one = Project(1, 1, Source(1), "甲", "甲", quantities=(FOOD,))
    other = Project(1, 2, Source(2), "乙", "乙", quantities=(SIXTY, EIGHTY))
    plan = Plan(Head(), projects=(one, other))
    mended = applied(plan, Correction(EIGHTY.anchor, "set", "value", 81))
    assert mended.projects == (one, replace(other, quantities=(SIXTY, replace(EIGHTY, value=Decimal(81)))))


@pytest.mark.parametrize(
    "correction",
    [
        Correction(FOOD.anchor, "set", "text", "165个"),
        Correction(FOOD.anchor, "set", "", 1),
        Correction(FOOD.anchor, "set", "value", None),
        Correction(FOOD.anchor, "set", "value", "许多"),
        Correction(FOOD.anchor, "set", "value", "NaN"),
        Correction(FOOD.anchor, "set", "comparator", "more"),
        Correction(FOOD.anchor, "set", "role", "promise"),
        Correction("p:1", "set", "status", "done"),
        Correction("p:1", "set", "number", 2),
        Correction("p:1", "set", "lead_units", "市教育局"),
        Correction("p:1", "remove"),
        Correction("head", "set", "title_line", 2),
    ],
)
def test_what_no_reading_could_have_is_the_callers_mistake(correction: Correction) -> None:
    with pytest.raises(ValueError, match="not a"):
        apply_corrections(PLAN, [correction])


def test_anchor_source_reads_what_anchor_prints() -> None:
    assert anchor_source(LIXIN.anchor) == (LIXIN.source, 2)
    assert LIXIN.anchor == f"q:1:{LIXIN.source.start}:{LIXIN.source.end}:2"


@given(st.lists(st.tuples(st.sampled_from(range(5)), st.integers(0, 10**9)), max_size=6))
def test_applying_the_same_corrections_again_changes_nothing(changes: list[tuple[int, int]]) -> None:
    corrections = [
        Correction(PLAN.projects[0].quantities[which].anchor, "set", "value", value)
        for which, value in changes
    ]
    once, _ = apply_corrections(PLAN, corrections)
    assert apply_corrections(once, corrections) == (once, ())
