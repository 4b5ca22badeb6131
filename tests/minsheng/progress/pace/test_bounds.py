"""Each preset at each of its bounds, from both sides."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from minsheng.progress.model import Figures, Owed
from minsheng.progress.pace.curves import LINE, planned
from minsheng.progress.pace.judging import judge
from minsheng.progress.pace.measuring import leaf_facts
from minsheng.progress.pace.model import Facts, Peers
from minsheng.progress.pace.presets import default_rules, preset
from minsheng.progress.pace.rules import MissingRule
from minsheng.progress.pace.sentences import sentence
from minsheng.progress.periods import Period

D = Decimal
JUNE, JULY = Period("month", 2026, 6), Period("month", 2026, 7)


def light(rules, owed, figures, period=JUNE, curve=LINE, *, peers=None):
    facts = replace(leaf_facts(owed, figures, period), peers=peers)
    return judge(facts, None, curve, rules, period).light


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("500", "green"), ("401", "green"), ("400.1", "green"), ("400", "yellow"), ("399.9", "yellow"),
        ("200.1", "yellow"), ("200", "yellow"), ("199.9", "red"), ("0", "red"),
    ],
)  # fmt: skip
def test_yinchuan_ten_to_thirty_points_ends_included(whole, done, amount, expected):
    assert light(preset("yinchuan-2025").rules, whole, done(amount)) == expected
    assert light(default_rules(), whole, done(amount)) == expected


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("501", "green"),
        ("500", "green"),
        ("499.9", "yellow"),
        ("250", "yellow"),
        ("249.9", "red"),
        ("0", "red"),
    ],
)
def test_sanya_half_of_what_is_asked_for_included(whole, done, amount, expected):
    assert light(preset("sanya-2022").rules, whole, done(amount)) == expected


def test_points_and_ratio_are_not_the_same(whole, done):
    """36% done where 50% is asked for: 14 points behind, 28% short."""
    stood = {
        key: judge(leaf_facts(whole, done(360), JUNE), None, LINE, preset(key).rules, JUNE)
        for key in ("yinchuan-2025", "sanya-2022")
    }
    assert stood["yinchuan-2025"].reasons[0].numbers == {"behind": "14.00"}
    assert stood["sanya-2022"].reasons[0].numbers == {"behind": "28.00"}
    assert sentence(stood["yinchuan-2025"], whole, preset("yinchuan-2025").rules, JUNE) == (
        "黄灯：截至6月底应完成50%（500人），实际完成360人（36%），落后14个百分点（落后10至30个百分点为黄灯）。"
    )


@pytest.mark.parametrize(("level", "mean", "expected"), [
    ("5", "5", "green"), ("5.1", "5", "green"), ("4.9", "4", "yellow"), ("5", "5.1", "yellow"),
    ("0", "-1", "yellow"), ("0.1", "0", "yellow"), ("-0.1", "-1", "red"),
])  # fmt: skip
def test_tianjin_growth(done, level, mean, expected):
    rules = preset("tianjin-2022").rules
    owed = Owed("growth", "%", D(5))
    assert light(rules, owed, done(level), peers=Peers(mean=D(mean))) == expected


def test_tianjin_growth_without_a_mean_is_against_the_plan(done):
    rules = preset("tianjin-2022").rules
    assert light(rules, Owed("growth", "%", D(5)), done("5")) == "green"
    assert light(rules, Owed("growth", "%", D(5)), done("4.9")) == "yellow"
    assert light(rules, Owed("growth", "%", None), done("4.9")) == "none"


@pytest.mark.parametrize(
    ("spent", "expected"), [(5000, "green"), (4999, "yellow"), (3500, "yellow"), (3499, "red"), (0, "red")]
)
def test_tianjin_money_half_of_six_months_gone(done, spent, expected):
    march = Period("month", 2026, 3)
    figures = done(1, money={"arrived": 10000, "spent": spent})
    rules = replace(preset("tianjin-2022").rules, growth=None)
    assert light(rules, Owed("count", "人", D(10)), figures, march) == expected


def test_money_is_not_judged_without_a_stated_rate_or_base(done, whole):
    rules = preset("yinchuan-2025").rules
    only = replace(rules, progress=None, start=None)
    paid = done(500, money={"arrived": 10000, "paid": 1})
    assert light(only, whole, paid) == "none"
    stated = replace(only, money=replace(rules.money, rate=D(80)))
    assert light(stated, whole, paid) == "red"
    assert light(stated, whole, done(500, money={"arrived": 10000, "paid": 8000})) == "green"
    assert light(stated, whole, done(500, money={"arrived": 10000, "paid": 7999})) == "red"
    assert light(stated, whole, done(500, money={"paid": 7999})) == "none"
    assert light(stated, whole, done(500, money={"arrived": 0, "paid": 0})) == "none"


@pytest.mark.parametrize(("due", "expected"), [
    (date(2026, 7, 4), "green"), (date(2026, 7, 3), "yellow"), (date(2026, 7, 1), "yellow"),
    (date(2026, 6, 30), "red"), (date(2026, 6, 1), "red"), (None, "green"),
])  # fmt: skip
def test_xian_three_days(done, due, expected):
    rules = preset("xian").rules
    assert light(rules, Owed("count", "人", D(10), due), done(9)) == expected
    assert light(rules, Owed("count", "人", D(10), due), done(10)) == "green"
    assert light(rules, Owed("yes_no", "", None, due), Figures(done=False)) == expected
    assert light(rules, Owed("yes_no", "", None, due), Figures(done=True)) == "green"


@pytest.mark.parametrize(("percent", "expected"), [
    ("29.99", "red"), ("30", "orange"), ("44.99", "orange"), ("45", "yellow"), ("58.32", "yellow"), ("58.33", "green"),
    ("100", "green"),
])  # fmt: skip
def test_dazu_in_july(whole, done, percent, expected):
    assert light(preset("dazu-2025").rules, whole, done(D(percent) * 10), JULY) == expected


def test_dazu_blue_is_finished_and_accepted(whole, done):
    rules = preset("dazu-2025").rules
    accepted = {"accepted": date(2026, 7, 1)}
    assert light(rules, whole, done(1000), JULY) == "green"
    assert light(rules, whole, done(1000, stages=accepted), JULY) == "blue"
    assert light(rules, whole, done(999, stages=accepted), JULY) == "green"
    assert light(rules, whole, done(1000, stages={"accepted": date(2026, 8, 1)}), JULY) == "green"


@pytest.mark.parametrize(
    ("place", "expected"),
    [(1, "blue"), (3, "blue"), (4, "none"), (13, "none"), (14, "yellow"), (15, "yellow"), (16, "red")],
)
def test_zaozhuang_three_first_three_last(whole, done, place, expected):
    assert light(preset("zaozhuang-2022").rules, whole, done(1), peers=Peers(place, 16)) == expected


def test_rank_says_nothing_without_a_place(whole, done):
    assert light(preset("zaozhuang-2022").rules, whole, done(1)) == "none"
    assert light(preset("zaozhuang-2022").rules, whole, done(1), peers=Peers(None, 0)) == "none"


def test_yinchuan_start_is_yellow_when_due_and_red_in_the_third_month(fold):
    rules = preset("yinchuan-2025").rules
    curve = planned({"started": date(2026, 3, 15)})
    works = Owed("stages", "所", D(1), date(2026, 12, 31))
    none = Figures(stages={"preparation": date(2026, 1, 5)})
    lights = [one.light for one in fold(rules, works, [none] * 6, curve)]
    assert lights == ["none", "none", "yellow", "yellow", "red", "red"]
    started = Figures(stages={"started": date(2026, 6, 2)})
    lights = [one.light for one in fold(rules, works, [none] * 5 + [started, started], curve)]
    assert lights[4:] == ["red", "yellow", "green"]


def test_a_missing_month_counts_toward_not_started(fold):
    rules = preset("yinchuan-2025").rules
    curve = planned({"started": date(2026, 3, 15)})
    works = Owed("stages", "所", D(1))
    none = Figures()
    assert [one.light for one in fold(rules, works, [none, none, none, None, none], curve)][2:] == [
        "yellow", "missing", "red",
    ]  # fmt: skip


def test_sanya_monthly_task_of_a_whole(done):
    rules = preset("sanya-2022").rules
    owed = Owed("count", "人", D(1200))

    def lights(amounts):
        before, found = None, []
        for number, amount in enumerate(amounts, 1):
            period = Period("month", 2026, number)
            facts = Facts(owed, done(amount), parts=3, reported=3)
            before = judge(facts, before, LINE, rules, period)
            found.append(before.light)
        return found

    assert lights([200, 299, 398, 498]) == ["green", "yellow", "red", "yellow"]
    assert lights([100, 200, 300]) == ["green", "green", "green"]


def test_levels_hold_or_not(fold, done):
    ceiling, floor = Owed("at_most", "%", D("4.3")), Owed("at_least", "%", D(95))
    rules = default_rules()
    assert [s.light for s in fold(rules, ceiling, [done("4.3"), done("4.31"), done("4.4"), done("4.4")])] == [
        "green", "yellow", "yellow", "red",
    ]  # fmt: skip
    assert [s.light for s in fold(rules, floor, [done(95), done("94.99"), done(96)])] == [
        "green", "yellow", "green",
    ]  # fmt: skip
    assert light(rules, Owed("at_least", "%", None), done(95)) == "none"


def test_nothing_owed_is_not_judged(done):
    assert light(default_rules(), Owed("count", "人", None), done(5)) == "none"
    assert light(default_rules(), Owed("count", "人", D(0)), done(5)) == "none"


def test_a_run_of_missing_reports_makes_what_is_held_worse(fold, done, whole):
    rules = replace(default_rules(), missing_run=MissingRule((("red", 3), ("yellow", 2))))
    stood = fold(rules, whole, [done(100), None, None, None, done(900), done(950)])
    assert [(one.light, one.held) for one in stood] == [
        ("green", "green"), ("missing", "green"), ("missing", "yellow"), ("missing", "red"),
        ("yellow", "yellow"), ("green", "green"),
    ]  # fmt: skip
    told = sentence(stood[3], whole, rules, Period("month", 2026, 4))
    assert told == (
        "未报：截至4月底，本月没有上报，已连续3期未报；最近一次上报（截至1月底）累计完成100人（10%）；"
        "此时应完成33.33%（333.33人）；连续未报，按规则记为红灯，补报后再评。"
    )


def test_red_missing_then_a_good_report_is_yellow(fold, done, whole):
    stood = fold(
        default_rules(),
        whole,
        [done(80), done(90), done(100), done(100), done(100), None, done(800), done(900)],
    )
    assert [one.light for one in stood][4:] == ["red", "missing", "yellow", "green"]
    assert stood[6].reasons[-1].numbers == {"from": "red", "earned": "green"}


def test_a_finished_and_accepted_red_is_yellow_first_and_says_so(fold, done, whole):
    rules = preset("dazu-2025").rules
    all_done = done(1000, stages={"accepted": date(2026, 2, 20)})
    stood = fold(rules, whole, [done(0), all_done, all_done])
    assert [one.light for one in stood] == ["red", "yellow", "blue"]
    assert sentence(stood[1], whole, rules, Period("month", 2026, 2)) == (
        "黄灯：截至2月底应完成16.67%（166.67人），实际完成1,000人（100%），2月底完成16.67%及以上为绿灯；"
        "已全部完成并通过验收；已验收；此前为红灯，本月已达到蓝灯标准，按规则先转为黄灯。"
    )
