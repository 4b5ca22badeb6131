"""Where a project stands in a document: in the list, and again in an annex with its measures."""

from bisect import bisect_left
from dataclasses import dataclass

from minsheng.plans.model import Measure, Plan, Project, Quantity


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place a project stands at: its statement's quantities and those of its measures."""

    first_line: int
    statement: tuple[Quantity, ...]
    measures: tuple[Quantity, ...]


def occurrences(plan: Plan, project: Project) -> tuple[Occurrence, ...]:
    """The places of a project, in order. Lines of another project between two lines part them."""
    own = sorted({project.source.line, *project.lines, *(q.source.line for q in project.quantities)})
    foreign = sorted({line for other in plan.projects if other is not project for line in _lines(other)})
    groups = [[own[0]]]
    for line in own[1:]:
        if bisect_left(foreign, line) > bisect_left(foreign, groups[-1][-1] + 1):
            groups.append([line])
        else:
            groups[-1].append(line)
    return tuple(_occurrence(project, group) for group in groups)


def _lines(project: Project) -> set[int]:
    return {
        project.source.line,
        *(measure.source.line for measure in project.measures),
        *(quantity.source.line for quantity in project.quantities),
    }


def _occurrence(project: Project, group: list[int]) -> Occurrence:
    first, last = group[0], group[-1]
    inside = [q for q in project.quantities if first <= q.source.line <= last]
    begins = min((m.source.line for m in _measures(project, first)), default=last + 1)
    return Occurrence(
        first_line=first,
        statement=tuple(q for q in inside if q.source.line < begins),
        measures=tuple(q for q in inside if q.source.line >= begins),
    )


def _measures(project: Project, first: int) -> list[Measure]:
    return [measure for measure in project.measures if measure.source.line > first]
