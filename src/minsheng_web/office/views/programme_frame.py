"""What every programme page begins with: the version asked for, and the words around it."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest

from minsheng_web.records.models import PlanVersion
from minsheng_web.records.queries.programmes import find_version, newest_number, switcher


@dataclass(frozen=True, slots=True)
class Frame:
    """The version a page shows and the context its frame template needs."""

    version: PlanVersion
    context: dict[str, Any]


def version_asked_for(request: HttpRequest, programme: int) -> PlanVersion:
    """The version the address names (``?version=1``), else the newest. Raises Http404 out of reach."""
    asked = request.GET.get("version", "")
    if asked and not (asked.isdecimal() and len(asked) < 9):
        raise Http404
    version = find_version(request.user, programme, int(asked) if asked else None)
    if version is None:
        raise Http404
    return version


def frame(request: HttpRequest, programme: int, tab: str) -> Frame:
    """The frame of one page. Raises Http404 out of reach."""
    version = version_asked_for(request, programme)
    asked = request.GET.get("version", "")
    context = {
        "nav": "programmes",
        "tab": tab,
        "version": version,
        "programme": version.programme,
        "newest": newest_number(request.user, programme) if asked else version.number,
        "version_query": f"?version={version.number}" if asked else "",
        "switcher": switcher(request.user),
    }
    return Frame(version, context)
