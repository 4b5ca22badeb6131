"""Posts of the proofreading screen: each parses what was typed and calls one action."""

import json
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from minsheng_web.office.screens.choosing import adding_editor, editor_at, span_of
from minsheng_web.office.screens.editor import FIELD_LABELS, Editor, shown
from minsheng_web.office.screens.figures import typed
from minsheng_web.office.screens.lines import text_lines
from minsheng_web.office.screens.tree import project_blocks
from minsheng_web.office.views.proofreading import opened, screen, screen_values
from minsheng_web.records.actions.correction_values import Unusable, fields_of, parse_for
from minsheng_web.records.actions.corrections import (
    Conflict,
    Gone,
    Outcome,
    Saved,
    add_quantity,
    line_of,
    remove_quantity,
    set_fields,
    undo_correction,
    undo_last,
    values_at,
)
from minsheng_web.records.people import signed_in
from minsheng_web.records.queries.workspace import Workspace, workspace


def _typed(
    request: HttpRequest, space: Workspace, anchor: str
) -> tuple[dict[str, str], dict[str, Any], dict[str, str]]:
    """What the form held: texts, parsed values, and a sentence for each field that is unusable."""
    standing = values_at(space.plan, anchor) or {}
    texts = {name: request.POST.get(name, "") for name in fields_of(anchor) if f"was_{name}" in request.POST}
    values: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for name, text in texts.items():
        # What was left as it is shown is what it is, however the reader spelt it.
        kept = name in standing and text.strip() == typed(standing[name]).strip()
        value = standing[name] if kept else parse_for(anchor, name, text)
        if isinstance(value, Unusable):
            faults[name] = value.message
        else:
            values[name] = value
    if not faults and values.get("value_hi") is not None and values["value_hi"] < values.get("value", 0):
        faults["value_hi"] = "上限不能小于数值，请核对两个数。"
    return texts, values, faults


def _was(request: HttpRequest, name: str) -> Any:
    try:
        return json.loads(request.POST[f"was_{name}"])
    except (KeyError, ValueError):
        raise BadRequest(f"was_{name}") from None


def _anchor(request: HttpRequest, space: Workspace) -> str:
    """The anchor of the form, made sure to be one."""
    anchor = request.POST.get("anchor", "")
    known = anchor == "head" or anchor in {project.anchor for project in space.plan.projects}
    if known or space.quantity(anchor) is not None:
        return anchor
    if anchor.startswith("q:") and anchor.count(":") == 4 and anchor[2:].replace(":", "").isdigit():
        return anchor  # well-formed and gone: the action says so
    raise BadRequest("anchor")


@require_POST
def document_correct(request: HttpRequest, document_id: int) -> HttpResponse:
    """Set fields of a quantity, a project or the head."""
    space = opened(request, document_id)
    anchor = _anchor(request, space)
    texts, values, faults = _typed(request, space, anchor)
    if faults:
        return _again(request, space, editor_at(space, anchor, texts=texts, faults=faults))
    changes = {name: (_was(request, name), value) for name, value in values.items()}
    outcome = set_fields(
        actor=signed_in(request), document=space.document, anchor=anchor, changes=changes, at=timezone.now()
    )
    if isinstance(outcome, Conflict):
        return _disputed(request, space, anchor, texts, outcome)
    return _answer(request, space, outcome, anchor)


def _disputed(
    request: HttpRequest, space: Workspace, anchor: str, texts: dict[str, str], conflict: Conflict
) -> HttpResponse:
    """Both values side by side, and what was typed still in the form."""
    fresh = workspace(space.document) or space
    who = f"{conflict.by}" if conflict.by else "其他人"
    disputes = {
        name: f"{who}已改为“{shown(name, now)}”，您打开时是“{shown(name, _was(request, name))}”，"
        f"您填写的是“{_told(name, texts[name], anchor)}”。"
        for name, now in conflict.now.items()
    }
    labels = "、".join(FIELD_LABELS[name] for name in conflict.now)
    editor = editor_at(
        fresh,
        anchor,
        texts=texts,
        disputes=disputes,
        notice=f"没有保存：在您编辑期间，{who}改过“{labels}”。请核对后再次保存（以您的为准），或点“放弃修改”。",
        notice_level="warning",
    )
    if not request.headers.get("HX-Request"):
        return screen(request, space.document, editor)
    found = fresh.quantity(anchor)
    numbers = [found[0].number] if found else [int(anchor[2:])] if anchor.startswith("p:") else []
    return _changes(request, fresh, editor, anchors=[anchor], numbers=numbers)


def _told(name: str, text: str, anchor: str) -> str:
    value = parse_for(anchor, name, text)
    return text if isinstance(value, Unusable) else shown(name, value)


@require_POST
def document_remove(request: HttpRequest, document_id: int) -> HttpResponse:
    """Say that a quantity is none."""
    space = opened(request, document_id)
    anchor = _anchor(request, space)
    if not anchor.startswith("q:"):
        raise BadRequest("anchor")
    outcome = remove_quantity(
        actor=signed_in(request), document=space.document, anchor=anchor, at=timezone.now()
    )
    return _answer(request, space, outcome, anchor)


@require_POST
def document_add(request: HttpRequest, document_id: int) -> HttpResponse:
    """Add a missed quantity at a piece of a line."""
    space = opened(request, document_id)
    span = span_of(space, request.POST)
    if isinstance(span, str):
        return _again(request, space, adding_editor(space, request.POST))
    texts, values, faults = _typed(request, space, "q:")
    if set(texts) != set(fields_of("q:")):
        raise BadRequest("fields")
    if faults:
        return _again(request, space, adding_editor(space, request.POST, texts=texts, faults=faults))
    data = {
        "line": span.line,
        "start": span.start,
        "end": span.end,
        "text": space.lines[span.line - 1][span.start : span.end],
        **values,
    }
    outcome = add_quantity(actor=signed_in(request), document=space.document, value=data, at=timezone.now())
    anchor = outcome.rows[0].anchor if isinstance(outcome, Saved) else ""
    return _answer(request, space, outcome, anchor)


@require_POST
def document_undo(request: HttpRequest, document_id: int) -> HttpResponse:
    """Undo one correction (``correction``) or, without it, the last thing this person did."""
    space = opened(request, document_id)
    actor, now = signed_in(request), timezone.now()
    wanted = request.POST.get("correction", "")
    if wanted and not (wanted.isascii() and wanted.isdigit() and len(wanted) < 18):
        raise BadRequest("correction")
    if wanted:
        done = undo_correction(actor=actor, document=space.document, correction_id=int(wanted), at=now)
    else:
        done = undo_last(actor=actor, document=space.document, at=now) > 0
    sentence = "已撤销，更正记录仍保留在列表中。" if done else "没有可撤销的更正。"
    fresh = workspace(space.document) or space
    undone = [row for row in fresh.corrections if row.undone_at == now]
    anchors = [row.anchor for row in undone]
    at = next((anchor for anchor in anchors if editor_at(fresh, anchor) is not None), "")
    return _changed(request, space, fresh, anchors=anchors, at=at, sentence=sentence)


def _answer(request: HttpRequest, space: Workspace, outcome: Outcome, anchor: str) -> HttpResponse:
    """What follows a mend: the form of what was mended, and everything on the page that it changed."""
    fresh = workspace(space.document) or space
    if isinstance(outcome, Gone):
        return _changed(
            request, space, fresh, anchors=[], at=anchor, sentence=outcome.message, level="warning"
        )
    saved = isinstance(outcome, Saved) and bool(outcome.rows)
    sentence = "已保存。" if saved else "内容没有变化。"
    return _changed(request, space, fresh, anchors=[anchor], at=anchor, sentence=sentence)


def _again(request: HttpRequest, space: Workspace, editor: Editor | None) -> HttpResponse:
    """The form once more, with what was typed in it."""
    if not request.headers.get("HX-Request"):
        return screen(request, space.document, editor)
    values = {"document": space.document, "editor": editor, "writes": True}
    return render(request, "office/proofreading/_editor.html", values)


def _changed(
    request: HttpRequest,
    before: Workspace,
    after: Workspace,
    *,
    anchors: Iterable[str],
    at: str,
    sentence: str,
    level: str = "success",
) -> HttpResponse:
    editor = editor_at(after, at, notice=sentence, notice_level=level) if at else None
    if not request.headers.get("HX-Request"):
        add = messages.warning if level == "warning" else messages.success
        add(request, sentence)
        return redirect(_address(before.document.pk, at if editor else ""))
    if _categories(before) != _categories(after):
        # A project stands under another heading now: the page is made anew around what is chosen.
        response = HttpResponse()
        response["HX-Redirect"] = _address(before.document.pk, at if editor else "")
        return response
    numbers = _touched(before, after)
    said = {"sentence": sentence, "level": level}
    return _changes(request, after, editor, anchors=anchors, numbers=numbers, **said)


def _changes(
    request: HttpRequest,
    space: Workspace,
    editor: Editor | None,
    *,
    anchors: Iterable[str],
    numbers: Iterable[int],
    **said: str,
) -> HttpResponse:
    """The form, and beside it every part of the page that looks different now."""
    lines = {line for line in map(line_of, anchors) if line is not None}
    values = screen_values(request, space) | {
        "editor": editor,
        "changed_lines": text_lines(space.lines, space.plan, lines),
        "changed_blocks": project_blocks(space, numbers),
    }
    return render(request, "office/proofreading/changed.html", values | said)


def _touched(before: Workspace, after: Workspace) -> set[int]:
    """Projects that look different now: other content, other findings or other corrections."""
    old = {block.project.number: block for block in project_blocks(before)}
    return {block.project.number for block in project_blocks(after) if old.get(block.project.number) != block}


def _categories(space: Workspace) -> dict[int, int | None]:
    return {project.number: project.category for project in space.plan.projects}


def _address(document_id: int, anchor: str) -> str:
    address = reverse("office:document", kwargs={"document_id": document_id})
    return f"{address}?{urlencode({'at': anchor})}#editor" if anchor else address
