"""Tables of pace as Excel files, with the filters of the page they were asked on."""

from collections.abc import Callable, Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from minsheng.papers.pace_xlsx import pace_xlsx
from minsheng_web.office.screens.pace_table import Table
from minsheng_web.office.views import pace, pace_months, pace_places, pace_targets
from minsheng_web.office.views.pace_frame import PacePage, note_of, pace_page
from minsheng_web.office.views.programmes_tables import XLSX
from minsheng_web.records.queries import pace_targets as queries
from minsheng_web.records.queries.pace_scope import PaceView

MOST_ROWS = 5000
"""Rows a file of single targets holds; a region with more is taken level by level."""

TABLES: Mapping[str, Callable[[PacePage, PaceView], Table | None]] = {
    "heat-map": pace.heat_table,
    "map": pace.map_table,
    "targets": lambda page, view: pace_targets.trend_table(
        page, view, queries.cell_targets(view, limit=MOST_ROWS)
    ),
    "lights": pace_months.lights_table,
    "regions": pace_months.regions_table,
    "compare": pace_months.compare_table,
    "changed": pace_months.changed_table,
    "unmoved": lambda page, view: pace_months.unmoved_table(
        page, view, queries.unmoved_targets(view, least=pace_months.LEAST, limit=MOST_ROWS)
    ),
    "places": pace_places.places_table,
    "unit-places": pace_places.units_table,
}


@require_safe
def pace_file(request: HttpRequest, programme: int, table: str) -> HttpResponse:
    """One of ``TABLES`` as a file; 404 where nothing is closed or the person may not see it."""
    build = TABLES.get(table)
    page = pace_page(request, programme, "pace")
    found = build(page, page.view) if build is not None and page.view is not None else None
    if found is None or page.view is None:
        raise Http404
    headers = {"Content-Disposition": content_disposition_header(True, f"{found.title}.xlsx")}
    data = pace_xlsx(found.sheet(note_of(page.view, page.context["choices"])))
    return HttpResponse(data, content_type=XLSX, headers=headers)
