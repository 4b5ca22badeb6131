"""Benefit standards: the list, and one standard with its text, rule in words, cases and history."""

from dataclasses import asdict, fields
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from minsheng.standards.editions import same_benefits
from minsheng.standards.model import Standard
from minsheng_web.office.screens import standards as screens
from minsheng_web.records.access import standard_edits_for
from minsheng_web.records.duties import may_edit_standard, may_simulate
from minsheng_web.records.models.standards import EditState
from minsheng_web.records.people import signed_in
from minsheng_web.records.queries import standards as queries
from minsheng_web.records.queries.standard_text import source_lines
from minsheng_web.records.queries.standards import Shelf

OPEN = (EditState.DRAFT, EditState.WAITING)
ACTIONS = {
    "standard_edit.draft": "起草修订",
    "standard_edit.save": "修改草稿",
    "standard_edit.put_forward": "提交审批",
    "standard_edit.approve": "批准",
    "standard_edit.refuse": "不同意",
    "standard_edit.withdraw": "撤回",
}


def found_standard(standard_id: str) -> tuple[Shelf, Standard]:
    """The standards and the one asked for; else 404."""
    shelf = queries.shelf()
    standard = shelf.standard(standard_id)
    if standard is None:
        raise Http404
    return shelf, standard


@require_safe
def standard_list(request: HttpRequest) -> HttpResponse:
    """All standards, narrowed by what the address says."""
    names = [field.name for field in fields(screens.Asked)]
    asked = screens.Asked(**{name: request.GET.get(name, "").strip() for name in names})
    user = signed_in(request)
    context = {
        "nav": "standards",
        "asked": asked,
        "screen": screens.list_screen(queries.shelf(), asked),
        "narrowed": any(asdict(asked).values()),
        "simulates": may_simulate(user),
        "waiting": _waiting(request),
    }
    return render(request, "office/standards/list.html", context)


def _waiting(request: HttpRequest) -> list[dict[str, Any]]:
    shelf = queries.shelf()
    rows = standard_edits_for(request.user).filter(state=EditState.WAITING)
    found = ((row, shelf.standard(row.standard)) for row in rows.select_related("proposed_by"))
    return [{"edit": row, "standard": standard} for row, standard in found if standard is not None]


@require_safe
def standard(request: HttpRequest, standard: str) -> HttpResponse:
    """One standard."""
    shelf, found = found_standard(standard)
    user, today = signed_in(request), timezone.localdate()
    notice = shelf.notice_of(found)
    sources = [source for version in found.versions for source in version.sources]
    lines = source_lines(user, notice, sources)
    edits = queries.edits_of(user, found.id)
    cases = screens.cases_of(shelf, found)
    groups = same_benefits(shelf.book.standards.values())
    context = {
        "nav": "standards",
        "standard": found,
        "notice": notice,
        "versions": screens.version_screens(shelf, found, lines, today),
        "has_text": bool(lines),
        "cases": cases,
        "failed": sum(not case.passes for case in cases),
        "editions": queries.versions_of(user, found.id),
        "edits": edits,
        "open": next((edit for edit in edits if edit.state in OPEN), None),
        "history": [(event, ACTIONS.get(event.action, "")) for event in queries.history_of(edits)],
        "edits_it": may_edit_standard(user, notice.city),
        "simulates": may_simulate(user),
        "same": next((group for group in groups if found in group), ()),
        "forms": [screens.FORMS[form] for form in found.versions[-1].form],
    }
    return render(request, "office/standards/standard.html", context)
