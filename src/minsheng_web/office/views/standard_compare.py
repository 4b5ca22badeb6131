"""The same benefit in several cities, side by side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minsheng.standards.editions import same_benefits
from minsheng_web.office.screens.standards import compare_rows
from minsheng_web.records.queries.standards import shelf

MOST = 4


@require_safe
def standard_compare(request: HttpRequest) -> HttpResponse:
    """Two to four standards, chosen or from a group of the same benefit."""
    standards = shelf()
    asked = list(dict.fromkeys(key for key in request.GET.getlist("s") if key))[:MOST]
    chosen = [found for key in asked if (found := standards.standard(key)) is not None]
    notices = standards.book.notices
    known = [one for one in standards.book.standards.values() if one.id in standards.compiled]
    context = {
        "nav": "standards",
        "chosen": [(one, notices[one.notice]) for one in chosen],
        "rows": compare_rows(standards, chosen) if len(chosen) > 1 else [],
        "slots": [(place, asked[place - 1] if place <= len(asked) else "") for place in range(1, MOST + 1)],
        "by_notice": [
            (notice, [one for one in known if one.notice == notice.id]) for notice in notices.values()
        ],
        "groups": [[(one, notices[one.notice]) for one in group[:MOST]] for group in same_benefits(known)],
    }
    return render(request, "office/standards/compare.html", context)
