"""What a standard is: dated versions of one rule, each with its text, and the cases that show what it means.

Expressions stand here as written, with their line; ``compiled.py`` parses and types them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from minsheng.standards.fault import Place

BoundKind = Literal["exact", "at_least", "at_most", "range", "in_principle", "about"]
Basis = Literal["plan_year", "stated", "settled"]
"""The plan year's first day, a day that the notice states, or one that neither gives and that was settled."""


@dataclass(frozen=True, slots=True)
class Expression:
    """The text of an expression and where it stands."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class NoticeSource:
    """Lines of the notice and the policy figures that stand there."""

    first_line: int
    last_line: int
    figures: tuple[str, ...]

    def __str__(self) -> str:
        if self.first_line == self.last_line:
            return f"第{self.first_line}行"
        return f"第{self.first_line}至{self.last_line}行"


@dataclass(frozen=True, slots=True)
class Bound:
    """How the figure of the notice binds, and the condition that a check looks at."""

    kind: BoundKind = "exact"
    condition: Expression | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """What one payer pays; None is the rest, which the last payer takes."""

    payer: str
    amount: Expression | None


@dataclass(frozen=True, slots=True)
class Reads:
    """The columns and parameters that a version says it reads; of a parameter, whether it may be missing."""

    columns: tuple[str, ...] = ()
    parameters: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Version:
    """A rule as it stands from one day to another (both included; no last day: for now)."""

    first_day: date
    last_day: date | None
    basis: Basis
    sources: tuple[NoticeSource, ...]
    when: Expression
    amount: Expression
    form: tuple[str, ...]
    bound: Bound
    rounding: str
    period: str
    payers: str
    shares: tuple[Share, ...]
    reads: Reads
    place: Place

    def is_in_force(self, day: date) -> bool:
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True, slots=True)
class Case:
    """A row, a day and the answer an official can check; ``row`` and ``parameters`` are outside values."""

    says: str
    as_of: date
    region: str | None
    parameters: Mapping[str, Any]
    row: Mapping[str, Any]
    expect: Mapping[str, Any]
    place: Place


@dataclass(frozen=True, slots=True)
class Standard:
    """One benefit standard of a notice."""

    id: str
    name: str
    for_whom: str
    notice: str
    project: int
    category: str
    versions: tuple[Version, ...]
    cases: tuple[Case, ...]
    place: Place
    note: str = ""

    def version_on(self, day: date) -> Version | None:
        return next((version for version in self.versions if version.is_in_force(day)), None)


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice that standards of one city and year come from."""

    id: str
    title: str
    city: str
    year: int
    plan_year_start: date
    issuer: str
    place: Place
