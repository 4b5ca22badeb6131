"""Adding evidence to a report line, and withdrawing it. Nothing is ever removed.

While the line is open its unit does both; once the period is closed the programme's office may, with
a reason.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction

from minsheng.progress.evidence import EvidenceFile, NotEvidence, judge_file
from minsheng_web.records.actions.refused import Refused
from minsheng_web.records.actions.report_lines import hold_lines
from minsheng_web.records.audit import record
from minsheng_web.records.duties import may_fill, may_write
from minsheng_web.records.file_store import keep
from minsheng_web.records.models import Evidence, ReportLine, User
from minsheng_web.records.report_locks import lock_of

MOST_WORDS = 500
"""Characters of a note or a reason: what the form lets one type."""


@dataclass(frozen=True, slots=True)
class Added:
    """The evidence of an upload; ``created`` is False where the line had that very file already."""

    evidence: Evidence
    created: bool


def has_hand(person: User, line: ReportLine) -> bool:
    """Whether the person may ever change the evidence of the line: its unit, or the programme's office."""
    return may_fill(person, line) or is_late_hand(person, line)


def is_late_hand(person: User, line: ReportLine) -> bool:
    """Whether the person may change it after the period has closed: the programme's office."""
    programme = line.period.programme
    return may_write(person, programme.region, programme.pk)


def evidence_lock(person: User, line: ReportLine) -> str:
    """Why the person cannot change the line's evidence just now; empty where they can.

    ``line`` comes with all (``with_all``).
    """
    if line.period.closed_at is not None:
        return "" if is_late_hand(person, line) else lock_of(line)
    if may_fill(person, line) or line.period.shut_word:
        return lock_of(line)
    return f"佐证材料由填报单位添加：请联系{line.unit.name}。填报期关闭以后，民生办可以写明理由补充或撤下。"


def add_evidence(
    *, actor: User, line: ReportLine, name: str, data: bytes, at: datetime, note: str = "", reason: str = ""
) -> Added | Refused:
    """Keep one file as evidence of the line. ``reason`` is asked for once the period has closed.

    ``line`` comes with all (``with_all``). Raises PermissionDenied for who neither reports the line nor is of
    the programme's office.
    """
    if not has_hand(actor, line):
        raise PermissionDenied
    judged = judge_file(data, name, settings.EVIDENCE_LIMIT_MB)
    if isinstance(judged, NotEvidence):
        return Refused(judged.message)
    refusal = _closed_to(actor, line, reason)
    if refusal:
        return Refused(refusal)
    sha256 = keep(data)  # before the lines are held: a slow disk keeps nobody from typing
    with transaction.atomic():
        held = hold_lines(actor, [line.pk], has_hand)[line.pk]
        there = Evidence.objects.filter(line=held, sha256=sha256, withdrawn_at=None)
        before = there.select_related("added_by").first()
        if before is not None:
            return Added(before, created=False)
        refusal = _closed_to(actor, held, reason) or _full(held, judged)
        if refusal:
            return Refused(refusal)
        evidence = Evidence.objects.create(
            line=held,
            sha256=sha256,
            name=judged.name,
            kind=judged.kind,
            content_type=judged.content_type,
            size=len(data),
            note=note.strip()[:MOST_WORDS],
            added_by=actor,
            added_at=at,
            late_reason=_late(held, reason),
        )
        record(actor=actor, action="evidence.add", row=held, new=_told(evidence))
    return Added(evidence, created=True)


def withdraw_evidence(*, actor: User, evidence: Evidence, reason: str, at: datetime) -> Evidence | Refused:
    """Take evidence back, with the reason. The row and its bytes stay, and everybody sees it struck out.

    Raises PermissionDenied for who neither reports the line nor is of the programme's office.
    """
    why = reason.strip()[:MOST_WORDS]
    with transaction.atomic():
        held = hold_lines(actor, [evidence.line_id], has_hand)[evidence.line_id]
        lock = evidence_lock(actor, held)
        if lock:
            return Refused(f"没有撤下：{lock}")
        if not why:
            return Refused("没有撤下：请写明撤下的理由，理由和原件都会留在记录里。")
        standing = Evidence.objects.filter(pk=evidence.pk, withdrawn_at=None)
        if not standing.update(withdrawn_by=actor, withdrawn_at=at, withdrawn_reason=why):
            return Refused(f"“{evidence.name}”已经撤下，没有重复办理。")
        evidence.refresh_from_db()
        record(actor=actor, action="evidence.withdraw", row=held, old=_told(evidence), new={"reason": why})
    return evidence


def _closed_to(actor: User, line: ReportLine, reason: str) -> str:
    lock = evidence_lock(actor, line)
    if lock:
        return f"没有添加：{lock}"
    if line.period.closed_at is not None and not reason.strip():
        return f"没有添加：{line.period.name}已经关闭，补充佐证请写明理由。"
    return ""


def _full(line: ReportLine, judged: EvidenceFile) -> str:
    most = settings.EVIDENCE_PER_LINE
    if Evidence.objects.filter(line=line, withdrawn_at=None).count() < most:
        return ""
    return f"“{judged.name}”没有添加：这一项已有 {most} 个佐证材料，到了上限。请先撤下不需要的。"


def _late(line: ReportLine, reason: str) -> str:
    return "" if line.period.closed_at is None else reason.strip()[:MOST_WORDS]


def _told(evidence: Evidence) -> dict[str, Any]:
    """The evidence for the audit trail."""
    told = {"evidence": evidence.pk, "name": evidence.name, "size": evidence.size, "sha256": evidence.sha256}
    late = {"reason": evidence.late_reason} if evidence.late_reason else {}
    return told | late
