"""What a plan above gives a county to do, and what the county's plan makes of it.

A task is a quantity of the upper plan with the county's name on it, or one that holds for every county. It is looked
for in the paired project first, then in the whole lower plan, by what it counts and in what unit.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from minsheng.kernel import gazetteer
from minsheng.plans.checks.units import additive, same_kind
from minsheng.plans.compare import likeness, pair_projects
from minsheng.plans.model import EACH, Plan, Project, Quantity

_SURE, _IN_PAIR = 72.0, 45.0
"""Out of 100: how alike two subjects must be anywhere, and within projects that are the same already."""
_NEVER_OWN = ("upper_level", "no_task", "pending")


@dataclass(frozen=True, slots=True)
class Task:
    """One number the upper plan gives the county. ``answer`` is the lower plan's own number, if it has one."""

    above: Project
    given: Quantity
    below: Project | None
    answer: Quantity | None


def tasks(upper: Plan, lower: Plan) -> Iterator[Task]:
    """The county's tasks in the order of the upper plan, each with the lower plan's answer."""
    names = _names_of(lower.head.region or "")
    pairs = {p.project_a.number: p.project_b for p in pair_projects(upper, lower, {}) if p.project_a}
    for project in upper.projects:
        used: set[Quantity] = set()
        for given in _once(project.quantities):
            if given.region not in (*names, EACH) or not _is_task(given):
                continue
            below = pairs.get(project.number)
            found = _answer(given, below, used, _IN_PAIR) if below else None
            if found is None:
                below_or_other, found = _anywhere(given, lower, used)
                below = below_or_other or below
            if found is not None:
                used.add(found)
            if found is not None or given.region != EACH:
                yield Task(project, given, below, found)


def _names_of(region: str) -> set[str]:
    return {region, gazetteer.short_name(region)}


def _is_task(quantity: Quantity) -> bool:
    return quantity.role in ("target", "budget") and (additive(quantity.unit) or quantity.unit == "%")


def _once(quantities: tuple[Quantity, ...]) -> list[Quantity]:
    """What list and annex both say is one task."""
    kept: dict[object, Quantity] = {}
    for q in quantities:
        kept.setdefault((q.value, q.value_hi, q.unit, q.region, q.subject), q)
    return list(kept.values())


def _answer(given: Quantity, below: Project, used: set[Quantity], least: float) -> Quantity | None:
    candidates = [
        q
        for q in _once(below.quantities)
        if q.role == given.role and q.region is None and same_kind(q.unit, given.unit) and q not in used
    ]
    scored = [(_alike(given.subject, q.subject), -index, q) for index, q in enumerate(candidates)]
    score, _, best = max(scored, key=lambda row: row[:2], default=(0.0, 0, None))
    return (
        best
        if score >= least or (len(candidates) == 1 and least == _IN_PAIR and score >= least / 2)
        else None
    )


def _anywhere(given: Quantity, lower: Plan, used: set[Quantity]) -> tuple[Project | None, Quantity | None]:
    for project in lower.projects:
        found = _answer(given, project, used, _SURE)
        if found is not None:
            return project, found
    return None, None


def _alike(one: str | None, other: str | None) -> float:
    if not one or not other:
        return 0.0
    return likeness(one, other)


def is_declined(task: Task) -> bool:
    """Whether the lower plan names the project and says that it has nothing to do there."""
    return task.below is not None and task.below.status in _NEVER_OWN
