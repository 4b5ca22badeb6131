"""What is asked for by a period's end, by kind and by curve."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsheng.progress.figures import needed_pace
from minsheng.progress.model import Owed
from minsheng.progress.pace.curves import (
    LINE,
    Curve,
    Milestone,
    asked_for,
    check_curve,
    periods_left,
    planned,
    stages_due,
)
from minsheng.progress.periods import Period, periods_in

D = Decimal
HUNDRED = Owed("count", "人", D(100), date(2026, 12, 31))


def shares(curve, owed=HUNDRED, cadence="month"):
    numbers = range(1, periods_in(2026, cadence) + 1)
    return [str(asked_for(owed, curve, Period(cadence, 2026, number))[1]) for number in numbers]


@given(
    st.decimals(min_value=0, max_value=10**6, places=2),
    st.one_of(st.none(), st.dates(date(2025, 1, 1), date(2027, 12, 31))),
    st.sampled_from(["week", "month", "quarter"]),
    st.data(),
)
def test_the_straight_line_is_that_of_the_grid(value, due, cadence, data):
    period = Period(cadence, 2026, data.draw(st.integers(1, periods_in(2026, cadence))))
    owed = Owed("count", "人", value, due)
    amount, percent = asked_for(owed, LINE, period)
    if not value:
        assert (amount, percent) == (None, None)
    else:
        assert amount == needed_pace(owed, period, cadence)
        assert D(0) < percent <= D(100)


def test_a_straight_line_by_months_and_quarters():
    assert shares(LINE)[:4] == ["8.33", "16.67", "25.00", "33.33"]
    assert shares(LINE, cadence="quarter") == ["25.00", "50.00", "75.00", "100"]
    june = Owed("count", "人", D(100), date(2026, 6, 15))
    assert shares(LINE, june)[4:8] == ["83.33", "100", "100", "100"]


def test_milestones_grow_by_equal_months_or_by_steps():
    stones = (Milestone(date(2026, 6, 30), D(60)), Milestone(date(2026, 9, 30), D(60) + 30))
    assert shares(Curve("milestones", stones)) == [
        "10.00", "20.00", "30.00", "40.00", "50.00", "60.00", "70.00", "80.00", "90.00", "93.33", "96.67", "100.00",
    ]  # fmt: skip
    assert shares(Curve("milestones", stones, between="step"))[4:11] == [
        "0.00", "60.00", "60.00", "60.00", "90.00", "90.00", "90.00",
    ]  # fmt: skip


def test_a_milestone_of_an_amount_is_a_share_of_what_the_node_owes():
    curve = Curve("milestones", (Milestone(date(2026, 6, 30), amount=D(80)),))
    assert asked_for(HUNDRED, curve, Period("month", 2026, 6)) == (D(80), D(80))
    twice = Owed("count", "人", D(200))
    assert asked_for(twice, curve, Period("month", 2026, 6)) == (D(80), D(40))


def test_an_own_curve():
    curve = Curve("own", shares=(D(5), D(30), D(80), D(100)))
    assert shares(curve, cadence="quarter") == ["5.00", "30.00", "80.00", "100.00"]


@pytest.mark.parametrize("kind", ["at_least", "at_most", "growth"])
def test_levels_are_asked_for_in_every_period(kind):
    assert asked_for(Owed(kind, "%", D(95)), LINE, Period("month", 2026, 1)) == (D(95), None)


@pytest.mark.parametrize("kind", ["standard", "yes_no", "full_coverage"])
def test_deeds_are_asked_for_from_their_day_on(kind):
    owed = Owed(kind, "人", D(7), date(2026, 9, 10))
    assert asked_for(owed, LINE, Period("month", 2026, 8)) == (None, None)
    assert asked_for(owed, LINE, Period("month", 2026, 9)) == (D(7), D(100))


def test_stages_are_due_by_their_planned_day():
    curve = planned({"completed": date(2026, 9, 1), "started": date(2025, 12, 20)})
    assert [one.stage for one in curve.milestones] == ["started", "completed"]
    due = [(one.stage, run) for one, run in stages_due(curve, Period("month", 2026, 2))]
    assert due == [("started", 3)]
    assert asked_for(Owed("stages", "所", D(1)), curve, Period("month", 2026, 12)) == (None, None)


def test_periods_left():
    assert periods_left(HUNDRED, Period("month", 2026, 5)) == 7
    assert periods_left(Owed("count", "人", D(1), date(2026, 3, 1)), Period("month", 2026, 5)) == 0


def test_a_curve_survives_storage():
    stones = (
        Milestone(date(2026, 6, 30), D("60.5"), text="6月底前完成60.5%"),
        Milestone(date(2026, 9, 30), amount=D(3), stage="started"),
    )
    for curve in (LINE, Curve("milestones", stones, between="step"), Curve("own", shares=(D(50), D(100)))):
        assert Curve.from_json(curve.to_json()) == curve
        assert check_curve(curve) == ()


def test_a_curve_that_cannot_be_used_says_why():
    assert check_curve(Curve("own")) == ("自定进度没有填写各期累计比例，请逐期填写。",)
    assert check_curve(Curve("own", shares=(D(50), D(40)))) == (
        "自定进度的累计比例不能比上一期小，请核对各期数字。",
        "自定进度最后一期应为100%，请补齐。",
    )
    assert check_curve(Curve("own", shares=(D(-1), D(100)))) == ("自定进度的累计比例不能是负数。",)
    assert check_curve(Curve("milestones")) == (
        "按方案节点推进，但没有写明到哪个月完成多少，请至少填写一个节点。",
    )
    assert check_curve(Curve("milestones", (Milestone(date(2026, 6, 30)),))) == (
        "2026年06月30日的完成节点没有写明比例或数量，请补上。",
    )
