"""The comparison page: columns, blocks with what may be done to them, and what is filtered away."""

from dataclasses import dataclass

from minsheng.papers.comparison import Block, Comparison, Line, Said, Side, comparison
from minsheng.plans.alignment import align_plans
from minsheng.plans.model import Plan, Project
from minsheng.plans.plan_json import plan_from_json
from minsheng_web.records.models import PlanVersion
from minsheng_web.records.queries.comparing import Turned, decided, decisions_of

CHANGES = ("same", "changed", "added", "removed")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the address asks for: only what changed, one category, one unit in charge."""

    changed: bool = False
    category: str = ""
    unit: str = ""

    def takes(self, block: Block, plans: tuple[Plan, ...]) -> bool:
        """Whether the block is to be shown."""
        held = [(plan, one) for plan, one in zip(plans, block.project.projects, strict=True) if one]
        if self.changed and block.change == "same":
            return False
        if self.category and not any(category_of(plan, one) == self.category for plan, one in held):
            return False
        return not self.unit or any(self.unit in one.lead_units for _, one in held)


@dataclass(frozen=True, slots=True)
class Cell:
    """A value in its column, with the version it leads to."""

    said: Said | None
    version: PlanVersion


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table."""

    line: Line
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A project in its column."""

    project: Project | None
    version: PlanVersion
    likeness: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A block as the page shows it. ``decision`` is the one that stands for it (two columns only)."""

    block: Block
    places: tuple[Place, ...]
    rows: tuple[Row, ...]
    decision: Turned | None

    @property
    def number_a(self) -> int | None:
        """The project's number in the first column."""
        project = self.places[0].project
        return project.number if project else None

    @property
    def number_b(self) -> int | None:
        """The project's number in the second column."""
        project = self.places[1].project
        return project.number if project else None

    @property
    def paired(self) -> bool:
        """Whether both of two columns hold it."""
        return self.number_a is not None and self.number_b is not None


@dataclass(frozen=True, slots=True)
class Screen:
    """Everything about the chosen versions."""

    versions: tuple[PlanVersion, ...]
    plans: tuple[Plan, ...]
    table: Comparison
    sections: tuple[Section, ...]
    categories: tuple[str, ...]
    units: tuple[str, ...]
    counts: dict[str, int]
    total: int
    lines: int
    one_programme: bool
    one_region: bool
    one_year: bool


def comparison_screen(versions: tuple[PlanVersion, ...], chosen: Chosen) -> Screen:
    """Align the versions, with what people decided, and keep what is asked for. One query."""
    plans = tuple(plan_from_json(version.plan) for version in versions)
    decisions = decisions_of(versions)
    one_region = len({version.programme.region_id for version in versions}) == 1
    known = {pair: decided(rows) for pair, rows in decisions.items()}
    aligned = align_plans(plans, known, parts=one_region)
    sides = tuple(Side(column_title(version), version.programme.region.population) for version in versions)
    whole = comparison(_title(versions), sides, aligned)
    blocks = tuple(block for block in whole.blocks if chosen.takes(block, plans))
    if chosen.changed:
        blocks = tuple(_only_changed(block) for block in blocks)
    pair = decisions.get((0, 1), ()) if len(versions) == 2 else ()
    lines = [line for block in whole.blocks for line in block.lines]
    return Screen(
        versions,
        plans,
        Comparison(whole.title, sides, blocks),
        tuple(_section(block, versions, pair) for block in blocks),
        tuple(dict.fromkeys(c.name for plan in plans for c in plan.categories)),
        tuple(dict.fromkeys(unit for plan in plans for p in plan.projects for unit in p.lead_units)),
        {change: sum(line.change == change for line in lines) for change in CHANGES},
        total=len(whole.blocks),
        lines=len(lines),
        one_programme=len({version.programme_id for version in versions}) == 1,
        one_region=one_region,
        one_year=len({version.programme.year for version in versions}) == 1,
    )


def _only_changed(block: Block) -> Block:
    lines = tuple(line for line in block.lines if line.change != "same")
    return Block(block.project, block.change, block.change_word, lines)


def _section(block: Block, versions: tuple[PlanVersion, ...], pair: tuple[Turned, ...]) -> Section:
    project = block.project
    places = tuple(
        Place(one, version, round(likeness))
        for one, version, likeness in zip(project.projects, versions, project.likeness, strict=True)
    )
    rows = tuple(
        Row(line, tuple(Cell(said, version) for said, version in zip(line.cells, versions, strict=True)))
        for line in block.lines
    )
    numbers = [place.project.number if place.project else None for place in places]
    decision = next(
        (
            row
            for row in pair
            if (numbers[0] is not None and row.number_a == numbers[0])
            or (numbers[1] is not None and row.number_b == numbers[1])
        ),
        None,
    )
    return Section(block, places, rows, decision)


def category_of(plan: Plan, project: Project) -> str:
    """The name of the project's category; empty where it has none."""
    return next((c.name for c in plan.categories if c.number == project.category), "")


def column_title(version: PlanVersion) -> str:
    """云河市 2025年 第2版"""
    programme = version.programme
    return f"{programme.region.name}{programme.year}年 第{version.number}版"


def _title(versions: tuple[PlanVersion, ...]) -> str:
    first = versions[0].programme
    if len({version.programme_id for version in versions}) == 1:
        return f"{first.title}版本对照"
    if len({version.programme.region_id for version in versions}) == 1:
        years = sorted({version.programme.year for version in versions})
        return f"{first.region.name}{'、'.join(map(str, years))}年民生实事对照"
    regions = dict.fromkeys(version.programme.region.name for version in versions)
    return f"{'、'.join(regions)}民生实事对照"
