"""The fold over one tree of parts: leaves from what was said, parts above from those below, all judged."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from minsheng.progress.model import Figures, Owed
from minsheng.progress.pace.curves import Curve
from minsheng.progress.pace.judging import judge
from minsheng.progress.pace.measuring import LEVELS, leaf_facts
from minsheng.progress.pace.model import Facts
from minsheng.progress.pace.model import Standing as Value
from minsheng.progress.pace.presets import default_rules
from minsheng.progress.pace.ranking import peers_of
from minsheng.progress.pace.rolling import combine
from minsheng.progress.pace.rules import LightRules
from minsheng.progress.periods import Period
from minsheng_web.records.models import LightRuleSet, PaceSeal, ReportPeriod, Snapshot
from minsheng_web.records.pace_rows import digits_of_parts
from minsheng_web.records.pace_rules import curves_of, rules_in_force
from minsheng_web.records.reported import period_value


@dataclass(slots=True)
class Node:
    """One part of a tree; ``figures`` is what its own unit handed in this period."""

    allocation: int
    indicator: int
    above: int | None
    region: int
    owed: Owed
    figures: Figures | None


@dataclass(slots=True)
class Told:
    """A part and how it stands."""

    node: Node
    standing: Value


def fold_tree(
    nodes: Sequence[Node],
    before: Mapping[int, Value],
    curve: Curve,
    rules: LightRules,
    period: Period,
) -> list[Told]:
    """How every part of one indicator stands, in the order given. Children are judged before parents."""
    below: dict[int, list[Node]] = defaultdict(list)
    known = {node.allocation for node in nodes}
    for node in nodes:
        if node.above in known:
            below[node.above].append(node)
    done: dict[int, Value] = {}
    for siblings in reversed(list(_families(nodes, known, below))):
        facts: dict[int, Facts] = {}
        for node in siblings:
            key = node.allocation
            parts = [done[child.allocation] for child in below.get(key, ())]
            facts[key] = facts_of(node, parts, period)
            done[key] = judge(facts[key], before.get(key), curve, rules, period)
        if rules.needs_peers:
            peers = peers_of(siblings[0].owed.kind, {key: done[key] for key in facts})
            for key, one in facts.items():
                done[key] = judge(replace(one, peers=peers[key]), before.get(key), curve, rules, period)
    return [Told(node, done[node.allocation]) for node in nodes]


def _families(
    nodes: Sequence[Node], known: Collection[int], below: Mapping[int, list[Node]]
) -> Iterator[list[Node]]:
    """Sets of siblings, a set never after the set of their children."""
    waiting = [[node] for node in nodes if node.above not in known]
    for family in waiting:
        yield family
        waiting.extend(below[node.allocation] for node in family if node.allocation in below)


def facts_of(node: Node, parts: Sequence[Value], period: Period) -> Facts:
    """What is known of a part: of those below it, or what its own unit said."""
    if not parts:
        return leaf_facts(node.owed, node.figures, period)
    whole = combine(node.owed, parts)
    # A level above is reported by its own unit, though the levels below are too.
    if node.figures is None or (node.owed.kind not in LEVELS and whole.reported):
        return whole
    own = leaf_facts(node.owed, node.figures, period)
    if node.owed.kind not in LEVELS:
        return own  # broken down within the period: those below were not asked yet
    return Facts(node.owed, node.figures, whole.parts + 1, whole.reported + 1, own.reached, whole.unknown)


class Judge:
    """By which rules, curves and earlier standings the parts of one closing are judged."""

    def __init__(
        self,
        period: ReportPeriod,
        before: Snapshot | None,
        rule_set: LightRuleSet | None,
        rules: LightRules,
        until: datetime | None = None,
    ) -> None:
        self.before = before
        self._until = until
        self._period: Period = period_value(period)
        self._rule_set = rule_set
        self.rules = rules

    def all(
        self, indicators: Collection[int], nodes: Iterable[Node], before: Mapping[int, Value]
    ) -> Iterator[Told]:
        """How all parts of the indicators stand."""
        curves = curves_of(indicators, self._until)
        trees: dict[int, list[Node]] = defaultdict(list)
        for node in nodes:
            trees[node.indicator].append(node)
        for indicator, tree in trees.items():
            yield from fold_tree(tree, before, curves[indicator], self.rules, self._period)

    def seal(self, snapshot: Snapshot, parts: Mapping[str, Sequence[Any]]) -> PaceSeal:
        """Keep what was judged by what, with the digits of all standings."""
        made = PaceSeal(
            snapshot=snapshot,
            before=self.before,
            rule_set=self._rule_set,
            rules=self.rules.to_json(),
            parts=dict(parts),
            digest=digits_of_parts(parts),
            standing_count=sum(count for count, _ in parts.values()),
        )
        made.save()
        return made


def judge_of(period: ReportPeriod) -> Judge:
    """The judge of a period that is being closed: the rules in force now, the period closed before it."""
    chosen = rules_in_force(period.programme_id)
    rules = default_rules() if chosen is None else LightRules.from_json(chosen.rules)
    return Judge(period, snapshot_before(period), chosen, rules)


def snapshot_before(period: ReportPeriod) -> Snapshot | None:
    """The last snapshot of the period that was closed before this one, where it has standings."""
    rows = Snapshot.objects.filter(
        period__programme=period.programme_id, period__start__lt=period.start, pace__isnull=False
    )
    found: Snapshot | None = rows.order_by("-period__start", "-number").first()
    return found
