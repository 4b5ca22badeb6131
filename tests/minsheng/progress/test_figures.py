"""A new period's start, the pace needed, parts rolled up."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsheng.progress.figures import (
    RolledUp,
    carry_on,
    fill_cumulative,
    needed_pace,
    needed_per_period,
    roll_up,
)
from minsheng.progress.model import KINDS, MONEY_STAGES, STAGES, Figures, Owed
from minsheng.progress.periods import Period

MARCH = Period("month", 2026, 3)
D = Decimal


def owed(value="120", kind="count", due=None):
    return Owed(kind, "人", None if value is None else D(value), due)


def test_a_new_period_starts_with_the_last_levels():
    before = Figures(
        D(5), D(45), done=False, stages={"started": date(2026, 2, 1)}, money={"arrived": 100},
        difficulty="缺人", next_step="招人", correction="报错",
    )  # fmt: skip
    assert carry_on(before) == Figures(
        None, D(45), done=False, stages={"started": date(2026, 2, 1)}, money={"arrived": 100}
    )
    assert carry_on(before).money is not before.money
    assert carry_on(None) == Figures()


@pytest.mark.parametrize(
    ("before", "period", "first", "filled"),
    [
        (Figures(cumulative=D(40)), D(5), False, D(45)),
        (Figures(cumulative=D(40)), None, False, None),
        (Figures(), D(5), False, None),
        (None, D(5), False, None),
        (None, D(5), True, D(5)),
        (None, None, True, None),
    ],
)
def test_the_cumulative_is_filled_only_where_it_is_known(before, period, first, filled):
    assert fill_cumulative(before, period, first=first) == filled


@pytest.mark.parametrize(
    ("target", "period", "cadence", "needed"),
    [
        (owed(), MARCH, "month", "30.00"),
        (owed("100"), MARCH, "quarter", "25.00"),
        (owed("100"), MARCH, "month", "25.00"),
        (owed("100"), Period("month", 2026, 1), "month", "8.33"),
        (owed(due=date(2026, 6, 30)), MARCH, "month", "60.00"),
        (owed(due=date(2026, 2, 10)), MARCH, "month", "120.00"),
        (owed(due=date(2025, 12, 31)), MARCH, "month", "120.00"),
        (owed(due=date(2027, 6, 30)), MARCH, "month", "30.00"),
        (owed("53"), Period("week", 2026, 9), "week", "9.00"),
    ],
)
def test_the_pace_is_a_straight_line(target, period, cadence, needed):
    assert str(needed_pace(target, period, cadence)) == needed


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "count"])
def test_only_counts_have_a_pace(kind):
    assert needed_pace(owed(kind=kind), MARCH, "month") is None
    assert needed_per_period(owed(kind=kind), D(5), MARCH) is None


def test_without_a_number_there_is_no_pace():
    assert needed_pace(owed(None), MARCH, "month") is None
    assert needed_per_period(owed(None), D(5), MARCH) is None
    assert needed_per_period(owed(), None, MARCH) is None


@pytest.mark.parametrize(
    ("target", "cumulative", "needed"),
    [
        (owed(), "20", "10.00"),
        (owed(), "0", "12.00"),
        (owed(), "119.9", "0.01"),
        (owed(), "130", "0.00"),
        (owed(due=date(2026, 3, 31)), "20", "100.00"),
        (owed(due=date(2026, 1, 31)), "20", "100.00"),
    ],
)
def test_what_every_period_has_to_bring_from_here(target, cumulative, needed):
    assert str(needed_per_period(target, D(cumulative), MARCH)) == needed


def test_counts_add_up_and_what_is_missing_is_told():
    parts = [Figures(D(5), D(40), money={"spent": 100}), Figures(), Figures(D(1), D(2), money={"spent": 5})]
    assert roll_up("count", parts) == RolledUp(D(6), D(42), money={"spent": 105}, parts=3, missing=1)
    assert roll_up("count", [Figures(), Figures()]) == RolledUp(parts=2, missing=2)
    assert roll_up("count", []) == RolledUp()


@pytest.mark.parametrize("kind", ["at_least", "at_most", "growth", "standard"])
def test_levels_do_not_add_up(kind):
    rolled = roll_up(kind, [Figures(cumulative=D(95)), Figures(cumulative=D(90)), Figures()])
    assert (rolled.cumulative, rolled.period, rolled.parts, rolled.missing) == (None, None, 3, 1)


def test_works_stand_where_the_last_of_them_stands():
    first = Figures(stages={"started": date(2026, 2, 1), "completed": date(2026, 8, 1)})
    second = Figures(stages={"started": date(2026, 3, 1)})
    assert roll_up("stages", [first, second]).stages == {"started": date(2026, 3, 1)}
    assert roll_up("stages", [first, Figures()]) == RolledUp(parts=2, missing=1)


@pytest.mark.parametrize(
    ("done", "whole", "missing"),
    [([True, True], True, 0), ([True, None], None, 1), ([False, None], False, 1), ([True, False], False, 0)],
)
def test_a_deed_is_done_when_every_part_is(done, whole, missing):
    rolled = roll_up("yes_no", [Figures(done=each) for each in done])
    assert (rolled.done, rolled.missing) == (whole, missing)


def maybe(values):
    return st.one_of(st.none(), values)


FIGURES = st.builds(
    Figures,
    period=maybe(st.decimals(-100, 100, places=2)),
    cumulative=maybe(st.decimals(0, 100000, places=2)),
    done=maybe(st.booleans()),
    stages=st.dictionaries(st.sampled_from(STAGES), st.dates(date(2025, 1, 1), date(2026, 12, 31))),
    money=st.dictionaries(st.sampled_from(MONEY_STAGES), st.integers(0, 10**12)),
)
PARTS = st.lists(FIGURES, min_size=1, max_size=4)


@given(st.sampled_from(KINDS), PARTS, PARTS, PARTS)
def test_parts_may_be_rolled_up_in_any_grouping(kind, one, two, three):
    whole = roll_up(kind, [*one, *two, *three])
    assert roll_up(kind, [roll_up(kind, [*one, *two]), *three]) == whole
    assert roll_up(kind, [*one, roll_up(kind, [*two, *three])]) == whole
    assert roll_up(kind, [*three, *one, *two]) == whole
    assert whole.parts == len(one) + len(two) + len(three)


@given(st.sampled_from(KINDS), PARTS, st.integers(0, 3))
def test_empty_parts_change_no_count_but_that_of_the_missing(kind, parts, more):
    whole = roll_up("count", parts)
    longer = roll_up("count", [*parts, *[Figures()] * more])
    assert longer.cumulative == whole.cumulative
    assert longer.missing == whole.missing + more
