"""What the comparison page reads. Its queries do not grow with plans, projects or decisions."""

from dataclasses import dataclass
from itertools import combinations

from django.db.models import Q

from minsheng.plans.alignment import Decided
from minsheng_web.records.access import Person, plan_versions_for
from minsheng_web.records.models import PlanVersion, ProjectPairing

MOST_CHOICES = 400
"""Versions a person chooses from; beyond it the newest."""


@dataclass(frozen=True, slots=True)
class Turned:
    """A remembered decision as two columns of a page see it, the earlier column first."""

    row: ProjectPairing
    number_a: int | None
    number_b: int | None


def version_choices(person: Person) -> tuple[PlanVersion, ...]:
    """Every published version in reach, newest year first, without its JSON. One query."""
    return tuple(
        plan_versions_for(person)
        .select_related("programme__region")
        .defer("plan", "lines", "findings")
        .order_by("-programme__year", "programme__region__path", "-number")[:MOST_CHOICES]
    )


def chosen_versions(person: Person, keys: tuple[int, ...]) -> tuple[PlanVersion, ...] | None:
    """The versions with their plans in the order asked for; None where one is out of reach. One query."""
    rows = (
        plan_versions_for(person)
        .filter(pk__in=keys)
        .select_related("programme__region", "published_by")
        .defer("lines", "findings")
    )
    found = {version.pk: version for version in rows}
    return tuple(found[key] for key in keys) if len(found) == len(keys) else None


def decisions_of(versions: tuple[PlanVersion, ...]) -> dict[tuple[int, int], tuple[Turned, ...]]:
    """What people decided of every two columns, keyed by their places. One query."""
    places = {version.pk: place for place, version in enumerate(versions)}
    pairs = Q(pk__in=[])
    for one, other in combinations(sorted(places), 2):
        pairs |= Q(version_a=one, version_b=other)
    found: dict[tuple[int, int], list[Turned]] = {}
    for row in ProjectPairing.objects.filter(pairs, undone_at=None).select_related("by"):
        a, b = places[row.version_a_id], places[row.version_b_id]
        turned = Turned(row, row.number_a, row.number_b) if a < b else Turned(row, row.number_b, row.number_a)
        found.setdefault((min(a, b), max(a, b)), []).append(turned)
    return {key: tuple(rows) for key, rows in found.items()}


def decided(rows: tuple[Turned, ...]) -> Decided:
    """The decisions in the form the alignment takes."""
    fixed = {row.number_a: row.number_b for row in rows if row.number_a is not None}
    alone = frozenset(row.number_b for row in rows if row.number_a is None and row.number_b is not None)
    return Decided(fixed, alone)


def find_pairing(person: Person, key: int) -> ProjectPairing | None:
    """A decision of two versions in reach."""
    row = (
        ProjectPairing.objects.select_related("version_a__programme__region", "version_b__programme__region")
        .defer(
            *(
                f"{side}__{name}"
                for side in ("version_a", "version_b")
                for name in ("plan", "lines", "findings")
            )
        )
        .filter(pk=key)
        .first()
    )
    if row is None:
        return None
    keys = {row.version_a_id, row.version_b_id}
    return row if plan_versions_for(person).filter(pk__in=keys).count() == len(keys) else None
