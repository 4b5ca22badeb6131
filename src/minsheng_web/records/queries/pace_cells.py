"""Standings counted by region and project: from the cells, or from the standings a unit reaches."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Q, Sum

from minsheng.progress.model import MONEY_STAGES
from minsheng.progress.pace.model import LIGHTS
from minsheng_web.records.access import Person, indicators_for, pace_cells_for, standings_for
from minsheng_web.records.queries.pace_scope import Named, PaceView, latest_snapshots, regions_below

SHOWN = (*LIGHTS, "missing", "none")
WORST_FIRST = ("red", "orange", "yellow", "missing", "green", "blue", "none")
_SUMS = (*SHOWN, "nodes", "parts", "missing_parts")
_Row = dict[str, Any]
_MONEY = tuple(f"money_{stage}" for stage in MONEY_STAGES)


@dataclass(frozen=True, slots=True)
class HeatCell:
    """How many targets show which light. ``missing_parts`` of ``parts`` reporting below did not report.

    ``money`` is whole fen by stage, without stages nobody named; empty for a unit's people.
    """

    counts: Mapping[str, int]
    nodes: int
    parts: int
    missing_parts: int
    money: Mapping[str, int] = field(default_factory=dict)

    @property
    def worst(self) -> str:
        """The worst light there is."""
        return next((light for light in WORST_FIRST if self.counts.get(light)), "none")


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A project: the whole region's cell and one for each column, None where it has no target there."""

    project: int
    headline: str
    category: str
    whole: HeatCell | None
    cells: tuple[HeatCell | None, ...]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Projects by regions below."""

    columns: tuple[Named, ...]
    rows: tuple[HeatRow, ...]


@dataclass(frozen=True, slots=True)
class PeriodLights:
    """How many targets showed which light when a period was closed."""

    key: str
    name: str
    cell: HeatCell


@dataclass(frozen=True, slots=True)
class RegionLights:
    """A region below and all its targets together."""

    region: int
    name: str
    cell: HeatCell


def heat_map(view: PaceView) -> HeatMap:
    """Project by region below. Three queries however large."""
    columns = tuple(Named(pk, name) for pk, name in regions_below(view).values_list("pk", "name"))
    keys = [view.region.pk, *(column.key for column in columns)]
    found = {
        (row["project_number"], row["region"]): _cell(row)
        for row in _counted(view, [view.snapshot.pk], keys, ("project_number", "region"))
    }
    projects = {project for project, _ in found}
    rows = (
        HeatRow(
            number,
            headline,
            category,
            found.get((number, view.region.pk)),
            tuple(found.get((number, column.key)) for column in columns),
        )
        for number, (headline, category) in project_names(view.person, view.programme.pk).items()
        if number in projects
    )
    return HeatMap(columns, tuple(rows))


def region_lights(view: PaceView) -> tuple[RegionLights, ...]:
    """Every region below with all its targets together: what a map shows. Two queries."""
    names = dict(regions_below(view).values_list("pk", "name"))
    rows = _counted(view, [view.snapshot.pk], list(names), ("region",))
    found = {row["region"]: _cell(row) for row in rows}
    return tuple(RegionLights(pk, name, found[pk]) for pk, name in names.items() if pk in found)


def unit_lights(view: PaceView) -> tuple[RegionLights, ...]:
    """Every lead unit with all its targets in the region; ``region`` is the unit's key. Two queries."""
    rows = _counted(view, [view.snapshot.pk], [view.region.pk], ("lead_unit",))
    found = {row["lead_unit"]: _cell(row) for row in rows if row["lead_unit"] is not None}
    indicators = indicators_for(view.person).filter(programme=view.programme, lead_unit__in=found)
    names = dict(indicators.order_by("position").values_list("lead_unit_id", "lead_unit__name"))
    return tuple(RegionLights(pk, name, found[pk]) for pk, name in names.items())


def whole_cell(view: PaceView) -> HeatCell | None:
    """All targets of the region together; None where it has none. One query."""
    rows = _counted(view, [view.snapshot.pk], [view.region.pk], ("region",))
    return next((_cell(row) for row in rows), None)


def lights_over_time(view: PaceView) -> tuple[PeriodLights, ...]:
    """The region's lights at every closing of the year, in order of time. Two queries."""
    snapshots = latest_snapshots(view.person, view.programme.pk)
    rows = _counted(view, [one.pk for one in snapshots], [view.region.pk], ("snapshot",))
    found = {row["snapshot"]: _cell(row) for row in rows}
    return tuple(
        PeriodLights(one.period.key, one.period.name, found[one.pk]) for one in snapshots if one.pk in found
    )


def region_lights_over_time(view: PaceView, snapshots: Collection[int]) -> dict[tuple[int, int], HeatCell]:
    """By (snapshot, region): the regions below at these closings. Two queries."""
    below = list(regions_below(view).values_list("pk", flat=True))
    rows = _counted(view, snapshots, below, ("snapshot", "region"))
    return {(row["snapshot"], row["region"]): _cell(row) for row in rows}


def added(cells: Iterable[HeatCell]) -> HeatCell | None:
    """Several cells as one; None of none."""
    known = list(cells)
    if not known:
        return None
    return HeatCell(
        {light: sum(cell.counts.get(light, 0) for cell in known) for light in SHOWN},
        sum(cell.nodes for cell in known),
        sum(cell.parts for cell in known),
        sum(cell.missing_parts for cell in known),
        {
            stage: sum(sums)
            for stage in MONEY_STAGES
            if (sums := [cell.money[stage] for cell in known if stage in cell.money])
        },
    )


def project_cells(view: PaceView, snapshot: int) -> dict[int, HeatCell]:
    """By project: the region's targets as a snapshot has them. One query."""
    rows = _counted(view, [snapshot], [view.region.pk], ("project_number",))
    return {row["project_number"]: _cell(row) for row in rows}


def project_names(person: Person, programme: int) -> dict[int, tuple[str, str]]:
    """By number: headline and category of the programme's projects, in order. One query."""
    rows = indicators_for(person).filter(programme=programme).order_by("position")
    found: dict[int, tuple[str, str]] = {}
    for number, headline, category in rows.values_list("project_number", "project_headline", "category_name"):
        found.setdefault(number, (headline, category))
    return found


def _counted(
    view: PaceView, snapshots: Collection[int], regions: Collection[int], by: tuple[str, ...]
) -> Iterable[_Row]:
    if view.counted:
        return _from_cells(view, snapshots, regions, by)
    return _from_standings(view, snapshots, regions, by)


def _from_cells(
    view: PaceView, snapshots: Collection[int], regions: Collection[int], by: tuple[str, ...]
) -> Iterable[_Row]:
    rows = pace_cells_for(view.person).filter(
        view.indicator_filter(""), snapshot__in=snapshots, region__in=regions
    )
    sums = {f"sum_{name}": Sum(name) for name in (*_SUMS, *_MONEY)}
    counted: Iterable[_Row] = rows.order_by().values(*by).annotate(**sums)
    return counted


def _from_standings(
    view: PaceView, snapshots: Collection[int], regions: Collection[int], by: tuple[str, ...]
) -> Iterable[_Row]:
    rows = standings_for(view.person).filter(
        view.indicator_filter("indicator__"), snapshot__in=snapshots, allocation__region__in=regions
    )
    names = {"region": F("allocation__region"), "project_number": F("indicator__project_number"),
             "lead_unit": F("indicator__lead_unit")}  # fmt: skip
    lights = {f"sum_{light}": Count("pk", filter=Q(light=light)) for light in SHOWN}
    renamed = {name: names[name] for name in by if name in names}
    plain = [name for name in by if name not in names]
    counted: Iterable[_Row] = (
        rows.order_by()
        .values(*plain, **renamed)
        .annotate(
            **lights,
            sum_nodes=Count("pk"),
            sum_parts=Sum("parts"),
            sum_missing_parts=Sum(F("parts") - F("reported")),
        )
    )
    return counted


def _cell(row: _Row) -> HeatCell:
    money = {stage: row.get(f"sum_money_{stage}") for stage in MONEY_STAGES}
    return HeatCell(
        {light: row[f"sum_{light}"] or 0 for light in SHOWN},
        row["sum_nodes"] or 0,
        row["sum_parts"] or 0,
        row["sum_missing_parts"] or 0,
        {stage: int(fen) for stage, fen in money.items() if fen is not None},
    )
