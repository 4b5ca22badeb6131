"""Other rules over months that are past: how many lights of each there would have been, and which change.

Made from stored Standings alone: what was known at each period's end stands in them, whatever rules lit it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from minsheng.progress.model import Figures, Owed
from minsheng.progress.pace.curves import Curve
from minsheng.progress.pace.judging import judge
from minsheng.progress.pace.model import Facts, Peers, Shown, Standing
from minsheng.progress.pace.rules import LightRules
from minsheng.progress.periods import Period

MOST_CHANGES = 500
"""So many changed nodes are told one by one; the rest are only counted."""


@dataclass(frozen=True, slots=True)
class TrialMonth:
    """One past period of a node as it was stored; ``peers`` where the rules on trial need them."""

    period: Period
    standing: Standing
    peers: Peers | None = None


@dataclass(frozen=True, slots=True)
class TrialNode:
    """A node and its past periods in order, from the first of the year."""

    key: str
    owed: Owed
    curve: Curve
    months: Sequence[TrialMonth]


@dataclass(frozen=True, slots=True)
class Change:
    """A node that another light would have been shown for in a period."""

    key: str
    period: Period
    was: Shown
    would_be: Standing


@dataclass(slots=True)
class Trial:
    """Per period key: how many lights of each there were and would have been, and how many nodes change."""

    was: dict[str, Counter[Shown]] = field(default_factory=dict)
    would_be: dict[str, Counter[Shown]] = field(default_factory=dict)
    changed: Counter[str] = field(default_factory=Counter)
    changes: list[Change] = field(default_factory=list)


def try_rules(nodes: Iterable[TrialNode], rules: LightRules, most: int = MOST_CHANGES) -> Trial:
    """Fold ``rules`` over stored months. Nodes are taken one by one: nothing is held but counts."""
    trial = Trial()
    for node in nodes:
        before: Standing | None = None
        for month in node.months:
            facts = facts_of(month.standing, node.owed, month.peers)
            before = judge(facts, before, node.curve, rules, month.period)
            _count(trial, node.key, month, before, most)
    return trial


def facts_of(standing: Standing, owed: Owed, peers: Peers | None = None) -> Facts:
    """The facts a stored Standing was made from."""
    memory = standing.memory
    unknown = int(memory.get("unknown", 0))
    if standing.light == "missing":
        return Facts(owed, None, standing.parts, 0, {}, unknown, peers)
    figures = Figures(cumulative=standing.figure, money=dict(memory.get("money", {})))
    return Facts(owed, figures, standing.parts, standing.reported, standing.reached, unknown, peers)


def _count(trial: Trial, key: str, month: TrialMonth, after: Standing, most: int) -> None:
    name = month.period.key
    trial.was.setdefault(name, Counter())[month.standing.light] += 1
    trial.would_be.setdefault(name, Counter())[after.light] += 1
    if after.light != month.standing.light:
        trial.changed[name] += 1
        if len(trial.changes) < most:
            trial.changes.append(Change(key, month.period, month.standing.light, after))
