"""The first page after signing in: what waits, then the programmes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from minsheng_web.office.screens.pace_glance import glance_rows
from minsheng_web.office.screens.waiting import waiting_entries
from minsheng_web.records.actions.calendar import first_visit
from minsheng_web.records.duties import offices_for, unit_posts
from minsheng_web.records.queries.programmes import documents_waiting, programme_rows


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits for the person by day, uploads that wait, and every programme in reach."""
    now = timezone.now()
    today = timezone.localdate(now)
    first_visit(today=today, at=now)
    works_here = bool(offices_for(request.user))
    context = {
        "nav": "home",
        "entries": waiting_entries(request.user, today),
        "reports": bool(unit_posts(request.user) or offices_for(request.user)),
        "works_here": works_here,
        "waiting": documents_waiting(request.user) if works_here else (),
        "rows": programme_rows(request.user),
        "glances": glance_rows(request.user),
    }
    return render(request, "office/programmes/home.html", context)
