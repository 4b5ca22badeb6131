"""The lights at a glance, for the home page and a project's page: newest closing, own region, counted."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum

from minsheng_web.records.access import (
    Person,
    any_of,
    pace_cells_for,
    programmes_for,
    reaches_whole,
    standings_for,
)
from minsheng_web.records.models import PaceCell, Programme, Region, Snapshot
from minsheng_web.records.prepared_reach import PreparedFor
from minsheng_web.records.queries.pace_cells import SHOWN
from minsheng_web.records.queries.pace_scope import own_region

MOST = 6
"""Programmes shown at a glance: the newest."""


@dataclass(frozen=True, slots=True)
class Glance:
    """How many targets of the region showed which light when the newest period was closed."""

    programme: Programme
    region: Region
    period: str
    counts: dict[str, int]


def glances(
    person: Person, *, programme: int | None = None, project: int | None = None
) -> tuple[Glance, ...]:
    """Of every programme with a closed period, the newest first; or of one of them. At most three queries."""
    wanted = [(one, region) for one in _newest(person, programme) if (region := own_region(person, one))]
    whole = {one.pk for one, region in wanted if reaches_whole(person, region, one.pk)}
    found = _from_cells(person, [pair for pair in wanted if pair[0].pk in whole], project)
    found |= _from_standings(person, [pair for pair in wanted if pair[0].pk not in whole], project)
    return tuple(
        Glance(one, region, one.closed_period, counts)  # type: ignore[attr-defined]  # annotated
        for one, region in wanted
        if (counts := found.get(one.newest_snapshot)) and any(counts.values())  # type: ignore[attr-defined]
    )


def _programmes(person: Person, programme: int | None) -> QuerySet[Programme]:
    newest = Snapshot.objects.filter(period__programme=OuterRef("pk"), pace__isnull=False).order_by(
        "-period__start", "-number"
    )
    rows = programmes_for(person).annotate(
        newest_snapshot=Subquery(newest.values("pk")[:1]),
        closed_period=Subquery(newest.values("period__name")[:1]),
    )
    rows = (
        rows.filter(newest_snapshot__isnull=False).select_related("region").order_by("-year", "region__path")
    )
    return rows.filter(pk=programme) if programme is not None else rows[:MOST]


_newest = PreparedFor[Programme](_programmes)
_Pairs = Iterable[tuple[Programme, Region]]


def _from_cells(person: Person, pairs: _Pairs, project: int | None) -> dict[int, dict[str, int]]:
    places = [key for one, region in pairs for key in (one.newest_snapshot, region.pk)]  # type: ignore[attr-defined]
    if not places:
        return {}
    return {
        snapshot: {light: number or 0 for light, number in zip(SHOWN, numbers, strict=True)}
        for snapshot, *numbers in _counted(person, project, *places)
    }


def _cells(person: Person, project: int | None, *places: int) -> QuerySet[PaceCell, tuple[int, ...]]:
    """The lights of each place (snapshot, region, snapshot, region…) counted."""
    pairs = zip(places[::2], places[1::2], strict=True)
    rows = pace_cells_for(person).filter(any_of([Q(snapshot=one, region=other) for one, other in pairs]))
    if project is not None:
        rows = rows.filter(project_number=project)
    sums = {f"sum_{light}": Sum(light) for light in SHOWN}
    return rows.order_by().values_list("snapshot").annotate(**sums)


_counted = PreparedFor[tuple[int, ...]](_cells)


def _from_standings(person: Person, pairs: _Pairs, project: int | None) -> dict[int, dict[str, int]]:
    places = [
        Q(snapshot=one.newest_snapshot, allocation__region=region)  # type: ignore[attr-defined]
        for one, region in pairs
    ]
    if not places:
        return {}
    rows = standings_for(person).filter(any_of(places))
    if project is not None:
        rows = rows.filter(indicator__project_number=project)
    found: dict[int, dict[str, int]] = {}
    for snapshot, light, number in rows.order_by().values_list("snapshot", "light").annotate(n=Count("pk")):
        found.setdefault(snapshot, dict.fromkeys(SHOWN, 0))[light] = number
    return found
