"""Which of two plans stands above the other, or is its earlier version: decided by region, year and date."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from minsheng.kernel import gazetteer
from minsheng.plans.model import Plan

Kind = Literal["above", "earlier"]


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """A plan with the name of the file it was read from."""

    file: str
    plan: Plan


@dataclass(frozen=True, slots=True)
class Related:
    """``first`` is the plan above, or the earlier version; ``second`` the one below it, or the later."""

    kind: Kind
    first: ReadPlan
    second: ReadPlan


def relations(plans: tuple[ReadPlan, ...]) -> Iterator[Related]:
    """Every two plans that have to do with each other, in the order given."""
    for one, other in combinations(plans, 2):
        if is_above(one.plan, other.plan):
            yield Related("above", one, other)
        elif is_above(other.plan, one.plan):
            yield Related("above", other, one)
        elif _is_same_programme(one.plan, other.plan):
            later_first = (one.plan.head.issued_on or "") > (other.plan.head.issued_on or "~")
            yield Related("earlier", other, one) if later_first else Related("earlier", one, other)


def is_above(upper: Plan, lower: Plan) -> bool:
    """Whether the lower plan's region lies in the upper one's, and both are of one year as far as they say."""
    above, below = upper.head.region, lower.head.region
    if above is None or below is None or above == below:
        return False
    years = {year for year in (upper.head.year, lower.head.year) if year is not None}
    return len(years) < 2 and any(above in _names_above(division) for division in _divisions(below))


def _divisions(name: str) -> tuple[gazetteer.Division, ...]:
    return gazetteer.by_name(name) or gazetteer.by_short_name(name)


def _names_above(division: gazetteer.Division) -> set[str]:
    names: set[str] = set()
    current = gazetteer.parent(division)
    while current is not None:
        names |= {current.name, gazetteer.short_name(current.name)}
        current = gazetteer.parent(current)
    return names


def _is_same_programme(one: Plan, other: Plan) -> bool:
    same_place = one.head.region is not None and one.head.region == other.head.region
    return same_place and one.head.year == other.head.year
