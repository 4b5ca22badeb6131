"""Parts to a whole: a parent's facts from the Standings of its children, each with its last known figure."""

from collections.abc import Sequence
from decimal import Decimal

from minsheng.progress.model import MONEY_STAGES, PERIODS_ADD_UP, STAGES, Figures, MoneyStage, Owed, Stage
from minsheng.progress.pace.measuring import LEVELS
from minsheng.progress.pace.model import Facts, Standing


def combine(owed: Owed, children: Sequence[Standing]) -> Facts:
    """The facts of a whole. The order of the children does not matter, nor how they are grouped.

    A part that did not report this period counts with its last known figure; one that never did counts with
    nothing and stays in ``parts`` and ``unknown``. Levels do not add up: the whole has the level of its worst
    part, because every part has to hold it. Nobody reported: no figures.
    """
    parts = reported = unknown = 0
    for child in children:
        parts += child.parts
        reported += child.reported
        unknown += child.memory.get("unknown", 0)
    if not reported:
        return Facts(owed, None, parts, 0, {}, unknown)
    figures = Figures(cumulative=_figure(owed, children), money=_money(children))
    return Facts(owed, figures, parts, reported, _reached(children), unknown)


def _figure(owed: Owed, children: Sequence[Standing]) -> Decimal | None:
    known = [child.figure for child in children if child.figure is not None]
    if not known:
        return None
    if owed.kind in LEVELS:
        return max(known) if owed.kind == "at_most" else min(known)
    return sum(known, Decimal(0)) if owed.kind in PERIODS_ADD_UP else None


def _reached(children: Sequence[Standing]) -> dict[Stage, int]:
    """How many parts stand at each stage, in the order of the stages."""
    sums: dict[Stage, int] = {}
    for child in children:
        for stage, count in child.reached.items():
            sums[stage] = sums.get(stage, 0) + count
    return {stage: sums[stage] for stage in STAGES if stage in sums}


def _money(children: Sequence[Standing]) -> dict[MoneyStage, int]:
    """The last known sums of every part; a stage nobody told of is left out."""
    sums: dict[MoneyStage, int] = {}
    for child in children:
        money = child.memory.get("money")
        if money:
            for stage, amount in money.items():
                sums[stage] = sums.get(stage, 0) + amount
    return {stage: sums[stage] for stage in MONEY_STAGES if stage in sums}
