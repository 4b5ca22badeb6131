"""Pages that open with a token instead of a sign-in: accepting an invitation, setting a new password."""

from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from minsheng_web.records.actions.accounts import find_password_link, use_password_link
from minsheng_web.records.actions.invitations import (
    EXPIRED,
    USED,
    WITHDRAWN,
    accept_invitation,
    find_invitation,
    state_of_key,
)
from minsheng_web.records.actions.refused import Refused

UNKNOWN = "unknown"
ENDED = {
    USED: "这个链接已经用过，不能再用。已有账号的，请直接登录。",
    WITHDRAWN: "这个链接已被撤回，请联系发给您链接的人。",
    EXPIRED: "这个链接已过期，请联系发给您链接的人重新获取。",
    UNKNOWN: "这个链接无效，请核对是否复制完整，或联系发给您链接的人。",
}


def _private(view: Any) -> Any:
    """The address is a key: no referrer leaves the page, nothing of it is kept."""

    @wraps(view)
    def shown(request: HttpRequest, token: str) -> HttpResponse:
        response: HttpResponse = view(request, token)
        response["Referrer-Policy"] = "no-referrer"
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    return login_not_required(require_http_methods(["GET", "HEAD", "POST"])(shown))


def _ended(request: HttpRequest, state: str) -> HttpResponse:
    return render(request, "office/people/ended.html", {"sentence": ENDED[state]})


@_private
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a user name and a password; the account then holds the post."""
    found, at = find_invitation(token), timezone.now()
    state = state_of_key(found, at) if found else UNKNOWN
    if found is None or state:
        return _ended(request, state)
    context: dict[str, object] = {"invitation": found}
    if request.method == "POST" and not request.user.is_authenticated:
        outcome = accept_invitation(
            invitation=found,
            username=request.POST.get("username", "").strip(),
            password=request.POST.get("password", ""),
            again=request.POST.get("again", ""),
            at=at,
        )
        if not isinstance(outcome, Refused):
            messages.success(request, f"{outcome}，您的账号已开通，请登录。")
            return redirect("office:sign-in")
        context |= {"fault": outcome.message, "username": request.POST.get("username", "")}
    return render(request, "office/people/accept.html", context)


@_private
def password_link(request: HttpRequest, token: str) -> HttpResponse:
    """Set a new password."""
    found, at = find_password_link(token), timezone.now()
    state = state_of_key(found, at) if found else UNKNOWN
    if found is None or state or not found.user.is_active:
        return _ended(request, state or WITHDRAWN)
    context: dict[str, object] = {"one": found.user}
    if request.method == "POST":
        outcome = use_password_link(
            link=found, password=request.POST.get("password", ""), again=request.POST.get("again", ""), at=at
        )
        if not isinstance(outcome, Refused):
            messages.success(request, "新密码已保存，请用新密码登录。")
            return redirect("office:sign-in")
        context["fault"] = outcome.message
    return render(request, "office/people/new_password.html", context)
