"""Figures of report lines: what a new period starts with, what is needed by when, and parts added to a whole.

What people type is read by typed.py, whose names stand here too.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import reduce

from minsheng.progress.model import MONEY_STAGES, STAGES, Cadence, Figures, Kind, MoneyStage, Owed, Stage
from minsheng.progress.periods import Period, period_of, periods_in
from minsheng.progress.typed import (
    Unusable,
    format_amount,
    format_money,
    parse_amount,
    parse_date,
    parse_money,
)

__all__ = (
    "RolledUp",
    "Unusable",
    "carry_on",
    "fill_cumulative",
    "format_amount",
    "format_money",
    "needed_pace",
    "needed_per_period",
    "parse_amount",
    "parse_date",
    "parse_money",
    "roll_up",
)

_HUNDREDTH = Decimal("0.01")


def carry_on(before: Figures | None) -> Figures:
    """What a new period starts with: the last levels, stages and money; of the period itself nothing yet."""
    if before is None:
        return Figures()
    return Figures(
        cumulative=before.cumulative,
        done=before.done,
        stages=dict(before.stages),
        money=dict(before.money),
    )


def fill_cumulative(before: Figures | None, period: Decimal | None, *, first: bool = False) -> Decimal | None:
    """The last cumulative and what the period added; in the ``first`` period of a year that alone.

    None where either is not known: a missing report is never nought.
    """
    if period is None:
        return None
    if first:
        return period
    return None if before is None or before.cumulative is None else before.cumulative + period


def needed_pace(owed: Owed, period: Period, cadence: Cadence) -> Decimal | None:
    """What a straight line from January to the day it is due asks for by the period's end; counts only.

    Each period of ``cadence`` has an equal part, as offices reckon it: a quarter of the year's task by March.
    Rounded to hundredths.
    """
    if owed.kind != "count" or owed.value is None:
        return None
    last = _last_number(owed.due, period.year, cadence)
    passed = min(period_of(period.end, cadence).number, last)
    return (owed.value * passed / last if last else owed.value).quantize(_HUNDREDTH, ROUND_HALF_UP)


def needed_per_period(owed: Owed, cumulative: Decimal | None, period: Period) -> Decimal | None:
    """What every period from this one on has to bring, if so much was done before it; counts only.

    Nought once the whole is reached; the whole rest where no period is left. Rounded up to hundredths.
    """
    if owed.kind != "count" or owed.value is None or cumulative is None:
        return None
    left = max(_last_number(owed.due, period.year, period.cadence) - period.number + 1, 1)
    rest = max(owed.value - cumulative, Decimal(0))
    return (rest / left).quantize(_HUNDREDTH, "ROUND_UP")


def _last_number(due: date | None, year: int, cadence: Cadence) -> int:
    """The number of the period it is due in; of the year's last one where it is due later or on no day."""
    if due is None or due.year > year:
        return periods_in(year, cadence)
    return period_of(due, cadence).number if due.year == year else 0


@dataclass(frozen=True, slots=True)
class RolledUp(Figures):
    """Figures of several parts as one. ``missing`` of the ``parts`` reported nothing that could be added."""

    parts: int = 0
    missing: int = 0


def roll_up(kind: Kind, parts: Iterable[Figures]) -> RolledUp:
    """Parts as one line. Counts and money are sums of what is known, and ``missing`` says how many are not.

    Levels (rates, standards, growth) do not add up: None. Works stand where the last of them stands. A deed
    is done when every part is. What was rolled up may be rolled up again, in any grouping.
    """
    rolled = [_as_part(kind, part) for part in parts]
    return reduce(lambda one, other: _both(kind, one, other), rolled) if rolled else RolledUp()


def _as_part(kind: Kind, part: Figures) -> RolledUp:
    if isinstance(part, RolledUp):
        return part
    counts = kind == "count"
    level = part.cumulative if counts or kind == "full_coverage" else None
    return RolledUp(
        period=part.period if counts or kind == "full_coverage" else None,
        cumulative=level,
        done=part.done if kind in ("yes_no", "full_coverage", "standard") else None,
        stages=dict(part.stages) if kind == "stages" else {},
        money=dict(part.money),
        parts=1,
        missing=int(_is_missing(kind, part)),
    )


def _is_missing(kind: Kind, part: Figures) -> bool:
    """Whether the part says nothing of what its kind is told by."""
    if kind == "stages":
        return not part.stages
    if kind in ("yes_no", "full_coverage"):
        return part.done is None
    return part.cumulative is None and (kind != "standard" or part.done is None)


def _both(kind: Kind, one: RolledUp, other: RolledUp) -> RolledUp:
    stages: dict[Stage, date] = {
        stage: max(one.stages[stage], other.stages[stage])
        for stage in STAGES
        if stage in one.stages and stage in other.stages
    }
    money: dict[MoneyStage, int] = {
        stage: one.money.get(stage, 0) + other.money.get(stage, 0)
        for stage in MONEY_STAGES
        if stage in one.money or stage in other.money
    }
    return RolledUp(
        period=_known(one.period, other.period, lambda a, b: a + b),
        cumulative=_known(one.cumulative, other.cumulative, lambda a, b: a + b),
        done=_all_done(one.done, other.done),
        stages=stages if kind == "stages" else {},
        money=money,
        parts=one.parts + other.parts,
        missing=one.missing + other.missing,
    )


def _known(
    one: Decimal | None, other: Decimal | None, put: Callable[[Decimal, Decimal], Decimal]
) -> Decimal | None:
    """The sum of what is known; None only where neither is."""
    if one is None or other is None:
        return other if one is None else one
    return put(one, other)


def _all_done(one: bool | None, other: bool | None) -> bool | None:
    """No as soon as one says no; yes when both do; else not known."""
    if one is False or other is False:
        return False
    return True if one and other else None
