"""The unit one level down that answers for the same thing: 市民政局 → 涡阳县民政局.

Where the name below follows no rule none is guessed.
"""

import re
from dataclasses import dataclass

from minsheng.kernel.gazetteer import short_name

_LEVEL_WORD = re.compile(r"自治[区州县旗]|[省市州盟县区旗]")
_NO_LEVEL_WORD = re.compile(r"市(?:场|区|容)|市政(?!府|协|务|法)|市民(?!政|族|宗)|区域|县域|州际")
"""Names that begin with such a character and carry no level: 市场监管局, 市政园林局, 市民中心, 区域合作办."""

_VERTICAL = re.compile(
    r"国网|供电|电力|电网|税务|气象|邮政|海关|海事|边检|烟草|人民银行|中心支行|银保监|银监|证监|国家金融"
    r"|金融监管总局|消防救援|调查队|生态环境局|环境保护局|通信|移动|联通|电信|铁塔|铁路|民航|公积金"
)
"""Bodies led from above or with districts of their own: what they are called below follows no rule."""

_BRANCH = re.compile(
    r"分局|分公司|支行|支队|大队|公司|集团|医院|学校|大学|学院|协会|基金会|成员单位|领导小组|联席会议|各"
)
"""Branches, enterprises, institutions and groups of units: no counterpart, or none by that name."""

_DISTRICT_BRANCH = re.compile(r"公安局|自然资源|规划局|国土资源局")
"""Departments of a city whose arm in a district is its own branch (市公安局谯城分局)."""

_SHAPE = re.compile(
    r"(?:局|厅|委|委员会|部|办|办公室|总工会|妇联|妇女联合会|残联|残疾人联合会|科协|科学技术协会|工商联|文联"
    r"|侨联|红十字会|人民法院|人民检察院|政府|政协|人大)$"
)
_LEAGUE = re.compile(r"^(?P<head>团|共青团)(?P<place>.*?)委(?:员会)?$")

VERTICAL = "垂直管理或跨区设置的单位，下级名称没有统一规律，请自行填写"
NO_COUNTERPART = "不是按层级对口设置的单位，不推荐下级名称"
DISTRICT_BRANCH = "在市辖区一般为分局，请核对后填写"
ZONE_CHECK = "功能区机构设置各地不同，请核对名称"


@dataclass(frozen=True, slots=True)
class Place:
    """A region one level below: its name, and whether it is a zone."""

    name: str
    zone: bool = False


@dataclass(frozen=True, slots=True)
class Counterpart:
    """What the unit below is called; None where that is not guessed. ``note`` says why or what to check."""

    name: str | None
    note: str = ""


def counterpart(unit: str, region: str, below: Place) -> Counterpart:
    """The counterpart of a region's unit in a region below it. ``unit`` is as notices write it (市民政局)."""
    unit = unit.strip()
    league = _league(unit, region, below)
    if league is not None:
        return league
    rest = _without_place(unit, region)
    if _VERTICAL.search(unit):
        return Counterpart(None, VERTICAL)
    if _BRANCH.search(rest) and not rest.endswith("科学技术协会"):
        return Counterpart(None, NO_COUNTERPART)
    if not _SHAPE.search(rest):
        return Counterpart(None, NO_COUNTERPART)
    if below.name.endswith("区") and not below.zone and _DISTRICT_BRANCH.search(rest):
        return Counterpart(None, DISTRICT_BRANCH)
    return _named(rest, below)


def _named(rest: str, below: Place) -> Counterpart:
    if rest.endswith("厅"):
        rest = rest.removesuffix("厅") + "局"  # a province has 厅, what is below it 局
    if not below.zone:
        return Counterpart(below.name + rest)
    if rest.startswith("委"):
        rest = "党工" + rest
    elif re.match(r"(?:人民)?政府", rest):
        rest = re.sub(r"^(?:人民)?政府", "管委会", rest)
    return Counterpart(short_name(below.name) + rest, ZONE_CHECK)


def _without_place(unit: str, region: str) -> str:
    """The name behind the region or its level: 民政局 of 市民政局, 亳州市民政局 and 亳州民政局."""
    unit = unit.removeprefix("中共")
    for place in (region, short_name(region)):
        if len(place) > 1 and unit.startswith(place) and len(unit) > len(place) + 1:
            return unit.removeprefix(place)
    if _NO_LEVEL_WORD.match(unit):
        return unit
    word = _LEVEL_WORD.match(unit)
    return unit[word.end() :] if word else unit


def _league(unit: str, region: str, below: Place) -> Counterpart | None:
    """团市委 → 团涡阳县委: the level stands in the middle."""
    match = _LEAGUE.match(unit)
    if match is None or match["place"] not in ("", "市", "省", "县", "区", "州", region):
        return None
    if below.zone:
        return Counterpart(f"{short_name(below.name)}团工委", ZONE_CHECK)
    return Counterpart(f"{match['head']}{below.name}委")
