"""The text of a project as whole sentences with the quantities placed in it, and the breakdowns in that text.

Lines of a file may cut a sentence; checks reason about sentences, so lines that run on are joined here.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from minsheng.plans.model import Project, Quantity

_ENDS = re.compile(r"[。；;：:！？!?]\s*$")
_STARTS_ANEW = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十百\d]+[）)、.．])")
_OF_WHICH = re.compile(r"其\s*中")
_OPEN, _CLOSE = "(（", ")）"
_BRACKET = re.compile(f"[{_OPEN}{_CLOSE}]")


@dataclass(frozen=True, slots=True)
class Placed:
    """A quantity at its place in the text of a passage."""

    quantity: Quantity
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of lines that belong together, as one text. Offsets of ``placed`` are offsets of ``text``."""

    first_line: int
    text: str
    placed: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A place where a text says how totals fall into parts: （其中：…）, （…） or 。其中，….

    ``before`` are the quantities of the sentence that stand before it, nearest last.
    """

    text: str
    before: tuple[Placed, ...]
    parts: tuple[Placed, ...]
    of_which: bool


def passages(project: Project, lines: tuple[str, ...]) -> tuple[Passage, ...]:
    """The project's text that holds quantities. Lines outside the document are left out."""
    numbers = sorted({q.source.line for q in project.quantities} | set(project.lines))
    numbers = [number for number in numbers if 1 <= number <= len(lines)]
    groups: list[list[int]] = []
    for number in numbers:
        if groups and _runs_on(groups[-1][-1], number, lines):
            groups[-1].append(number)
        else:
            groups.append([number])
    return tuple(_join(group, project.quantities, lines) for group in groups)


def _runs_on(above: int, below: int, lines: tuple[str, ...]) -> bool:
    if any(line.strip() for line in lines[above : below - 1]):
        return False
    return not _ENDS.search(lines[above - 1]) and not _STARTS_ANEW.match(lines[below - 1])


def _join(group: list[int], quantities: Iterable[Quantity], lines: tuple[str, ...]) -> Passage:
    text = ""
    shifts: dict[int, int] = {}
    for number in group:
        line = lines[number - 1]
        shifts[number] = len(text) - (len(line) - len(line.lstrip()))
        text += line.strip()
    placed = (
        Placed(q, q.source.start + shifts[q.source.line], q.source.end + shifts[q.source.line])
        for q in quantities
        if q.source.line in shifts
    )
    return Passage(group[0], text, tuple(sorted(placed, key=lambda p: (p.start, p.quantity.ordinal))))


def breakdowns(passage: Passage) -> tuple[Breakdown, ...]:
    """Every breakdown of the passage, in order. One inside another is told on its own."""
    if len(passage.placed) < 2:
        return ()
    spans = sorted([*_brackets(passage), *_sentences_of_which(passage)])
    covering = [(p, [span for span in spans if span[0] <= p.start < span[1]]) for p in passage.placed]
    found = []
    for start, end, of_which in spans:
        parts = tuple(
            p
            for p, over in covering
            if start <= p.start < end and not any(start < s and e <= end for s, e, _ in over)
        )
        begin = _sentence_start(passage.text, start)
        before = tuple(
            p
            for p, over in covering
            if begin <= p.start and p.end <= start and not any(e <= start for _, e, _ in over)
        )
        if parts and before:
            found.append(Breakdown(passage.text[start:end], before, parts, of_which))
    return tuple(found)


def _brackets(passage: Passage) -> list[tuple[int, int, bool]]:
    """Brackets with a quantity inside that are not themselves part of a quantity (套(间))."""
    spans: list[tuple[int, int, bool]] = []
    opened: list[int] = []
    for match in _BRACKET.finditer(passage.text):
        at = match.start()
        if match.group() in _OPEN:
            opened.append(at)
        elif opened:
            start = opened.pop()
            if any(start < p.start and p.end <= at for p in passage.placed):
                spans.append((start, at, bool(_OF_WHICH.match(passage.text, start + 1))))
    return spans


def _sentences_of_which(passage: Passage) -> list[tuple[int, int, bool]]:
    """From each 其中 outside brackets to the end of its sentence, or to the clause of the next 其中."""
    text = passage.text
    starts = [match.start() for match in _OF_WHICH.finditer(text) if _depth(text, match.start()) <= 0]
    spans = []
    for start, following in pairwise([*starts, len(text)]):
        stop = text.find("。", start)
        stop = len(text) if stop < 0 else stop
        if following < stop:
            stop = max(text.rfind("；", start, following), text.rfind(";", start, following), start)
        spans.append((start, stop, True))
    return spans


def _depth(text: str, at: int) -> int:
    """How many brackets are open before a place."""
    opened = sum(text.count(char, 0, at) for char in _OPEN)
    return opened - sum(text.count(char, 0, at) for char in _CLOSE)


def _sentence_start(text: str, at: int) -> int:
    """Where the sentence begins that a breakdown speaks of: the one before, if the breakdown opens one."""
    head = text[:at].rstrip("，,、：: ")
    if head.endswith(("。", "；", ";")):
        head = head[:-1]
    return max(head.rfind("。"), head.rfind("；"), head.rfind(";")) + 1
