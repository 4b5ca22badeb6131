"""What the views of people, units and regions share."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

from minsheng_web.records.actions.refused import Refused
from minsheng_web.records.duties import manages_people
from minsheng_web.records.models import User
from minsheng_web.records.people import signed_in

ROWS = 50


def manager(request: HttpRequest) -> User:
    """The signed-in person. Raises PermissionDenied where these pages are not open to them."""
    user = signed_in(request)
    if not manages_people(user):
        raise PermissionDenied
    return user


def page_of_rows(request: HttpRequest, rows: QuerySet[Any]) -> Page[Any]:
    """The page of a list the address asks for."""
    return Paginator(rows, ROWS).get_page(request.GET.get("page"))


def told(request: HttpRequest, outcome: object, done: str) -> bool:
    """Say what came of an action; whether it was done."""
    if isinstance(outcome, Refused):
        messages.error(request, outcome.message)
        return False
    messages.success(request, done)
    return True


def key(request: HttpRequest, name: str) -> int:
    """The key a form field holds; 0, which is nobody's, where it holds none."""
    text = request.POST.get(name) or request.GET.get(name) or ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else 0


def nav_of(request: HttpRequest) -> str:
    """Where regions stand in the navigation: with people and units for those who manage them."""
    return "people" if manages_people(request.user) else "compare"
