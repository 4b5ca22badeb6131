"""Made-up names of regions and units: whatever the gazetteer knows is left out."""

from collections.abc import Iterator
from itertools import product

from minsheng.kernel.gazetteer import by_name
from minsheng_web.records.actions.demo_scale.shape import Shape, shared_out

PROVINCE_NAME, CITY_NAME = "云岭省", "青屏市"
_CITIES = (
    "青屏", "澄川", "望溪", "栖霞湾", "石浦", "临泽口", "怀渡", "沅陂", "白鹭洲", "松垣",
    "云汀", "金坞", "长堰", "碧岗", "枫泾口", "溪口", "鹿鸣", "霁山", "蓝桥", "星渚",
)  # fmt: skip
_FIRST, _SECOND = "东西南北上下新平安永", "原坪浦岭溪塘丘渡垣屏堰汀陂坞岗"
_TOWN_FIRST, _TOWN_SECOND = "大小前后双三石花柳杨梅竹", "桥湾店集岔洼岩畈墩滩"
DEPARTMENTS = (
    "民政", "教育", "人力资源社会保障", "卫生健康", "住房城乡建设", "交通运输", "农业农村",
    "文化旅游", "残联", "市场监管", "体育", "生态环境",
)  # fmt: skip
GENERAL = "政府办公室"
"""Leads no project: the towns' reports go through it."""

Tree = tuple[str, tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...]]
"""The top; its cities with their counties with their towns. Of a city its only city is the top again."""


def tree(shape: Shape) -> Tree:
    """The regions of a demo by name, each name once below the one above it."""
    names, towns = _counties(), shared_out(shape.towns, shape.counties)
    cities = tuple(
        (f"{stem}市", tuple((next(names), _towns(next(towns))) for _ in range(number)))
        for stem, number in zip(_CITIES, shared_out(shape.counties, shape.cities), strict=False)
    )
    return (CITY_NAME if shape.scale == "city" else PROVINCE_NAME, cities)


def _counties() -> Iterator[str]:
    for number, (second, first) in enumerate(product(_SECOND, _FIRST)):
        name = f"{first}{second}{'区' if number % 4 == 0 else '县'}"
        if not by_name(name):
            yield name


def _towns(number: int) -> tuple[str, ...]:
    stems = (f"{first}{second}" for second, first in product(_TOWN_SECOND, _TOWN_FIRST))
    endings = ("镇", "镇", "乡", "镇", "街道")
    return tuple(f"{stem}{endings[place % 5]}" for place, stem in zip(range(number), stems, strict=False))


def unit_name(department: str, level: str, region: str) -> str:
    """What a department is called: of a province 省民政厅, of a county 东原县民政局."""
    if department in (GENERAL, "残联"):
        return f"{'省' if level == 'province' else region}{department}"
    return f"省{department}厅" if level == "province" else f"{region}{department}局"
