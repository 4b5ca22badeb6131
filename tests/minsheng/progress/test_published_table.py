"""Tables that follow from their parts have no difference, whatever the figures; an altered total always has one."""

from dataclasses import replace
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from hypothesis import given
from hypothesis import strategies as st

from minsheng.kernel.source import Source
from minsheng.progress.published_differences import differences
from minsheng.progress.published_table import Printed, PublishedFigure, column_sum

D = Decimal
PAIRS = st.lists(st.tuples(st.integers(1, 10**6), st.integers(0, 10**6)), min_size=1, max_size=12)


def printed(value, decimals=0):
    return Printed(D(value), decimals, Source(1))


def figure(region, target, done, decimals, way):
    percent = (D(done) * 100 / D(target)).quantize(D(1).scaleb(-decimals), way)
    whole = region == "全市"
    return PublishedFigure(
        0, region, whole, "培训", "人", "count", printed(target), printed(done), printed(percent, decimals)
    )


def table(pairs, decimals, way):
    whole = (sum(target for target, _ in pairs), sum(done for _, done in pairs))
    rows = [("全市", whole), *((f"县{at}", pair) for at, pair in enumerate(pairs))]
    return [figure(region, target, done, decimals, way) for region, (target, done) in rows]


@given(PAIRS, st.integers(0, 2), st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN]))
def test_a_true_table_has_no_difference(pairs, decimals, way):
    assert differences(table(pairs, decimals, way)) == ()


@given(PAIRS, st.integers(0, 2), st.integers(1, 1000), st.sampled_from(["target", "done"]))
def test_an_altered_whole_is_always_told(pairs, decimals, more, what):
    figures = table(pairs, decimals, ROUND_HALF_UP)
    altered = replace(figures[0], **{what: printed(figures[0].printed(what).value + more)})
    told = [found for found in differences([altered, *figures[1:]]) if found.code == "sum_differs"]
    assert [(found.what, found.given - found.recomputed) for found in told] == [(what, more)]


def test_rounded_parts_may_miss_their_whole_by_their_rounding():
    def tens_of_thousands(region, value):
        return PublishedFigure(
            0, region, region == "全市", "培训", "万人次", "count", printed(value, 2), None, None
        )

    parts = [tens_of_thousands(f"县{at}", value) for at, value in enumerate(["0.33", "0.33", "0.33"])]
    assert column_sum([tens_of_thousands("全市", "1.00"), *parts], "target").gap == 0
    assert column_sum([tens_of_thousands("全市", "1.05"), *parts], "target").gap == D("0.06")


def test_a_column_without_whole_or_parts_is_not_added_up():
    row = figure("县", 1, 1, 0, ROUND_HALF_UP)
    assert column_sum([row], "target") is None
    assert column_sum([replace(row, whole=True)], "target") is None
    assert column_sum([replace(row, whole=True, kind="at_least"), row], "target") is None
