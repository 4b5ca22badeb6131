"""Rows of reports as the values the rules take, and back."""

import json
from collections.abc import Sequence
from typing import Any

from minsheng.progress.frozen import FrozenLine
from minsheng.progress.model import MONEY_STAGES, STAGES, Figures
from minsheng.progress.periods import Period
from minsheng_web.records.bulk import exact
from minsheng_web.records.models import ReportLine, ReportPeriod, SnapshotLine
from minsheng_web.records.models.reports import LineState
from minsheng_web.records.report_values import figures_of, owed_of

HANDED_IN = (LineState.SUBMITTED, LineState.VERIFIED, LineState.ACCEPTED)
"""States whose figures were said by the unit; a draft's are nobody's word yet."""

OWING = (LineState.DRAFT, LineState.RETURNED)
"""States in which a line is still with its unit."""


def period_value(period: ReportPeriod) -> Period:
    """The period as a value. Raises ValueError for a key that is none, which would be a bug."""
    value = Period.parse(period.key)
    if value is None:
        raise ValueError(period.key)
    return value


def columns_of(figures: Figures) -> dict[str, Any]:
    """The same as columns of a line."""
    sums = {f"money_{stage}": figures.money.get(stage) for stage in MONEY_STAGES}
    return {
        "amount": figures.period,
        "cumulative": figures.cumulative,
        "done": figures.done,
        "stages": {stage: day.isoformat() for stage, day in figures.stages.items()},
        "difficulty": figures.difficulty,
        "next_step": figures.next_step,
        "correction": figures.correction,
        **sums,
    }


def said_of(line: ReportLine) -> dict[str, Any]:
    """The line's figures for the audit trail: what JSON holds, without what is empty."""
    columns = columns_of(figures_of(line))
    texts = {name: str(columns[name]) for name in ("amount", "cumulative") if columns[name] is not None}
    return {name: value for name, value in columns.items() if value not in (None, "", {})} | texts


def frozen_value(line: SnapshotLine) -> FrozenLine:
    """A line of a snapshot as a value."""
    return FrozenLine(
        allocation=line.allocation_id,
        region_name=line.region_name,
        unit_name=line.unit_name,
        indicator_name=line.indicator_name,
        owed=line.owed,
        state=line.state,
        amount=line.amount,
        cumulative=line.cumulative,
        done=line.done,
        stages=line.stages,
        money=line.money,
        difficulty=line.difficulty,
    )


FROZEN_FROM = (
    "allocation_id", "allocation__region__name", "unit__name", "allocation__indicator__name",
    "allocation__asked", "allocation__share", "state", "amount", "cumulative", "done", "stages",
    "money_needed", "money_arrived", "money_spent", "money_paid", "difficulty",
)  # fmt: skip
"""Columns of a report line from which ``frozen_from`` makes what is frozen, in order."""


def frozen_from(row: Sequence[Any]) -> FrozenLine:
    """As ``to_be_frozen``, of columns as ``bulk.read_rows`` gives them; instances would cost too much."""
    allocation, region, unit, indicator, asked, share, state = row[:7]
    said = state in HANDED_IN_STATES
    stages = json.loads(row[10]) if said and row[10] != "{}" else {}
    money = row[11:15] if said else ()
    return FrozenLine(
        allocation,
        region,
        unit,
        indicator,
        exact(share if asked is None else asked),
        state,
        exact(row[7]) if said else None,
        exact(row[8]) if said else None,
        row[9] if said else None,
        {stage: stages[stage] for stage in STAGES if stages.get(stage)} if stages else {},
        {stage: fen for stage, fen in zip(MONEY_STAGES, money, strict=False) if fen is not None},
        row[15] if said else "",
    )


HANDED_IN_STATES = frozenset(state.value for state in HANDED_IN)


def to_be_frozen(line: ReportLine) -> FrozenLine:
    """The line as a snapshot keeps it. What was not handed in was not reported: no figure, never nought."""
    said = figures_of(line) if line.state in HANDED_IN else Figures()
    return FrozenLine(
        allocation=line.allocation_id,
        region_name=line.allocation.region.name,
        unit_name=line.unit.name,
        indicator_name=line.allocation.indicator.name,
        owed=owed_of(line.allocation).value,
        state=line.state,
        amount=said.period,
        cumulative=said.cumulative,
        done=said.done,
        stages={stage: day.isoformat() for stage, day in said.stages.items()},
        money={str(stage): fen for stage, fen in said.money.items()},
        difficulty=said.difficulty,
    )
