"""By which rules the lights of a snapshot were judged: kept with it, so that its sentences stay the same."""

from collections.abc import Iterable
from dataclasses import dataclass

from minsheng.progress.pace.rules import LightRules
from minsheng.progress.pace.sentences import sentence
from minsheng.progress.periods import Period
from minsheng_web.records.models import PaceSeal, Snapshot, Standing
from minsheng_web.records.pace_rows import owed_of_row, value_of
from minsheng_web.records.queries.pace_scope import PaceView
from minsheng_web.records.reported import period_value


@dataclass(frozen=True, slots=True)
class Judged:
    """The rules of a snapshot and its period."""

    rules: LightRules
    period: Period

    def sentence(self, row: Standing) -> str:
        """Why the light is what it is, made from what was stored."""
        return sentence(value_of(row), owed_of_row(row), self.rules, self.period)


def judged_of(view: PaceView) -> Judged:
    """The rules of what is looked at. No query."""
    return Judged(view.rules, view.period_value)


def judged_through(snapshots: Iterable[Snapshot]) -> dict[int, Judged]:
    """By snapshot (whose period is at hand). One query for all."""
    periods = {one.pk: period_value(one.period) for one in snapshots}
    rows = PaceSeal.objects.filter(snapshot__in=periods).values_list("snapshot", "rules")
    return {snapshot: Judged(LightRules.from_json(rules), periods[snapshot]) for snapshot, rules in rows}
