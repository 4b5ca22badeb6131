"""The code after the password, and setting the app up."""

import io

import segno
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from minsheng_web.office.sessions import FACTOR, PASSED
from minsheng_web.records.actions.refused import Refused
from minsheng_web.records.actions.second_factor import (
    begin_factor,
    begun_device,
    confirm_factor,
    has_factor,
    must_have_factor,
    pass_factor,
    secret_text,
)
from minsheng_web.records.people import signed_in


def _next(request: HttpRequest) -> str:
    """Where one wanted to go; the start page where that is elsewhere."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    inside = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if inside else reverse("office:home")


@require_http_methods(["GET", "HEAD", "POST"])
def challenge(request: HttpRequest) -> HttpResponse:
    """Ask for the code; a recovery code does as well."""
    user, fault = signed_in(request), ""
    if request.session.get(FACTOR) == PASSED or not has_factor(user):
        return redirect(_next(request))
    if request.method == "POST":
        outcome = pass_factor(actor=user, code=request.POST.get("code", "")[:40])
        if not isinstance(outcome, Refused):
            request.session.cycle_key()
            request.session[FACTOR] = PASSED
            return redirect(_next(request))
        fault = outcome.message
    return render(request, "office/session/second_factor.html", {"fault": fault, "next": _next(request)})


@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """Begin, scan or type the secret, confirm with a code, keep the recovery codes."""
    user, fault = signed_in(request), ""
    if request.method == "POST" and request.POST.get("step") == "begin":
        outcome: object = begin_factor(actor=user)
        fault = outcome.message if isinstance(outcome, Refused) else ""
    elif request.method == "POST":
        codes = confirm_factor(actor=user, code=request.POST.get("code", "")[:40])
        if not isinstance(codes, Refused):
            update_session_auth_hash(request, user)
            request.session[FACTOR] = PASSED
            return _private(
                render(request, "office/session/recovery.html", {"codes": codes, "next": _next(request)})
            )
        fault = codes.message
    device = begun_device(user)
    context = {
        "nav": "account",
        "fault": fault,
        "has_factor": has_factor(user),
        "must_have": must_have_factor(user, settings.SECOND_FACTOR_ROLES),
        "secret": secret_text(device) if device else "",
        "next": _next(request),
    }
    return _private(render(request, "office/session/set_up_factor.html", context))


@require_safe
def qr(request: HttpRequest) -> HttpResponse:
    """The secret being set up as a picture for the app."""
    device = begun_device(signed_in(request))
    if device is None:
        raise Http404
    picture = io.BytesIO()
    segno.make(device.config_url, error="m").save(
        picture, kind="svg", scale=5, border=3, light="#fff", xmldecl=False
    )
    return _private(HttpResponse(picture.getvalue(), content_type="image/svg+xml"))


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
