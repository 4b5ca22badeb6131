"""A leader's page: the whole at one look, on one sheet of paper."""

from dataclasses import dataclass

from minsheng_web.records.queries.pace_cells import (
    HeatCell,
    RegionLights,
    project_cells,
    project_names,
    region_lights,
    whole_cell,
)
from minsheng_web.records.queries.pace_scope import PaceView
from minsheng_web.records.queries.pace_targets import TargetPage, TargetRow, cell_targets, unmoved_targets

MOST = 8
"""Rows of each list: more would not fit on a sheet beside the rest."""


@dataclass(frozen=True, slots=True)
class ProjectLights:
    """A project now and at the closing before; None where it had no target then."""

    project: int
    headline: str
    category: str
    now: HeatCell | None
    before: HeatCell | None


@dataclass(frozen=True, slots=True)
class LeaderSummary:
    """The region's lights now and before; projects and regions, worst first; the worst targets in words."""

    whole: HeatCell | None
    before: HeatCell | None
    projects: tuple[ProjectLights, ...]
    regions: tuple[RegionLights, ...]
    worst: tuple[TargetRow, ...]
    targets: int
    unmoved: TargetPage


def leader_summary(view: PaceView, most: int = MOST) -> LeaderSummary:
    """All of it, at most ``most`` of each list. As many queries for a city as for a province."""
    projects = compare_projects(view)
    regions = sorted(region_lights(view), key=lambda one: badness(one.cell), reverse=True)
    late = cell_targets(view, limit=most)
    return LeaderSummary(
        whole=whole_cell(view),
        before=_together(projects),
        projects=tuple(sorted(projects, key=lambda one: badness(one.now), reverse=True)[:most]),
        regions=tuple(regions[:most]),
        worst=tuple(row for row in late.rows if row.light in ("red", "orange", "yellow")),
        targets=late.total,
        unmoved=unmoved_targets(view, limit=most),
    )


def compare_projects(view: PaceView) -> tuple[ProjectLights, ...]:
    """Every project of the region this period beside the one before, in order. Three queries."""
    now = project_cells(view, view.snapshot.pk)
    last = view.seal.before_id
    before = {} if last is None else project_cells(view, last)
    return tuple(
        ProjectLights(number, headline, category, now.get(number), before.get(number))
        for number, (headline, category) in project_names(view.person, view.programme.pk).items()
        if number in now or number in before
    )


def badness(cell: HeatCell | None) -> tuple[int, ...]:
    """More is worse: how many are red, orange, yellow, missing."""
    if cell is None:
        return (0, 0, 0, 0)
    return tuple(cell.counts[light] for light in ("red", "orange", "yellow", "missing"))


def _together(projects: tuple[ProjectLights, ...]) -> HeatCell | None:
    cells = [one.before for one in projects if one.before is not None]
    if not cells:
        return None
    counts = {light: sum(cell.counts[light] for cell in cells) for light in cells[0].counts}
    return HeatCell(
        counts,
        sum(cell.nodes for cell in cells),
        sum(cell.parts for cell in cells),
        sum(cell.missing_parts for cell in cells),
    )
