"""Issuing a breakdown, changing an issued one with the approval of the level above, taking a proposal back.

What a draft is and how it is saved: division_drafts.py; the moves: division_states.MOVES.
"""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from minsheng.plans.checks.units import plain
from minsheng_web.records.actions.division_drafts import INACTIVE, WAITING, audit_values
from minsheng_web.records.actions.division_states import MOVES, Refused, held, move, require_office
from minsheng_web.records.actions.division_writing import write_version
from minsheng_web.records.actions.periods import open_periods
from minsheng_web.records.approval import deciders_of, may_decide
from minsheng_web.records.audit import record
from minsheng_web.records.division_changes import changed_values, lacking
from minsheng_web.records.models import Allocation, DivisionProposal, DivisionVersion, Programme, User
from minsheng_web.records.models.breakdown import ProposalState
from minsheng_web.records.queries.division import (
    mark_of,
    open_proposal,
    proposed,
    regions_below,
    standing,
)
from minsheng_web.records.typed_parts import all_problems, errors

__all__ = ["MOVES", "decide", "issue", "withdraw"]

_NOT_YET = "请先更正下面的问题。"


def issue(
    *,
    actor: User,
    node: Allocation,
    seen: str,
    at: datetime,
    reason: str = "",
    document_number: str = "",
) -> DivisionVersion | DivisionProposal | Refused:
    """Issue the draft: the first time at once; a change of what was issued waits for the level above.

    ``seen`` is the mark of the draft the person was shown. Raises PermissionDenied outside their office.
    """
    require_office(actor, node)
    with transaction.atomic():
        _hold_programme(node)
        now = held(node)
        proposal = open_proposal(now)
        fault = _untimely(now, proposal, seen)
        if fault or proposal is None:
            return Refused(fault)
        found = errors(all_problems(now, proposed(proposal), regions_below(now.region)))
        if found:
            return Refused(f"{'没有报批' if now.version else '没有下达'}：{_NOT_YET}", found)
        if not now.version:
            return _issued(actor, now, proposal, at)
        return _sent_up(actor, now, proposal, at, (reason.strip(), document_number.strip()))


def _hold_programme(node: Allocation) -> None:
    """Before the node: opening periods holds the programme first too, and two orders deadlock."""
    Programme.objects.select_for_update().get(pk=node.indicator.programme_id)


def _untimely(node: Allocation, proposal: DivisionProposal | None, seen: str) -> str:
    if not node.active or not node.indicator.active:
        return INACTIVE
    if proposal is None:
        return "没有可以下达的草稿：可能已经下达过了。请核对下面的现行数。"
    if proposal.state == ProposalState.WAITING:
        return WAITING
    if mark_of(proposal) != seen:
        return f"没有下达：{proposal.proposed_by}已改过这份草稿，请核对下面的数后再下达。"
    return ""


def _issued(
    actor: User, node: Allocation, proposal: DivisionProposal, at: datetime, approver: User | None = None
) -> DivisionVersion | Refused:
    decided: dict[str, Any] = {"decided_by": approver, "decided_at": at} if approver else {}
    if not move(proposal=proposal, new=ProposalState.ISSUED, **decided):
        return Refused("没有下达：这份草稿刚被别人处理过，请刷新页面核对。")
    old = audit_values([], node.reserve) if not node.version else None
    version = write_version(node=node, proposal=proposal, approver=approver, at=at)
    record(
        actor=actor,
        action="division.issue",
        row=version,
        old=old,
        new={"node": node.pk, "number": version.number, **audit_values(version.parts, version.reserve)},
    )
    # The calendar looks at once: a unit sees its work with the issue, not with the worker's next round.
    open_periods(programme=node.indicator.programme, today=timezone.localdate(at), at=at)
    return version


def _sent_up(
    actor: User, node: Allocation, proposal: DivisionProposal, at: datetime, why: tuple[str, str]
) -> DivisionProposal | Refused:
    regions, old, new = regions_below(node.region), standing(node), proposed(proposal)
    reason, document_number = why
    lacks = errors(lacking(node, old, new, regions, reason=reason, document_number=document_number))
    if lacks:
        return Refused("没有报批：请先补齐下面的内容。", lacks)
    if not deciders_of(node, actor).people:
        return Refused(
            "没有报批：上级民生办还没有人任职，本办公室也没有第二个人可以审批。请系统管理员先任命，再报批。"
        )
    values = {
        "reason": reason,
        "document_number": document_number[:100],
        "proposed_by": actor,
        "proposed_at": at,
        "base": node.version,
    }
    if not move(proposal=proposal, new=ProposalState.WAITING, **values):
        return Refused("没有报批：这份草稿刚被别人处理过，请刷新页面核对。")
    proposal.refresh_from_db()
    record(
        actor=actor,
        action="division.propose",
        row=proposal,
        old=_differences(node, proposal, "old"),
        new=_differences(node, proposal, "new") | {"reason": reason, "document_number": document_number},
    )
    return proposal


def _differences(node: Allocation, proposal: DivisionProposal, side: str) -> dict[str, Any]:
    """Every value the proposal changes, as it was or as it will be."""
    found = changed_values(node, standing(node), proposed(proposal), regions_below(node.region))
    return {f"{change.region} {change.what}".strip(): getattr(change, side) for change in found}


def decide(
    *, actor: User, proposal: DivisionProposal, approve: bool, note: str, at: datetime
) -> DivisionVersion | DivisionProposal | Refused:
    """Approve a change, which makes the next version, or refuse it with a reason.

    Raises PermissionDenied for who may not decide it (approval.deciders_of).
    """
    if not may_decide(actor, proposal):
        raise PermissionDenied
    with transaction.atomic():
        _hold_programme(proposal.node)
        node = held(proposal.node)
        now = DivisionProposal.objects.select_related("proposed_by").get(pk=proposal.pk)
        if now.state != ProposalState.WAITING:
            return Refused(f"没有再处理：这份调整已是“{now.get_state_display()}”。")
        if not approve:
            return _refused(actor, now, note.strip(), at)
        changed = _differences(node, now, "old")
        new = _differences(node, now, "new")
        found = errors(all_problems(node, proposed(now), regions_below(node.region)))
        if now.base != node.version or not node.active or found:
            return Refused("不能同意：报批之后情况有变，请退回修改。", found)
        outcome = _issued(actor, node, now, at, approver=actor)
        if isinstance(outcome, DivisionVersion):
            DivisionProposal.objects.filter(pk=now.pk).update(decision_note=note.strip())
            record(
                actor=actor,
                action="division.approve",
                row=now,
                old=changed,
                new=new | {"version": outcome.number, "note": note.strip()},
            )
        return outcome


def _refused(actor: User, proposal: DivisionProposal, note: str, at: datetime) -> DivisionProposal | Refused:
    if not note:
        return Refused("请写明不同意的理由，让报批的单位知道怎么改。")
    values = {"decided_by": actor, "decided_at": at, "decision_note": note}
    if not move(proposal=proposal, new=ProposalState.REFUSED, **values):
        return Refused("没有退回：这份调整刚被别人处理过，请刷新页面核对。")
    record(actor=actor, action="division.refuse", row=proposal, new={"note": note})
    proposal.refresh_from_db()
    return proposal


def withdraw(*, actor: User, proposal: DivisionProposal, at: datetime) -> bool:
    """Take a waiting proposal back; its figures stay for the next draft. False where it was decided."""
    require_office(actor, proposal.node)
    with transaction.atomic():
        node = held(proposal.node)
        now = DivisionProposal.objects.get(pk=proposal.pk)
        if now.state != ProposalState.WAITING:
            return False
        moved = move(proposal=now, new=ProposalState.WITHDRAWN, decided_at=at)
        if moved:
            record(actor=actor, action="division.withdraw", row=now, old={"reserve": plain(node.reserve)})
        return moved
