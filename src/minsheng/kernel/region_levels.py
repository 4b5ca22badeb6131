"""How high a region stands, and whose code it has: by the gazetteer, else by its name and the one above."""

import re
from collections.abc import Sequence
from typing import Literal

from minsheng.kernel.gazetteer import Division, by_name, by_short_name, children, parent
from minsheng.kernel.gazetteer.towns import Town, towns_of

RegionLevel = Literal["province", "prefecture", "county", "zone", "town", "village"]
HEIGHT: dict[str, int] = {"province": 0, "prefecture": 1, "county": 2, "zone": 2, "town": 3, "village": 4}
"""Higher is less; a zone stands beside counties."""

ORIGINS: dict[str, str] = {
    "province": "国家地名信息库（民政部），2026-09-11",
    "prefecture": "国家地名信息库（民政部），2026-09-11",
    "county": "国家地名信息库（民政部），2026-09-11",
    "zone": "统计用区划代码（国家统计局），2023-06-30",
    "town": "统计用区划代码（国家统计局），2023-06-30",
}
"""Whose codes the gazetteer has and of which day, as its ORIGIN.md says."""

_ZONE = re.compile(
    r"(?:高新区|经开区|开发区|园区|产业园|示范区|试验区|实验区|管理区|保税区|综保区|度假区|风景区|新区|新城)"
    r"(?:管委会)?$"
)
_TOWN = re.compile(r"(?:镇|乡|街道|街道办事处|办事处|苏木)$")
_VILLAGE = re.compile(r"(?:村|社区|嘎查|居委会|村委会|居民委员会|村民委员会)$")
_ENDINGS: tuple[tuple[re.Pattern[str], RegionLevel], ...] = (
    (re.compile(r"省$|^(?:内蒙古|广西|西藏|宁夏|新疆).*自治区$"), "province"),
    (re.compile(r"(?:市|自治州|地区|盟)$"), "prefecture"),
    (re.compile(r"(?:县|区|旗)$"), "county"),
    (_TOWN, "town"),
    (_VILLAGE, "village"),
)


def division_of(names: Sequence[str]) -> Division | None:
    """The gazetteer's division of the last name below those above it; None where none or several fit."""
    if not names:
        return None
    zones = (division for division in by_short_name(names[-1]) if division.level == "zone")
    called = (*by_name(names[-1]), *zones)
    found = [division for division in called if set(names[:-1]) <= set(_names_above(division))]
    return found[0] if len(found) == 1 else None


def known_below(names: Sequence[str]) -> tuple[Division | Town, ...]:
    """What the gazetteer has straight below the region of the last name; the towns of a county or zone."""
    division = division_of(names)
    if division is None:
        return ()
    return children(division) or towns_of(division.code)


def _names_above(division: Division) -> tuple[str, ...]:
    above = parent(division)
    return (*_names_above(above), above.name) if above else ()


def level_of(names: Sequence[str], above: str = "") -> RegionLevel | None:
    """The level of the region of the last name; ``above`` is that of the one it lies in, "" at the top.

    None where neither the gazetteer nor the words tell.
    """
    division = division_of(names)
    if division is not None:
        return division.level
    name = names[-1] if names else ""
    if above in ("province", "prefecture", "county") and _ZONE.search(name):
        return "zone"
    if above == "province":
        return "county" if re.search(r"[县旗区]$", name) else "prefecture"
    if above == "prefecture":
        return "town" if _TOWN.search(name) else "county"
    if above in ("county", "zone"):
        return "village" if _VILLAGE.search(name) else "town"
    if above in ("town", "village"):
        return "village"
    return next((level for ending, level in _ENDINGS if ending.search(name)), None)
