"""Mending a reading: set a value, remove a false quantity, add a missed one, undo.

Every change names the value it was made against. Where somebody else changed it meanwhile nothing is
written, and both values come back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from minsheng.plans.corrections import Correction, anchor_source, apply_corrections
from minsheng.plans.model import Plan
from minsheng.plans.plan_json import plan_to_json, quantity_from_json, quantity_to_json
from minsheng_web.records.actions.correction_values import fields_of
from minsheng_web.records.audit import record
from minsheng_web.records.duties import may_write
from minsheng_web.records.models import CorrectionRow, Document, User
from minsheng_web.records.models.documents import DocumentState
from minsheng_web.records.queries.workspace import corrected_plan


@dataclass(frozen=True, slots=True)
class Saved:
    """The rows that were written; none where nothing differed from what stood."""

    rows: tuple[CorrectionRow, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody was faster. ``now`` holds the value that stands for every field in dispute."""

    now: dict[str, Any]
    by: User | None = None


@dataclass(frozen=True, slots=True)
class Gone:
    """What was to be mended is there no more; ``message`` says so."""

    message: str


Outcome = Saved | Conflict | Gone
GONE = "要更正的内容已不在方案中，可能已被同事删除。请刷新页面查看。"


def set_fields(
    *, actor: User, document: Document, anchor: str, changes: Mapping[str, tuple[Any, Any]], at: datetime
) -> Outcome:
    """Set fields at the anchor; ``changes`` is {field: (value shown, value wanted)}."""
    unknown = [field for field in changes if field not in fields_of(anchor)]
    if unknown:
        raise ValueError(f"not fields of {anchor!r}: {unknown!r}")
    with transaction.atomic():
        plan = _plan_for_writing(actor, document)
        now = None if plan is None else values_at(plan, anchor)
        if plan is None or now is None:
            return Gone(GONE)
        wanted = {field: new for field, (_, new) in changes.items() if new != now[field]}
        disputed = {field: now[field] for field in wanted if changes[field][0] != now[field]}
        if disputed:
            return Conflict(disputed, by=_last_hand(document, anchor, disputed))
        corrections = [Correction(anchor, "set", field, value) for field, value in wanted.items()]
        _, problems = apply_corrections(plan, corrections)
        if problems:
            return Gone("所选项目不在方案中，请重新选择。")
        rows = [_write(actor, document, correction, now[correction.field], at) for correction in corrections]
    return Saved(tuple(rows))


def remove_quantity(*, actor: User, document: Document, anchor: str, at: datetime) -> Outcome:
    """Say that what was read there is no quantity."""
    with transaction.atomic():
        plan = _plan_for_writing(actor, document)
        now = None if plan is None else values_at(plan, anchor)
        if now is None:
            return Gone(GONE)
        row = _write(actor, document, Correction(anchor, "remove"), now, at)
    return Saved((row,))


def add_quantity(*, actor: User, document: Document, value: Mapping[str, Any], at: datetime) -> Outcome:
    """Add a missed quantity: the contract's JSON with ``line``, ``start``, ``end`` and ``project``.

    Its ordinal is chosen here: one more than that of any quantity it overlaps, so both stand.
    """
    with transaction.atomic():
        plan = _plan_for_writing(actor, document)
        if plan is None or not any(project.number == value["project"] for project in plan.projects):
            return Gone("所选项目不在方案中，请重新选择。")
        data = {**value, "ordinal": 0}
        quantity = quantity_from_json(data)
        taken = [
            other.ordinal
            for project in plan.projects
            for other in project.quantities
            if other.source.overlaps(quantity.source)
        ]
        data["ordinal"] = max(taken, default=-1) + 1
        anchor = quantity_from_json(data).anchor
        row = _write(actor, document, Correction(anchor, "add", "", data), None, at)
    return Saved((row,))


def undo_correction(*, actor: User, document: Document, correction_id: int, at: datetime) -> bool:
    """Mark one correction undone; an added quantity takes its own mends along. False if undone before."""
    with transaction.atomic():
        _plan_for_writing(actor, document)
        row = document.corrections.filter(pk=correction_id, undone_at=None).first()
        if row is None:
            return False
        rows = [row]
        if row.kind == "add":
            later = document.corrections.filter(anchor=row.anchor, undone_at=None, pk__gt=row.pk)
            rows.extend(later)
        _undo(actor, rows, at)
    return True


def undo_last(*, actor: User, document: Document, at: datetime) -> int:
    """Undo what the actor did last in this document (all fields of one saved form); how many rows."""
    with transaction.atomic():
        _plan_for_writing(actor, document)
        mine = document.corrections.filter(by=actor, undone_at=None)
        last = mine.order_by("-pk").first()
        if last is None:
            return 0
        rows = list(mine.filter(at=last.at))
        _undo(actor, rows, at)
    return len(rows)


def _undo(actor: User, rows: list[CorrectionRow], at: datetime) -> None:
    for row in rows:
        if CorrectionRow.objects.filter(pk=row.pk, undone_at=None).update(undone_at=at, undone_by=actor):
            record(
                actor=actor,
                action="correction.undo",
                row=row,
                old={"value": row.value},
                new={"value": row.old},
            )


def _plan_for_writing(actor: User, document: Document) -> Plan | None:
    """The plan that stands, with the document held so that nobody else writes. None: nothing was read."""
    if not may_write(actor, document.office):
        raise PermissionDenied
    held = Document.objects.select_for_update().only("pk", "state").get(pk=document.pk)
    reading = document.readings.first()
    if reading is None or held.state != DocumentState.READ:
        return None
    plan, _ = corrected_plan(reading, tuple(document.corrections.all()))
    return plan


def values_at(plan: Plan, anchor: str) -> dict[str, Any] | None:
    """The correctable values at the anchor as JSON, or None where nothing stands there."""
    if anchor == "head":
        head = plan_to_json(Plan(plan.head))
        return {field: head[field] for field in fields_of(anchor)}
    for project in plan.projects:
        if project.anchor == anchor:
            return {
                "status": project.status,
                "lead_units": list(project.lead_units),
                "cooperating_units": list(project.cooperating_units),
                "headline": project.headline,
                "category": project.category,
            }
        for quantity in project.quantities:
            if quantity.anchor == anchor:
                data = quantity_to_json(quantity) | {"project": project.number}
                return {field: data[field] for field in fields_of(anchor)}
    return None


def _last_hand(document: Document, anchor: str, fields: Mapping[str, Any]) -> User | None:
    row = (
        document.corrections.filter(anchor=anchor, field__in=list(fields))
        .select_related("by", "undone_by")
        .order_by("-pk")
        .first()
    )
    return None if row is None else row.undone_by or row.by


def _write(actor: User, document: Document, correction: Correction, old: Any, at: datetime) -> CorrectionRow:
    row = CorrectionRow.objects.create(
        document=document,
        anchor=correction.anchor,
        kind=correction.kind,
        field=correction.field,
        old=old,
        value=correction.value,
        by=actor,
        at=at,
    )
    record(
        actor=actor,
        action=f"correction.{correction.kind}",
        row=row,
        old={"anchor": correction.anchor, "field": correction.field, "value": old},
        new={"value": correction.value},
    )
    return row


def line_of(anchor: str) -> int | None:
    """The line a quantity's anchor speaks of; None for a project or the head."""
    return anchor_source(anchor)[0].line if anchor.startswith("q:") else None
