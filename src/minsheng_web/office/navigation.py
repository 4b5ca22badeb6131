"""What every page's head needs to know of the person."""

from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from minsheng_web.records.access import Person, is_administrator, posts_of, report_lines_for
from minsheng_web.records.duties import manages_people, offices_for

_KEPT_SECONDS = 300


def may_import(request: HttpRequest) -> dict[str, Any]:
    """``may_import``: whether the page of uploads is open to the person; asked only where a page uses it."""

    def answer() -> bool:
        user = getattr(request, "user", None)
        return user is not None and (bool(offices_for(user)) or is_administrator(user))

    return {"may_import": SimpleLazyObject(answer)}


def may_manage(request: HttpRequest) -> dict[str, Any]:
    """``may_manage``: whether the pages of people and units are open to the person."""

    def answer() -> bool:
        user = getattr(request, "user", None)
        return user is not None and manages_people(user)

    return {"may_manage": SimpleLazyObject(answer)}


def has_reports(request: HttpRequest) -> dict[str, Any]:
    """``has_reports``: whether the person has report lines in reach; asked only where a page uses it."""

    def answer() -> bool:
        user = getattr(request, "user", None)
        return user is not None and _has_lines(user)

    return {"has_reports": SimpleLazyObject(answer)}


def _has_lines(user: Person) -> bool:
    """Whether there is a line in reach. Who has some keeps them: yes is remembered for a few minutes."""
    if user.pk is None:
        return False
    key = f"has-lines-{user.pk}-{'.'.join(str(post.pk) for post in posts_of(user))}"
    if cache.get(key):
        return True
    found = report_lines_for(user).order_by().exists()
    if found:
        cache.set(key, 1, _KEPT_SECONDS)
    return found
