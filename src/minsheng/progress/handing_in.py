"""Handing a report line in: who reports at all, what stops a line, and what "as last period" says."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from minsheng.progress.entry_line import EntryProblem
from minsheng.progress.model import Figures, Kind
from minsheng.progress.periods import Period

LEVELS: frozenset[Kind] = frozenset(("at_least", "at_most", "standard", "growth"))
"""Kinds whose parts make no whole: a region reports its own level even where it is broken down."""

UNTOUCHED = EntryProblem(
    "untouched",
    "error",
    "period",
    "这一项本期还没有填：没有变化请勾选“与上期相同”，有进展请填数，报不出数请在困难问题一栏写明原因。",
)
NOTHING_BEFORE = EntryProblem(
    "nothing_before",
    "error",
    "period",
    "没有上期的数，不能说“与上期相同”：请填本期完成和累计，报不出数请在困难问题一栏写明原因。",
)


def stopping(problems: Iterable[EntryProblem], now: Figures) -> tuple[EntryProblem, ...]:
    """The problems a line cannot be handed in with: errors, but a figure that is missing may be explained."""
    explained = bool(now.difficulty.strip())
    return tuple(
        problem
        for problem in problems
        if problem.severity == "error" and not (problem.code == "value_missing" and explained)
    )


def as_before(kind: Kind, now: Figures, before: Figures | None, period: Period) -> Figures | None:
    """The line that says nothing has changed; None where there is nothing it could be the same as.

    A count that did not move brought nought; in the year's first period that alone is known.
    """
    if kind == "count":
        last = before.cumulative if before is not None else Decimal(0) if period.is_first else None
        return None if last is None else replace(now, period=Decimal(0), cumulative=last)
    if before is None or (before.cumulative is None and before.done is None and not before.stages):
        return None
    return replace(
        now, cumulative=before.cumulative, done=before.done, stages=dict(before.stages), period=None
    )
