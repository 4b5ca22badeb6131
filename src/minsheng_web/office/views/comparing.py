"""The comparison page: two to six published versions in columns, and deciding what is one project."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from minsheng.papers.comparison_xlsx import comparison_xlsx
from minsheng_web.office.screens.comparing import Chosen, Screen, comparison_screen
from minsheng_web.office.views.programmes_tables import XLSX
from minsheng_web.records.actions.pairings import Decision, Disputed, decide_pairing, undo_pairing
from minsheng_web.records.duties import may_write
from minsheng_web.records.models import PlanVersion
from minsheng_web.records.people import signed_in
from minsheng_web.records.queries.comparing import chosen_versions, find_pairing, version_choices

MOST_COLUMNS = 6


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Choose versions (``?v=`` twice to six times); below them the comparison, filtered."""
    versions = _asked_for(request)
    chosen = _chosen(request.GET)
    screen = comparison_screen(versions, chosen) if len(versions) >= 2 else None
    writes = any(may_write(request.user, version.programme.region) for version in versions)
    context = {
        "nav": "compare",
        "chosen": chosen,
        "screen": screen,
        "writes": writes and len(versions) == 2,
        "state": request.GET.urlencode(),
        "versions": versions,
    }
    if request.htmx:  # type: ignore[attr-defined]  # django-htmx
        return render(request, "office/comparing/table.html", context)
    choices = version_choices(request.user)
    slots = min(max(2, len(versions) + (len(versions) >= 2)), MOST_COLUMNS)
    keys = [version.pk for version in versions]
    context |= {
        "choices": choices,
        "slots": tuple((place + 1, keys[place] if place < len(keys) else None) for place in range(slots)),
    }
    return render(request, "office/comparing/page.html", context)


def _asked_for(request: HttpRequest) -> tuple[PlanVersion, ...]:
    """The versions of the address, each once, the older first. Raises Http404 where one is out of reach.

    What came later is what changed: the other way round everything new would be called given up.
    """
    texts = [text for text in request.GET.getlist("v") if text]
    if not all(_is_key(text) for text in texts):
        raise Http404
    keys = tuple(dict.fromkeys(int(text) for text in texts))
    if len(keys) > MOST_COLUMNS:
        raise Http404
    versions = chosen_versions(request.user, keys) if keys else ()
    if versions is None:
        raise Http404
    return _older_first(versions)


def _older_first(versions: tuple[PlanVersion, ...]) -> tuple[PlanVersion, ...]:
    """By year; within a year programmes stay as they were chosen, each with its first version first."""
    chosen = [version.programme_id for version in versions]

    def age(version: PlanVersion) -> tuple[int, int, int]:
        return version.programme.year, chosen.index(version.programme_id), version.number

    return tuple(sorted(versions, key=age))


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 18


def _chosen(query: QueryDict) -> Chosen:
    return Chosen(
        changed=query.get("changed") == "1",
        category=query.get("category", "").strip(),
        unit=query.get("unit", "").strip(),
    )


@require_safe
def compare_file(request: HttpRequest) -> HttpResponse:
    """The same, filtered alike, as an Excel file."""
    versions = _asked_for(request)
    if len(versions) < 2:
        raise Http404
    screen: Screen = comparison_screen(versions, _chosen(request.GET))
    headers = {"Content-Disposition": content_disposition_header(True, f"{screen.table.title}.xlsx")}
    return HttpResponse(comparison_xlsx(screen.table), content_type=XLSX, headers=headers)


@require_POST
def compare_pair(request: HttpRequest) -> HttpResponse:
    """Decide: project ``a`` of version ``v`` is project ``b`` of version ``w``; an empty one: none there."""
    versions = chosen_versions(request.user, (_key(request, "v"), _key(request, "w")))
    if versions is None or len(versions) != 2:
        raise Http404
    decision = Decision(_number(request, "a"), _number(request, "b"))
    try:
        outcome = decide_pairing(
            actor=signed_in(request),
            a=versions[0],
            b=versions[1],
            decision=decision,
            seen=_number(request, "seen"),
            at=timezone.now(),
        )
    except ValueError as error:
        raise BadRequest(str(error)) from None
    if isinstance(outcome, Disputed):
        messages.warning(request, outcome.message)
    else:
        messages.success(request, "已记住这一认定，今后对照这两个版本时都按此对应。")
    return _back(request)


@require_POST
def compare_pair_undo(request: HttpRequest) -> HttpResponse:
    """Take a decision back; the program pairs by meaning again."""
    pairing = find_pairing(request.user, _key(request, "pairing"))
    if pairing is None:
        raise Http404
    if undo_pairing(actor=signed_in(request), pairing=pairing, at=timezone.now()):
        messages.success(request, "已撤销认定，恢复按含义自动对应。撤销的认定仍有记录。")
    else:
        messages.info(request, "这一认定先前已被撤销。")
    return _back(request)


def _key(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    if not _is_key(text):
        raise BadRequest(name)
    return int(text)


def _number(request: HttpRequest, name: str) -> int | None:
    return _key(request, name) if request.POST.get(name) else None


def _back(request: HttpRequest) -> HttpResponse:
    """To the page the form stood on; its address is read anew, so nobody is sent elsewhere."""
    state = QueryDict(request.POST.get("state", "")[:2000]).urlencode()
    return redirect(f"{reverse('office:compare')}?{state}")
