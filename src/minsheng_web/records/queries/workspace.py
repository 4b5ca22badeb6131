"""A document as the proofreading screen needs it: the last reading with every correction applied."""

from dataclasses import dataclass

from minsheng.kernel.problem import Problem
from minsheng.plans.checks.run import check_plan
from minsheng.plans.corrections import Correction, apply_corrections
from minsheng.plans.model import Plan, Project, Quantity
from minsheng.plans.plan_json import plan_from_json, problem_from_json
from minsheng_web.records.models import CorrectionRow, Document, Reading

_WEIGHT = {"error": 0, "warning": 1, "notice": 2}


@dataclass(frozen=True, slots=True)
class Workspace:
    """What stands now: ``plan`` is corrected, ``findings`` worst first, ``corrections`` with undone ones."""

    document: Document
    reading: Reading
    lines: tuple[str, ...]
    plan: Plan
    findings: tuple[Problem, ...]
    corrections: tuple[CorrectionRow, ...]

    @property
    def state(self) -> str:
        """A token of what stands: another reading, correction or undoing makes another token."""
        last = max((row.pk for row in self.corrections), default=0)
        undone = sum(row.undone_at is not None for row in self.corrections)
        return f"{self.reading.pk}.{last}.{undone}"

    def quantity(self, anchor: str) -> tuple[Project, Quantity] | None:
        """The quantity with exactly that anchor, and the project it stands under."""
        for project in self.plan.projects:
            for quantity in project.quantities:
                if quantity.anchor == anchor:
                    return project, quantity
        return None

    def project(self, number: int) -> Project | None:
        """The project of that number (the first, where the document prints one twice)."""
        return next((project for project in self.plan.projects if project.number == number), None)


def corrected_plan(reading: Reading, rows: tuple[CorrectionRow, ...]) -> tuple[Plan, tuple[Problem, ...]]:
    """The reading's plan with the corrections that stand, and a problem for each that found no place."""
    standing = (
        Correction(row.anchor, row.kind, row.field, row.value)  # type: ignore[arg-type]  # kinds are checked on the way in
        for row in rows
        if row.undone_at is None
    )
    return apply_corrections(plan_from_json(reading.plan), standing)


def workspace(document: Document) -> Workspace | None:
    """The document's workspace, or None where nothing was read yet. Three queries."""
    reading = document.readings.first()
    if reading is None:
        return None
    rows = tuple(document.corrections.select_related("by", "undone_by"))
    plan, lost = corrected_plan(reading, rows)
    lines = tuple(document.lines)
    findings = (*lost, *plan.problems, *_checked(reading, rows, plan, lines))
    return Workspace(document, reading, lines, plan, worst_first(findings), rows)


def _checked(
    reading: Reading, rows: tuple[CorrectionRow, ...], plan: Plan, lines: tuple[str, ...]
) -> tuple[Problem, ...]:
    """What the checks find: kept with the reading as long as nobody corrected it."""
    if any(row.undone_at is None for row in rows):
        return check_plan(plan, lines)
    return tuple(problem_from_json(finding) for finding in reading.findings)


def worst_first(findings: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """By severity, then by line."""
    return tuple(
        sorted(findings, key=lambda problem: (_WEIGHT[problem.severity], problem.sources[0], problem.code))
    )
