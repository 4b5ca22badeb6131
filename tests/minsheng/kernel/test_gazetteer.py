"""The gazetteer: names, short names and nesting of real divisions; words that only look like one."""

from collections import Counter

import pytest

from minsheng.kernel import gazetteer
from minsheng.kernel.gazetteer import Division


@pytest.mark.parametrize(
    "name",
    [
        "",
        "县",
        "全区",
        "全市",
        "县区",
        "各县区",
        "每个县区",
        "涡阳",
        "蒙城县务",
        "示范区",
        "新区",
        "市民政局",
        "小区",
        "社区",
        "校区",
    ],
)
def test_a_word_that_is_no_name_of_a_division_is_no_region(name: str) -> None:
    assert gazetteer.is_region(name) is False


@pytest.mark.parametrize(
    "name",
    [
        "涡阳县",
        "谯城区",
        "亳州市",
        "安徽省",
        "亳州高新区",
        "高新区",
        "经开区",
        "新站高新区",
        "合肥经开区管委会",
        "巢湖市",
        "长丰县",
    ],
)
def test_a_division_or_zone_is_a_region(name: str) -> None:
    assert gazetteer.is_region(name) is True


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("涡阳县", "涡阳"),
        ("亳州市", "亳州"),
        ("安徽省", "安徽"),
        ("内蒙古自治区", "内蒙古"),
        ("新疆维吾尔自治区", "新疆"),
        ("香港特别行政区", "香港"),
        ("双江拉祜族佤族布朗族傣族自治县", "双江"),
        ("龙胜各族自治县", "龙胜"),
        ("鄂温克族自治旗", "鄂温克"),
        ("神农架林区", "神农架"),
        ("万柏林区", "万柏林"),
        ("阿勒泰地区", "阿勒泰"),
        ("合肥高新技术产业开发区", "合肥高新区"),
        ("临沂高新技术产业开发区", "临沂高新区"),
        ("城区", "城区"),
        ("泗县", "泗县"),
    ],
)
def test_short_name(name: str, short: str) -> None:
    assert gazetteer.short_name(name) == short


def test_by_name_gives_every_division_of_that_name() -> None:
    assert gazetteer.by_name("涡阳县") == (Division("341621", "涡阳县", "county", "341600"),)
    assert [d.parent for d in gazetteer.by_name("鼓楼区")] == ["320100", "320300", "350100", "410200"]
    assert gazetteer.by_name("涡阳") == ()


def test_by_short_name_keeps_the_ambiguous_apart() -> None:
    assert [d.name for d in gazetteer.by_short_name("涡阳")] == ["涡阳县"]
    assert [d.name for d in gazetteer.by_short_name("吉林")] == ["吉林省", "吉林市"]
    assert gazetteer.by_short_name("泗县") == ()


def test_children_and_parent_are_each_other() -> None:
    (city,) = gazetteer.by_name("淮北市")
    assert [d.name for d in gazetteer.children(city)] == ["杜集区", "相山区", "烈山区", "濉溪县"]
    assert {gazetteer.parent(child) for child in gazetteer.children(city)} == {city}
    (province,) = gazetteer.by_name("安徽省")
    assert gazetteer.parent(city) == province
    assert gazetteer.parent(province) is None


def test_counties_of_leave_zones_out() -> None:
    assert [d.name for d in gazetteer.counties_of("亳州市")] == ["谯城区", "涡阳县", "蒙城县", "利辛县"]
    assert [d.name for d in gazetteer.counties_of("马鞍山")] == [
        "花山区", "雨山区", "博望区", "当涂县", "含山县", "和县",
    ]  # fmt: skip
    assert len(gazetteer.counties_of("合肥市")) == 9
    assert {d.level for d in gazetteer.counties_of("合肥市")} == {"county"}
    assert gazetteer.counties_of("东莞市") == ()
    assert gazetteer.counties_of("无此地") == ()


def test_every_row_is_whole() -> None:
    rows = [d for name in gazetteer._names().values() for d in name]
    levels = Counter(d.level for d in rows)
    assert levels == {"province": 34, "prefecture": 333, "county": 2847, "zone": 124}
    assert len({d.code for d in rows}) == len(rows)
    assert all(len(d.code) == 6 and d.code.isdigit() for d in rows)
    assert [d for d in rows if d.level != "province" and gazetteer.by_code(d.parent or "") is None] == []
