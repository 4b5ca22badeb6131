"""Standings after a late correction: the changed indicator is judged anew, all else is copied as it was."""

from collections.abc import Iterable, Iterator

from minsheng.progress.frozen import FrozenLine
from minsheng.progress.model import Owed
from minsheng.progress.pace.rules import LightRules
from minsheng_web.records.actions.freezing import Due
from minsheng_web.records.actions.pace_cells import CELL_FIELDS, CellCounter, projects_of
from minsheng_web.records.actions.pace_judging import Judge, Node, Told
from minsheng_web.records.actions.pace_reading import leaf_figures, standings_before
from minsheng_web.records.actions.pace_writing import write_standings
from minsheng_web.records.bulk import copy_rows, insert_rows, read_rows
from minsheng_web.records.models import Indicator, PaceCell, PaceSeal, Snapshot, Standing
from minsheng_web.records.pace_rows import BEFORE, FIELDS, before_of, digits_of, row_of
from minsheng_web.records.reported import frozen_value


def standings_again(*, of: Snapshot, snapshot: Snapshot, changed: FrozenLine) -> PaceSeal | None:
    """Standings and cells of a snapshot that differs from ``of`` in one line. Inside its transaction.

    None where ``of`` has none: it was made before there were any. What it was judged by holds again: its
    rules, its earlier period, the curves of that day, the parts as they were.
    """
    seal = PaceSeal.objects.filter(snapshot=of).select_related("before", "rule_set").first()
    indicator = Indicator.objects.get(allocations=changed.allocation)
    if seal is None or not Standing.objects.filter(snapshot=of, indicator=indicator).exists():
        return None
    rules = LightRules.from_json(seal.rules)
    judge = Judge(of.period, seal.before, seal.rule_set, rules, until=of.period.closed_at)
    nodes = list(_nodes(of, snapshot, indicator.pk))
    told = list(judge.all([indicator.pk], nodes, standings_before(seal.before, [indicator.pk])))
    others = Standing.objects.filter(snapshot=of).exclude(indicator=indicator).order_by("pk")
    copy_rows(others, FIELDS, snapshot=snapshot.pk)
    rows = [row_of(one.node.allocation, indicator.pk, one.node.owed, one.standing) for one in told]
    write_standings(snapshot.pk, {indicator.pk: rows})
    _cells_again(of, snapshot, indicator)
    return judge.seal(snapshot, {**seal.parts, str(indicator.pk): list(digits_of(rows))})


def _nodes(of: Snapshot, snapshot: Snapshot, indicator: int) -> Iterator[Node]:
    """The parts as they were when the period was closed, with what the new snapshot says of them."""
    lines = snapshot.lines.filter(allocation__indicator=indicator).select_related(
        "allocation__reporting_unit"
    )
    said = leaf_figures(
        Due(frozen_value(line), line.unit_name == str(line.allocation.reporting_unit)) for line in lines
    )
    rows = Standing.objects.filter(snapshot=of, indicator=indicator).order_by("pk")
    columns = (
        "allocation_id",
        "allocation__above_id",
        "allocation__region_id",
        "kind",
        "unit",
        "owed",
        "due",
    )
    for pk, above, region, kind, unit, owed, due in rows.values_list(*columns):
        yield Node(pk, indicator, above, region, Owed(kind, unit, owed, due), said.get(pk))


def _cells_again(of: Snapshot, snapshot: Snapshot, indicator: Indicator) -> None:
    number = indicator.project_number
    copied = PaceCell.objects.filter(snapshot=of).exclude(project_number=number).order_by("pk")
    copy_rows(copied, CELL_FIELDS, snapshot=snapshot.pk)
    projects = projects_of(Indicator.objects.filter(programme=indicator.programme_id, project_number=number))
    counter = CellCounter(projects, snapshot.pk)
    counter.count(projects, _told(snapshot, projects))
    insert_rows(PaceCell, CELL_FIELDS, counter.take())


def _told(snapshot: Snapshot, indicators: Iterable[int]) -> Iterator[Told]:
    """The standings of these indicators as the new snapshot holds them."""
    rows = Standing.objects.filter(snapshot=snapshot, indicator__in=list(indicators)).order_by("pk")
    columns = (*BEFORE, "indicator_id", "allocation__region_id", "kind", "unit")
    for row in read_rows(rows.values_list(*columns)):
        indicator, region, kind, unit = row[len(BEFORE) :]
        yield Told(Node(row[0], indicator, None, region, Owed(kind, unit, None), None), before_of(row))
