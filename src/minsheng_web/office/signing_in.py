"""Who is not signed in (any more) is sent to sign in, and from there to a page, never to a part of one."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.urls import reverse
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
}
"""Routes that take a form or give a part of a page, and the page they belong to."""

ADDRESS_HEADER = "Sign-In-Address"
"""Where the scripts of a page find the sign-in page in an answer of 401."""


class SignedInMiddleware(LoginRequiredMiddleware):
    """Every view needs a person; a visitor is sent to sign in, a part of a page is told so."""

    def handle_no_permission(self, request: HttpRequest, view_func: object) -> HttpResponse:  # noqa: ARG002
        """302 to the sign-in page; 401 where a script asks, which keeps what was typed on the page."""
        if request.headers.get("HX-Request"):
            return signed_out(request)
        return redirect_to_login(_page(request), resolve_url(settings.LOGIN_URL))


def signed_out(request: HttpRequest) -> HttpResponse:
    """401 without a body, with the address of the sign-in page that leads back to where the person is."""
    response = HttpResponse(status=401)
    seen = urlsplit(request.headers.get("HX-Current-URL", ""))
    here = seen._replace(scheme="", netloc="").geturl() if seen.netloc == request.get_host() else ""
    query = urlencode({"next": here or _page(request)})
    response[ADDRESS_HEADER] = f"{resolve_url(settings.LOGIN_URL)}?{query}"
    return response


def _page(request: HttpRequest) -> str:
    """The address asked for, or of the page it is a part of."""
    match = request.resolver_match
    page = PAGES.get(match.url_name or "") if match else None
    if match is None or page is None:
        return request.get_full_path()
    kwargs = match.kwargs if page == "document" else None
    return reverse(f"office:{page}", kwargs=kwargs)
