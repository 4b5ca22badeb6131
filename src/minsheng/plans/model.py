"""A plan as read from a notice: head, categories, projects, measures, quantities, tables.

The meaning of every field is that of the published contract of ``minsheng read --json``.
All values are immutable; a pass or a correction makes a new plan.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, get_args

from minsheng.kernel.problem import Problem
from minsheng.kernel.source import Source

Status = Literal["assigned", "upper_level", "no_task", "pending", "local"]
Comparator = Literal["eq", "ge", "gt", "le", "lt", "about"]
Role = Literal[
    "target", "standard", "share", "budget", "frequency", "deadline", "criterion", "baseline", "fact"
]

STATUSES: tuple[Status, ...] = get_args(Status)
COMPARATORS: tuple[Comparator, ...] = get_args(Comparator)
ROLES: tuple[Role, ...] = get_args(Role)

EACH = "each"
"""The region of a number that holds for every region (各县区, 每个行政村)."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number the text states, with everything that gives it meaning.

    ``text`` is the exact piece of the line at ``source``. ``value`` is in the base unit (万 and 亿
    multiplied out, 23% is 23 with unit ``%``); ``value_hi`` is the upper end of a range. ``ordinal``
    tells apart quantities that share one span (各0.9万人 said of three counties).
    """

    source: Source
    text: str
    value: Decimal
    unit: str
    comparator: Comparator = "eq"
    role: Role = "target"
    value_hi: Decimal | None = None
    aspiration: bool = False
    subject: str | None = None
    region: str | None = None
    ordinal: int = 0

    @property
    def anchor(self) -> str:
        """The quantity's address in the document: stable for as long as the text is."""
        return f"q:{self.source.line}:{self.source.start}:{self.source.end}:{self.ordinal}"


@dataclass(frozen=True, slots=True)
class Measure:
    """A numbered measure (推进措施) of a project."""

    number: int
    source: Source
    text: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A document or standard the project refers to (《…》, 〔2021〕47号, GB/T …)."""

    source: Source
    text: str


@dataclass(frozen=True, slots=True)
class Category:
    """A heading that groups projects. ``declared_count`` is the N of （N项）, where it says one."""

    number: int
    name: str
    declared_count: int | None
    source: Source


@dataclass(frozen=True, slots=True)
class Project:
    """One project of the plan. ``statement`` is its whole promise, ``headline`` the first clause of it."""

    number: int
    category: int | None
    source: Source
    headline: str
    statement: str
    status: Status = "assigned"
    lead_units: tuple[str, ...] = ()
    cooperating_units: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    citations: tuple[Citation, ...] = ()
    lines: tuple[int, ...] = ()

    @property
    def anchor(self) -> str:
        """The project's address in the document: its printed number."""
        return f"p:{self.number}"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a breakdown table. ``value`` stays in the table's own unit; text cells have none."""

    project: int
    indicator: str
    unit: str | None
    region: str
    value: Decimal | None
    text: str
    source: Source
    comparator: Comparator | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A breakdown table (目标任务分解表): cells row by row."""

    name: str
    source: Source
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """What the notice says of itself. ``issued_on`` is an ISO date."""

    title: str | None = None
    region: str | None = None
    year: int | None = None
    issuer: str | None = None
    doc_number: str | None = None
    issued_on: str | None = None
    declared_total: int | None = None
    title_line: int = 1


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole plan, in the order of the document. ``problems`` are what reading could not settle."""

    head: Head
    categories: tuple[Category, ...] = ()
    projects: tuple[Project, ...] = ()
    tables: tuple[Table, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
