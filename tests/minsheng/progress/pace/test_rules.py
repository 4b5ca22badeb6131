"""Rule sets as JSON, what is wrong with them, presets, and trying them on past months."""

from collections import Counter
from decimal import Decimal

import pytest

from minsheng.progress.pace.curves import LINE
from minsheng.progress.pace.presets import default_rules, preset, presets
from minsheng.progress.pace.rules import LightRules
from minsheng.progress.pace.rules_check import check_rules, read_rules
from minsheng.progress.pace.trial import TrialMonth, TrialNode, facts_of, try_rules
from minsheng.progress.periods import periods_of

D = Decimal
ALL = presets()
KEYS = [one.key for one in ALL]


def test_the_presets_are_these():
    assert KEYS == [
        "plain",
        "yinchuan-2025",
        "sanya-2022",
        "tianjin-2022",
        "xian",
        "dazu-2025",
        "zaozhuang-2022",
    ]
    assert preset("nowhere") is None
    assert default_rules() == ALL[0].rules


@pytest.mark.parametrize("one", ALL, ids=KEYS)
def test_a_preset_can_be_adopted_and_says_what_its_source_leaves_open(one):
    assert check_rules(one.rules) == ()
    assert read_rules(one.rules.to_json()) == (one.rules, ())
    assert LightRules.from_json(one.rules.to_json()) == one.rules
    assert one.source.startswith("http")
    assert one.stated
    assert one.open


def edited(**parts):
    return {**default_rules().to_json(), **parts}


POINTS = {"measure": "points", "bounds": [{"light": "red", "over": "30"}, {"light": "yellow", "over": "10"}]}


@pytest.mark.parametrize(("value", "said"), [
    (5, "亮灯规则的格式不对，请从现有规则复制一份再修改。"),
    (edited(colour="红"), "亮灯规则里有不认识的部分：colour，请删去。"),
    (edited(combine="best"), "几项规则合在一起时只能取最差的一项（worst），请改回。"),
    (edited(progress={"measure": "points"}), "亮灯规则缺少“bounds”一项，请对照现有规则补齐。"),
    (edited(level={"runs": [["red"]]}), "亮灯规则里有写法不对的内容，请对照现有规则修改。"),
    (edited(progress={**POINTS, "bounds": [{"light": "red", "over": "三成"}]}), "亮灯规则里有写法不对的内容，请对照现有规则修改。"),
])  # fmt: skip
def test_what_is_no_rule_set_is_refused(value, said):
    assert read_rules(value) == (None, (said,))


@pytest.mark.parametrize(("value", "said"), [
    (edited(name=" "), "请给这套规则起个名称。"),
    (edited(ladder=["red", "yellow", "green"]), "所用灯色应从最好到最差排列，每种一次：蓝、绿、黄、橙、红。"),
    (edited(ladder=["green", "red"]), "所用灯色里必须有黄灯：红灯补上以后先转黄灯。"),
    (edited(done={"light": "blue"}), "规则里用了蓝灯，但所用灯色里没有它，请加上或改用别的灯色。"),
    (edited(progress={**POINTS, "bounds": POINTS["bounds"][::-1]}), "进度规则应从最差的灯写起，每种灯一条。"),
    (edited(progress={"measure": "points", "bounds": [{"light": "red", "over": "10"}, {"light": "yellow", "over": "30"}]}),
     "进度规则的界限方向不对：灯越差，落后应越多（按完成比例时完成应越少）。"),
    (edited(progress={**POINTS, "measure": "feeling"}), "进度规则要写明按百分点、按比例还是按完成比例。"),
    (edited(progress={**POINTS, "stated_month": 13}), "进度规则所注的月份应在1至12之间。"),
    (edited(level={"runs": [["red", 0]]}), "控制水平规则里的期数至少是1。"),
    (edited(start={"runs": [["red", 3]], "stages": ["finished"]}), "节点规则里有不认识的工程节点。"),
    (edited(money={"stage": "paid", "against": "paid", "required": "rate", "bounds": [{"light": "red", "over": "0"}]}),
     "资金规则要写明两个不同的资金阶段（所需、到位、支出、发放）。"),
    (edited(money={"stage": "paid", "against": "needed", "required": "months", "bounds": [{"light": "red", "over": "0"}]}),
     "资金规则按月数均匀支出，但没有写几个月，请补上。"),
    (edited(rank={"by": "places", "lead": "3", "lead_light": "green", "tails": [["red", "0"]]}), "位次规则里的名额应大于0。"),
    ({"name": "空", "ladder": ["green", "yellow", "red"]}, "这套规则没有一项内容，任何指标都亮不了灯，请至少保留一项。"),
])  # fmt: skip
def test_a_set_that_cannot_be_adopted_says_why(value, said):
    rules, problems = read_rules(value)
    assert rules is not None
    assert said in problems


def test_other_rules_over_past_months(fold, done, whole):
    months = periods_of(2026, "month")
    years = {
        "东": [done(60), done(70), None, done(400)],
        "西": [done(90), done(180), done(260), done(340)],
    }
    nodes = [
        TrialNode(
            name,
            whole,
            LINE,
            [
                TrialMonth(month, one)
                for month, one in zip(months, fold(default_rules(), whole, year), strict=False)
            ],
        )
        for name, year in years.items()
    ]
    trial = try_rules(nodes, preset("sanya-2022").rules)
    # 东 in February: 9.67 points behind is green here, 58% short is red there; red turns yellow first.
    assert trial.was["2026-M02"] == Counter(green=2)
    assert trial.would_be["2026-M02"] == Counter(red=1, green=1)
    assert trial.would_be["2026-M04"] == Counter(yellow=1, green=1)
    assert trial.changed == Counter({"2026-M01": 1, "2026-M02": 1, "2026-M04": 1})
    assert [(one.key, one.period.number, one.was, one.would_be.light) for one in trial.changes] == [
        ("东", 1, "green", "yellow"), ("东", 2, "green", "red"), ("东", 4, "green", "yellow"),
    ]  # fmt: skip
    assert len(try_rules(nodes, preset("sanya-2022").rules, most=1).changes) == 1


def test_the_rules_in_force_tried_again_change_nothing(fold, done, whole):
    months = periods_of(2026, "month")
    year = fold(
        default_rules(),
        whole,
        [done(10), None, done(5, money={"paid": 3}), None, None, done(900), done(1000)],
    )
    node = TrialNode(
        "东", whole, LINE, [TrialMonth(month, one) for month, one in zip(months, year, strict=False)]
    )
    trial = try_rules([node], default_rules())
    assert trial.was == trial.would_be
    assert (trial.changed, trial.changes) == (Counter(), [])
    assert facts_of(year[2], whole).figures.money == {"paid": 3}
