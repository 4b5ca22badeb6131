"""What an office or the administrator does with somebody's account."""

from datetime import timedelta

from axes.utils import reset as forget_failures
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from minsheng_web.office.views.managing import told
from minsheng_web.office.views.people_posts import shown_once
from minsheng_web.records.access import people_for
from minsheng_web.records.actions.accounts import make_password_link, resume_account, stop_account
from minsheng_web.records.actions.refused import Refused
from minsheng_web.records.actions.second_factor import reset_factor
from minsheng_web.records.people import signed_in
from minsheng_web.records.tokens import new_token


@require_POST
def person_stop(request: HttpRequest, person_id: int) -> HttpResponse:
    """Stop the account: posts and sessions end at once."""
    one = get_object_or_404(people_for(request.user), pk=person_id)
    reason = request.POST.get("reason", "")
    outcome = stop_account(actor=signed_in(request), user=one, reason=reason, at=timezone.now())
    told(request, outcome, f"{one}的账号已停用，岗位已收回，登录已全部退出。")
    return redirect("office:person", person_id)


@require_POST
def person_resume(request: HttpRequest, person_id: int) -> HttpResponse:
    """Let a stopped account sign in again; posts are given anew."""
    one = get_object_or_404(people_for(request.user), pk=person_id)
    outcome = resume_account(actor=signed_in(request), user=one)
    told(request, outcome, f"{one}的账号已恢复，请重新安排岗位。")
    return redirect("office:person", person_id)


@require_POST
def person_password(request: HttpRequest, person_id: int) -> HttpResponse:
    """A link with which the person sets a new password, shown this one time; a lock-out ends with it."""
    one = get_object_or_404(people_for(request.user), pk=person_id)
    token = new_token()
    link = make_password_link(
        actor=signed_in(request),
        user=one,
        token=token,
        lasts=timedelta(hours=settings.PASSWORD_LINK_HOURS),
        at=timezone.now(),
    )
    if isinstance(link, Refused):
        messages.error(request, link.message)
        return redirect("office:person", person_id)
    forget_failures(username=one.username)
    address = request.build_absolute_uri(reverse("office:password-link", args=[token]))
    return shown_once(request, {"link": address, "one": one, "until": link.expires_at})


@require_POST
def person_factor(request: HttpRequest, person_id: int) -> HttpResponse:
    """Forget the person's second factor (lost telephone)."""
    one = get_object_or_404(people_for(request.user), pk=person_id)
    done = reset_factor(actor=signed_in(request), user=one)
    messages.info(request, f"已重置{one}的动态验证码。" if done else f"{one}没有设置动态验证码。")
    return redirect("office:person", person_id)
