"""What the pages of units read. Every query starts from access; none changes with the number of rows."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from minsheng.progress.counterparts import Place, counterpart
from minsheng_web.records.access import Person, programmes_for, regions_for, units_for
from minsheng_web.records.models import Allocation, Holding, Programme, Region, Unit, UnitName
from minsheng_web.records.queries.plan_units import names_of_plan, units_by_any_name
from minsheng_web.records.queries.search import terms_of

BELOW = ("prefecture", "county", "zone")
"""Levels that have departments of their own; a town answers as a whole."""


@dataclass(frozen=True, slots=True)
class PlanUnit:
    """A name of the plan and the unit there is for it, if any."""

    name: str
    unit: Unit | None
    suspect: bool


@dataclass(frozen=True, slots=True)
class Suggested:
    """What is suggested for one unit in one region below: the unit there, or a name to accept."""

    above: Unit
    name: str
    note: str
    there: Unit | None
    ticked: bool


@dataclass(frozen=True, slots=True)
class SuggestedBelow:
    """The suggestions of one region below."""

    region: Region
    rows: tuple[Suggested, ...]
    waiting: int


def units_found(person: Person, words: str = "", region: str = "", state: str = "") -> QuerySet[Unit]:
    """Units in reach with all the words in their name of now or before, or their region's."""
    rows = units_for(person).select_related("region", "above__region")
    for term in terms_of(words):
        former = UnitName.objects.filter(name__icontains=term).values("unit")
        rows = rows.filter(Q(name__icontains=term) | Q(pk__in=former) | Q(region__name__icontains=term))
    if region.isdecimal() and len(region) < 10:
        rows = rows.filter(region=int(region))
    if state in ("active", "closed"):
        rows = rows.filter(active=state == "active")
    # Counted for the units of a page alone: joined, both would be multiplied, for every unit there is.
    held = Holding.objects.filter(post__unit=OuterRef("pk"), until=None)
    given = Allocation.objects.filter(reporting_unit=OuterRef("pk"), active=True)
    return (
        rows.annotate(people=_number(held), parts=_number(given))
        .prefetch_related("former_names")
        .order_by("region__path", "pk")
    )


def _number(rows: QuerySet[Any]) -> Coalesce:
    """How many rows there are for each of those asked."""
    counted = rows.order_by().annotate(one=Value(1)).values("one").annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0)


def units_named(person: Person, terms: tuple[str, ...]) -> tuple[Unit, ...]:
    """The first 40 units in reach that hold every term in one of their names, of now or before."""
    rows = units_for(person).select_related("region").prefetch_related("former_names")
    for term in terms:
        former = UnitName.objects.filter(name__icontains=term).values("unit")
        rows = rows.filter(Q(name__icontains=term) | Q(pk__in=former))
    return tuple(rows.order_by("region__path", "pk")[:40]) if terms else ()


def unit_in_reach(person: Person) -> QuerySet[Unit]:
    """Units in reach with what one unit's page shows."""
    held = Holding.objects.filter(until=None).select_related("user", "post__programme")
    return (
        units_for(person)
        .select_related("region", "above__region")
        .prefetch_related(
            "former_names__changed_by",
            "below__region",
            Prefetch("posts__holdings", queryset=held),
        )
    )


def regions_with_units(person: Person) -> tuple[Region, ...]:
    """Regions in reach that have units, for the filter; at most 300."""
    having = units_for(person).order_by().values("region")
    return tuple(regions_for(person).filter(pk__in=having).order_by("path")[:300])


def programmes_with_plans(person: Person) -> tuple[Programme, ...]:
    """Programmes whose plan units may become units, newest first."""
    return tuple(programmes_for(person).select_related("region").order_by("-year", "region__path")[:60])


def plan_units(programme: Programme) -> tuple[PlanUnit, ...]:
    """The plan's names with the units there are; ``suspect`` are those that are hardly one unit."""
    known = units_by_any_name((programme.region,))
    return tuple(
        PlanUnit(name, known.get((programme.region_id, name)), any(word in name for word in _MANY))
        for name in names_of_plan(programme)
    )


_MANY = ("成员单位", "各县", "各区", "各镇", "各乡", "有关", "相关")


def counterparts_below(region: Region, below: tuple[Region, ...]) -> tuple[SuggestedBelow, ...]:
    """For each region below what is suggested for every active unit of the region. Four queries."""
    units = tuple(Unit.objects.filter(region=region, active=True).select_related("region").order_by("pk"))
    known = units_by_any_name(below)
    linked = {
        (unit.region_id, unit.above_id): unit
        for unit in Unit.objects.filter(region__in=below, above__in=units).select_related("region")
    }
    found = []
    for place in below:
        rows = tuple(_suggest(unit, region, place, known, linked) for unit in units)
        found.append(SuggestedBelow(place, rows, sum(row.there is None for row in rows)))
    return tuple(found)


def _suggest(
    unit: Unit,
    region: Region,
    place: Region,
    known: dict[tuple[int, str], Unit],
    linked: dict[tuple[int, int | None], Unit],
) -> Suggested:
    there = linked.get((place.pk, unit.pk))
    if there is not None:
        return Suggested(unit, there.name, "", there, ticked=False)
    guess = counterpart(unit.name, region.name, Place(place.name, place.level == "zone"))
    same = known.get((place.pk, guess.name)) if guess.name else None
    if same is not None and same.above_id is None:
        return Suggested(unit, same.name, "已有此单位，尚未对应到上级", None, ticked=True)
    return Suggested(unit, guess.name or "", guess.note, None, ticked=bool(guess.name) and not guess.note)


def regions_below(region: Region) -> tuple[Region, ...]:
    """The regions straight below that have departments of their own."""
    return tuple(Region.objects.filter(parent=region, level__in=BELOW).order_by("code", "path"))
