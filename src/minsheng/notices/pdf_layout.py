"""Pages of printed lines to the lines of a text: page furniture out, wrapped lines and pages joined."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from minsheng.notices.pdf_page import Line
from minsheng.notices.pdf_tables import RuledTable
from minsheng.notices.tidying import glued, tidy

_EDGE_ZONE = 0.13
"""The part of a page, at its top and at its foot, where headers, footers and page numbers stand."""

_PAGE_NUMBER = re.compile(
    r"[-—–－·\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[,，/]?\s*共?\s*\d{1,4}\s*页?)?[-—–－·\s]*"
)
_MARKER = re.compile(
    r"[（(]?[一二三四五六七八九十百〇零\d]{1,4}[、.．)）]|[①-⑳●■◆]"
    r"|第[一二三四五六七八九十百\d]+[章节条,，、 ]"
    r"|(?:牵头|责任|配合|协同)[^，。：:]{0,6}[：:]|附件|附表|[\u4e00-\u9fff]{0,4}(?:措施|举措|目标|内容|时限)[：:]"
)
_NEVER_FIRST = "，、；：。）)》”’|｜！？,;:"
_ENDED = re.compile(r"[。；;：:！？!?]$")


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a page, from top to bottom."""

    width: float
    height: float
    items: tuple[Line | RuledTable, ...]


def text_lines(pages: Sequence[Page]) -> Iterator[str]:
    """The lines of the text. A ruled table stands between blank lines, and goes on over pages."""
    furniture = _repeated(pages)
    kept = [_without_furniture(page, furniture) for page in pages]
    margins = _Margins.of(kept)
    paragraph: list[tuple[int, Line]] = []
    table: RuledTable | None = None
    table_page = -1
    for number, page in enumerate(kept):
        for item in page.items:
            if isinstance(item, RuledTable):
                yield from _ended(paragraph)
                if table is not None and table.columns == item.columns and table_page == number - 1:
                    yield from _rest(table, item)
                else:
                    yield ""
                    yield from item.rows
                    table = item
                table_page = number
                continue
            if table is not None:
                yield ""
                table = None
            if paragraph and not margins.goes_on(paragraph[-1], (number, item)):
                yield from _ended(paragraph)
            paragraph.append((number, item))
    yield from _ended(paragraph)


def _ended(paragraph: list[tuple[int, Line]]) -> Iterator[str]:
    if paragraph:
        yield tidy_line(glued(line.text for _, line in paragraph))
        paragraph.clear()


def tidy_line(text: str) -> str:
    """A line with blanks run together; a single gap is a blank, several part columns."""
    columns = [tidy(column) for column in text.strip("\t ").split("\t")]
    return ("\t" if len(columns) > 2 else " ").join(columns)


def _rest(table: RuledTable, more: RuledTable) -> Iterator[str]:
    """The rows of a table that goes on; the head that is printed again on every page is left out."""
    rows = list(more.rows)
    for row in table.rows[:4]:
        if rows and rows[0] == row:
            rows.pop(0)
        else:
            break
    yield from rows


def _zone(page: Page, item: Line | RuledTable) -> str:
    if isinstance(item, RuledTable):
        return ""
    if item.bottom < page.height * _EDGE_ZONE:
        return "top"
    return "foot" if item.top > page.height * (1 - _EDGE_ZONE) else ""


def _signature(page: Page, line: Line) -> tuple[str, int, str]:
    """What repeats from page to page: where a line stands and what it says, numbers left aside."""
    return _zone(page, line), round(line.top / 8), re.sub(r"\d+", "#", re.sub(r"\s", "", line.text))


def _repeated(pages: Sequence[Page]) -> frozenset[tuple[str, int, str]]:
    """What stands in the edge zones of a third of the pages; of all but one where they are few."""
    counts: Counter[tuple[str, int, str]] = Counter()
    for page in pages:
        counts.update({_signature(page, i) for i in page.items if isinstance(i, Line) and _zone(page, i)})
    least = max(2, len(pages) - 1 if len(pages) < 6 else len(pages) // 3)
    return frozenset(sign for sign, number in counts.items() if number >= least)


def _without_furniture(page: Page, furniture: frozenset[tuple[str, int, str]]) -> Page:
    items = [
        item
        for item in page.items
        if not isinstance(item, Line)
        or not _zone(page, item)
        or not (_signature(page, item) in furniture or _PAGE_NUMBER.fullmatch(item.text))
    ]
    return Page(page.width, page.height, tuple(items))


@dataclass(frozen=True, slots=True)
class _Margins:
    """Where the text block of each page begins and ends, how far apart its lines are, whether it indents."""

    left: tuple[float, ...]
    right: tuple[float, ...]
    pitch: float
    indents: bool

    @classmethod
    def of(cls, pages: Sequence[Page]) -> "_Margins":
        lines = [[item for item in page.items if isinstance(item, Line)] for page in pages]
        wide = [
            [(line.left, line.right) for line in own if line.right - line.left > page.width * 0.45]
            for page, own in zip(pages, lines, strict=True)
        ]
        left = _outermost([line.left for own in lines for line in own], lowest=True)
        right = _outermost([two for own in wide for _, two in own], lowest=False)
        pitches = [two.top - one.top for own in lines for one, two in pairwise(own)]
        every = [line for own in lines for line in own]
        indented = sum(1.2 * line.size < line.left - left < 3.2 * line.size for line in every)
        flush = sum(abs(line.left - left) < 0.8 * line.size for line in every)
        return cls(
            tuple(_page_margin([line.left for line in own], left, lowest=True) for own in lines),
            tuple(_page_margin([two for _, two in own], right, lowest=False) for own in wide),
            median(pitches) if pitches else 0.0,
            indents=indented * 6 > flush,
        )

    def goes_on(self, one: tuple[int, Line], two: tuple[int, Line]) -> bool:
        """Whether the second line is the rest of the paragraph of the first."""
        (page, before), (next_page, after) = one, two
        size = max(before.size, after.size)
        if min(before.size, after.size) < 0.85 * size or "\t" in after.text:
            return False
        if page == next_page and after.top - before.top > min(max(1.5 * self.pitch, 1.2 * size), 3 * size):
            return False
        if not self.right[page]:
            return False  # no line is long enough to have been wrapped
        room = self.right[page] - before.right
        if room > after.head + 0.6 * size or before.right - before.left < 0.6 * self._width(page):
            return False
        if after.text[0] in _NEVER_FIRST:
            return True
        marked = bool(_MARKER.match(after.text))
        if marked and _is_ended(before.text):
            return False
        indent = after.left - self.left[next_page]
        if indent < 0.8 * size:
            return self.indents or not (marked or _is_ended(before.text))
        hangs = bool(_MARKER.match(before.text)) and before.left < after.left - 0.8 * size
        return indent > 0 and hangs and not marked and not _is_ended(before.text)

    def _width(self, page: int) -> float:
        return self.right[page] - self.left[page]


def _is_ended(text: str) -> bool:
    """Whether a line may end a paragraph: its stop does not stand in a bracket that is still open."""
    opened = max(text.rfind("（"), text.rfind("("))
    return bool(_ENDED.search(text)) and opened <= max(text.rfind("）"), text.rfind(")"))


def _outermost(places: list[float], *, lowest: bool) -> float:
    """The outermost place where one line in ten begins or ends; 0 without lines."""
    if not places:
        return 0.0
    counts = Counter(round(place / 4) for place in places)
    often = [place for place, number in counts.items() if number * 10 >= len(places)] or list(counts)
    key = min(often) if lowest else max(often)
    near = [place for place in places if abs(round(place / 4) - key) <= 1]
    return min(near) if lowest else max(near)


def _page_margin(places: list[float], usual: float, *, lowest: bool) -> float:
    """The margin of one page: left and right pages may differ by up to three centimetres."""
    own = _outermost(places, lowest=lowest)
    return own if len(places) >= 5 and abs(own - usual) < 85 else usual
