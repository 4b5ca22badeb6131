"""Search over every programme in reach."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minsheng_web.records.queries.programmes import switcher
from minsheng_web.records.queries.search import LIMIT, search, terms_of
from minsheng_web.records.queries.units import units_named


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Projects, targets, units and measures that hold all the words."""
    words = request.GET.get("q", "").strip()[:100]
    asked = request.GET.get("programme", "")
    programme = int(asked) if asked.isdecimal() and len(asked) < 9 else None
    terms = terms_of(words)
    context = {
        "nav": "search",
        "q": words,
        "terms": terms,
        "chosen": programme,
        "programmes": switcher(request.user),
        "result": search(request.user, terms, programme) if terms else None,
        "limit": LIMIT,
        "registered": units_named(request.user, terms) if programme is None else (),
    }
    template = "search_results" if request.htmx else "search"  # type: ignore[attr-defined]  # django-htmx
    return render(request, f"office/programmes/{template}.html", context)
