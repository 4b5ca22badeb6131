"""Cells: the standings of a region in a project, counted once when its period is closed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from minsheng.progress.model import MONEY_STAGES
from minsheng.progress.pace.model import LIGHTS
from minsheng_web.records.actions.pace_judging import Told
from minsheng_web.records.models import Indicator

SHOWN = (*LIGHTS, "missing", "none")
CELL_FIELDS = (
    "snapshot", "region", "project_number", "category_name", "lead_unit", "nodes", *SHOWN, "worst", "parts",
    "missing_parts", *(f"money_{stage}" for stage in MONEY_STAGES),
)  # fmt: skip
_WORST_FIRST = ("red", "orange", "yellow", "missing", "green", "blue", "none")
_Project = tuple[int, str, int | None]


class _Cell:
    __slots__ = ("counts", "missing", "money", "nodes", "parts")

    def __init__(self) -> None:
        self.counts = dict.fromkeys(SHOWN, 0)
        self.money: list[int | None] = [None] * len(MONEY_STAGES)
        self.nodes = self.parts = self.missing = 0

    def add(self, told: Told) -> None:
        standing = told.standing
        self.nodes += 1
        self.counts[standing.light] += 1
        self.parts += standing.parts
        self.missing += standing.parts - standing.reported
        money = standing.memory.get("money")
        if money:
            for place, stage in enumerate(MONEY_STAGES):
                if stage in money:
                    self.money[place] = (self.money[place] or 0) + money[stage]

    def row(self) -> tuple[Any, ...]:
        worst = next(light for light in _WORST_FIRST if self.counts[light])
        return (self.nodes, *self.counts.values(), worst, self.parts, self.missing, *self.money)


def projects_of(rows: QuerySet[Indicator]) -> dict[int, _Project]:
    """By indicator: project, category and lead unit, which its standings are counted under."""
    columns = ("pk", "project_number", "category_name", "lead_unit_id")
    return {key: (number, category, lead) for key, number, category, lead in rows.values_list(*columns)}


class CellCounter:
    """Counts standings into cells; those of a project are given out once its last indicator was counted."""

    def __init__(self, projects: Mapping[int, _Project], snapshot: int) -> None:
        self._snapshot = snapshot
        self._project = projects
        self._waiting: dict[_Project, int] = {}
        for project in self._project.values():
            self._waiting[project] = self._waiting.get(project, 0) + 1
        self._cells: dict[_Project, dict[int, _Cell]] = {}

    def count(self, indicators: Iterable[int], told: Iterable[Told]) -> None:
        """Count all standings of these indicators."""
        for one in told:
            cells = self._cells.setdefault(self._project[one.node.indicator], {})
            region = one.node.region
            cell = cells.get(region)
            if cell is None:
                cell = cells[region] = _Cell()
            cell.add(one)
        for indicator in indicators:
            self._waiting[self._project[indicator]] -= 1

    def take(self) -> Sequence[Sequence[Any]]:
        """Rows of the cells that are whole now; they are forgotten here."""
        whole = [project for project in self._cells if not self._waiting[project]]
        return [
            (self._snapshot, region, *project, *cell.row())
            for project in whole
            for region, cell in self._cells.pop(project).items()
        ]
