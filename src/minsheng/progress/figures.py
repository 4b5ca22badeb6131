"""Figures of report lines: what a new period starts with, what is needed by when, and parts added to a whole.

What people type is read by typed.py, whose names stand here too.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from minsheng.progress.model import MONEY_STAGES, PERIODS_ADD_UP, STAGES, Cadence, Figures, Kind, Owed, Stage
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
    "last_number",
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
    last = last_number(owed.due, period.year, cadence)
    passed = min(period_of(period.end, cadence).number, last)
    return (owed.value * passed / last if last else owed.value).quantize(_HUNDREDTH, ROUND_HALF_UP)


def needed_per_period(owed: Owed, cumulative: Decimal | None, period: Period) -> Decimal | None:
    """What every period from this one on has to bring, if so much was done before it; counts only.

    Nought once the whole is reached; the whole rest where no period is left. Rounded up to hundredths.
    """
    if owed.kind != "count" or owed.value is None or cumulative is None:
        return None
    left = max(last_number(owed.due, period.year, period.cadence) - period.number + 1, 1)
    rest = max(owed.value - cumulative, Decimal(0))
    return (rest / left).quantize(_HUNDREDTH, "ROUND_UP")


def last_number(due: date | None, year: int, cadence: Cadence) -> int:
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
    known = list(parts)
    adds = kind in PERIODS_ADD_UP
    return RolledUp(
        period=_sum([part.period for part in known]) if adds else None,
        cumulative=_sum([part.cumulative for part in known]) if adds else None,
        done=_all_done([part.done for part in known]) if kind in _DEEDS else None,
        stages=_all_reached(known) if kind == "stages" else {},
        money={
            stage: sum(sums)
            for stage in MONEY_STAGES
            if (sums := [p.money[stage] for p in known if stage in p.money])
        },
        parts=sum(part.parts if isinstance(part, RolledUp) else 1 for part in known),
        missing=sum(_missing(kind, part) for part in known),
    )


_DEEDS = ("yes_no", "full_coverage", "standard")


def _missing(kind: Kind, part: Figures) -> int:
    """1 where the part says nothing of what its kind is told by; what was rolled up has its own count."""
    if isinstance(part, RolledUp):
        return part.missing
    if kind == "stages":
        return int(not part.stages)
    if kind in ("yes_no", "full_coverage"):
        return int(part.done is None)
    return int(part.cumulative is None and (kind != "standard" or part.done is None))


def _sum(values: list[Decimal | None]) -> Decimal | None:
    """The sum of what is known; None only where nothing is."""
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None


def _all_done(deeds: list[bool | None]) -> bool | None:
    """No as soon as one says no; yes when all do; else not known."""
    if False in deeds:
        return False
    return True if deeds and None not in deeds else None


def _all_reached(parts: list[Figures]) -> dict[Stage, date]:
    """The stages every part has reached, each on the day of the last of them."""
    return {
        stage: max(part.stages[stage] for part in parts)
        for stage in STAGES
        if parts and all(stage in part.stages for part in parts)
    }
