"""Periods: the year cut without gap or overlap, names, keys, and how one stands on a day."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsheng.progress.model import CADENCES
from minsheng.progress.periods import (
    PERIOD_STATE_WORDS,
    Period,
    current,
    due_on,
    period_of,
    periods_of,
    state_on,
)

YEARS = st.integers(2000, 2100)
CADENCE = st.sampled_from(CADENCES)


@pytest.mark.parametrize(
    ("period", "name", "key", "start", "end"),
    [
        (Period("month", 2026, 3), "2026年3月", "2026-M03", date(2026, 3, 1), date(2026, 3, 31)),
        (Period("month", 2024, 2), "2024年2月", "2024-M02", date(2024, 2, 1), date(2024, 2, 29)),
        (Period("quarter", 2026, 1), "2026年第1季度", "2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
        (Period("week", 2026, 9), "2026年第9周", "2026-W09", date(2026, 2, 23), date(2026, 3, 1)),
        # ISO week 1 of 2026 begins on 29 December 2025: cut at the new year.
        (Period("week", 2026, 1), "2026年第1周", "2026-W01", date(2026, 1, 1), date(2026, 1, 4)),
        (Period("week", 2026, 53), "2026年第53周", "2026-W53", date(2026, 12, 28), date(2026, 12, 31)),
        # 1 to 3 January 2027 are ISO week 53 of 2026: they join week 1.
        (Period("week", 2027, 1), "2027年第1周", "2027-W01", date(2027, 1, 1), date(2027, 1, 10)),
        # 29 to 31 December 2025 are ISO week 1 of 2026: they join week 52.
        (Period("week", 2025, 52), "2025年第52周", "2025-W52", date(2025, 12, 22), date(2025, 12, 31)),
    ],
)
def test_a_period_says_what_it_is(period, name, key, start, end):
    assert (period.name, period.key, period.start, period.end) == (name, key, start, end)
    assert Period.parse(key) == period


@given(YEARS, CADENCE)
def test_the_periods_of_a_year_are_its_days_once_each(year, cadence):
    periods = periods_of(year, cadence)
    assert periods[0].start == date(year, 1, 1)
    assert periods[-1].end == date(year, 12, 31)
    for one, other in pairwise(periods):
        assert one.end + timedelta(days=1) == other.start
        assert (other.previous(), one.next()) == (one, other)
    assert (periods[0].previous(), periods[-1].next()) == (None, None)
    assert sorted(period.key for period in periods) == [period.key for period in periods]


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)), CADENCE)
def test_a_day_lies_in_its_period(day, cadence):
    period = period_of(day, cadence)
    assert period.start <= day <= period.end
    assert period.year == day.year
    assert Period.parse(period.key) == period


@pytest.mark.parametrize(
    "key", ["", "2026", "2026-M13", "2026-M00", "2025-W53", "2026-Q5", "2026-m03", "2026-M3a", "M03-2026"]
)
def test_what_is_no_key_is_none(key):
    assert Period.parse(key) is None


def test_a_number_there_is_not_is_a_fault_of_the_caller():
    with pytest.raises(ValueError, match="2025 has no week 53"):
        Period("week", 2025, 53)


@pytest.mark.parametrize(
    ("year", "today", "key"),
    [
        (2026, date(2025, 12, 31), None),
        (2026, date(2026, 1, 1), "2026-M01"),
        (2026, date(2026, 3, 31), "2026-M03"),
        (2026, date(2027, 2, 1), "2026-M12"),
    ],
)
def test_the_current_period_of_a_year(year, today, key):
    period = current(year, "month", today)
    assert (period and period.key) == key


@pytest.mark.parametrize(
    ("days_after", "due"), [(5, date(2026, 4, 5)), (0, date(2026, 3, 31)), (-11, date(2026, 3, 20))]
)
def test_a_report_is_due_days_after_its_end(days_after, due):
    assert due_on(Period("month", 2026, 3), days_after) == due


@pytest.mark.parametrize(
    ("today", "closed", "state"),
    [
        (date(2026, 2, 28), False, "future"),
        (date(2026, 3, 1), False, "open"),
        (date(2026, 4, 5), False, "open"),
        (date(2026, 4, 6), False, "late"),
        (date(2026, 4, 6), True, "closed"),
        (date(2026, 3, 10), True, "closed"),
    ],
)
def test_how_a_period_stands_on_a_day(today, closed, state):
    assert state_on(Period("month", 2026, 3), today, date(2026, 4, 5), closed) == state
    assert state in PERIOD_STATE_WORDS
