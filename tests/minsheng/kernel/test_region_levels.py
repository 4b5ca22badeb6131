"""Levels and codes of regions by their names."""

from pathlib import Path

import pytest

from minsheng.kernel import gazetteer
from minsheng.kernel.region_levels import ORIGINS, division_of, level_of


@pytest.mark.parametrize(
    ("names", "above", "level"),
    [
        (("安徽省",), "", "province"),
        (("安徽省", "亳州市"), "province", "prefecture"),
        (("安徽省", "亳州市", "涡阳县"), "prefecture", "county"),
        (("安徽省", "滁州市", "天长市"), "prefecture", "county"),
        (("北京市",), "", "province"),
        (("云岭市",), "", "prefecture"),
        (("云岭市", "河东县"), "prefecture", "county"),
        (("云岭市", "云岭高新区"), "prefecture", "zone"),
        (("江岭省",), "", "province"),
        (("江岭省", "云河市"), "province", "prefecture"),
        (("云岭市", "河东县", "大杨镇"), "county", "town"),
        (("云岭市", "河东县", "王庄村"), "county", "village"),
        (("云岭市", "河东县", "大杨镇", "王庄村"), "town", "village"),
        (("东莞市", "虎门镇"), "prefecture", "town"),
        (("某处",), "", None),
        ((), "", None),
    ],
)
def test_levels(names, above, level):
    assert level_of(names, above) == level


def test_a_division_is_found_below_what_stands_above_it():
    assert division_of(("安徽省", "亳州市")).code == "341600"
    assert division_of(("亳州市",)).code == "341600"
    assert division_of(("鼓楼区",)) is None
    assert division_of(("开封市", "鼓楼区")).code == "410204"
    assert division_of(("青川市", "涡阳县")) is None


def test_the_origins_are_those_of_the_table():
    text = Path(gazetteer.__file__).with_name("ORIGIN.md").read_text(encoding="utf-8")
    assert ORIGINS.keys() == {"province", "prefecture", "county", "zone", "town"}
    for origin in ORIGINS.values():
        name, day = origin.rsplit("，", 1)
        assert name.split("（")[0] in text
        assert day in text
