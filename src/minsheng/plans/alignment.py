"""Two to six plans in columns: projects that are one in a row, and what they promise side by side."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from minsheng.plans.compare import Change, best_match, counted_in, distinct, equal, pair_projects, said
from minsheng.plans.model import EACH, Head, Plan, Project, Quantity

_Cell = TypeVar("_Cell")


@dataclass(frozen=True, slots=True)
class Decided:
    """What people decided of two plans.

    ``fixed``: a project number of the earlier column to the one of the later it is, None: to none;
    ``alone``: project numbers of the later column that are none of the earlier's.
    """

    fixed: Mapping[int, int | None] = field(default_factory=dict)
    alone: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class AlignedTarget:
    """One thing that is counted, with each plan's quantity; None where a plan does not state it."""

    subject: str
    quantities: tuple[Quantity | None, ...]

    @property
    def leading(self) -> Quantity:
        """The first there is."""
        return next(quantity for quantity in self.quantities if quantity is not None)

    @property
    def change(self) -> Change:
        """The whole row against the first column."""
        return change_of(self.quantities, equal)


@dataclass(frozen=True, slots=True)
class AlignedProject:
    """Projects that are one. ``likeness`` (0 to 100) is that to the first there is, 0 where there is none."""

    projects: tuple[Project | None, ...]
    likeness: tuple[float, ...]
    targets: tuple[AlignedTarget, ...] = ()

    @property
    def leading(self) -> Project:
        """The first there is."""
        return next(project for project in self.projects if project is not None)

    @property
    def change(self) -> Change:
        """Added or removed as a whole, else changed where any target is."""
        whole = change_of(self.projects, lambda _one, _other: True)
        if whole == "same" and any(target.change != "same" for target in self.targets):
            return "changed"
        return whole


def change_of(cells: Sequence[_Cell | None], alike: Callable[[_Cell, _Cell], bool]) -> Change:
    """What a row of cells says: None cells are missing, others are compared with the first."""
    first = cells[0]
    if first is None:
        return "added"
    held = [cell for cell in cells[1:] if cell is not None]
    if len(held) < len(cells) - 1:
        return "removed"
    return "same" if all(alike(first, cell) for cell in held) else "changed"


def align_plans(
    plans: Sequence[Plan], decided: Mapping[tuple[int, int], Decided] | None = None, *, parts: bool = True
) -> tuple[AlignedProject, ...]:
    """Every project of every plan once, in the order of the first plan, then what it lacks.

    ``decided`` is keyed by two columns, the earlier first. Without ``parts`` quantities of single regions are
    left out, for those of two cities have nothing to do with each other.
    """
    rows: list[_Row] = []
    for column, plan in enumerate(plans):
        # A number a faulty notice prints twice: the second such project stands alone.
        left = {project.number: project for project in reversed(plan.projects)}
        again = [project for project in plan.projects if left[project.number] is not project]
        for earlier in range(column):
            known = (decided or {}).get((earlier, column), Decided())
            _join(rows, earlier, column, left, known)
        kept = [project for project in plan.projects if project.number in left or project in again]
        rows += [_Row(len(plans), column, project) for project in kept]
    return tuple(row.aligned(parts=parts) for row in rows)


class _Row:
    """A row in the making."""

    def __init__(self, width: int, column: int, project: Project) -> None:
        self.first = column
        self.began_with = project
        self.projects: list[Project | None] = [None] * width
        self.likeness = [0.0] * width
        self.projects[column] = project

    def aligned(self, *, parts: bool) -> AlignedProject:
        targets = _targets(self.projects, parts=parts)
        return AlignedProject(tuple(self.projects), tuple(self.likeness), targets)


def _join(rows: list[_Row], earlier: int, column: int, left: dict[int, Project], known: Decided) -> None:
    """Put what is left of the column into the rows that began with the earlier one."""
    began = {row.began_with.number: row for row in reversed(rows) if row.first == earlier}
    a = Plan(Head(), projects=tuple(row.began_with for row in reversed(began.values())))
    b = Plan(Head(), projects=tuple(reversed(left.values())))
    for pairing in pair_projects(a, b, known.fixed, known.alone):
        one, other = pairing.project_a, pairing.project_b
        if one is not None and other is not None and other.number in left:
            row = began[one.number]
            row.projects[column], row.likeness[column] = other, pairing.likeness
            del left[other.number]


def _targets(projects: Sequence[Project | None], *, parts: bool) -> tuple[AlignedTarget, ...]:
    rows: list[tuple[str, list[Quantity | None]]] = []
    for column, project in enumerate(projects):
        if project is None:
            continue
        left = [q for q in distinct(project.quantities) if parts or q.region in (None, EACH)]
        for _, cells in rows:
            match = best_match(next(cell for cell in cells if cell is not None), left)
            if match is not None:
                left.remove(match)
                cells[column] = match
        for quantity in left:
            cells = [None] * len(projects)
            cells[column] = quantity
            rows.append((said(quantity, project), cells))
    return tuple(AlignedTarget(subject, tuple(cells)) for subject, cells in rows)


@dataclass(frozen=True, slots=True)
class Step:
    """From one quantity to another of one unit. ``percent`` is None of nothing and of percentages."""

    difference: Decimal
    percent: Decimal | None


def step_between(one: Quantity | None, other: Quantity | None) -> Step | None:
    """How far the second is from the first; None for ranges, for different units and where one is missing."""
    if one is None or other is None or counted_in(one) != counted_in(other):
        return None
    if one.value_hi is not None or other.value_hi is not None:
        return None
    difference = other.value - one.value
    plain = one.value != 0 and "%" not in one.unit
    return Step(difference, (100 * difference / one.value).quantize(Decimal("0.1")) if plain else None)


def per_ten_thousand(quantity: Quantity | None, population: int | None) -> Decimal | None:
    """How much of it for every 10,000 people; None where that says nothing (rates, money per case, parts)."""
    if quantity is None or not population or quantity.region is not None or quantity.value_hi is not None:
        return None
    if quantity.role not in ("target", "budget") or "/" in quantity.unit or "%" in quantity.unit:
        return None
    return (quantity.value * 10_000 / population).quantize(Decimal("0.01"))
