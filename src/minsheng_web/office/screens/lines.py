"""The left side: numbered lines cut into plain and marked pieces."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
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


@dataclass(frozen=True, slots=True)
class Gap:
    """Lines ``first`` to ``last`` that are not shown until somebody asks; ``count`` of them hold text."""

    first: int
    last: int
    count: int


WHOLE = 3_000
"""Lines with text up to which a document is shown whole; a browser slows down well above it."""
AROUND = 3
"""Lines shown before and after one that matters."""
BEGINNING = 120
"""Lines always shown: the letter before the list."""
CHUNK = 500
"""Lines that one press unfolds."""
LONGEST_PROJECT = 300
"""Lines of a project beyond which its text is no promise but a list behind it."""


def shown_lines(lines: tuple[str, ...], plan: Plan, others: Iterable[int] = ()) -> tuple[TextLine | Gap, ...]:
    """All lines of a short document; of a long one those of the plan and ``others``, the rest as gaps."""
    rows = folded(lines, plan, others)
    made = {row.number: row for row in text_lines(lines, plan, (row for row in rows if isinstance(row, int)))}
    return tuple(row if isinstance(row, Gap) else made[row] for row in rows)


def folded(lines: Sequence[str], plan: Plan, others: Iterable[int] = ()) -> tuple[int | Gap, ...]:
    """Numbers of the lines with text to be shown, and the gaps between them."""
    texts = [number for number, line in enumerate(lines, 1) if line.strip()]
    if len(texts) <= WHOLE:
        return tuple(texts)
    wanted = set(range(1, BEGINNING + 1))
    for line in {*_lines_of(plan), *others}:
        wanted.update(range(line - AROUND, line + AROUND + 1))
    rows: list[int | Gap] = []
    hidden: list[int] = []
    for number in texts:
        if number not in wanted:
            hidden.append(number)
            continue
        rows += _gap(hidden)
        rows.append(number)
        hidden = []
    return (*rows, *_gap(hidden))


def unfolded(lines: Sequence[str], first: int, last: int) -> tuple[int | Gap, ...]:
    """The numbers of the first lines of a gap, and what is left of it."""
    held = [n for n in range(max(first, 1), min(last, len(lines)) + 1) if lines[n - 1].strip()]
    return (*held[:CHUNK], *_gap(held[CHUNK:]))


def _gap(hidden: Sequence[int]) -> tuple[Gap, ...]:
    return (Gap(hidden[0], hidden[-1], len(hidden)),) if hidden else ()


def _lines_of(plan: Plan) -> set[int]:
    """Every line the plan speaks of."""
    found = {plan.head.title_line} | {category.source.line for category in plan.categories}
    for project in plan.projects:
        found.add(project.source.line)
        found |= {quantity.source.line for quantity in project.quantities}
        found |= {measure.source.line for measure in project.measures}
        if len(project.lines) <= LONGEST_PROJECT:
            found.update(project.lines)
    return found


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
