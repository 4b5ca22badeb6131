"""Who holds which post, and one person's page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from minsheng_web.office.views.managing import manager, page_of_rows
from minsheng_web.records.access import is_administrator, people_for
from minsheng_web.records.actions.accounts import held_posts
from minsheng_web.records.actions.second_factor import has_factor
from minsheng_web.records.duties import may_appoint, may_manage_account
from minsheng_web.records.models.people import Role
from minsheng_web.records.people import signed_in
from minsheng_web.records.queries.people import holdings_of, open_invitations, people_found, seat_choices


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """People in reach with their posts, and invitations nobody used yet."""
    user = manager(request)
    asked = {name: request.GET.get(name, "").strip()[:100] for name in ("q", "role", "state")}
    context = {
        "nav": "people",
        "tab": "people",
        "asked": asked,
        "roles": Role.choices,
        "rows": page_of_rows(request, people_found(user, asked["q"], asked["role"], asked["state"])),
        "invitations": open_invitations(user, timezone.now()),
    }
    return render(request, "office/people/list.html", context)


@require_safe
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """One person: posts now and before, and what may be done with the account."""
    user = signed_in(request)
    one = get_object_or_404(people_for(user), pk=person_id)
    manager(request)
    rows = [
        (holding, may_appoint(user, holding.post.role, holding.post.region))
        for holding in holdings_of(user, one)
    ]
    context = {
        "nav": "people",
        "tab": "people",
        "one": one,
        "now": [row for row in rows if row[0].until is None],
        "before": [row for row in rows if row[0].until is not None],
        "manages": may_manage_account(user, held_posts(one)),
        "is_self": one.pk == user.pk,
        "resets_factor": is_administrator(user) and has_factor(one),
        "choices": seat_choices(user),
    }
    return render(request, "office/people/person.html", context)
