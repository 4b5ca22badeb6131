"""Editing a standard: beginning a draft, one draft with its faults, cases and difference, and its moves."""

import difflib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from minsheng.standards.editions import judge
from minsheng.standards.fault import Fault
from minsheng_web.office.screens.figure_form import figure_form, read_figure
from minsheng_web.office.screens.standards import case_rows, edition_screens
from minsheng_web.office.views.standards import OPEN, found_standard
from minsheng_web.records.access import standard_edits_for
from minsheng_web.records.actions import standard_edits as actions
from minsheng_web.records.duties import may_edit_standard
from minsheng_web.records.models import StandardEdit, User
from minsheng_web.records.models.standards import EditState
from minsheng_web.records.people import signed_in
from minsheng_web.records.queries.standards import digest, text_of_edition

LONGEST_LINE = 80
"""Characters of a line told beside its fault."""
AROUND = 3
"""Unchanged lines shown beside a change."""


@require_http_methods(["GET", "HEAD", "POST"])
def standard_edit(request: HttpRequest, standard: str) -> HttpResponse:
    """The standard's figures and its text to be changed; POST makes the draft from either."""
    shelf, found = found_standard(standard)
    user = signed_in(request)
    if not may_edit_standard(user, shelf.notice_of(found).city):
        raise PermissionDenied
    posted = {key: str(value) for key, value in request.POST.items()}
    by_figure = posted.get("act") == "figure"
    figures = figure_form(shelf, found.id, posted if by_figure else {})
    typed = _typed(request, shelf.texts[found.id])
    if by_figure:
        typed["yaml"] = read_figure(figures, shelf, found.id).text
    if request.method == "POST" and not figures.faults:
        outcome = actions.draft_edit(actor=user, standard=found.id, at=timezone.now(), **typed)
        if isinstance(outcome, StandardEdit):
            messages.success(request, "已存为草稿。没有错误、案例全部相符后，就可以提交审批。")
            return redirect("office:standard-edit-one", edit=outcome.pk)
        messages.error(request, outcome.message)
    typed["yaml"] = shelf.texts[found.id] if by_figure else typed["yaml"]
    context = {
        "nav": "standards",
        "standard": found,
        "notice": shelf.notice_of(found),
        "typed": typed,
        "figures": figures,
        "open": standard_edits_for(user).filter(standard=found.id, state__in=OPEN).first(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "office/standards/edit_new.html", context, status=status)


def _typed(request: HttpRequest, text: str) -> dict[str, str]:
    """What was typed; browsers send line ends as CR LF."""
    return {
        "yaml": request.POST.get("yaml", text).replace("\r\n", "\n"),
        "reason": request.POST.get("reason", ""),
        "document_number": request.POST.get("document_number", ""),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, edit: int) -> HttpResponse:
    """One draft, or what became of it; POST saves the draft again."""
    user = signed_in(request)
    row = _edit(request, edit)
    typed = {"yaml": row.yaml, "reason": row.reason, "document_number": row.document_number}
    status = 200
    if request.method == "POST":
        typed = _typed(request, row.yaml)
        seen = request.POST.get("revision", "")
        outcome = actions.save_edit(actor=user, edit=row, seen=int(seen) if seen.isdigit() else 0, **typed)
        if isinstance(outcome, StandardEdit):
            messages.success(request, "草稿已保存。")
            return redirect("office:standard-edit-one", edit=row.pk)
        messages.error(request, outcome.message)
        status = 409
    return render(request, "office/standards/edit.html", _screen(user, row, typed), status=status)


def _edit(request: HttpRequest, pk: int) -> StandardEdit:
    rows = standard_edits_for(request.user).select_related("proposed_by", "decided_by")
    return get_object_or_404(rows, pk=pk)


def _screen(user: User, row: StandardEdit, typed: dict[str, str]) -> dict[str, Any]:
    shelf, found = found_standard(row.standard)
    judgement = judge(typed["yaml"], row.standard, shelf.book)
    version = getattr(row, "version", None)
    before = _before(row, shelf.texts[row.standard], version.number if version else None)
    may = may_edit_standard(user, shelf.notice_of(found).city)
    mine = row.proposed_by_id == user.pk
    cases = case_rows(judgement.cases, shelf.book.vocabulary)
    lines = [one.case.place.line for one in judgement.cases]
    wrong_cases = [(case, line) for case, line in zip(cases, lines, strict=True) if not case.passes]
    return {
        "nav": "standards",
        "standard": found,
        "notice": shelf.notice_of(found),
        "edit": row,
        "typed": typed,
        "judgement": judgement,
        "cases": cases,
        "faults": list(told_lines(judgement.faults, typed["yaml"])),
        "wrong_cases": wrong_cases,
        "failed": len(wrong_cases),
        "versions": edition_screens(
            judgement.compiled.rules if judgement.compiled else (),
            shelf.book.vocabulary,
            {},
            timezone.localdate(),
        ),
        "difference": list(difference(before, typed["yaml"])),
        "writes": mine and may and row.state == EditState.DRAFT,
        "withdraws": mine and row.state in (EditState.DRAFT, EditState.WAITING),
        "decides": may and not mine and row.state == EditState.WAITING,
        "waits_for_second": mine and row.state == EditState.WAITING,
        "outdated": version is None and row.base_digest != digest(shelf.texts[row.standard]),
    }


def told_lines(faults: Iterable[Fault], text: str) -> Iterator[tuple[Fault, str]]:
    """Each fault with the beginning of the line it stands on: a text box numbers no lines."""
    lines = text.splitlines()
    for fault in faults:
        line = lines[fault.line - 1].strip() if 0 < fault.line <= len(lines) else ""
        yield fault, line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]}…"


def _before(row: StandardEdit, now: str, number: int | None) -> str:
    """The text the edition was made from: of an approved one, the edition before it."""
    return now if number is None else text_of_edition(row.standard, number - 1)


def difference(old: str, new: str) -> Iterator[tuple[str, str]]:
    """(kind, line): added, removed, place or same, with a few lines around every change."""
    kinds = {"+": "added", "-": "removed", "@": "place"}
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=AROUND)
    for number, line in enumerate(lines):
        if number < 2:
            continue  # the names of two files
        yield kinds.get(line[:1], "same"), line if line[:1] != "@" else "……"


@require_POST
def edit_move(request: HttpRequest, edit: int) -> HttpResponse:
    """Put forward, withdraw, approve or refuse, by the button pressed."""
    row, user, note = _edit(request, edit), signed_in(request), request.POST.get("note", "")
    now = timezone.now()
    moves: dict[str, tuple[Callable[[], object], str]] = {
        "put-forward": (
            lambda: actions.put_forward(actor=user, edit=row),
            "已提交，等另一位有权的同志审批。",
        ),
        "withdraw": (lambda: actions.withdraw_edit(actor=user, edit=row, at=now), "已撤回。"),
        "approve": (
            lambda: actions.approve_edit(actor=user, edit=row, note=note, at=now),
            "已批准，现在起按新的标准计算。",
        ),
        "refuse": (
            lambda: actions.refuse_edit(actor=user, edit=row, note=note, at=now),
            "已退回，没有改动标准。",
        ),
    }
    chosen = moves.get(request.POST.get("move", ""))
    if chosen is None:
        raise Http404
    outcome = chosen[0]()
    if isinstance(outcome, actions.NotEdited):
        messages.error(request, outcome.message)
    else:
        messages.success(request, chosen[1])
    return redirect("office:standard-edit-one", edit=row.pk)
