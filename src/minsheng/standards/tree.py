"""A parsed and typed expression. The evaluator, the explanation and the SQL all walk this one tree.

Every node knows its kind, the text it was written as, and the least and greatest whole number it can be,
argued from the domains of what it reads.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from minsheng.standards.vocabulary import Column, Parameter

Kind = Literal["money", "count", "number", "truth", "word", "text", "day", "month"]
"""``number``: a written figure, or a product of one and a count; it may stand for money or for a count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """What all nodes have."""

    kind: Kind
    text: str
    low: int = 0
    high: int = 0

    @property
    def parts(self) -> "tuple[Node, ...]":
        return ()

    def walk(self) -> "Iterator[Node]":
        """This node and all below it, in the order they are written."""
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole(Node):
    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth(Node):
    value: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Word(Node):
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Day(Node):
    value: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AsOf(Node):
    """The day the row is decided for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due(Node):
    """The amount, as a share sees it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnValue(Node):
    column: Column


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterValue(Node):
    parameter: Parameter
    may_be_missing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfTwo(Node):
    left: Node
    right: Node

    @property
    def parts(self) -> tuple[Node, ...]:
        return (self.left, self.right)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arithmetic(_OfTwo):
    operator: Literal["+", "-", "*"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Divide(_OfTwo):
    """``left`` over ``right`` in whole numbers; the one place where rounding happens."""

    rounding: Literal["half_up", "up", "down"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extreme(_OfTwo):
    """The lesser or larger of two; unknown if either is."""

    which: Literal["lesser", "larger"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LargerIfGiven(_OfTwo):
    """The larger of two; the left alone where the right is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IfGiven(_OfTwo):
    """The left; the right where the left is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IfTrue(_OfTwo):
    """The right where the left is true, 0 where it is false, unknown where it is unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Power(_OfTwo):
    """The left to the right-th."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compare(_OfTwo):
    operator: Literal["=", "<>", "<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True, kw_only=True)
class FullYears(Node):
    of: Node

    @property
    def parts(self) -> tuple[Node, ...]:
        return (self.of,)


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOf(Node):
    subject: Node
    options: tuple[Whole | Word, ...]

    @property
    def parts(self) -> tuple[Node, ...]:
        return (self.subject, *self.options)


@dataclass(frozen=True, slots=True, kw_only=True)
class Logic(Node):
    """All or any of its terms, in three-valued logic; ``is_range``: written as ``a <= b <= c``."""

    operator: Literal["and", "or"]
    terms: tuple[Node, ...]
    is_range: bool = False

    @property
    def parts(self) -> tuple[Node, ...]:
        return self.terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Opposite(Node):
    of: Node

    @property
    def parts(self) -> tuple[Node, ...]:
        return (self.of,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Node):
    """The value of the first condition that is true. An unknown condition before it makes all unknown."""

    branches: tuple[tuple[Node, Node], ...]
    otherwise: Node | None

    @property
    def parts(self) -> tuple[Node, ...]:
        pairs = tuple(part for branch in self.branches for part in branch)
        return pairs if self.otherwise is None else (*pairs, self.otherwise)


@dataclass(frozen=True, slots=True, kw_only=True)
class EachMonth(Node):
    """A figure added up, or a condition that must hold, over the months of the row."""

    of: Node

    @property
    def parts(self) -> tuple[Node, ...]:
        return (self.of,)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedCall(Node):
    """A named function of the notation, with its meaning written out."""

    name: str
    arguments: tuple[Node, ...]
    meaning: Node

    @property
    def parts(self) -> tuple[Node, ...]:
        return (self.meaning,)
