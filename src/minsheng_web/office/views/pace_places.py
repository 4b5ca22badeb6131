"""Theirs first, then their place among the others: a number, never what the others did."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minsheng.progress.places import RULE_WORDS, Placed
from minsheng_web.office.screens.pace_leader import Figure, figures
from minsheng_web.office.screens.pace_table import Cell, Head, Row, Table
from minsheng_web.office.views.pace_frame import PacePage, pace_page, title_of
from minsheng_web.records.access import reaches_whole
from minsheng_web.records.queries import pace_cells, pace_places
from minsheng_web.records.queries.pace_scope import PaceView, regions_below


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
    page = pace_page(request, programme, "pace-places")
    context: dict[str, Any] = {**page.context, "rule": RULE_WORDS}
    if page.view is not None:
        context |= {
            "owns": own_places(page.view),
            "table": places_table(page, page.view),
            "units_table": units_table(page, page.view),
        }
    return render(request, "office/pace/places.html", context)


def own_places(view: PaceView) -> tuple[Own, ...]:
    """Of the person's lead units in this programme, else of the region where it has its like."""
    root = view.programme.region
    units = pace_places.own_units(view.person, root)
    found = [
        _own(replace(view, asked=replace(view.asked, unit=unit.pk)), unit.name, "牵头单位", places)
        for unit in units
        if (places := pace_places.unit_places(view, unit.pk))
    ]
    if not found and view.region.pk != root.pk:
        found.append(_own(view, view.region.name, "同级地区", pace_places.region_places(view)))
    return tuple(found)


def _own(view: PaceView, name: str, among: str, placed: dict[str, Placed]) -> Own:
    heads = (Head("类别", 20), Head("位次", 24))
    lines = [Row((Cell(key), Cell(one.words))) for key, one in placed.items() if key != pace_places.ALL]
    table = Table(f"{name}各类别位次", heads, lines)
    return Own(name, among, placed.get(pace_places.ALL), figures(pace_cells.whole_cell(view)), table)


def places_table(page: PacePage, view: PaceView) -> Table | None:
    """The places of the regions straight below, where the person sees all of them."""
    names = dict(regions_below(view).values_list("pk", "name"))
    if not names or not view.counted:
        return None
    links = {key: page.link("pace", region=key) for key in names}
    return _places_table(f"{title_of(view)}各地位次", "地区", pace_places.places_below(view), names, links)


def units_table(page: PacePage, view: PaceView) -> Table | None:
    """The places of the lead units, where the person sees the programme's whole region."""
    root = view.programme.region
    if view.region.pk != root.pk or not reaches_whole(view.person, root, view.programme.pk):
        return None
    names = pace_places.lead_units(view)
    links = {key: page.link("pace", unit=key) for key in names}
    title = f"{title_of(view)}牵头单位位次"
    return _places_table(title, "牵头单位", pace_places.places_of_units(view), names, links)


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
