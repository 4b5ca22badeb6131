"""Parts to a whole, and four different things that works reach."""

from datetime import date
from decimal import Decimal

from minsheng.progress.model import Figures, Owed
from minsheng.progress.pace.curves import LINE
from minsheng.progress.pace.judging import judge
from minsheng.progress.pace.measuring import leaf_facts
from minsheng.progress.pace.presets import default_rules
from minsheng.progress.pace.rolling import combine
from minsheng.progress.pace.sentences import sentence
from minsheng.progress.periods import Period

D = Decimal
MAY, JUNE = Period("month", 2026, 5), Period("month", 2026, 6)
TOWN = Owed("count", "人", D(100))
COUNTY = Owed("count", "人", D(400))


def stands(owed, figures, period, before=None):
    return judge(leaf_facts(owed, figures, period), before, LINE, default_rules(), period)


def told(amount, **money):
    return Figures(cumulative=D(amount), money=money)


def test_a_part_that_did_not_report_counts_with_its_last_figure():
    may = [stands(TOWN, told(40, paid=10), MAY), stands(TOWN, told(30, paid=5), MAY), stands(TOWN, None, MAY)]
    june = [
        stands(TOWN, told(60, paid=30), JUNE, may[0]),
        stands(TOWN, None, JUNE, may[1]),
        stands(TOWN, None, JUNE, may[2]),
    ]
    facts = combine(COUNTY, june)
    assert (facts.parts, facts.reported, facts.unknown) == (3, 1, 1)
    assert (facts.figures.cumulative, facts.figures.money) == (D(90), {"paid": 35})
    whole = judge(facts, None, LINE, default_rules(), JUNE)
    assert sentence(whole, COUNTY, default_rules(), JUNE) == (
        "黄灯：截至6月底应完成50%（200人），实际完成90人（22.5%），落后27.5个百分点（落后10至30个百分点为黄灯）；"
        "3个填报单位中1个本月未报，按上次数字计入；3个填报单位中1个从未上报，没有计入。"
    )


def test_nobody_reported_is_missing_never_nought():
    may = stands(TOWN, told(40), MAY)
    facts = combine(COUNTY, [stands(TOWN, None, JUNE, may), stands(TOWN, None, JUNE)])
    whole = judge(facts, None, LINE, default_rules(), JUNE)
    assert (whole.light, whole.figure, whole.percent, whole.gap, whole.parts) == (
        "missing",
        None,
        None,
        None,
        2,
    )
    assert sentence(whole, COUNTY, default_rules(), JUNE) == (
        "未报：截至6月底，2个填报单位本月都没有上报；此前也没有上报过，完成情况不明；此时应完成50%（200人）。"
    )
    assert combine(COUNTY, []).parts == 0


def test_a_line_without_its_figure_is_not_reported():
    assert leaf_facts(TOWN, Figures(difficulty="等资金"), JUNE).reported == 0
    assert leaf_facts(Owed("yes_no", "", None), Figures(), JUNE).reported == 0
    assert leaf_facts(Owed("standard", "微克", D(40)), Figures(cumulative=D(41)), JUNE).reached == {
        "completed": 1
    }
    assert leaf_facts(Owed("stages", "所", D(1)), Figures(), JUNE).reported == 1


def test_started_completed_accepted_and_in_use_are_counted_apart():
    school = Owed("stages", "所", D(1), date(2026, 12, 31))
    days = [
        {"started": date(2026, 3, 1), "completed": date(2026, 5, 1), "accepted": date(2026, 5, 20)},
        {"started": date(2026, 3, 1), "completed": date(2026, 7, 1)},
        {"preparation": date(2026, 3, 1)},
    ]
    children = [stands(school, Figures(stages=one), JUNE) for one in days]
    facts = combine(Owed("stages", "所", D(3), date(2026, 12, 31)), children)
    assert facts.reached == {"preparation": 1, "started": 2, "completed": 1, "accepted": 1}
    whole = judge(facts, None, LINE, default_rules(), JUNE)
    assert (whole.figure, whole.percent) == (D(1), D("33.33"))
    assert sentence(whole, school, default_rules(), JUNE) == (
        "绿灯：截至6月底，开工2个、完工1个、验收1个、投用0个（共3个），离完成时限（12月31日）还有184天。"
    )


def test_a_whole_of_levels_has_the_level_of_its_worst_part():
    ceiling = Owed("at_most", "%", D(4))
    children = [stands(ceiling, told("3.1"), JUNE), stands(ceiling, told("4.2"), JUNE)]
    whole = judge(combine(ceiling, children), None, LINE, default_rules(), JUNE)
    assert (whole.light, whole.figure) == ("yellow", D("4.2"))
    assert sentence(whole, ceiling, default_rules(), JUNE) == (
        "黄灯：截至6月底，应控制在4%以内，实际各处中最高为4.2%，本月未达到要求（连续1至2个月未达到为黄灯）。"
    )


def test_deeds_are_counted():
    deed = Owed("yes_no", "", None, date(2026, 6, 30))
    children = [stands(deed, Figures(done=answer), JUNE) for answer in (True, True, False)]
    whole = judge(combine(deed, children), None, LINE, default_rules(), JUNE)
    assert sentence(whole, deed, default_rules(), JUNE) == (
        "红灯：截至6月底，3处中2处已完成，完成时限（6月30日）已到，尚未全部完成（到期未完成为红灯）。"
    )


def test_unmoved_counts_reported_periods_without_movement():
    before = None
    found = []
    for number, amount in enumerate([0, 5, 5, None, 5, 6], 1):
        period = Period("month", 2026, number)
        before = stands(TOWN, None if amount is None else told(amount), period, before)
        found.append(before.unmoved)
    assert found == [1, 0, 1, 1, 2, 0]
