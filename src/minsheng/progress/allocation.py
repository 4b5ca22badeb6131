"""One target broken down at one region to the regions straight below it, and what is asked beyond it."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from minsheng.progress.model import Kind

ADDS_UP: frozenset[Kind] = frozenset({"count"})
"""Kinds whose parts make the whole. The others are levels, dates or answers and are never summed."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one region gets. ``share`` counts toward the whole; ``asked`` is what it is really asked for.

    ``asked`` None: asked for its share, no more.
    """

    region: str
    share: Decimal
    asked: Decimal | None = None
    last_year: Decimal | None = None

    @property
    def owed(self) -> Decimal:
        """What the region is held to."""
        return self.share if self.asked is None else self.asked


@dataclass(frozen=True, slots=True)
class Division:
    """One target at one node. ``whole`` None: no number is stated for it (应补尽补)."""

    whole: Decimal | None
    unit: str
    kind: Kind
    parts: tuple[Part, ...]
    reserve: Decimal = Decimal(0)

    @property
    def given(self) -> Decimal:
        """The parts and the reserve added up."""
        return sum((part.share for part in self.parts), self.reserve)


@dataclass(frozen=True, slots=True)
class Inflation:
    """层层加码: more is asked than is owed. ``region`` None speaks of all regions together.

    ``more`` is how much harder, never negative; ``percent`` of what is owed, to one decimal, None of nought.
    """

    region: str | None
    own: Decimal
    asked: Decimal
    more: Decimal
    percent: Decimal | None


def inflated(division: Division) -> tuple[Inflation, ...]:
    """Every region asked for more than its share, and all together beyond the whole. Shown, never refused."""
    lower_is_more = division.kind == "at_most"
    found = [
        _inflation(part.region, part.share, part.asked)
        for part in division.parts
        if part.asked is not None and part.asked != part.share and (part.asked < part.share) == lower_is_more
    ]
    asked = sum((part.owed for part in division.parts), Decimal(0))
    if division.kind in ADDS_UP and division.whole is not None and asked > division.whole:
        found.append(_inflation(None, division.whole, asked))
    return tuple(found)


def percent_of(part: Decimal, whole: Decimal) -> Decimal | None:
    """A part in per cent of a whole, to one decimal; of nought there is none."""
    return (part * 100 / whole).quantize(Decimal("0.1"), ROUND_HALF_UP) if whole else None


def _inflation(region: str | None, own: Decimal, asked: Decimal) -> Inflation:
    more = abs(asked - own)
    return Inflation(region, own, asked, more, percent_of(more, own))
