"""Several plans in columns: rows, targets side by side, steps and rates."""

from dataclasses import replace
from decimal import Decimal

import pytest

from minsheng.kernel.source import Source
from minsheng.plans.alignment import Decided, align_plans, per_ten_thousand, step_between
from minsheng.plans.model import Head, Plan, Project, Quantity


def quantity(value, unit="个", subject="老年食堂", **more):
    return Quantity(Source(1, 0, 1), f"{value}{unit}", Decimal(value), unit, subject=subject, **more)


def plan(*projects):
    return Plan(
        Head(),
        projects=tuple(
            Project(number, None, Source(number), headline, headline, quantities=quantities)
            for number, headline, *quantities in projects
        ),
    )


CANTEEN, SCHOOL, ROAD, POOL = "新建社区老年食堂", "新增公办幼儿园学位", "改造农村公路", "开放公共游泳馆"
ONE = plan((1, CANTEEN, quantity(40)), (2, SCHOOL, quantity(9000, subject="学位")))
TWO = plan((5, SCHOOL, quantity(9500, subject="学位")), (6, ROAD, quantity(80, "公里", "农村公路")))
THREE = plan((1, ROAD, quantity(70, "公里", "农村公路")), (2, POOL), (3, CANTEEN, quantity(40)))


def numbers(rows):
    return [tuple(one.number if one else None for one in row.projects) for row in rows]


def test_two_plans_stand_in_two_columns():
    rows = align_plans((ONE, TWO))
    assert numbers(rows) == [(1, None), (2, 5), (None, 6)]
    assert [row.change for row in rows] == ["removed", "changed", "added"]
    assert rows[1].likeness[1] == 100.0


def test_what_the_first_lacks_is_still_joined_among_the_others():
    rows = align_plans((ONE, TWO, THREE))
    assert numbers(rows) == [(1, None, 3), (2, 5, None), (None, 6, 1), (None, None, 2)]
    assert [row.change for row in rows] == ["removed", "removed", "added", "added"]


def test_a_number_printed_twice_loses_no_project():
    twice = plan((1, CANTEEN, quantity(40)), (1, POOL), (2, SCHOOL))
    assert numbers(align_plans((ONE, twice))) == [(1, 1), (2, 2), (None, 1)]
    assert numbers(align_plans((twice, ONE))) == [(1, 1), (1, None), (2, 2)]


def test_the_same_plan_is_the_same():
    rows = align_plans((ONE, ONE))
    assert {row.change for row in rows} == {"same"}
    assert {target.change for row in rows for target in row.targets} == {"same"}


@pytest.mark.parametrize(
    ("decided", "expected"),
    [
        (Decided({2: None}), [(1, None), (2, None), (None, 5), (None, 6)]),
        (Decided({1: 6}), [(1, 6), (2, 5)]),
        (Decided({1: 5}), [(1, 5), (2, None), (None, 6)]),
        (Decided(alone=frozenset({5})), [(1, None), (2, None), (None, 5), (None, 6)]),
        (Decided({1: 99}), [(1, None), (2, 5), (None, 6)]),
        (Decided({77: 5}), [(1, None), (2, 5), (None, 6)]),
    ],
)
def test_what_people_decided_comes_first(decided, expected):
    assert numbers(align_plans((ONE, TWO), {(0, 1): decided})) == expected


def test_a_decision_of_later_columns_holds_too():
    known = {(1, 2): Decided({6: 2})}
    assert numbers(align_plans((ONE, TWO, THREE), known)) == [
        (1, None, 3), (2, 5, None), (None, 6, 2), (None, None, 1),
    ]  # fmt: skip


def test_targets_side_by_side():
    a = plan((1, CANTEEN, quantity(40), quantity(90, "%", "覆盖率"), quantity(3, region="东原县")))
    b = plan(
        (1, CANTEEN, quantity(95, "%", "覆盖率"), quantity(40, comparator="ge"), quantity(12, "场", "活动"))
    )
    (row,) = align_plans((a, b))
    assert [(target.subject, target.change) for target in row.targets] == [
        ("老年食堂", "changed"),
        ("覆盖率", "changed"),
        ("老年食堂", "removed"),
        ("活动", "added"),
    ]
    (row,) = align_plans((a, b), parts=False)
    assert [target.subject for target in row.targets] == ["老年食堂", "覆盖率", "活动"]


def test_steps():
    one = quantity(40)
    assert step_between(one, quantity(50)).difference == 10
    assert step_between(one, quantity(50)).percent == Decimal("25.0")
    assert step_between(one, quantity(30, "家")).percent == Decimal("-25.0")  # 家 and 个 count alike
    assert step_between(quantity(90, "%"), quantity(95, "%")).percent is None
    assert step_between(quantity(0), quantity(5)).percent is None
    assert step_between(one, quantity(5, "公里")) is None
    assert step_between(one, replace(one, value_hi=Decimal(50))) is None
    assert step_between(None, one) is None


def test_per_ten_thousand():
    assert per_ten_thousand(quantity(40), 530_000) == Decimal("0.75")
    assert per_ten_thousand(quantity(40), None) is None
    assert per_ten_thousand(quantity(90, "%"), 530_000) is None
    assert per_ten_thousand(quantity(1500, "元/人", role="standard"), 530_000) is None
    assert per_ten_thousand(quantity(40, region="东原县"), 530_000) is None
    assert per_ten_thousand(quantity(40, role="fact"), 530_000) is None
