"""Making the form for what somebody chose: a quantity, a project, the head, or a piece of text to add."""

from collections.abc import Mapping
from typing import Any

from minsheng.kernel.source import Source
from minsheng.plans.model import Plan
from minsheng_web.office.screens.editor import Editor, make_fields
from minsheng_web.office.screens.prefill import prefilled
from minsheng_web.records.actions.corrections import values_at
from minsheng_web.records.queries.workspace import Workspace

KINDS = {"h": "head", "p": "project", "q": "quantity"}


def editor_at(space: Workspace, anchor: str, **typed: Any) -> Editor | None:
    """The form of the thing at the anchor, None where nothing stands there.

    ``texts``, ``faults`` and ``disputes`` as for make_fields; ``notice`` and ``notice_level`` as in Editor.
    """
    values = values_at(space.plan, anchor)
    if values is None:
        return None
    said = {name: typed.pop(name) for name in ("notice", "notice_level") if name in typed}
    fields = make_fields(anchor, space.plan, values, **typed)
    kind = KINDS[anchor[0]]
    if kind == "head":
        return Editor(kind, anchor, "方案信息", fields, line=space.plan.head.title_line, **said)
    if kind == "project":
        project = space.project(int(anchor[2:]))
        line = project.source.line if project else None
        return Editor(kind, anchor, f"第{anchor[2:]}项", fields, line=line, **said)
    found = space.quantity(anchor)
    if found is None:
        return None
    project, quantity = found
    source = quantity.source
    return Editor(
        kind,
        anchor,
        f"第{project.number}项的数量",
        fields,
        text=quantity.text,
        line=source.line,
        start=source.start,
        end=source.end,
        sentence=context(space.lines, source),
        **said,
    )


def context(lines: tuple[str, ...], source: Source, around: int = 24) -> str:
    """The words beside a span, so that a number is never judged alone."""
    if not 1 <= source.line <= len(lines):
        return ""
    text = lines[source.line - 1]
    begin, end = max(0, source.start - around), min(len(text), source.end + around)
    return f"{'…' if begin else ''}{text[begin:end].strip()}{'…' if end < len(text) else ''}"


def adding_editor(space: Workspace, data: Mapping[str, str], **typed: Any) -> Editor | None:
    """The form for a missed quantity at ``line`` and ``start``–``end``, or at ``text`` found on the line."""
    span = span_of(space, data)
    if isinstance(span, str):
        return Editor("lost", "", "补标数量", (), line=_whole(data.get("line")), notice=span)
    text = space.lines[span.line - 1][span.start : span.end]
    said = {name: typed.pop(name) for name in ("notice", "notice_level") if name in typed}
    values = prefilled(text, space.lines[span.line - 1], span, space.plan)
    return Editor(
        "add",
        "",
        "补标数量",
        make_fields("q:", space.plan, values, **typed),
        text=text,
        line=span.line,
        start=span.start,
        end=span.end,
        sentence=context(space.lines, span),
        **said,
    )


def span_of(space: Workspace, data: Mapping[str, str]) -> Source | str:
    """The span asked for, or the sentence that says why there is none."""
    line = _whole(data.get("line"))
    if line is None or not 1 <= line <= len(space.lines):
        return f"请填写 1 到 {len(space.lines)} 之间的行号。"
    text = space.lines[line - 1]
    start, end = _whole(data.get("start")), _whole(data.get("end"))
    if start is not None and end is not None and 0 <= start < end <= len(text):
        return _trimmed(text, line, start, end)
    wanted = data.get("text", "").strip()
    if not wanted:
        return "请填写要补标的文字，例如“3.3万人”。"
    return _free_place(space.plan, text, line, wanted) or f"第{line}行里没有“{wanted}”，请照原文填写。"


def _trimmed(text: str, line: int, start: int, end: int) -> Source | str:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end -= len(piece) - len(piece.rstrip())
    return Source(line, start, end) if start < end else "所选文字是空白，请重新选择。"


def _free_place(plan: Plan, text: str, line: int, wanted: str) -> Source | None:
    """The first occurrence that no quantity covers yet, else the first at all."""
    places = []
    at = text.find(wanted)
    while at >= 0:
        places.append(Source(line, at, at + len(wanted)))
        at = text.find(wanted, at + 1)
    taken = [q.source for project in plan.projects for q in project.quantities]
    free = [place for place in places if not any(place.overlaps(source) for source in taken)]
    return next(iter(free or places), None)


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else None
