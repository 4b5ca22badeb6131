"""Text cut into marked and plain pieces: what a page needs to show numbers in their sentence."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from minsheng.plans.model import Quantity

SENTENCE_ENDS = "。；;"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; ``mark`` names its style (a role, or ``hit``), empty for plain text."""

    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of one line with its quantities marked. ``start`` is its offset in the line."""

    line: int
    start: int
    pieces: tuple[Piece, ...]
    quantities: tuple[Quantity, ...]


def sentence_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence around a span begins and ends in its line; blanks at its head are left out."""
    begin = max(text.rfind(mark, 0, start) for mark in SENTENCE_ENDS) + 1
    stops = [at for at in (text.find(mark, end) for mark in SENTENCE_ENDS) if at >= 0]
    finish = min(stops) + 1 if stops else len(text)
    while begin < start and text[begin].isspace():
        begin += 1
    return begin, finish


def sentences(lines: Sequence[str], quantities: Iterable[Quantity]) -> tuple[Sentence, ...]:
    """The distinct sentences the quantities stand in, in the order of the document."""
    found: dict[tuple[int, int, int], list[Quantity]] = {}
    for quantity in quantities:
        source = quantity.source
        if not 1 <= source.line <= len(lines):
            continue
        begin, finish = sentence_span(lines[source.line - 1], source.start, source.end)
        found.setdefault((source.line, begin, finish), []).append(quantity)
    return tuple(
        Sentence(line, begin, marked(lines[line - 1], begin, finish, held), tuple(held))
        for (line, begin, finish), held in sorted(found.items())
    )


def marked(text: str, begin: int, finish: int, quantities: Iterable[Quantity]) -> tuple[Piece, ...]:
    """``text[begin:finish]`` with each quantity's span as a piece of its own; overlaps go to the first."""
    pieces: list[Piece] = []
    at = begin
    for quantity in sorted(quantities, key=lambda quantity: (quantity.source.start, -quantity.source.end)):
        start, end = quantity.source.start, quantity.source.end
        if start < at or end > finish or start == end:
            continue
        if start > at:
            pieces.append(Piece(text[at:start]))
        pieces.append(Piece(text[start:end], quantity.role))
        at = end
    if at < finish:
        pieces.append(Piece(text[at:finish]))
    return tuple(pieces)


def hits(text: str, terms: Sequence[str], around: int | None = None) -> tuple[Piece, ...]:
    """``text`` with every term marked ``hit``; with ``around`` cut to so many beside the first."""
    pattern = "|".join(re.escape(term) for term in sorted(terms, key=len, reverse=True) if term)
    if not pattern:
        return (Piece(text),)
    if around is not None:
        text = _window(text, re.search(pattern, text, re.IGNORECASE), around)
    pieces: list[Piece] = []
    at = 0
    for match in re.finditer(pattern, text, re.IGNORECASE):
        if match.start() > at:
            pieces.append(Piece(text[at : match.start()]))
        pieces.append(Piece(match.group(), "hit"))
        at = match.end()
    if at < len(text):
        pieces.append(Piece(text[at:]))
    return tuple(pieces)


def _window(text: str, match: re.Match[str] | None, around: int) -> str:
    centre = match.start() if match else 0
    begin, finish = max(0, centre - around), min(len(text), centre + around)
    return f"{'…' if begin else ''}{text[begin:finish]}{'…' if finish < len(text) else ''}"
