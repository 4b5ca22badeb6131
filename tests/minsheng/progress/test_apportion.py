"""Ways of dividing: exact sums, fair within one step, the same whatever the order."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsheng.progress.allocation import Division, Part
from minsheng.progress.allocation_rules import problems_of
from minsheng.progress.apportion import by_last_year, by_weights, each, evenly

D = Decimal
STEPS = st.sampled_from([D(1), D("0.1"), D("0.01"), D(10), D("0.5")])
WEIGHTS = st.dictionaries(
    st.text("甲乙丙丁戊己庚辛", min_size=1, max_size=3),
    st.decimals(min_value=0, max_value=2_000_000, places=1),
    min_size=1,
    max_size=20,
).filter(lambda weights: any(weights.values()))


@given(WEIGHTS, STEPS, st.integers(0, 100_000), st.integers(0, 1000), st.randoms())
def test_by_weights_is_exact_fair_and_blind_to_order(weights, step, steps, kept, random):
    reserve = min(kept, steps) * step
    whole = steps * step
    shares = by_weights(whole, weights.items(), step, reserve)
    assert shares.problems == ()
    assert shares.total == whole - reserve
    assert problems_of(Division(whole, "公里", "count", shares.parts, reserve)) == ()
    total = sum(map(Fraction, weights.values()))
    for part in shares.parts:
        quota = Fraction(whole - reserve) * Fraction(weights[part.region]) / total
        assert part.share >= 0
        assert abs(Fraction(part.share) - quota) < Fraction(step)
        assert part.share % step == 0
    mixed = list(weights.items())
    random.shuffle(mixed)
    assert set(by_weights(whole, mixed, step, reserve).parts) == set(shares.parts)


@given(WEIGHTS, st.integers(0, 100_000))
def test_by_last_year_keeps_the_figure_it_went_by(weights, whole):
    shares = by_last_year(D(whole), weights.items(), D(1))
    assert shares.total == whole
    assert {part.region: part.last_year for part in shares.parts} == weights


@given(st.sets(st.text("甲乙丙丁", min_size=1), min_size=1), st.integers(0, 10_000))
def test_evenly_differs_by_one_step_at_most(regions, whole):
    shares = [part.share for part in evenly(D(whole), regions, D(1)).parts]
    assert sum(shares) == whole
    assert max(shares) - min(shares) <= 1


@given(st.sets(st.text("甲乙丙丁", min_size=1), min_size=1), st.integers(1, 50))
def test_each_gives_every_village_the_same(villages, value):
    shares = each(villages, D(value))
    assert shares.total == len(villages) * value
    assert problems_of(Division(shares.total, "场", "count", shares.parts)) == ()


def test_ties_go_to_the_larger_weight_then_to_the_name():
    parts = by_weights(D(3), [("乙", D(1)), ("甲", D(1)), ("丙", D(0))], D(1)).parts
    assert parts == (Part("乙", D(2)), Part("甲", D(1)), Part("丙", D(0)))
    # Quotas 0.5 and 4.5: equal remainders, the larger weight takes the step.
    assert by_weights(D(5), [("甲", D(1)), ("乙", D(9))], D(1)).parts == (Part("甲", D(0)), Part("乙", D(5)))


def test_shares_by_people():
    people = [("谯城区", D(152)), ("涡阳县", D(118)), ("蒙城县", D(109)), ("利辛县", D(121))]
    shares = by_weights(D(33001), people, D(1), D(1000))
    # Quotas of 32001: 9728.304, 7552.236, 6976.218, 7744.242; the step left over goes to 谯城区.
    assert [int(part.share) for part in shares.parts] == [9729, 7552, 6976, 7744]


@pytest.mark.parametrize(
    ("shares", "code", "words"),
    [
        (
            by_weights(D(5), [("甲县", None), ("乙县", D(1))], D(1)),
            "weight_unknown",
            "甲县没有分配依据的数字",
        ),
        (by_weights(D(5), [("甲县", D(-1))], D(1)), "weight_unknown", "应当是 0 或正数"),
        (by_weights(D(5), [("甲县", D("NaN"))], D(1)), "weight_unknown", "NaN"),
        (by_weights(D(5), [("甲县", D(0))], D(1)), "weight_unknown", "都是 0"),
        (by_weights(D(5), [], D(1)), "no_regions", "先选择下级地区"),
        (by_weights(D(5), [("甲县", D(1)), ("甲县", D(2))], D(1)), "part_repeated", "甲县列了 2 次"),
        (by_weights(D("5.5"), [("甲县", D(1))], D(1)), "amount_not_divisible", "不是最小单位 1 的整数倍"),
        (by_weights(D(5), [("甲县", D(1))], D(1), D(6)), "amount_not_divisible", "可分的是 -1"),
        (by_last_year(D(5), [("甲县", None)], D(1)), "weight_unknown", "不能当作 0"),
        (evenly(D(5), [], D(1)), "no_regions", "先选择下级地区"),
        (each([], D(1)), "no_regions", "行政村"),
        (each(["甲村"], D(0)), "amount_not_divisible", "大于 0"),
        (each(["甲村", "甲村"], D(1)), "part_repeated", "甲村列了 2 次"),
    ],
)
def test_what_cannot_be_divided_is_refused_whole(shares, code, words):
    assert shares.parts == ()
    assert shares.problems[0].code == code
    assert words in shares.problems[0].message


def test_a_whole_of_nought_gives_noughts():
    assert by_weights(D(0), [("甲县", D(3))], D(1)).parts == (Part("甲县", D(0)),)
