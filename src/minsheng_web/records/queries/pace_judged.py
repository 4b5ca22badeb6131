"""By which rules the lights of a snapshot were judged: kept with it, so that its sentences stay the same."""

from collections.abc import Iterable
from dataclasses import dataclass

from minsheng.progress.pace.rules import LightRules
from minsheng.progress.pace.sentences import sentence
from minsheng.progress.periods import Period
from minsheng_web.records.models.pace import PaceSeal, Standing
from minsheng_web.records.pace_rows import owed_of_row, value_of
from minsheng_web.records.queries.pace_scope import Closed


@dataclass(frozen=True, slots=True)
class Judged:
    """The rules of a snapshot and its period. ``number`` of the set that was in force; None: the default."""

    rules: LightRules
    period: Period
    number: int | None

    def sentence(self, row: Standing) -> str:
        """Why the light is what it is, made from what was stored."""
        return sentence(value_of(row), owed_of_row(row), self.rules, self.period)


def judged_of(closed: Closed) -> Judged:
    """The rules of one snapshot. One query."""
    return judged_through([closed])[closed.snapshot]


def judged_through(periods: Iterable[Closed]) -> dict[int, Judged]:
    """By snapshot. One query for all."""
    by_snapshot = {closed.snapshot: closed for closed in periods}
    rows = PaceSeal.objects.filter(snapshot__in=by_snapshot).values_list("snapshot", "rules", "rule_set__number")
    found = {}
    for snapshot, rules, number in rows:
        period = Period.parse(by_snapshot[snapshot].key)
        if period is not None:
            found[snapshot] = Judged(LightRules.from_json(rules), period, number)
    return found
