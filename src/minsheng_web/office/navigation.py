"""What every page's head needs to know of the person."""

from functools import lru_cache
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString

from minsheng_web.records.access import Person, is_administrator, posts_of, report_lines_for
from minsheng_web.records.duties import manages_people, offices_for

_KEPT_SECONDS = 300


def may_manage(request: HttpRequest) -> dict[str, Any]:
    """``may_manage``: whether the pages of people and units are open to the person."""

    def answer() -> bool:
        user = getattr(request, "user", None)
        return user is not None and manages_people(user)

    return {"may_manage": SimpleLazyObject(answer)}


def main_menu(person: Person, here: str) -> SafeString:
    """The site's menu as far as it is open to the person; ``here`` names the page's entry."""
    may_import = bool(offices_for(person)) or is_administrator(person)
    return _menu(get_script_prefix(), here, may_import, _has_lines(person), manages_people(person))


@lru_cache(512)
def _menu(_prefix: str, here: str, may_import: bool, has_reports: bool, may_manage: bool) -> SafeString:
    """The same for all it is the same for."""
    told = {"nav": here, "may_import": may_import, "has_reports": has_reports, "may_manage": may_manage}
    return render_to_string("office/_menu.html", told)


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
