"""Other rules tried on the months that are closed: what each light would have been."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from minsheng.progress.model import Owed
from minsheng.progress.pace.model import Peers
from minsheng.progress.pace.model import Standing as StandingValue
from minsheng.progress.pace.ranking import peers_of
from minsheng.progress.pace.rules import LightRules
from minsheng.progress.pace.trial import Trial, TrialMonth, TrialNode, try_rules
from minsheng_web.records.access import Person, standings_for
from minsheng_web.records.models import Allocation, Snapshot, Standing
from minsheng_web.records.pace_rows import owed_of_row, value_of
from minsheng_web.records.pace_rules import curves_of
from minsheng_web.records.queries.pace_scope import latest_snapshots
from minsheng_web.records.reported import period_value

MOST_TRIED = 12_000
"""Standings tried while the person waits, in a few seconds."""

_Peers = dict[tuple[int, int], Peers]


@dataclass(frozen=True, slots=True)
class NotTried:
    """Why nothing was tried, as a sentence."""

    message: str


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of it; ``names``: region and target of every node among ``trial.changes``, by its key."""

    trial: Trial
    names: dict[str, tuple[str, str]]
    standings: int


def try_on_past(person: Person, programme: int, rules: LightRules, *, level: str) -> Tried | NotTried:
    """The rules on every closed period, for the parts of regions of a level (Region.level) in reach.

    Four queries. Who sees the programme may try; nothing is kept.
    """
    snapshots = {one.pk: one for one in latest_snapshots(person, programme)}
    if not snapshots:
        return NotTried("还没有关闭的填报期，不能试算。")
    rows = standings_for(person).filter(snapshot__in=list(snapshots), allocation__region__level=level)
    count = rows.count()
    if count > MOST_TRIED:
        return NotTried(
            f"这一级共有 {count} 条记录，超过一次试算的 {MOST_TRIED} 条，请选择更高一级的地区试算。"
        )
    months: dict[int, list[Standing]] = defaultdict(list)
    for row in rows.order_by("snapshot__period__start", "pk").select_related("allocation"):
        months[row.allocation_id].append(row)
    peers = _peers(months) if rules.needs_peers else {}
    trial = try_rules(_nodes(months, snapshots, peers), rules)
    return Tried(trial, _names(trial), count)


def _nodes(
    months: dict[int, list[Standing]], snapshots: dict[int, Snapshot], peers: _Peers
) -> Iterator[TrialNode]:
    curves = curves_of({rows[0].indicator_id for rows in months.values()})
    periods = {pk: period_value(one.period) for pk, one in snapshots.items()}
    for allocation, rows in months.items():
        owed: Owed = owed_of_row(rows[-1])
        tried = [
            TrialMonth(periods[row.snapshot_id], value_of(row), peers.get((row.snapshot_id, allocation)))
            for row in rows
        ]
        yield TrialNode(str(allocation), owed, curves[rows[0].indicator_id], tried)


def _peers(months: dict[int, list[Standing]]) -> _Peers:
    """Every node beside its siblings, period by period."""
    families: dict[tuple[int, int], dict[int, StandingValue]] = defaultdict(dict)
    kinds: dict[tuple[int, int], str] = {}
    for rows in months.values():
        for row in rows:
            # A whole has no siblings: it is a family of its own.
            family = (row.snapshot_id, row.allocation.above_id or -row.allocation_id)
            families[family][row.allocation_id] = value_of(row)
            kinds[family] = row.kind
    return {
        (snapshot, allocation): peers
        for (snapshot, above), family in families.items()
        for allocation, peers in peers_of(kinds[snapshot, above], family).items()  # type: ignore[arg-type]
    }


def _names(trial: Trial) -> dict[str, tuple[str, str]]:
    keys = {int(change.key) for change in trial.changes}
    rows = Allocation.objects.filter(pk__in=keys).values_list("pk", "region__name", "indicator__name")
    return {str(pk): (region, name) for pk, region, name in rows}
