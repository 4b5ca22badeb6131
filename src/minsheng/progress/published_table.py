"""A published progress table: its printed figures, its percentages and totals worked out again."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from minsheng.kernel.source import Source
from minsheng.progress.model import Kind

What = Literal["target", "done", "percent"]
WHAT_WORDS: dict[What, str] = {"target": "目标任务", "done": "进度", "percent": "完成比例"}

Likely = Literal["percent", "target", "done", "whole", "part", "blank", "unknown"]
"""Which figure a difference points at: the one that would have to be another for the rest to agree."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure with the digits it was printed with: 108 stands for anything from 107.5 to 108.5."""

    value: Decimal
    decimals: int
    source: Source

    @property
    def slack(self) -> Decimal:
        """Half a unit of the last printed digit."""
        return Decimal(5).scaleb(-self.decimals - 1)


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """One region's figures of one indicator; None: a blank cell. ``whole``: the row of the whole (全市).

    ``group`` numbers the columns an indicator stands in: two blocks may use one name. ``region`` is empty
    where the table names none.
    """

    group: int
    region: str
    whole: bool
    indicator: str
    unit: str
    kind: Kind
    target: Printed | None
    done: Printed | None
    percent: Printed | None

    def printed(self, what: What) -> Printed | None:
        """The figure of one column."""
        return {"target": self.target, "done": self.done, "percent": self.percent}[what]

    @property
    def recomputed(self) -> Decimal | None:
        """The percentage of completion, unrounded; None for a kind without one or with a blank figure."""
        if self.kind != "count" or self.target is None or self.done is None:
            return None
        return recomputed_percent(self.target.value, self.done.value)


@dataclass(frozen=True, slots=True)
class Difference:
    """A printed figure that does not follow from the others. ``right`` is what the likely one should then be.

    ``percent_cut_off``: digits were cut off instead of rounded. ``percent_of_ceiling``: 控制在…以内 has no
    percentage of completion, yet one is printed.
    """

    code: Literal["percent_differs", "percent_cut_off", "percent_of_ceiling", "sum_differs"]
    indicator: str
    region: str
    what: What
    source: Source
    given: Decimal
    recomputed: Decimal
    likely: Likely
    right: Decimal | None
    message: str


def recomputed_percent(target: Decimal, done: Decimal) -> Decimal | None:
    """The percentage of completion, unrounded; of nothing there is none."""
    return done * 100 / target if target else None


def agrees(percent: Printed, target: Decimal, done: Decimal) -> bool:
    """Whether a printed percentage is the quotient, rounded to its digits either way."""
    exact = recomputed_percent(target, done)
    return exact is not None and abs(exact - percent.value) <= percent.slack


@dataclass(frozen=True, slots=True)
class ColumnSum:
    """A column added up: ``gap`` is the whole less its parts, nought where rounding explains it."""

    whole: PublishedFigure
    parts: tuple[PublishedFigure, ...]
    blank: tuple[PublishedFigure, ...]
    given: Printed
    total: Decimal
    gap: Decimal


def column_sum(figures: Sequence[PublishedFigure], what: What) -> ColumnSum | None:
    """The sum of one indicator's column; None where it has no whole, no parts, or is nothing to add up."""
    whole = next((figure for figure in figures if figure.whole), None)
    given = whole.printed(what) if whole else None
    parts = tuple(figure for figure in figures if not figure.whole)
    printed = [found for found in (part.printed(what) for part in parts) if found is not None]
    if whole is None or given is None or not printed or whole.kind != "count":
        return None
    total = sum((one.value for one in printed), Decimal(0))
    gap = given.value - total
    rounded = any(one.decimals for one in (given, *printed))
    slack = sum((one.slack for one in printed), given.slack) if rounded else Decimal(0)
    blank = tuple(part for part in parts if part.printed(what) is None)
    return ColumnSum(whole, parts, blank, given, total, gap if abs(gap) > slack else Decimal(0))
