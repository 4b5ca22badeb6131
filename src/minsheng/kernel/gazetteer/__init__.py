"""The administrative divisions of China down to the county, and what they are called in short.

The table beside this file is read once, on first use. Towns are in towns.py, villages are not shipped.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

Level = Literal["province", "prefecture", "county", "zone"]


@dataclass(frozen=True, slots=True)
class Division:
    """A province, prefecture, county or functional zone. ``parent`` is the code of the one above it."""

    code: str
    name: str
    level: Level
    parent: str | None


_PEOPLE = (
    "蒙古族?|维吾尔族?|哈萨克族?|柯尔克孜族?|塔吉克族?|锡伯族?|各族|回族|藏族|苗族|彝族|壮族|布依族|朝鲜族|满族"
    "|侗族|瑶族|白族|土家族|哈尼族|傣族|黎族|傈僳族|佤族|畲族|拉祜族|水族|东乡族|纳西族|景颇族|土族|达斡尔族"
    "|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|普米族|怒族|保安族|裕固族|独龙族|鄂温克族|鄂伦春族"
)
"""The peoples that stand in names of autonomous divisions; some are named there without 族."""

_AUTONOMOUS = re.compile(
    rf"(?P<stem>.{{2,}}?)(?:{_PEOPLE})+自治[区州县旗]$|(?P<plain>.{{2,}})自治[区州县旗]$"
)
_SUFFIX = re.compile(r"(?P<stem>.{2,}?)(?:特别行政区|地区|(?<=神农架)林区|特区|矿区|省|市|县|区|旗|盟)$")

ZONE_WORDS = (
    ("高新技术产业开发区", "高新区"),
    ("高新技术开发区", "高新区"),
    ("经济技术开发区", "经开区"),
    ("经济开发区", "经开区"),
)
"""The long names of zones and what notices call them."""

_ZONE = re.compile(
    r"(?P<place>.{0,10}?)(?P<zone>高新技术产业开发区|高新技术开发区|高新区|经济技术开发区|经济开发区|经开区|开发区"
    r"|工业园区|产业园区|产业园|示范园区|示范区|试验区|实验区|管理区|保税区|综保区|度假区|风景区|新区|新城|园区)(?:管委会)?$"
)
_ALONE = frozenset({"高新区", "经开区", "开发区", "高新技术产业开发区", "经济技术开发区", "经济开发区"})
"""Zones a notice names without their place."""


@cache
def _divisions() -> tuple[Division, ...]:
    text = Path(__file__).with_name("divisions.csv").read_text(encoding="utf-8")
    rows = (line.split(",") for line in text.splitlines()[1:])
    return tuple(
        Division(code, name, level, parent or None)  # type: ignore[arg-type]  # the table's own closed set
        for code, name, level, parent in rows
    )


@cache
def _names() -> dict[str, tuple[Division, ...]]:
    names: dict[str, tuple[Division, ...]] = {}
    for division in _divisions():
        names[division.name] = (*names.get(division.name, ()), division)
    return names


@cache
def _short_names() -> dict[str, tuple[Division, ...]]:
    names: dict[str, tuple[Division, ...]] = {}
    for division in _divisions():
        for short in _shorts_of(division):
            names[short] = (*names.get(short, ()), division)
    return names


def _shorts_of(division: Division) -> set[str]:
    """合肥新站高新技术产业开发区 is called 合肥新站高新区 and, within 合肥, 新站高新区."""
    short = short_name(division.name)
    shorts = {short}
    above = parent(division) if division.level == "zone" else None
    if above is not None:
        inside = short.removeprefix(above.name).removeprefix(short_name(above.name))
        shorts |= {inside} if inside not in _ALONE else set()
    return shorts - {division.name}


@cache
def _children() -> dict[str, tuple[Division, ...]]:
    children: dict[str, tuple[Division, ...]] = {}
    for division in _divisions():
        if division.parent is not None:
            children[division.parent] = (*children.get(division.parent, ()), division)
    return children


def short_name(name: str) -> str:
    """What a division is called in short: 涡阳县 → 涡阳, 内蒙古自治区 → 内蒙古.

    Zones take their short word (合肥高新区); a name that would lose all but one character (城区, 泗县) stays.
    """
    for long, short in ZONE_WORDS:
        if name.endswith(long):
            return name.removesuffix(long) + short
    match = _AUTONOMOUS.match(name)
    if match:
        return (match["stem"] or match["plain"]).removesuffix("族")
    match = _SUFFIX.match(name)
    return match["stem"] if match else name


def by_name(name: str) -> tuple[Division, ...]:
    """Every division with exactly this full name (鼓楼区 stands in four cities); empty if none."""
    return _names().get(name, ())


def by_short_name(name: str) -> tuple[Division, ...]:
    """Every division called so in short (涡阳, 亳州, 合肥高新区); a full name is not a short one."""
    return _short_names().get(name, ())


def by_code(code: str) -> Division | None:
    """The division with this six-digit code."""
    return _codes().get(code)


@cache
def _codes() -> dict[str, Division]:
    return {division.code: division for division in _divisions()}


def children(division: Division) -> tuple[Division, ...]:
    """The divisions straight below, zones among them, in the order of their codes."""
    return _children().get(division.code, ())


def parent(division: Division) -> Division | None:
    """The division straight above; a province has none."""
    return None if division.parent is None else by_code(division.parent)


def counties_of(prefecture_name: str) -> tuple[Division, ...]:
    """The counties (without zones) of a prefecture or municipality, by full or short name.

    Empty where the name is unknown. Where two divisions share it, the counties of the one that has any.
    """
    for division in by_name(prefecture_name) or by_short_name(prefecture_name):
        found = tuple(child for child in children(division) if child.level == "county")
        if found:
            return found
    return ()


def is_region(name: str) -> bool:
    """Whether a text names one division or functional zone: 涡阳县, 亳州高新区, 经开区; not 全区, not 涡阳.

    Zones are too many and too often renamed for a table, so one counts when a known place stands before
    its usual word, or the word alone is what notices call it.
    """
    if by_name(name):
        return True
    match = _ZONE.match(name)
    if match is None:
        return False
    place = match["place"]
    if by_short_name(place + match["zone"]):
        return True
    return match["zone"] in _ALONE if not place else bool(by_name(place) or by_short_name(place))
