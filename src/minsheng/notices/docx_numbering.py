"""The numbers that Word computes for the paragraphs of a list: numbering.xml and styles.xml followed."""

from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from minsheng.notices.docx_numerals import numeral
from minsheng.notices.xml_tree import is_on, number_of, value_of, whole

_LEVELS = 9
_MOST_STEPS = 20  # a chain of styles that is longer runs in a circle


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False
    style: str | None = None


@dataclass(frozen=True, slots=True)
class _List:
    """A ``w:num``: the abstract list it counts with, and what it overrides."""

    abstract: str
    levels: dict[int, _Level]
    starts: dict[int, int]


@dataclass(frozen=True, slots=True)
class _Style:
    based_on: str | None
    list_id: str | None
    level: int | None


@dataclass(slots=True)
class Numbering:
    """Counts paragraphs in the order they are asked for."""

    lists: dict[str, _List] = field(default_factory=dict)
    styles: dict[str, _Style] = field(default_factory=dict)
    default_style: str | None = None
    counters: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def of(cls, numbering: Element | None, styles: Element | None) -> "Numbering":
        """What the two parts say; either may be missing."""
        numbers = cls()
        for style in styles.iter("w:style") if styles is not None else ():
            name = style.get("w:styleId", "")
            numbers.styles[name] = _style(style)
            if style.get("w:type") == "paragraph" and style.get("w:default") in {"1", "true", "on"}:
                numbers.default_style = name
        if numbering is not None:
            numbers.lists = _lists(numbering, numbers.styles)
        return numbers

    def mark(self, properties: Element | None) -> str:
        """The number of the paragraph with these properties (``w:pPr``), as printed; "" if it has none."""
        place = self._place(properties)
        if place is None:
            return ""
        name, depth = place
        level = self.lists[name].levels.get(depth)
        if level is None:
            return ""
        self._count(name, depth)
        return self._printed(name, level)

    def _place(self, properties: Element | None) -> tuple[str, int] | None:
        """The list and the level of a paragraph: its own, or those of its style."""
        name = value_of(properties, "w:numPr/w:numId")
        depth = number_of(properties, "w:numPr/w:ilvl")
        style = value_of(properties, "w:pStyle") or self.default_style
        if name is None:
            name, styled_depth = self._styled(style)
            depth = styled_depth if depth is None else depth
        if name is None or name not in self.lists:
            return None
        if depth is None:
            depth = next((d for d, level in self.lists[name].levels.items() if level.style == style), 0)
        return name, min(max(depth, 0), _LEVELS - 1)

    def _styled(self, style: str | None) -> tuple[str | None, int | None]:
        """The list a style puts its paragraphs in, and the level where the style says one."""
        first = style
        for _ in range(_MOST_STEPS):
            found = self.styles.get(style or "")
            if found is None:
                break
            if found.list_id is not None:
                if found.list_id not in self.lists:
                    return None, None
                linked = (d for d, lv in self.lists[found.list_id].levels.items() if lv.style == first)
                return found.list_id, next(linked, found.level)
            style = found.based_on
        return None, None

    def _count(self, name: str, depth: int) -> None:
        own = self.lists[name]
        counters = self.counters.setdefault(own.abstract, {})
        start = own.levels[depth].start
        if depth in own.starts and (name, depth) not in self.begun:
            counters[depth] = own.starts[depth]
        else:
            counters[depth] = counters[depth] + 1 if depth in counters else own.starts.get(depth, start)
        self.begun.add((name, depth))
        for deeper in [d for d in counters if d > depth]:
            restart = own.levels[deeper].restart if deeper in own.levels else None
            if restart is None or depth < restart:
                del counters[deeper]

    def _printed(self, name: str, level: _Level) -> str:
        own = self.lists[name]
        counters = self.counters[own.abstract]
        text = level.text
        for other in range(_LEVELS):
            sign = f"%{other + 1}"
            if sign in text:
                shown = own.levels.get(other, level)
                number = counters.get(other, own.starts.get(other, shown.start))
                text = text.replace(sign, numeral(number, "decimal" if level.legal else shown.form))
        if level.form == "bullet" or not text.strip():
            return ""
        return text + (" " if level.suffix == "space" else "\t" if level.suffix == "tab" else "")


def joined(mark: str, text: str) -> str:
    """A number and its paragraph. The tab after a number is no gap, unless the two would run together."""
    if not mark.endswith("\t"):
        return mark + text
    mark = mark[:-1]
    runs_on = text[:1].isascii() and text[:1].isalnum()
    return f"{mark} {text}" if mark[-1:].isalnum() or (runs_on and mark[-1:] in ".．") else mark + text


def _style(style: Element) -> _Style:
    properties = style.find("w:pPr")
    return _Style(
        value_of(style, "w:basedOn"),
        value_of(properties, "w:numPr/w:numId"),
        number_of(properties, "w:numPr/w:ilvl"),
    )


def _lists(numbering: Element, styles: dict[str, _Style]) -> dict[str, _List]:
    abstracts = {one.get("w:abstractNumId", ""): one for one in numbering.iter("w:abstractNum")}
    numbers = {one.get("w:numId", ""): one for one in numbering.iter("w:num")}
    lists: dict[str, _List] = {}
    for name, number in numbers.items():
        abstract = _abstract(number, numbers, abstracts, styles)
        if name == "0" or abstract is None:
            continue
        levels = {d: _level(one) for one in abstracts[abstract].iter("w:lvl") if (d := _depth(one)) >= 0}
        starts: dict[int, int] = {}
        for override in number.iter("w:lvlOverride"):
            depth = _depth(override)
            own = override.find("w:lvl")
            start = number_of(override, "w:startOverride")
            if own is not None:
                levels[depth] = _level(own)
            if start is not None:
                starts[depth] = start
                levels[depth] = replace(levels.get(depth, _Level()), start=start)
        lists[name] = _List(abstract, levels, starts)
    return lists


def _abstract(
    number: Element | None,
    numbers: dict[str, Element],
    abstracts: dict[str, Element],
    styles: dict[str, _Style],
) -> str | None:
    """The abstract list of a ``w:num``; one that only names a list style is followed through the style."""
    for _ in range(_MOST_STEPS):
        name = value_of(number, "w:abstractNumId")
        if name is None or name not in abstracts:
            return None
        link = value_of(abstracts[name], "w:numStyleLink")
        if link is None:
            return name
        style = styles.get(link)
        number = numbers.get(style.list_id or "") if style else None
    return None


def _depth(element: Element) -> int:
    depth = whole(element.get("w:ilvl"))
    return depth if depth is not None and 0 <= depth < _LEVELS else -1


def _level(element: Element) -> _Level:
    start = number_of(element, "w:start")
    form = value_of(element, "w:numFmt") or value_of(element, "mc:AlternateContent/mc:Choice/w:numFmt")
    return _Level(
        start=1 if start is None else start,
        form=form or "decimal",
        text=value_of(element, "w:lvlText") or "",
        suffix=value_of(element, "w:suff") or "tab",
        restart=number_of(element, "w:lvlRestart"),
        legal=is_on(element, "w:isLgl"),
        style=value_of(element, "w:pStyle"),
    )
