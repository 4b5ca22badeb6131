"""The unit one level down: what is suggested, and what must not be guessed."""

import pytest

from minsheng.progress.counterparts import (
    DISTRICT_BRANCH,
    NO_COUNTERPART,
    VERTICAL,
    ZONE_CHECK,
    Place,
    counterpart,
)

COUNTY = Place("涡阳县")


@pytest.mark.parametrize(
    ("unit", "region", "below", "name"),
    [
        ("市民政局", "亳州市", COUNTY, "涡阳县民政局"),
        ("亳州市民政局", "亳州市", COUNTY, "涡阳县民政局"),
        ("亳州民政局", "亳州市", COUNTY, "涡阳县民政局"),
        ("市人力资源社会保障局", "亳州市", COUNTY, "涡阳县人力资源社会保障局"),
        ("市市场监管局", "亳州市", COUNTY, "涡阳县市场监管局"),
        ("市场监管局", "亳州市", COUNTY, "涡阳县市场监管局"),
        ("市政务服务局", "亳州市", COUNTY, "涡阳县政务服务局"),
        ("市民宗局", "亳州市", COUNTY, "涡阳县民宗局"),
        ("市委宣传部", "亳州市", COUNTY, "涡阳县委宣传部"),
        ("中共亳州市委宣传部", "亳州市", COUNTY, "涡阳县委宣传部"),
        ("市委农办", "亳州市", COUNTY, "涡阳县委农办"),
        ("市妇联", "亳州市", COUNTY, "涡阳县妇联"),
        ("市总工会", "亳州市", COUNTY, "涡阳县总工会"),
        ("市残联", "亳州市", COUNTY, "涡阳县残联"),
        ("市科协", "亳州市", COUNTY, "涡阳县科协"),
        ("团市委", "亳州市", COUNTY, "团涡阳县委"),
        ("市公安局", "亳州市", COUNTY, "涡阳县公安局"),
        ("市地方金融监管局", "马鞍山市", COUNTY, "涡阳县地方金融监管局"),
        ("市民政局", "亳州市", Place("谯城区"), "谯城区民政局"),
        ("市民政局", "滁州市", Place("天长市"), "天长市民政局"),
        ("市委宣传部", "滁州市", Place("天长市"), "天长市委宣传部"),
        ("盟民政局", "锡林郭勒盟", Place("正蓝旗"), "正蓝旗民政局"),
        ("州民政局", "凉山彝族自治州", Place("木里藏族自治县"), "木里藏族自治县民政局"),
        ("省民政厅", "安徽省", Place("合肥市"), "合肥市民政局"),
        ("省委宣传部", "安徽省", Place("合肥市"), "合肥市委宣传部"),
        ("自治区民政厅", "广西壮族自治区", Place("南宁市"), "南宁市民政局"),
    ],
)
def test_suggested(unit, region, below, name):
    assert counterpart(unit, region, below).name == name


@pytest.mark.parametrize(
    ("unit", "name"),
    [
        ("市民政局", "亳州高新区民政局"),
        ("市委宣传部", "亳州高新区党工委宣传部"),
        ("市政府办公室", "亳州高新区管委会办公室"),
        ("团市委", "亳州高新区团工委"),
    ],
)
def test_a_zone_has_its_own_forms_and_is_to_be_checked(unit, name):
    found = counterpart(unit, "亳州市", Place("亳州高新技术产业开发区", zone=True))
    assert (found.name, found.note) == (name, ZONE_CHECK)


@pytest.mark.parametrize(
    "unit",
    [
        "国网亳州供电公司",
        "市供电公司",
        "合肥供电公司",
        "市税务局",
        "市气象局",
        "市邮政管理局",
        "市烟草专卖局",
        "市生态环境局",
        "市消防救援支队",
        "人民银行马鞍山市中心支行",
        "马鞍山银保监分局",
        "国家统计局亳州调查队",
        "市住房公积金管理中心",
        "亳州海关",
    ],
)
def test_vertical_bodies_are_not_guessed(unit):
    found = counterpart(unit, "亳州市", COUNTY)
    assert (found.name, found.note) == (None, VERTICAL)


@pytest.mark.parametrize(
    "unit",
    [
        "市公安局烈山分局",
        "市慈善协会",
        "市人民医院",
        "市建投集团",
        "市就业工作领导小组各成员单位",
        "各县区人民政府",
        "市民中心",
        "市重点工程建设中心",
    ],
)
def test_what_has_no_counterpart_is_not_guessed(unit):
    found = counterpart(unit, "亳州市", COUNTY)
    assert (found.name, found.note) == (None, NO_COUNTERPART)


@pytest.mark.parametrize("unit", ["市公安局", "市自然资源和规划局"])
def test_a_districts_branch_is_not_guessed(unit):
    assert counterpart(unit, "亳州市", Place("谯城区")).note == DISTRICT_BRANCH
    assert counterpart(unit, "亳州市", COUNTY).note == ""
