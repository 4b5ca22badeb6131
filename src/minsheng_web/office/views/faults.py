"""Pages for what went wrong: a sentence and a way on, never a stack trace."""

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url

from minsheng_web.office.signing_in import is_for_signed_in, page_of, signed_out


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """400."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """403."""
    return render(request, "403.html", status=403)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """403 where the form's token is missing or old: most often a page left open over night."""
    if request.headers.get("HX-Request") and not request.user.is_authenticated:
        return signed_out(request)  # the token went with the session: signing in mends both
    if not request.user.is_authenticated and is_for_signed_in(request):
        return redirect_to_login(page_of(request), resolve_url(settings.LOGIN_URL))
    return render(request, "403.html", {"stale_form": True}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """404, also for rows out of the person's reach."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """500. Rendered without a request context: nothing that may have failed is used."""
    return render(None, "500.html", status=500)
