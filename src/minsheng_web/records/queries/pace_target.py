"""One target through the year: how it stood at every closing, in words, and what was reported."""

from dataclasses import dataclass
from datetime import date

from minsheng.progress.pace.rules import LightRules
from minsheng.progress.pace.sentences import outlook, sentence
from minsheng_web.records.access import (
    Person,
    allocations_for,
    report_lines_for,
    snapshot_lines_for,
    standings_for,
)
from minsheng_web.records.models import Allocation, PaceSeal, ReportLine, Snapshot, SnapshotLine, Standing
from minsheng_web.records.pace_rows import owed_of_row, value_of
from minsheng_web.records.queries.pace_scope import latest_snapshots
from minsheng_web.records.reported import period_value


@dataclass(frozen=True, slots=True)
class TargetMonth:
    """One closed period of a target. ``lines`` are what was frozen of it: none where others below report.

    ``report`` is the key of the report line behind it (with its evidence), None where there is none in reach.
    """

    snapshot: Snapshot
    standing: Standing
    sentence: str
    outlook: str
    lines: tuple[SnapshotLine, ...]
    report: int | None

    @property
    def key(self) -> str:
        return self.snapshot.period.key

    @property
    def name(self) -> str:
        return self.snapshot.period.name

    @property
    def end(self) -> date:
        return self.snapshot.period.end


@dataclass(frozen=True, slots=True)
class TargetYear:
    """A target and its closed periods in order of time; the last one holds the forecast."""

    allocation: Allocation
    months: tuple[TargetMonth, ...]

    @property
    def last(self) -> TargetMonth | None:
        return self.months[-1] if self.months else None


def target_year(person: Person, programme: int, allocation: int) -> TargetYear | None:
    """One target through the year; None out of reach. Six queries."""
    found = (
        allocations_for(person)
        .filter(pk=allocation, indicator__programme=programme)
        .select_related("indicator__lead_unit", "region", "reporting_unit", "above__region")
        .first()
    )
    if found is None:
        return None
    snapshots = latest_snapshots(person, programme)
    keys = [one.pk for one in snapshots]
    standings = {
        row.snapshot_id: row for row in standings_for(person).filter(snapshot__in=keys, allocation=found)
    }
    rules = dict(PaceSeal.objects.filter(snapshot__in=keys).values_list("snapshot_id", "rules"))
    lines: dict[int, list[SnapshotLine]] = {}
    for line in snapshot_lines_for(person).filter(snapshot__in=keys, allocation=found).order_by("pk"):
        lines.setdefault(line.snapshot_id, []).append(line)
    reports = _reports(person, found, [one.period_id for one in snapshots])
    months = tuple(
        _month(one, standings[one.pk], LightRules.from_json(rules[one.pk]), tuple(lines.get(one.pk, ())),
               reports.get(one.period_id))
        for one in snapshots
        if one.pk in standings
    )  # fmt: skip
    return TargetYear(found, months)


def _month(
    snapshot: Snapshot,
    row: Standing,
    rules: LightRules,
    lines: tuple[SnapshotLine, ...],
    report: int | None,
) -> TargetMonth:
    value, owed, period = value_of(row), owed_of_row(row), period_value(snapshot.period)
    told = sentence(value, owed, rules, period)
    return TargetMonth(snapshot, row, told, outlook(value, owed, period), lines, report)


def _reports(person: Person, allocation: Allocation, periods: list[int]) -> dict[int, int]:
    """By period: the main report line of the part, that of its present unit where there are two."""
    rows = report_lines_for(person).filter(period__in=periods, allocation=allocation, cooperating=False)
    found: dict[int, ReportLine] = {}
    for line in rows.order_by("pk").only("pk", "period_id", "unit_id"):
        if line.period_id not in found or line.unit_id == allocation.reporting_unit_id:
            found[line.period_id] = line
    return {period: line.pk for period, line in found.items()}
