"""Where a project stands in a document: in the list, and again in an annex with its measures."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from minsheng.plans.checks.passages import passages
from minsheng.plans.model import Measure, Plan, Project, Quantity

_ENOUGH = 8
"""So many characters of a headline tell its statement from a measure."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place a project stands at: the quantities of its statement and of its measures.

    ``opening`` are the lines before the first measure there.
    """

    opening: tuple[int, ...]
    statement: tuple[Quantity, ...]
    measures: tuple[Quantity, ...]


def occurrences(plan: Plan, lines: tuple[str, ...]) -> Iterator[tuple[Project, tuple[Occurrence, ...]]]:
    """Every project with its places, in order. Lines of another project between two lines part them.

    A later place has a statement only where it repeats the headline; all else there is taken for measures.
    """
    taken = sorted({line for project in plan.projects for line in _lines(project)})
    for project in plan.projects:
        own = sorted(_lines(project))
        groups = [[own[0]]]
        for above, below in pairwise(own):
            # Neither is between itself and the other, so whatever stands there is another project's.
            if bisect_right(taken, above) < bisect_left(taken, below):
                groups.append([])
            groups[-1].append(below)
        first, *later = groups
        yield project, (_first(project, first), *(_later(project, group, lines) for group in later))


def _lines(project: Project) -> set[int]:
    return {
        project.source.line,
        *project.lines,
        *(measure.source.line for measure in project.measures),
        *(quantity.source.line for quantity in project.quantities),
    }


def _first(project: Project, group: list[int]) -> Occurrence:
    inside = _inside(project, group)
    begins = min((m.source.line for m in _measures(project, group[0])), default=group[-1] + 1)
    return Occurrence(
        opening=tuple(line for line in group if line < begins),
        statement=tuple(q for q in inside if q.source.line < begins),
        measures=tuple(q for q in inside if q.source.line >= begins),
    )


def _later(project: Project, group: list[int], lines: tuple[str, ...]) -> Occurrence:
    inside = _inside(project, group)
    headline = _wording(project.headline)[:_ENOUGH]
    measures = {measure.source.line for measure in project.measures}
    statement = next(
        (
            [placed.quantity for placed in passage.placed]
            for passage in passages(project, lines)
            if group[0] <= passage.first_line <= group[-1]
            and passage.first_line not in measures
            and headline
            and headline in _wording(passage.text)
        ),
        [],
    )
    repeated = set(statement)
    begins = min((line for line in group if line in measures), default=group[-1] + 1)
    return Occurrence(
        opening=tuple(line for line in group if line < begins),
        statement=tuple(q for q in inside if q in repeated),
        measures=tuple(q for q in inside if q not in repeated),
    )


def _wording(text: str) -> str:
    """A text without blanks and figures: the annex is found though its figures differ."""
    return re.sub(r"[\s\d.]", "", text)


def _inside(project: Project, group: list[int]) -> list[Quantity]:
    return [q for q in project.quantities if group[0] <= q.source.line <= group[-1]]


def _measures(project: Project, first: int) -> list[Measure]:
    return [measure for measure in project.measures if measure.source.line > first]
