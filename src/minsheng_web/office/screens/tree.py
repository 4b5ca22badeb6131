"""The right side: categories, projects and their quantities, each with what needs looking at."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from minsheng.kernel.problem import Problem
from minsheng.plans.model import Category, Project, Quantity
from minsheng_web.office.screens.figures import ROLE_LETTERS, amount
from minsheng_web.office.words import ROLE_WORDS, SEVERITY_WORDS, STATUS_WORDS, region_word
from minsheng_web.records.queries.workspace import Workspace


@dataclass(frozen=True, slots=True)
class QuantityRow:
    """A quantity under its project."""

    quantity: Quantity
    corrected: bool
    doubtful: bool

    @property
    def amount(self) -> str:
        """Value and unit in base units."""
        return amount(self.quantity)

    @property
    def letter(self) -> str:
        """The role's letter."""
        return ROLE_LETTERS[self.quantity.role]

    @property
    def role_word(self) -> str:
        """The role in words."""
        return ROLE_WORDS[self.quantity.role]

    @property
    def region(self) -> str:
        """The region in words; empty for the plan's own."""
        return region_word(self.quantity.region)


@dataclass(frozen=True, slots=True)
class ProjectBlock:
    """A project with its rows. ``severity`` is that of its worst finding, empty where there is none."""

    project: Project
    rows: tuple[QuantityRow, ...]
    findings: int
    severity: str
    corrected: bool

    @property
    def status_word(self) -> str:
        """The status in words."""
        return STATUS_WORDS[self.project.status]

    @property
    def severity_word(self) -> str:
        """The worst severity in words."""
        return SEVERITY_WORDS.get(self.severity, "")


@dataclass(frozen=True, slots=True)
class CategoryGroup:
    """A category with its projects; ``category`` is None for projects under no heading."""

    category: Category | None
    blocks: tuple[ProjectBlock, ...]

    @property
    def short(self) -> bool:
        """Whether the heading promises another count than was found."""
        declared = self.category.declared_count if self.category else None
        return declared is not None and declared != len(self.blocks)


def tree(space: Workspace) -> tuple[CategoryGroup, ...]:
    """The plan by category, in the order of the document."""
    blocks = project_blocks(space)
    groups = [
        CategoryGroup(category, tuple(block for block in blocks if block.project.category == category.number))
        for category in space.plan.categories
    ]
    known = {category.number for category in space.plan.categories}
    loose = tuple(block for block in blocks if block.project.category not in known)
    return (CategoryGroup(None, loose), *groups) if loose else tuple(groups)


def project_blocks(space: Workspace, only: Iterable[int] | None = None) -> tuple[ProjectBlock, ...]:
    """A block for every project, or only for those numbered so."""
    wanted = None if only is None else set(only)
    mended = {row.anchor for row in space.corrections if row.undone_at is None}
    found: dict[int | None, list[Problem]] = defaultdict(list)
    for finding in space.findings:
        found[finding.project].append(finding)
    return tuple(
        _block(project, found.get(project.number, []), mended)
        for project in space.plan.projects
        if wanted is None or project.number in wanted
    )


def _block(project: Project, findings: list[Problem], mended: set[str]) -> ProjectBlock:
    sources = [source for finding in findings for source in finding.sources if source.end > source.start]
    rows = tuple(
        QuantityRow(
            quantity,
            corrected=quantity.anchor in mended,
            doubtful=any(
                quantity.source.overlaps(source) and source.end - source.start < 40 for source in sources
            ),
        )
        for quantity in project.quantities
    )
    return ProjectBlock(
        project,
        rows,
        findings=len(findings),
        severity=findings[0].severity if findings else "",
        corrected=project.anchor in mended,
    )
