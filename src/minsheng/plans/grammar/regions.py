"""Names of regions in running text, found with the gazetteer; and words for the whole or for each."""

import re
from dataclasses import dataclass
from functools import cache

from minsheng.kernel import gazetteer

_ENDING = re.compile("[县区市旗州盟镇乡]|街道|市本级|区本级|县本级|示范园区|开发区")
_LEVEL_ITSELF = re.compile(
    r"(?:市|县|区|省|州)(?:本)?级(?=(?:建立|完成|[^\u4e00-\u9fff]*\d|\d))|(?:市|县|区)本级|市直"
)
_GENERIC = frozenset(
    {"城区", "郊区", "矿区", "市区", "东区", "西区", "新区", "开发区", "新市区", "城中区", "市中区"}
)
_LONGEST = 16

WHOLE = re.compile(r"全[省市县区州](?!直)|我[省市县区]|(?<=[,;、。(])(?:合计|共计|总计)")
EACH = re.compile(
    r"每个?(?:县区|县\(市、?区\)|县\(区\)|县、区|区县|市县|行政村|村居|村|乡镇|镇街|镇|乡|街道|社区|县|区|市|办事处)(?!校|卫|级)"
    r"|各(?:县区|县\(市、?区\)|县\(市\)区|县\(区\)|县、区|区县|县市区|乡镇|镇街|街道|行政村)(?:各)?"
    r"|以(?:县区|县|区|乡镇)为单位,?"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A region named at ``start:end``."""

    start: int
    end: int
    name: str


@cache
def _province_of(region: str | None) -> str | None:
    if region is None:
        return None
    found = gazetteer.by_name(region) or gazetteer.by_short_name(region)
    return found[0].code[:2] if found else None


def _is_known(name: str, province: str | None) -> bool:
    if name in _GENERIC:
        return False
    divisions = gazetteer.by_name(name)
    if divisions:
        return province is None or any(d.code[:2] == province for d in divisions)
    return gazetteer.is_region(name)


def mentions(text: str, own: str | None) -> list[Mention]:
    """Regions named in ``text``, left to right; ``own`` is the plan's region, whose province bounds the search."""
    province = _province_of(own)
    short = gazetteer.short_name(own) if own else ""
    found: list[Mention] = [Mention(m.start(), m.end(), m.group()) for m in _LEVEL_ITSELF.finditer(text)]
    for ending in _ENDING.finditer(text):
        if any(m.start < ending.end() <= m.end for m in found):
            continue
        for length in range(min(_LONGEST, ending.end()), 1, -1):
            name = text[ending.end() - length : ending.end()]
            if re.search(r"[^\u4e00-\u9fff]", name) or not _is_known(name, province):
                continue
            start = ending.end() - length
            if short and text[:start].endswith(short) and not gazetteer.by_name(name):
                # 高新区 after the plan's own name is that place's zone: 云岭高新区.
                start -= len(short)
            found = [m for m in found if m.end <= start or m.start >= ending.end()]
            found.append(Mention(start, ending.end(), text[start : ending.end()]))
            break
    return sorted(found, key=lambda m: m.start)


_SHAPE = r"[\u4e00-\u9fff]{1,8}?(?:县|(?<![小片城地景辖校社园户业住厂范老])区|市|旗|镇|乡|街道|办事处|开发区|园区|办|村|社区)"
_BOUNDS = r"(?:不少于|不低于|不超过|至少|最多|超过|高于|低于|少于|不足|突破|约|近)"
_PARTS = re.compile(
    rf"(?:^|[:,;、。(]|其中)\s*(?:其中)?[:,]?\s*(?P<names>{_SHAPE}(?:[、和]{_SHAPE})*)"
    rf"(?=(?P<words>各|均|(?!{_BOUNDS})[\u4e00-\u9fff]{{2,6}})?\s*(?:{_BOUNDS})?\s*\d)"
)
_NO_PLACE = re.compile(
    r"^(?:市县|县区|区县|市区|县市|乡镇|镇街|村居|[库林山牧湖灾矿]区)$|[级全各该本每]|示范|中心|重点|贫困|特色|美丽|精品|新增|新建|改造|建设|完成|涉及|覆盖|农村|城乡|乡镇|试点"
)


def part_names(text: str) -> list[Mention]:
    """Regions by shape alone, as they stand before a number in a breakdown: 大杨镇120人、十河镇80人.

    Where words stand between (河东县新开工900套), one such name proves nothing; two or more make a breakdown.
    """
    sure: list[Mention] = []
    listed: list[Mention] = []
    for match in _PARTS.finditer(text):
        start = match.start("names")
        apart = match["words"] not in (None, "各", "均")
        for name in re.split(r"(?<=[县区市旗镇乡道处办村])[、和]", match["names"]):
            if not _NO_PLACE.search(name):
                (listed if apart else sure).append(Mention(start, start + len(name), name))
            start += len(name) + 1
    if len({mention.name for mention in listed}) >= 2:
        sure += listed
    return sorted(sure, key=lambda mention: mention.start)
