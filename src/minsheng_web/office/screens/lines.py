"""The left side: numbered lines cut into plain and marked pieces."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from minsheng.plans.model import Plan, Quantity
from minsheng_web.office.screens.figures import ROLE_LETTERS, amount
from minsheng_web.office.words import ROLE_WORDS


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of one line's text. ``quantities`` that stand on it, none for plain text; the first leads."""

    text: str
    quantities: tuple[Quantity, ...] = ()

    @property
    def anchor(self) -> str:
        """The anchor a click on the segment chooses."""
        return self.quantities[0].anchor

    @property
    def anchors(self) -> str:
        """All anchors on the segment, parted by blanks, for the page's script."""
        return " ".join(quantity.anchor for quantity in self.quantities)

    @property
    def role(self) -> str:
        """The leading quantity's role."""
        return self.quantities[0].role

    @property
    def letter(self) -> str:
        """The sign of the role that is not a colour."""
        return ROLE_LETTERS[self.quantities[0].role]

    @property
    def hint(self) -> str:
        """What the mark means, for the tooltip and for a screen reader."""
        return "；".join(
            f"{ROLE_WORDS[quantity.role]}：{quantity.subject or ''} {amount(quantity)}".replace("： ", "：")
            for quantity in self.quantities
        )


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of the document. ``project``: the number of the project that begins here.

    ``apart``: blank lines stand above it.
    """

    number: int
    segments: tuple[Segment, ...]
    project: int | None = None
    apart: bool = False


def text_lines(lines: tuple[str, ...], plan: Plan, only: Iterable[int] | None = None) -> tuple[TextLine, ...]:
    """Lines that hold text (all, or only those numbered so) with the plan's quantities marked."""
    by_line: dict[int, list[Quantity]] = defaultdict(list)
    starts: dict[int, int] = {}
    for project in plan.projects:
        starts.setdefault(project.source.line, project.number)
        for quantity in project.quantities:
            by_line[quantity.source.line].append(quantity)
    numbers = range(1, len(lines) + 1) if only is None else sorted(set(only))
    held = (number for number in numbers if 1 <= number <= len(lines) and lines[number - 1].strip())
    return tuple(
        TextLine(
            number,
            cut(lines[number - 1], by_line.get(number, [])),
            starts.get(number),
            apart=number > 1 and not lines[number - 2].strip(),
        )
        for number in held
    )


def cut(text: str, quantities: list[Quantity]) -> tuple[Segment, ...]:
    """``text`` cut at every edge of a span, so that overlapping quantities are each still to be seen."""
    if not quantities:
        return (Segment(text),)
    length = len(text)
    edges = {0, length}
    for quantity in quantities:
        edges |= {min(quantity.source.start, length), min(quantity.source.end, length)}
    ordered = sorted(edges)
    segments = []
    for begin, end in pairwise(ordered):
        on = [q for q in quantities if q.source.start <= begin and end <= q.source.end]
        # The shortest span leads: a number inside a longer phrase stays within reach of a click.
        on.sort(key=lambda q: (q.source.end - q.source.start, q.ordinal))
        segments.append(Segment(text[begin:end], tuple(on)))
    return tuple(segments)
