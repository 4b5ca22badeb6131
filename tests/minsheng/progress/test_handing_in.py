"""What stops a line, and what "as last period" says."""

from datetime import date
from decimal import Decimal

import pytest

from minsheng.progress.entry_line import EntryProblem
from minsheng.progress.handing_in import as_before, stopping
from minsheng.progress.model import KINDS, Figures
from minsheng.progress.periods import Period

MARCH, JANUARY = Period("month", 2026, 3), Period("month", 2026, 1)


def problem(code: str, severity: str) -> EntryProblem:
    return EntryProblem(code, severity, "period", "请核对。")


@pytest.mark.parametrize("severity", ["warning", "notice"])
def test_a_warning_stops_nothing(severity):
    assert stopping([problem("beyond_whole", severity)], Figures()) == ()


def test_a_missing_figure_stops_unless_it_is_explained():
    missing, fell = problem("value_missing", "error"), problem("cumulative_fell", "error")
    assert stopping([missing, fell], Figures()) == (missing, fell)
    assert stopping([missing, fell], Figures(difficulty=" ")) == (missing, fell)
    assert stopping([missing, fell], Figures(difficulty="数据未出")) == (fell,)


def test_a_count_as_before_brought_nought():
    now = Figures(cumulative=Decimal(7), money={"spent": 5}, next_step="继续")
    said = as_before("count", now, Figures(period=Decimal(3), cumulative=Decimal(9)), MARCH)
    assert said == Figures(period=Decimal(0), cumulative=Decimal(9), money={"spent": 5}, next_step="继续")


def test_in_the_first_period_of_the_year_nothing_was_done_before():
    assert as_before("count", Figures(), None, JANUARY) == Figures(period=Decimal(0), cumulative=Decimal(0))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("before", [None, Figures()])
def test_there_is_no_same_as_nothing(kind, before):
    assert as_before(kind, Figures(), before, MARCH) is None


def test_levels_deeds_and_works_stand_where_they_stood():
    before = Figures(cumulative=Decimal(91), done=False, stages={"started": date(2026, 2, 3)})
    said = as_before("stages", Figures(difficulty="雨季"), before, MARCH)
    assert said == Figures(
        cumulative=Decimal(91), done=False, stages={"started": date(2026, 2, 3)}, difficulty="雨季"
    )
