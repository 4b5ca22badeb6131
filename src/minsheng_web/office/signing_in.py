"""Who is not signed in (any more) is sent to sign in, and from there to a page, never to a part of one."""

from contextlib import suppress
from itertools import combinations
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode

PAGES = {
    "sign-out": "home",
    "document-progress": "document",
    "document-cancel": "document",
    "document-read-again": "document",
    "document-editor": "document",
    "document-lines": "document",
    "document-correct": "document",
    "document-remove": "document",
    "document-add": "document",
    "document-undo": "document",
    "compare-pair": "compare",
    "compare-pair-undo": "compare",
    "region-population": "regions",
    "region-divisions": "region",
    "unit-add": "unit-list",
    "unit-rename": "unit",
    "unit-close": "unit",
    "unit-reopen": "unit",
    "person-give": "person",
    "person-take": "person",
    "person-stop": "person",
    "person-resume": "person",
    "person-password": "person",
    "person-factor": "person",
    "invitation-withdraw": "people",
    "sign-out-everywhere": "account",
    "second-factor-qr": "second-factor-set-up",
    "report-decide": "report-check",
    "period-rule": "period-list",
    "period-remind": "period",
    "reminder-seen": "home",
    "indicators-take-up": "indicators",
    "indicators-follow": "indicators",
    "indicators-changes": "indicators",
    "division-upload": "breakdown",
    "division-save": "division",
    "division-fill": "division",
    "division-issue": "division",
    "division-withdraw": "division",
    "report-cells": "report-grid",
    "report-same": "report-grid",
    "report-batch-progress": "report-batch",
    "report-batch-cancel": "report-batch",
}
"""Routes that take a form or give a part of a page, and the page they belong to."""


ADDRESS_HEADER = "Sign-In-Address"
"""Where the scripts of a page find the sign-in page in an answer of 401."""


class SignedInMiddleware(LoginRequiredMiddleware):
    """Every view needs a person; a visitor is sent to sign in, a part of a page is told so."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        """401 where a script asks: a redirect would put the sign-in page where what was typed stands."""
        refusal = super().process_view(request, view_func, view_args, view_kwargs)
        asked_by_script = refusal is not None and request.headers.get("HX-Request")
        return signed_out(request) if asked_by_script else refusal

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseRedirect:  # noqa: ARG002
        """302 to the sign-in page."""
        return redirect_to_login(page_of(request), resolve_url(settings.LOGIN_URL))


def signed_out(request: HttpRequest) -> HttpResponse:
    """401 without a body, with the address of the sign-in page that leads back to where the person is."""
    response = HttpResponse(status=401)
    query = urlencode({"next": page_seen(request)})
    response[ADDRESS_HEADER] = f"{resolve_url(settings.LOGIN_URL)}?{query}"
    return response


def is_for_signed_in(request: HttpRequest) -> bool:
    """Whether the address asked for needs a person; signing in and an invitation do not."""
    match = request.resolver_match
    return match is not None and getattr(match.func, "login_required", True)


def page_seen(request: HttpRequest) -> str:
    """The page a script asked from, as far as it is one of ours; else that of the part asked for."""
    seen = urlsplit(request.headers.get("HX-Current-URL", ""))
    here = seen._replace(scheme="", netloc="").geturl() if seen.netloc == request.get_host() else ""
    return here or page_of(request)


def page_of(request: HttpRequest) -> str:
    """The address asked for, or of the page it is a part of."""
    match = request.resolver_match
    page = PAGES.get(match.url_name or "") if match else None
    if match is None or page is None:
        return request.get_full_path()
    return _address(page, match.kwargs)


def _address(page: str, kwargs: dict[str, Any]) -> str:
    """The page's address with what it needs of its part's, which often names a row of its own besides."""
    for number in range(len(kwargs), 0, -1):
        for names in combinations(kwargs, number):
            with suppress(NoReverseMatch):
                return reverse(f"office:{page}", kwargs={name: kwargs[name] for name in names})
    return reverse(f"office:{page}")
