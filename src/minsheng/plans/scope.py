"""Whose number it is: the region a number belongs to, and whether it is only striven for."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

from minsheng.kernel import gazetteer
from minsheng.plans.grammar.regions import EACH, WHOLE, Mention, mentions, part_names
from minsheng.plans.lexing import Token
from minsheng.plans.model import EACH as EACH_REGION

_STRIVES = re.compile(
    r"力争|力求|争取(?![^,。;]{0,16}(?:资金|支持|补助|资源|政策|额度|上级|债券))|努力(?:实现|达到)|争创(?=\d)"
)
_TOTAL_BEFORE = re.compile(r"\d\s*[万亿]?[\u4e00-\u9fff]{1,3}:")
"""新增泊位5500个：甲县2000个、乙县3500个."""
_LIST_GAP = re.compile(r"[、和及与,\s]*$")


@dataclass(frozen=True, slots=True)
class _Place:
    """One region or several named together; ``names`` empty means: the whole plan again (全市)."""

    start: int
    end: int
    depth: int
    names: tuple[str, ...]


@cache
def _own_names(own: str | None) -> frozenset[str]:
    """The plan's own region and those above it, full and short: numbers there are the whole plan's."""
    if own is None:
        return frozenset()
    names = {own}
    for division in gazetteer.by_name(own) or gazetteer.by_short_name(own):
        current: gazetteer.Division | None = division
        while current is not None:
            names.add(current.name)
            current = gazetteer.parent(current)
    return frozenset(names)


class Scopes:
    """Regions named in one paragraph, ready to be asked about a position in it."""

    def __init__(self, text: str, own: str | None) -> None:
        self.text = text
        self._depths = _depths(text)
        self._semicolons = [at for at, char in enumerate(text) if char == ";" and self._depths[at] == 0]
        self._places = self._find_places(own)
        self._each = [match.span() for match in EACH.finditer(text)]

    def _find_places(self, own: str | None) -> list[_Place]:
        text = self.text
        places: list[_Place] = []
        known = [m for m in mentions(text, own) if not self._is_wording(m)]
        named = _merged(known, [m for m in part_names(text) if self._in_breakdown(m.start)])
        events: list[tuple[Mention, str | None]] = [(m, m.name) for m in named]
        # 全州 is the whole of a 州, but not in 全州县.
        wholes = [Mention(m.start(), m.end(), m.group()) for m in WHOLE.finditer(text)]
        events += [(m, None) for m in _merged(named, wholes) if m in wholes]
        for mention, name in sorted(events, key=lambda event: event[0].start):
            if text[max(0, mention.start - 2) : mention.start].endswith("除"):
                continue
            depth = self._depths[mention.start]
            if depth and text[mention.start - 1] == "(" and text[mention.end : mention.end + 1] == ")":
                depth -= 1
            names = () if name is None or name in _own_names(own) else (name,)
            previous = places[-1] if places else None
            together = previous and names and previous.names and previous.depth == depth
            if previous and together and _LIST_GAP.fullmatch(text[previous.end : mention.start]):
                places[-1] = _Place(previous.start, mention.end, depth, (*previous.names, *names))
            else:
                places.append(_Place(mention.start, mention.end, depth, names))
        return places

    def _is_wording(self, mention: Mention) -> bool:
        """青山区块 is no 青山区; 市本级 in running text says whose laboratory it is, not whose share."""
        if self.text[mention.end : mention.end + 1] in ("块", "域", "间", "别", "位"):
            return True
        opens_clause = mention.start == 0 or self.text[mention.start - 1] in ",;。、:( "
        return mention.name.endswith("级") and not opens_clause and not self._in_breakdown(mention.start)

    def _in_breakdown(self, position: int) -> bool:
        """In a bracket, after 其中 in its sentence, or after a total and a colon: where parts are listed."""
        if self._depths[position] > 0:
            return True
        before = self.text[self._sentence_start(position) : position]
        return "其中" in before or _TOTAL_BEFORE.search(before) is not None

    def regions(self, token: Token, index_in_list: int) -> tuple[str | None, ...]:
        """The region of a token; several where 各 gives the same number to each of them."""
        place = self._place_before(token.digits)
        each = self._each_before(token)
        if each is not None and (place is None or each >= place.start):
            return (EACH_REGION,)
        if place is None or not place.names:
            return (None,)
        if len(place.names) == 1:
            return place.names
        between = self.text[place.end : token.digits]
        if "各" in between or "均" in between[:2]:
            return place.names
        if "分别" in between and index_in_list < len(place.names):
            return (place.names[index_in_list],)
        return (None,)

    def _place_before(self, position: int) -> _Place | None:
        depth = self._depths[position]
        floor = self._bracket_start(position) if depth else self._sentence_start(position)
        for place in reversed(self._places):
            if place.end <= position and place.start >= floor and place.depth == depth:
                return place if self._holds(place, position, floor) else None
        return self._place_before(floor - 1) if depth and floor > 0 else None

    def _holds(self, place: _Place, position: int, floor: int) -> bool:
        """One part of a breakdown ends at its ；; a region that opens the sentence holds to its end."""
        ended = self._last_semicolon(position) > place.end and self._depths[position] == 0
        return not ended or not self.text[floor : place.start].strip(
            "、:,()（）.0123456789一二三四五六七八九十 "
        )

    def _bracket_start(self, position: int) -> int:
        depth = self._depths[position]
        for index in range(position - 1, -1, -1):
            if self._depths[index] < depth:
                return index + 1
        return 0

    def _sentence_start(self, position: int) -> int:
        return self.text.rfind("。", 0, position) + 1

    def _each_before(self, token: Token) -> int | None:
        for start, end in reversed(self._each):
            if start < token.digits:
                between = self.text[end : token.digits]
                return start if not re.search(r"[,。;()]", between) else None
        return None

    def strives(self, position: int) -> bool:
        """Whether 力争 or the like governs what stands at ``position``."""
        begin = max(self.text.rfind("。", 0, position), self._last_semicolon(position)) + 1
        striven = list(_STRIVES.finditer(self.text, begin, position))
        return bool(striven) and "确保" not in self.text[striven[-1].end() : position]

    def _last_semicolon(self, position: int) -> int:
        """The last ; outside brackets before a position, -1 where there is none."""
        before = bisect_left(self._semicolons, position)
        return self._semicolons[before - 1] if before else -1


def _depths(text: str) -> list[int]:
    depth, depths = 0, []
    for char in text:
        if char == ")":
            depth = max(0, depth - 1)
        depths.append(depth)
        if char == "(":
            depth += 1
    return [*depths, depth]


def _merged(known: list[Mention], shaped: list[Mention]) -> list[Mention]:
    free = [m for m in shaped if not any(k.start < m.end and m.start < k.end for k in known)]
    return sorted([*known, *free], key=lambda m: m.start)
