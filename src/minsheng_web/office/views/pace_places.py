"""Theirs first, then their place among the others: a number, never what the others did."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minsheng.progress.pace.ranking import place_words
from minsheng_web.office.screens.pace_leader import figures
from minsheng_web.office.screens.pace_places import places_list
from minsheng_web.office.screens.pace_table import Table
from minsheng_web.office.views.pace_frame import PacePage, pace_page, title_of
from minsheng_web.records.queries import pace_cells
from minsheng_web.records.queries.pace_places import BASIS, Place, Places, region_places, unit_places
from minsheng_web.records.queries.pace_scope import PaceView


@require_safe
def pace_places_page(request: HttpRequest, programme: int) -> HttpResponse:
    """Own figures and places; who reaches a whole region sees the places of all in it too."""
    page = pace_page(request, programme, "pace-places")
    context: dict[str, Any] = {**page.context, "basis": BASIS}
    if page.view is not None:
        view = page.view
        regions, units = region_places(view), unit_places(view)
        own = [_own(row, regions, "同级地区") for row in regions.rows if row.mine]
        own += [_own(row, units, "牵头单位") for row in units.rows if row.mine]
        context |= {
            "own": own,
            "figures": figures(pace_cells.whole_cell(view)),
            "table": _regions(page, view, regions),
            "units_table": _units(page, view, units),
        }
    return render(request, "office/pace/places.html", context)


def _own(row: Place, among: Places, word: str) -> tuple[str, str, str]:
    """Name, among whom, and the place in words."""
    tied = "（并列）" if row.tied > 1 and row.place is not None else ""
    return row.name, word, place_words(row.place, among.total) + tied


def places_table(page: PacePage, view: PaceView) -> Table | None:
    """The places of the regions; None where there is nobody to compare."""
    return _regions(page, view, region_places(view))


def units_table(page: PacePage, view: PaceView) -> Table | None:
    """The places of the lead units; None where there is nobody to compare."""
    return _units(page, view, unit_places(view))


def _regions(page: PacePage, view: PaceView, found: Places) -> Table | None:
    if len(found.rows) < 2:
        return None
    title = f"{title_of(view)}各地位次"
    return places_list(title, "地区", found, lambda key: page.link("pace", region=key))


def _units(page: PacePage, view: PaceView, found: Places) -> Table | None:
    if len(found.rows) < 2:
        return None
    title = f"{title_of(view)}牵头单位位次"
    return places_list(title, "牵头单位", found, lambda key: page.link("pace", unit=key))
