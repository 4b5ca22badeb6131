"""Signing in and out."""

import math
from datetime import datetime
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_cool_off
from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone


class SignInForm(AuthenticationForm):
    """User name and password, with sentences an official understands."""

    error_messages = {
        "invalid_login": "用户名或密码不正确，请检查大小写后重试。",
        "inactive": "该账号已停用，请联系系统管理员。",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "用户名"
        self.fields["password"].label = "密码"
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"
            field.error_messages["required"] = f"请填写{field.label}。"

    def invalid_fields(self) -> list[forms.BoundField]:
        """The fields to mend, for the page's list of faults."""
        return [field for field in self if field.errors]


class SignIn(LoginView):
    """The sign-in page; who is signed in already goes on."""

    template_name = "office/session/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True


def locked_out(request: HttpRequest, *_values: Any, **_named: Any) -> HttpResponse:
    """429: too many wrong passwords in a row; says how long it still lasts."""
    at = timezone.now()
    until = _locked_until(request, at)
    context = {
        "minutes": max(1, math.ceil((until - at).total_seconds() / 60)),
        "until": until,
        "failures": settings.AXES_FAILURE_LIMIT,
    }
    return render(request, "office/session/locked_out.html", context, status=429)


def _locked_until(request: HttpRequest, at: datetime) -> datetime:
    """When the last wrong password that counted is forgotten."""
    cool_off = get_cool_off(request)
    if cool_off is None:
        return at
    username = request.POST.get("username", "")
    implementation = AxesProxyHandler.get_implementation()
    attempts = implementation.get_user_attempts(request, {"username": username})
    times = [moment for rows in attempts for moment in rows.values_list("attempt_time", flat=True)]
    until: datetime = max(times, default=at) + cool_off
    return until
