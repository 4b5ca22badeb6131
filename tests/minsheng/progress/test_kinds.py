"""The kind a target's words suggest: counted first, since a rule that is not sure must leave a target a count."""

import json
from collections import Counter
from pathlib import Path

import pytest

from minsheng.progress.kinds import kind_of

PLANS = Path(__file__).parents[3] / "samples" / "plans"


def kind(text, unit="", subject=None, sentence="", *, comparator="eq", role="target"):
    return kind_of(
        text=text, unit=unit, comparator=comparator, role=role, subject=subject, sentence=sentence or text
    )


@pytest.mark.parametrize(
    ("text", "unit", "comparator", "sentence"),
    [
        ("3.3万人以上", "人", "ge", "城镇新增就业3.3万人以上，比上年增长8%"),
        ("359公里", "公里", "eq", "农村公路提质改造工程359公里"),
        ("16所", "所", "eq", "新建、改扩建公办幼儿园16所"),
        ("80座", "座", "eq", "改造危桥80座"),
        ("不少于1场", "场", "ge", "每个行政村送戏不少于1场"),
        ("1-2家", "家", "eq", "建设智慧养老示范项目1-2家"),
        ("1个", "个", "eq", "创建省级农村电商示范镇1个"),
        ("不少于816个", "个", "ge", "就业见习岗位不少于816个"),
        ("17.2万人左右", "人", "about", "新增城镇就业17.2万人左右，登记失业率控制在4%以内"),
        ("500人", "人", "eq", "培训500人，应补尽补"),
        ("一百二十户", "户", "eq", "改造一百二十户"),
    ],
)
def test_what_adds_up_is_counted(text, unit, comparator, sentence):
    assert kind(text, unit, "", sentence, comparator=comparator) == "count"


@pytest.mark.parametrize(
    "said",
    [
        ("不低于95%", "%", "ge", "辅助器具适配率", "", "at_least"),
        ("75%", "%", "eq", "“三公里”充分就业社区占比", "", "at_least"),
        ("100%", "%", "eq", "覆盖率", "", "at_least"),
        ("95%", "%", "eq", "普及率", "普及率提高到95%", "at_least"),
        ("95%", "%", "eq", "普及率", "普及率比上年提高3个百分点，达到95%", "at_least"),
        ("5‰", "‰", "ge", "", "床位占比不低于5‰", "at_least"),
        ("4%以内", "%", "le", "登记失业率", "登记失业率控制在4%以内", "at_most"),
        ("4%", "%", "eq", "登记失业率", "登记失业率控制在4%", "at_most"),
        ("35微克/立方米", "微克/立方米", "le", "PM2.5浓度", "PM2.5平均浓度不高于35微克/立方米", "at_most"),
        ("3个工作日", "工作日", "eq", "办理时限", "办理时限压缩至3个工作日", "at_most"),
        ("6‰", "‰", "lt", "死亡率", "孕产妇死亡率低于6‰", "at_most"),
        ("8%", "%", "ge", "居民收入", "居民收入增长8%以上", "growth"),
        ("不低于4.5%", "%", "ge", "农村低保标准年均增幅", "", "growth"),
        ("10%", "%", "eq", "资金返还数同比增长", "", "growth"),
        ("2个百分点", "个百分点", "eq", "就业率", "就业率比上年提高2个百分点", "growth"),
        ("1座", "座", "eq", "大型水库", "", "stages"),
        ("1所", "所", "eq", "中医院", "新建中医院1所", "stages"),
        ("一座", "座", "eq", "大桥", "建成一座大桥", "stages"),
        ("80元/人/月", "元/人/月", "eq", "护理补贴", "", "standard"),
    ],
)
def test_numbers_that_do_not_add_up(said):
    text, unit, comparator, subject, sentence, expected = said
    assert kind(text, unit, subject, sentence, comparator=comparator) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("困难残疾人生活补贴应补尽补。", "full_coverage"),
        ("特困人员应保尽保", "full_coverage"),
        ("实现行政村寄递物流全覆盖", "full_coverage"),
        ("村庄饮用水水质达到国家标准", "standard"),
        ("残疾人两项补贴：残疾人两项补贴按80元/人/月。", "standard"),
        ("实施市民中心工程建设", "stages"),
        ("义务教育网上报名。", "yes_no"),
        ("开展送餐入户试点", "yes_no"),
        ("应对极端天气，尽力保障供应", "yes_no"),
    ],
)
def test_what_has_no_number(sentence, expected):
    assert kind("", "", None, sentence) == expected


@pytest.mark.parametrize("role", ["standard", "share"])
def test_money_for_each_case_is_a_standard(role):
    assert kind("1500元/人", "元/人", "求职创业补贴", role=role) == "standard"


def test_the_sample_plans_are_mostly_counted():
    given: Counter[str] = Counter()
    for path in sorted(PLANS.glob("*.json")):
        for project in json.loads(path.read_text(encoding="utf-8"))["projects"]:
            for quantity in project["quantities"]:
                if quantity["role"] == "target":
                    words = {key: quantity[key] for key in ("text", "unit", "comparator", "role", "subject")}
                    given[kind_of(**words, sentence=project["statement"])] += 1
    assert given == {"count": 390, "at_least": 56, "growth": 8, "stages": 1}
