"""One's own account: posts, password, second factor, sessions."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from minsheng_web.records.access import posts_of
from minsheng_web.records.actions.accounts import change_password, sign_out_everywhere
from minsheng_web.records.actions.refused import Refused
from minsheng_web.records.actions.second_factor import has_factor, must_have_factor
from minsheng_web.records.people import signed_in


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """What one holds and how one signs in."""
    user = signed_in(request)
    context = {
        "nav": "account",
        "posts": posts_of(user),
        "has_factor": has_factor(user),
        "must_have": must_have_factor(user, settings.SECOND_FACTOR_ROLES),
        "idle": settings.SESSION_IDLE_MINUTES,
    }
    return render(request, "office/people/account.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; this session goes on, others end."""
    user, context = signed_in(request), {"nav": "account"}
    if request.method == "POST":
        outcome = change_password(
            actor=user,
            old=request.POST.get("old", ""),
            password=request.POST.get("password", ""),
            again=request.POST.get("again", ""),
        )
        if not isinstance(outcome, Refused):
            update_session_auth_hash(request, user)
            messages.success(request, "密码已修改，在其他设备上的登录已退出。")
            return redirect("office:account")
        context["fault"] = outcome.message
    return render(request, "office/people/password.html", context)


@require_POST
def everywhere(request: HttpRequest) -> HttpResponse:
    """End all sessions, this one too."""
    sign_out_everywhere(actor=signed_in(request))
    logout(request)
    messages.success(request, "已在所有设备上退出登录。")
    return redirect("office:home")
