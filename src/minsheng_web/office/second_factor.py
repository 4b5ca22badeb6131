"""After the password: nothing is shown before the code, or before the factor a post asks for is set up."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode

from minsheng_web.office.sessions import ASKED, FACTOR, PASSED
from minsheng_web.office.signing_in import ADDRESS_HEADER, page_of, page_seen
from minsheng_web.records.actions.second_factor import has_factor, must_have_factor
from minsheng_web.records.models import User

OPEN_ROUTES = frozenset({"sign-in", "sign-out", "second-factor", "invitation", "password-link"})
SET_UP_ROUTES = OPEN_ROUTES | {"second-factor-set-up", "second-factor-qr"}


class SecondFactorMiddleware:
    """Runs after the sign-in check, so whoever comes here without a session has met it already."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Everything happens in process_view, where the route is known."""
        answer: HttpResponse = self.get_response(request)
        return answer

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        """To the page of the code or of setting up; a part of a page is told so with 401."""
        route = (request.resolver_match.url_name if request.resolver_match else None) or ""
        wanted = _wanted(request)
        if wanted is None or route in (SET_UP_ROUTES if wanted == "second-factor-set-up" else OPEN_ROUTES):
            return None
        here = page_seen(request) if request.headers.get("HX-Request") else page_of(request)
        address = f"{reverse(f'office:{wanted}')}?{urlencode({'next': here})}"
        if request.headers.get("HX-Request"):
            return HttpResponse(status=401, headers={ADDRESS_HEADER: address})
        return HttpResponseRedirect(address)


def _wanted(request: HttpRequest) -> str | None:
    """The route the person has to pass first."""
    user = request.user
    if not isinstance(user, User):
        return None
    state = request.session.get(FACTOR)
    if state == PASSED:
        return None
    if state == ASKED:
        return "second-factor"
    if not settings.SECOND_FACTOR_ROLES or not must_have_factor(user, settings.SECOND_FACTOR_ROLES):
        return None
    return "second-factor" if has_factor(user) else "second-factor-set-up"
