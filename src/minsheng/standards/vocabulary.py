"""The words standards are written in: roster columns and dated parameters."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

ColumnType = Literal["text", "word", "date", "month", "int", "bool", "fen"]
Unit = Literal["fen", "basis_points", "years"]

LARGEST_MONEY = 10**14
"""A trillion yuan: no row has more, so a larger sum is a slip of the pen, and products stay exact."""
LARGEST_COUNT = 10**9
LARGEST_PARAMETER = 10**12


MOST_MONTHS = 120_000
"""Where a vocabulary sets no limit: the calendar has no more, years 1 to 9999."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column that a roster may have: its type, its domain, and what officials call it.

    ``most_months``, of ``month_to``: the most months from ``month_from`` on, both included.
    """

    name: str
    type: ColumnType
    chinese: str
    words: Mapping[str, str] = field(default_factory=dict)
    least: int | None = None
    most: int | None = None
    most_months: int = MOST_MONTHS
    note: str = ""

    @property
    def low(self) -> int:
        return 0 if self.least is None else self.least

    @property
    def high(self) -> int:
        if self.most is not None:
            return self.most
        return LARGEST_MONEY if self.type == "fen" else LARGEST_COUNT


@dataclass(frozen=True, slots=True)
class Parameter:
    """One dated figure that a region sets; ``per_standard``: a series of its own for each standard."""

    name: str
    unit: Unit
    chinese: str
    per_standard: bool = False
    most: int | None = None
    note: str = ""

    @property
    def high(self) -> int:
        return LARGEST_PARAMETER if self.most is None else self.most


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All columns and parameters, in the order of their file; faults of a row are told in it."""

    columns: Mapping[str, Column] = field(default_factory=dict)
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    payers: Mapping[str, str] = field(default_factory=dict)

    def chinese(self, name: str) -> str:
        """What officials call a column or parameter; the name itself where it is unknown."""
        known = self.columns.get(name) or self.parameters.get(name)
        return known.chinese if known else name
