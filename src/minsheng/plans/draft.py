"""The value that goes through the passes: the document and what has been understood of it so far."""

from dataclasses import dataclass, field

from minsheng.kernel.problem import Problem
from minsheng.kernel.source import Source
from minsheng.notices.document import Document
from minsheng.plans.grammar.markers import Marker
from minsheng.plans.model import Category, Head, Project, Status, Table


@dataclass(frozen=True, slots=True)
class Piece:
    """``length`` characters of a line from ``start``, as they stand in a flow from ``offset``."""

    line: int
    start: int
    length: int
    offset: int


@dataclass(frozen=True, slots=True)
class Flow:
    """A paragraph made whole again: lines cut by a page break are joined, their places kept.

    ``text`` is normalised character by character (full-width marks to half-width), so an offset in it
    is an offset in the lines.
    """

    text: str
    pieces: tuple[Piece, ...]
    marker: Marker | None = None

    @property
    def line(self) -> int:
        """The line the paragraph starts on."""
        return self.pieces[0].line

    def source(self, start: int, end: int) -> Source:
        """Where ``text[start:end]`` stands; cut at the end of the line it starts on."""
        first = next((piece for piece in reversed(self.pieces) if start >= piece.offset), None)
        if first is None:
            raise ValueError(f"no offset {start} in the paragraph at line {self.line}")
        last = first
        for piece in self.pieces:
            if piece.line == first.line and first.offset <= piece.offset < end:
                last = piece
        column = first.start + start - first.offset
        return Source(first.line, column, min(last.start + last.length, last.start + end - last.offset))

    def part(self, start: int, end: int) -> "Flow":
        """``text[start:end]`` as a paragraph of its own, its places kept."""
        pieces = []
        for piece in self.pieces:
            left, right = max(start, piece.offset), min(end, piece.offset + piece.length)
            if left < right:
                pieces.append(
                    Piece(piece.line, piece.start + left - piece.offset, right - left, left - start)
                )
        if not pieces:
            # Nothing stands between two marks: the place is known all the same.
            at = self.source(start, start)
            pieces = [Piece(at.line, at.start, 0, 0)]
        return Flow(self.text[start:end], tuple(pieces))

    def whole(self) -> Source:
        """The first line's share of the paragraph."""
        return self.source(0, len(self.text))


@dataclass(frozen=True, slots=True)
class Node:
    """A marked paragraph with the unmarked ones after it and the marked ones under it."""

    flow: Flow
    marker: Marker
    attached: tuple[Flow, ...] = ()
    children: tuple["Node", ...] = ()
    labelled: bool = False
    """Whether it stands under a label of measures (推进措施：)."""

    @property
    def body(self) -> str:
        """The paragraph's text without its marker."""
        return self.flow.text[self.marker.length :]


@dataclass(frozen=True, slots=True)
class Block:
    """One project as one part of the document states it: its paragraphs, and which are measures."""

    number: int
    category: int | None
    statement: tuple[Flow, ...]
    measures: tuple[tuple[Flow, ...], ...] = ()
    category_status: Status = "assigned"
    responsible: tuple[str, ...] = ()
    """Lines of a sub-heading 责任单位, each as 责任单位:…."""
    section: int = 0
    """Which part of the document states it: the list, or an annex that goes through the projects again."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything the passes know. A pass returns a new one; none changes what it got."""

    document: Document
    lines: tuple[str, ...] = ()
    flows: tuple[Flow, ...] = ()
    table_lines: tuple[tuple[int, ...], ...] = ()
    columns: tuple[str, ...] = ()
    """What the cells of a list are that was a table before its page lost it; empty for other documents."""
    head: Head = field(default_factory=Head)
    sections: tuple[tuple[Node, ...], ...] = ()
    categories: tuple[Category, ...] = ()
    blocks: tuple[Block, ...] = ()
    projects: tuple[Project, ...] = ()
    tables: tuple[Table, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
