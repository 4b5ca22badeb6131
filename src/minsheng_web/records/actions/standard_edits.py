"""Editing a standard: a draft, put forward once it passes all its cases, approved by a second person."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Max

from minsheng.standards.editions import Judgement, judge
from minsheng_web.records.actions.standard_states import MOVES, move_edit
from minsheng_web.records.audit import record
from minsheng_web.records.duties import may_edit_standard
from minsheng_web.records.models import StandardEdit, StandardVersionRow, User
from minsheng_web.records.models.standards import EditState
from minsheng_web.records.queries.standards import Shelf, digest, shelf

LONGEST = 100_000
"""Characters of an edition; the longest of the package has some 12,000."""
CHANGED_MEANWHILE = "您查看期间这份修订有变化，没有改动。请看过现在的内容再办。"


@dataclass(frozen=True, slots=True)
class NotEdited:
    """Nothing was written: why, in one sentence; what the text came to, where that was the reason."""

    message: str
    judgement: Judgement | None = None


def judged(edit: StandardEdit) -> Judgement:
    """The edition read, linted and its cases run, over the standards as they stand."""
    return judge(edit.yaml, edit.standard, shelf().book)


def draft_edit(
    *, actor: User, standard: str, yaml: str, reason: str, document_number: str, at: datetime
) -> StandardEdit | NotEdited:
    """Begin an edition. It may still be wrong; only putting it forward asks that it passes.

    Raises PermissionDenied for who is of no office over the notice's city.
    """
    books = shelf()
    _require(actor, standard, books)
    refused = _unusable(yaml)
    if refused is not None:
        return refused
    try:
        with transaction.atomic():
            edit = StandardEdit.objects.create(
                standard=standard,
                yaml=yaml,
                base_digest=digest(books.texts[standard]),
                reason=reason.strip(),
                document_number=document_number.strip()[:100],
                proposed_by=actor,
                proposed_at=at,
            )
            record(actor=actor, action="standard_edit.draft", row=edit, new=_said(edit))
    except IntegrityError:
        return NotEdited("这项标准已有一份没有办完的修订，请在那一份上改，或先撤回。")
    return edit


def save_edit(
    *, actor: User, edit: StandardEdit, yaml: str, reason: str, document_number: str, seen: int
) -> StandardEdit | NotEdited:
    """Write the draft again; ``seen`` is the revision the person had before them. Only its proposer may."""
    if edit.proposed_by_id != actor.pk:
        raise PermissionDenied
    _require(actor, edit.standard, shelf())
    refused = _unusable(yaml)
    if refused is not None:
        return refused
    with transaction.atomic():
        rows = StandardEdit.objects.filter(pk=edit.pk, state=EditState.DRAFT, revision=seen)
        new = {"yaml": yaml, "reason": reason.strip(), "document_number": document_number.strip()[:100]}
        if rows.update(revision=seen + 1, **new) != 1:
            return NotEdited(CHANGED_MEANWHILE)
        old = _said(edit)
        edit.refresh_from_db()
        record(actor=actor, action="standard_edit.save", row=edit, old=old, new=_said(edit))
    return edit


def put_forward(*, actor: User, edit: StandardEdit) -> StandardEdit | NotEdited:
    """Put the draft before a second person: without a fault, every case passed, with a reason."""
    if edit.proposed_by_id != actor.pk:
        raise PermissionDenied
    books = shelf()
    _require(actor, edit.standard, books)
    refused = _not_ready(edit, books)
    if refused is not None:
        return refused
    return _moved(actor, edit, EditState.WAITING, "standard_edit.put_forward")


def withdraw_edit(*, actor: User, edit: StandardEdit, at: datetime) -> StandardEdit | NotEdited:
    """Take back a draft or what waits. Only its proposer may."""
    if edit.proposed_by_id != actor.pk:
        raise PermissionDenied
    if edit.state not in (EditState.DRAFT, EditState.WAITING):
        return NotEdited(CHANGED_MEANWHILE)
    return _moved(actor, edit, EditState.WITHDRAWN, "standard_edit.withdraw", decided_at=at)


def refuse_edit(*, actor: User, edit: StandardEdit, note: str, at: datetime) -> StandardEdit | NotEdited:
    """Say no, and why."""
    _require_second(actor, edit)
    if not note.strip():
        return NotEdited("请写明不同意的理由，提出人要看。")
    if edit.state != EditState.WAITING:
        return NotEdited(CHANGED_MEANWHILE)
    decided = {"decided_by": actor, "decided_at": at, "decision_note": note.strip()}
    return _moved(actor, edit, EditState.REFUSED, "standard_edit.refuse", **decided)


def approve_edit(
    *, actor: User, edit: StandardEdit, note: str, at: datetime
) -> StandardVersionRow | NotEdited:
    """Make the edition the one in force. Its cases are run once more, over the standards as they stand.

    Raises PermissionDenied for the proposer and for who is of no office over the notice's city.
    """
    _require_second(actor, edit)
    if edit.state != EditState.WAITING:
        return NotEdited(CHANGED_MEANWHILE)
    refused = _not_ready(edit, shelf())
    if refused is not None:
        return refused
    with transaction.atomic():
        decided = {"decided_by": actor, "decided_at": at, "decision_note": note.strip()}
        if not move_edit(edit, EditState.APPROVED, **decided):
            return NotEdited(CHANGED_MEANWHILE)
        rows = StandardVersionRow.objects.filter(standard=edit.standard)
        version = StandardVersionRow(
            standard=edit.standard,
            number=(rows.aggregate(last=Max("number"))["last"] or 0) + 1,
            yaml=edit.yaml,
            digest=digest(edit.yaml),
            reason=edit.reason,
            document_number=edit.document_number,
            edit=edit,
            proposed_by=edit.proposed_by,
            approved_by=actor,
            at=at,
        )
        version.save()
        new = {"number": version.number, "digest": version.digest}
        record(
            actor=actor, action="standard_edit.approve", row=edit, old={"digest": edit.base_digest}, new=new
        )
    return version


def _moved(
    actor: User, edit: StandardEdit, new: EditState, action: str, **values: object
) -> StandardEdit | NotEdited:
    old = edit.state
    if old == new or new not in MOVES[old]:
        return NotEdited(CHANGED_MEANWHILE)
    with transaction.atomic():
        if not move_edit(edit, new, **values):
            return NotEdited(CHANGED_MEANWHILE)
        edit.refresh_from_db()
        record(actor=actor, action=action, row=edit, old={"state": old}, new={"state": edit.state})
    return edit


def _require(actor: User, standard: str, books: Shelf) -> None:
    found = books.standard(standard)
    if found is None or not may_edit_standard(actor, books.notice_of(found).city):
        raise PermissionDenied


def _require_second(actor: User, edit: StandardEdit) -> None:
    if edit.proposed_by_id == actor.pk:
        raise PermissionDenied
    _require(actor, edit.standard, shelf())


def _unusable(yaml: str) -> NotEdited | None:
    if not yaml.strip():
        return NotEdited("没有内容，没有保存。")
    return NotEdited(f"内容超过{LONGEST}字，没有保存：一份只写一项标准。") if len(yaml) > LONGEST else None


def _not_ready(edit: StandardEdit, books: Shelf) -> NotEdited | None:
    if not edit.reason:
        return NotEdited("请先写明修订的理由。")
    if edit.base_digest != digest(books.texts[edit.standard]):
        return NotEdited("起草以后这项标准已有新的修订，请撤回这一份，在新的标准上重新起草。")
    if edit.yaml == books.texts[edit.standard]:
        return NotEdited("内容与现行标准相同，没有可以审批的修订。")
    found = judge(edit.yaml, edit.standard, books.book)
    if found.passes:
        return None
    failed = sum(not case.passes for case in found.cases)
    return NotEdited(f"还不能提交：有{len(found.faults)}处错误，{failed}个案例不符。", found)


def _said(edit: StandardEdit) -> dict[str, str]:
    return {
        "standard": edit.standard,
        "digest": digest(edit.yaml),
        "reason": edit.reason,
        "document_number": edit.document_number,
    }
