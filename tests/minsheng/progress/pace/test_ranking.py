"""Places by the share of targets on schedule."""

from decimal import Decimal
from fractions import Fraction

from minsheng.progress.pace.model import Peers
from minsheng.progress.pace.presets import default_rules
from minsheng.progress.pace.ranking import Score, peers_of, place_words, places, score

D = Decimal


def test_two_share_third_and_the_next_is_fifth():
    shares = {
        "东": Score(9, 10, 10),
        "西": Score(8, 10, 10),
        "南": Score(7, 10, 10),
        "北": Score(14, 20, 20),
        "中": Score(6, 10, 10),
    }
    assert places(shares) == {"东": 1, "西": 2, "南": 3, "北": 3, "中": 5}


def test_nobody_who_reported_nothing_is_given_a_place():
    assert places({"东": Score(0, 0, 10), "西": Score(0, 10, 10)}) == {"东": None, "西": 1}
    assert places({"东": Score(0, 0, 0)}) == {"东": None}
    assert places({}) == {}
    assert place_words(None, 16) == "未参加排名"
    assert place_words(3, 16) == "第3名，共16个"


def test_missing_targets_are_not_on_schedule_and_unjudged_ones_are_left_out():
    found = score({"green": 5, "blue": 1, "yellow": 2, "red": 1, "missing": 3, "none": 4})
    assert found == Score(6, 9, 12)
    assert found.share == Fraction(1, 2)
    assert score({"missing": 3, "none": 1}).share is None


def test_peers_of_one_target(fold, done, whole):
    amounts = {"东": 80, "西": 60, "南": 60, "北": None, "中": 10}
    stood = {name: fold(default_rules(), whole, [done(amount)])[0] for name, amount in amounts.items()}
    found = peers_of("count", stood)
    assert {name: one.place for name, one in found.items()} == {
        "东": 1,
        "西": 2,
        "南": 2,
        "北": None,
        "中": 4,
    }
    assert found["东"] == Peers(1, 4, None)


def test_the_mean_is_of_who_reported(fold, done):
    from minsheng.progress.model import Owed

    growth = Owed("growth", "%", D(5))
    amounts = {"东": 4, "西": "5.5", "南": None}
    stood = {name: fold(default_rules(), growth, [done(amount)])[0] for name, amount in amounts.items()}
    assert peers_of("growth", stood)["南"] == Peers(None, 0, D("4.75"))
