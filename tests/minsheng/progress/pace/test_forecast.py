"""The year's end from the steps so far."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from minsheng.progress.pace.forecast import forecast, needed_from_now, rate
from minsheng.progress.pace.model import Forecast
from minsheng.progress.pace.presets import default_rules
from minsheng.progress.pace.sentences import outlook
from minsheng.progress.periods import Period

D = Decimal


def test_two_reports_say_nothing_three_do(fold, done, whole):
    stood = fold(default_rules(), whole, [done(50), done(150), done(180)])
    assert [one.forecast for one in stood[:2]] == [None, None]
    # Steps 50, 100, 30; nine months to go at 30, 60 or 100 a month.
    assert stood[2].forecast == Forecast(D(450), D(720), D(1080), 3)
    assert stood[2].needed == D("91.12")
    assert outlook(stood[2], whole, Period("month", 2026, 3)) == (
        "按已上报3次的进度推算，到期末累计450人至1,080人，居中720人；从现在起每月还需完成92人才能按时完成。"
    )


def test_a_step_over_missing_months_is_shared_among_them(fold, done, whole):
    stood = fold(default_rules(), whole, [None, None, done(90), None, done(150), done(190)])
    assert stood[5].memory["rates"] == [300000, 300000, 400000]
    assert stood[5].forecast == Forecast(D(370), D(390), D(430), 3)


def test_a_missing_month_keeps_the_last_forecast(fold, done, whole):
    stood = fold(default_rules(), whole, [done(50), done(150), done(180), None])
    assert stood[3].forecast == stood[2].forecast
    assert stood[3].needed == D("102.5")


@given(
    st.integers(0, 5000).map(D),
    st.lists(st.integers(-3000000, 9000000), min_size=3, max_size=12),
    st.integers(0, 11),
)
def test_never_below_what_is_done_and_in_order(figure, rates, left):
    found = forecast(figure, rates, left)
    assert figure <= found.low <= found.middle <= found.high
    assert found.reports == len(rates)
    assert forecast(figure, rates[::-1], left) == found
    if not left:
        assert found.low == found.high == figure


def test_rates_and_needs():
    assert rate(D(10), None, 3) == 33333
    assert rate(D(10), D(12), 1) == -20000
    assert [needed_from_now(D(100), D(done), left) for done, left in ((40, 3), (40, 7), (40, 0), (100, 3), (120, 0))] == [
        D(20), D("8.58"), D(60), D(0), D(0),
    ]  # fmt: skip
