"""A programme's breakdown as it stands: the table of one region, and all that is asked beyond it."""

from itertools import groupby
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minsheng_web.office.screens.breakdown_html import parts_html
from minsheng_web.office.views.programme_frame import frame
from minsheng_web.records.duties import may_write
from minsheng_web.records.models import Region
from minsheng_web.records.people import signed_in
from minsheng_web.records.queries.breakdown import (
    STATUSES,
    BreakdownRow,
    breakdown_table,
    inflated_rows,
    regions_to_divide,
    waiting_for,
)

ROWS_A_PAGE = 100
"""Indicators shown at a time: a city follows fewer, a province's page is turned."""


def region_asked_for(request: HttpRequest, choices: tuple[Region, ...], own: Region) -> Region:
    """The region of the address, else the highest in reach. Raises Http404 for another."""
    asked = request.GET.get("region", "")
    if not asked:
        return choices[0] if choices else own
    found = next((region for region in choices if str(region.pk) == asked), None)
    if found is None:
        raise Http404
    return found


@require_safe
def breakdown(request: HttpRequest, programme: int) -> HttpResponse:
    """Indicators across the regions below one region, filtered by category, unit and state."""
    page = frame(request, programme, "breakdown")
    row = page.version.programme
    choices = regions_to_divide(request.user, row)
    region = region_asked_for(request, choices, row.region)
    table = breakdown_table(request.user, row, region)
    chosen = {name: request.GET.get(name, "").strip() for name in ("category", "unit", "status")}
    rows = [one for one in table.rows if _fits(one, chosen)]
    found = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        **page.context,
        "page": found,
        "query": urlencode({"region": region.pk, **chosen}) + "&",
        **{f"chosen_{name}": value for name, value in chosen.items()},
        "table": table,
        "groups": tuple(
            (name, tuple((one, parts_html(one)) for one in group))
            for name, group in groupby(found, key=lambda one: one.node.indicator.category_name)
        ),
        "shown": len(rows),
        "choices": choices,
        "categories": tuple(
            dict.fromkeys(
                one.node.indicator.category_name for one in table.rows if one.node.indicator.category_name
            )
        ),
        "units": tuple(dict.fromkeys(name for one in table.rows if (name := _lead(one)))),
        "statuses": [
            (code, word, sum(code in one.states for one in table.rows)) for code, word in STATUSES.items()
        ],
        "waiting": waiting_for(signed_in(request), row),
        "writes": may_write(request.user, region, programme),
        "leads": may_write(request.user, row.region, programme),
    }
    template = "table" if request.htmx else "page"  # type: ignore[attr-defined]  # django-htmx
    return render(request, f"office/breakdown/{template}.html", context)


def _lead(row: BreakdownRow) -> str:
    unit = row.node.indicator.lead_unit
    return unit.name if unit else ""


def _fits(row: BreakdownRow, chosen: dict[str, str]) -> bool:
    return (
        (not chosen["category"] or row.node.indicator.category_name == chosen["category"])
        and (not chosen["unit"] or _lead(row) == chosen["unit"])
        and (not chosen["status"] or chosen["status"] in row.states)
    )


@require_safe
def inflated(request: HttpRequest, programme: int) -> HttpResponse:
    """Every 层层加码 of the programme in reach: who asks whom for how much more."""
    page = frame(request, programme, "breakdown")
    rows = inflated_rows(request.user, page.version.programme)
    return render(request, "office/breakdown/inflated.html", {**page.context, "rows": rows})
