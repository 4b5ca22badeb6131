"""Theirs first, then their place among the others: a number, never what the others did."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minsheng.progress.places import RULE_WORDS, Placed
from minsheng_web.office.screens.pace_leader import Figure, figures
from minsheng_web.office.screens.pace_table import Cell, Head, Row, Table
from minsheng_web.office.views.pace_frame import PaceFrame, pace_frame
from minsheng_web.records.access import sees_whole
from minsheng_web.records.models import Region
from minsheng_web.records.queries import pace_cells, pace_places


@dataclass(frozen=True, slots=True)
class Own:
    """Somebody's own figures and places: over all and by category."""

    name: str
    among: str
    place: Placed | None
    figures: tuple[Figure, ...]
    table: Table


@require_safe
def pace_places_page(request: HttpRequest, programme: int) -> HttpResponse:
    """Own figures and places; who sees a whole region sees the places of those below it too."""
    page = pace_frame(request, programme, "pace-places")
    context = {**page.context, "rule": RULE_WORDS}
    if page.shown is not None:
        context |= {"owns": own_places(page), "table": places_table(page), "units_table": units_table(page)}
    return render(request, "office/pace/places.html", context)


def own_places(page: PaceFrame) -> tuple[Own, ...]:
    """Of the person's lead units in this programme, and of the region where it has its like."""
    shown, root = page.shown, page.programme.region
    if shown is None:
        return ()
    found = []
    for unit in pace_places.own_units(page.request.user, root):
        placed = pace_places.unit_places(shown.snapshot, root, unit.pk, page.filters)
        found.append(_own(page, unit.name, "牵头单位", placed))
    region = page.place.region
    if region.pk != root.pk and not found:
        placed = pace_places.region_places(shown.snapshot, region, page.filters)
        found.append(_own(page, region.name, "同级地区", placed))
    return tuple(found)


def _own(page: PaceFrame, name: str, among: str, placed: dict[str, Placed]) -> Own:
    shown = page.shown
    rows = pace_cells.sums(
        page.request.user,
        page.programme.pk,
        snapshots=[shown.snapshot] if shown else [],
        regions=(page.place.region,),
        filters=page.filters,
        by=("snapshot",),
    )
    heads = (Head("类别", 20), Head("位次", 24))
    lines = [Row((Cell(key), Cell(one.words))) for key, one in placed.items() if key != pace_places.ALL]
    table = Table(f"{name}各类别位次", heads, lines)
    return Own(name, among, placed.get(pace_places.ALL), figures(rows[0] if rows else None), table)


def places_table(page: PaceFrame) -> Table | None:
    """The places of the regions straight below, where the person sees all of them."""
    place, shown = page.place, page.shown
    if shown is None or not place.below or not _sees(page, place.region):
        return None
    placed = pace_places.places_below(shown.snapshot, place.region, page.filters)
    names = {region.pk: region.name for region in place.below}
    links = {key: page.link("pace", region=key) for key in names}
    return _places_table(f"{page.title}各地位次", "地区", placed, names, links)


def units_table(page: PaceFrame) -> Table | None:
    """The places of the lead units, where the person sees the programme's whole region."""
    shown, root = page.shown, page.programme.region
    if shown is None or page.place.region.pk != root.pk or not _sees(page, root):
        return None
    placed = pace_places.places_of_units(shown.snapshot, root, page.filters)
    names = dict(page.choices.units)
    links = {key: page.link("pace", unit=key) for key in names}
    return _places_table(f"{page.title}牵头单位位次", "牵头单位", placed, names, links)


def _sees(page: PaceFrame, region: Region) -> bool:
    return sees_whole(page.request.user, region, page.programme.pk)


def _places_table(
    title: str, name: str, placed: dict[int, dict[str, Placed]], names: dict[int, str], links: dict[int, str]
) -> Table:
    categories = list(dict.fromkeys(key for places in placed.values() for key in places if key))
    heads = (
        Head("位次", 8, number=True),
        Head(name, 24),
        *(Head(category, 12, number=True) for category in categories),
    )
    listed = [(key, places) for key, places in placed.items() if key in names and pace_places.ALL in places]
    listed.sort(key=lambda item: item[1][pace_places.ALL].place)
    lines = [
        Row(
            (
                Cell(number=places[pace_places.ALL].place),
                Cell(names[key], link=links[key]),
                *(Cell(number=places[c].place) if c in places else Cell() for c in categories),
            )
        )
        for key, places in listed
    ]
    return Table(title, heads, lines)
