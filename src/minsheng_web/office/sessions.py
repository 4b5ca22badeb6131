"""How long a session lasts without a request, and what it knows of the second factor."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

from minsheng_web.records.actions.second_factor import has_factor
from minsheng_web.records.models import User

SEEN = "seen"
FACTOR = "second_factor"
ASKED, PASSED = "asked", "passed"
_NOTED_EVERY = 60
"""Seconds between two notes of the last request: not every look at a page writes."""

BY_ITSELF = ("/progress/",)
"""Ends of addresses a page asks for by itself: they do not keep a session alive."""


@receiver(user_logged_in)
def begin_session(request: HttpRequest, user: User, **_values: Any) -> None:
    """Note the time, and whether a code is to be asked for before anything is shown."""
    request.session[SEEN] = int(time.time())
    request.session.pop(FACTOR, None)
    if has_factor(user):
        request.session[FACTOR] = ASKED


class IdleMiddleware:
    """A session nobody used for SESSION_IDLE_MINUTES is ended."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        limit = settings.SESSION_IDLE_MINUTES * 60
        if limit and request.user.is_authenticated:
            self._look(request, limit)
        return self.get_response(request)

    def _look(self, request: HttpRequest, limit: int) -> None:
        now, seen = int(time.time()), request.session.get(SEEN)
        if seen is not None and now - seen > limit:
            logout(request)
        elif (seen is None or now - seen >= _NOTED_EVERY) and not request.path.endswith(BY_ITSELF):
            request.session[SEEN] = now
