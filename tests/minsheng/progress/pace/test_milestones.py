"""What a sentence of a notice states by when; what it does not surely state comes first."""

import re
from datetime import date
from decimal import Decimal

import pytest

from minsheng.progress.pace.curves import Milestone
from minsheng.progress.pace.milestones import read_curve, read_milestones

D = Decimal


@pytest.mark.parametrize("text", [
    "", "全年完成50%", "3个月内完成50%", "6月前完成50%", "三季度完成80%", "每年6月底前完成50%",
    "截至6月底已完成50%", "自6月底起完成50%", "去年6月底前完成50%", "6月底前完成投资50%", "6月底前资金支出完成50%",
    "6月底前完成方案编制", "方案于6月底前全部完成", "4月底前完成前期工作", "9月底前具备开工条件", "6月底前办理开工前手续",
    "9月底前完成主体工程", "6月底前不超过50%完成", "失业率6月底前控制在5%以内", "6月底前完成30%至50%", "6月底前完成",
    "6月底前质量合格率达到98%", "年底前居民健康档案建档率达到90%，管理率达到70%", "6月底前合格的达到98%", "6月底前开工12所", "6月底前未开工的全部收回", "10月底前完成竣工决算", "6月31日前完成50%",
    "6月底前完成150%", "12月底前召开总结会，完成率通报", "6月底前开展一次培训班",
])  # fmt: skip
def test_says_nothing_where_it_is_not_sure(text):
    assert read_milestones(text, 2023, "stages") == ()
    assert read_curve(text, 2023, "stages") is None


@pytest.mark.parametrize(("text", "expected"), [
    ("6月底前完成50%", [("2023-06-30", "50", None)]),
    ("６月底前，累计完成５０％以上", [("2023-06-30", "50", None)]),
    ("9月底前全部开工", [("2023-09-30", "100", "started")]),
    ("三季度末完成80%", [("2023-09-30", "80", None)]),
    ("第三季度末前完成年度任务的80%", [("2023-09-30", "80", None)]),
    ("11月底前完工", [("2023-11-30", "100", "completed")]),
    ("8月中旬投入使用", [("2023-08-20", "100", "in_use")]),
    ("10月15日前通过竣工验收", [("2023-10-15", "100", "accepted")]),
    ("明年6月底前竣工", [("2024-06-30", "100", "completed")]),
    ("2024年2月底前竣工", [("2024-02-29", "100", "completed")]),
    ("6月底前达到50%", [("2023-06-30", "50", None)]),
    ("上半年完成六成", [("2023-06-30", "60", None)]),
    ("6月底实现任务过半", [("2023-06-30", "50", None)]),
    ("年底前全面完成年度目标任务", [("2023-12-31", "100", None)]),
    ("一季度完成25%，前三季度完成75%", [("2023-03-31", "25", None), ("2023-09-30", "75", None)]),
    ("6月底前开工率达到60%，年底前全部完成", [("2023-06-30", "60", "started"), ("2023-12-31", "100", None)]),
    ("6月底前完成60%、开工100%", [("2023-06-30", "60", None), ("2023-06-30", "100", "started")]),
    ("所有项目6月底前全面开工，10月底完工", [("2023-06-30", "100", "started"), ("2023-10-31", "100", "completed")]),
])  # fmt: skip
def test_reads_what_is_due_when(text, expected):
    found = read_milestones(text, 2023, "stages")
    assert [(one.until.isoformat(), str(one.share), one.stage) for one in found] == expected


def test_amounts_are_taken_in_the_unit_of_the_target_only():
    text = "6月底前累计完成1.2万户以上"
    assert read_milestones(text, 2023, "count", "户") == (
        Milestone(date(2023, 6, 30), amount=D(12000), text=text),
    )
    assert read_milestones(text, 2023, "count", "人") == ()
    (built,) = read_milestones("10月底前建成十二所", 2023, "count", "所")
    assert (built.amount, built.share, built.stage) == (D(12), None, None)
    (built,) = read_milestones("10月底前建成十二所", 2023, "stages", "所")
    assert (built.amount, built.stage) == (D(12), "completed")


def test_of_a_count_completion_is_the_amount_itself():
    (one,) = read_milestones("11月底前完工", 2023, "count", "户")
    assert (one.share, one.stage, one.text) == (D(100), None, "11月底前完工")


def test_a_curve_of_stages_alone_leaves_the_amount_on_its_line():
    assert read_curve("9月底前全部开工", 2023).way == "line"
    assert read_curve("6月底前完成50%", 2023).way == "milestones"


@pytest.mark.notices
def test_five_real_notices_state_these_and_nothing_else(notices_folder):
    """Some 3,300 sentences: every other deadline in them is of papers, money, or rates."""
    found = []
    for path in sorted(notices_folder.glob("*.txt")):
        for sentence in re.split("(?<=。)|\n", path.read_text(encoding="utf-8")):
            found += [
                (path.stem, one.until.isoformat(), one.stage)
                for one in read_milestones(sentence, 2023, "stages")
            ]
    assert found == [
        ("bozhou-2023", "2023-10-31", "started"),
        ("bozhou-2023", "2023-11-30", "completed"),
        ("hefei-2024", "2023-06-30", "started"),
        ("hefei-2024", "2023-10-31", "completed"),
        ("hefei-2024", "2024-12-31", "in_use"),
        ("lieshan-2023", "2023-10-31", "completed"),
        ("lieshan-2023", "2023-12-31", "accepted"),
    ]
