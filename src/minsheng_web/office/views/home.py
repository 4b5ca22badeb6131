"""The first page after signing in: what waits, then the programmes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minsheng_web.records.duties import offices_for
from minsheng_web.records.queries.programmes import documents_waiting, programme_rows


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Uploads that wait for somebody, and every programme in reach."""
    context = {
        "nav": "home",
        "works_here": bool(offices_for(request.user)),
        "waiting": documents_waiting(request.user),
        "rows": programme_rows(request.user),
    }
    return render(request, "office/programmes/home.html", context)
