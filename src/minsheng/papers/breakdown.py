"""The breakdown of a plan's targets (目标任务分解表): indicators across, the whole first, then its regions.

A column is one indicator of one project; a row is the whole or a region. plan_breakdown.py makes it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from minsheng.plans.model import Comparator, Status

WHOLE_SUFFIX = "合计"
STATUS_WORDS: dict[Status, str] = {
    "assigned": "",
    "upper_level": "属上级任务",
    "no_task": "无任务",
    "pending": "待认定",
    "local": "自定",
}
COMPARATOR_SIGNS: dict[Comparator, str] = {
    "eq": "",
    "ge": "≥",
    "gt": "＞",
    "le": "≤",
    "lt": "＜",
    "about": "约",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell: ``value`` in the column's own unit, or only ``text``. ``line`` is that of the notice."""

    text: str
    value: Decimal | None = None
    comparator: Comparator = "eq"
    aspiration: bool = False
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """One indicator. ``unit`` already carries 万 or 亿; ``each`` is what every region must reach."""

    project: int
    headline: str
    category: str
    units: str
    indicator: str
    unit: str
    each: str = ""
    difference: Decimal | None = None

    @property
    def name(self) -> str:
        """The indicator with its unit, as it stands in a head cell."""
        unit = f"（{self.unit}）" if self.unit else ""
        return f"{self.indicator}{unit}{self.each}"


@dataclass(frozen=True, slots=True)
class Row:
    """The whole or a region: one entry a column, None where the notice says nothing."""

    region: str
    whole: bool
    entries: tuple[Entry | None, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator with its entries, one a row of the table."""

    column: Column
    entries: tuple[Entry | None, ...]


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The table. Rows: the whole first, then regions as the plan names them first."""

    title: str
    region: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """The table turned round: one indicator a line, its entries in the order of the rows."""
        return tuple(
            Line(column, tuple(row.entries[at] for row in self.rows))
            for at, column in enumerate(self.columns)
        )

    def only(self, positions: Sequence[int]) -> "Breakdown":
        """The same table with only the columns at these positions, and the rows that say something there.

        The row of the whole always stays.
        """
        rows = (Row(row.region, row.whole, tuple(row.entries[at] for at in positions)) for row in self.rows)
        return Breakdown(
            self.title,
            self.region,
            tuple(self.columns[at] for at in positions),
            tuple(row for row in rows if row.whole or any(row.entries)),
        )


def whole_name(region: str | None) -> str:
    """What the row of the whole is called: 全市合计, 全县合计, 全区合计, 全省合计."""
    last = (region or "")[-1:]
    return f"全{last if last in '省市县区州盟旗' and last else '部'}{WHOLE_SUFFIX}"


def sign(comparator: Comparator) -> str:
    """The sign written before a value."""
    return COMPARATOR_SIGNS[comparator]


def digits(value: Decimal) -> str:
    """A value with thousands separators and no dangling zeros."""
    return format(value.normalize(), ",f")
