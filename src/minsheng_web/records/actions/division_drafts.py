"""Drafts of a breakdown: saved as typed, filled in one of the usual ways."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from minsheng.plans.checks.units import plain
from minsheng_web.records.actions.division_states import Conflict, Refused, held, require_office
from minsheng_web.records.audit import record
from minsheng_web.records.models import Allocation, DivisionProposal, User
from minsheng_web.records.models.breakdown import ProposalState
from minsheng_web.records.queries.division import (
    mark_of,
    open_proposal,
    proposed,
    regions_below,
    sent_back,
    standing,
    starting,
    unit_choices,
)
from minsheng_web.records.queries.division_ways import filled
from minsheng_web.records.typed_parts import Typed, TypedPart, figure, to_json

WAITING = "调整已报批，等待审批期间不能修改；需要修改的请先撤回。"
NOTHING_NEW = "和现在的数没有不同，不用保存。"
INACTIVE = "这项任务已停用，不能再分解。"


def save_draft(
    *, actor: User, node: Allocation, typed: Typed, seen: str, at: datetime
) -> DivisionProposal | Conflict | Refused:
    """Keep the parts as typed. ``seen`` is the mark of the draft the person was shown (queries.division).

    Where another stands by now nothing is written. Raises PermissionDenied outside the person's office.
    """
    require_office(actor, node)
    with transaction.atomic():
        now = held(node)
        return write_draft(actor, now, cleaned(now, typed), seen, at)


def fill_draft(
    *, actor: User, node: Allocation, way: str, seen: str, at: datetime, level: str = ""
) -> DivisionProposal | Conflict | Refused:
    """Replace the shares of the draft by those of a way to divide (queries.division_ways.WAYS).

    What was typed besides stays. Raises PermissionDenied outside the person's office.
    """
    require_office(actor, node)
    with transaction.atomic():
        now = held(node)
        before = starting(now, open_proposal(now))
        outcome = filled(now, before, way, level)
        if not isinstance(outcome, Typed):
            return Refused("没有填入，原来的数没有动。", outcome)
        return write_draft(actor, now, cleaned(now, outcome), seen, at)


def cleaned(node: Allocation, typed: Typed) -> Typed:
    """Only regions straight below and units of theirs; figures as digits where they can be read."""
    below = regions_below(node.region)
    known = {region.pk for region in below}
    units = {(key, unit.pk) for key, units in unit_choices(below).items() for unit in units}
    kept = {part.region: part.unit for part in standing(node).parts}
    parts = (
        _clean(part if _may_report(part, units, kept) else replace(part, unit=None), node)
        for part in typed.parts
        if part.region in known
    )
    return replace(typed, parts=tuple(parts)).tidy()


def _may_report(part: TypedPart, units: set[tuple[int, int]], kept: dict[int, int | None]) -> bool:
    """A unit that was closed stays where it stands already: closing it is no change of the breakdown."""
    return part.unit is None or (part.region, part.unit) in units or kept.get(part.region) == part.unit


def _clean(part: TypedPart, node: Allocation) -> TypedPart:
    share = figure(part.share, node)
    return replace(
        part,
        share=share,
        asked=figure(part.asked, node),
        last_year=figure(part.last_year, node),
        key=figure(part.key, node),
        takes=part.takes and not share,
    )


def write_draft(
    actor: User, node: Allocation, typed: Typed, seen: str, at: datetime
) -> DivisionProposal | Conflict | Refused:
    """Inside a transaction of an action that holds the node."""
    proposal = open_proposal(node)
    fault = _not_now(node, proposal)
    if fault:
        return Refused(fault)
    theirs = proposed(proposal) if proposal else None
    if proposal and theirs and same(theirs, typed):
        return proposal
    if mark_of(proposal) != seen:
        who = proposal.proposed_by if proposal else ""
        message = (
            f"没有保存：{who}已改过这份草稿。两边不同的数都列在下面，核对后再按“保存草稿”即以您的为准。"
            if proposal
            else "没有保存：这份草稿已下达或已撤回，下面是您填写的数；核对后再按“保存草稿”。"
        )
        return Conflict(message, proposal, theirs or starting(node, None), typed)
    if proposal is None and sent_back(node) is None and same(standing(node), typed):
        return Refused(NOTHING_NEW)
    return _write(actor, node, proposal, typed, at)


def _not_now(node: Allocation, proposal: DivisionProposal | None) -> str:
    if not node.active or not node.indicator.active:
        return INACTIVE
    return WAITING if proposal and proposal.state == ProposalState.WAITING else ""


def same(one: Typed, other: Typed) -> bool:
    """Whether two breakdowns say the same."""
    return to_json(one) == to_json(other) and one.reserve == other.reserve


def _write(
    actor: User, node: Allocation, proposal: DivisionProposal | None, typed: Typed, at: datetime
) -> DivisionProposal:
    old = audit_values(proposal.parts, proposal.reserve) if proposal else None
    values: dict[str, Any] = {
        "parts": to_json(typed),
        "reserve": typed.reserve,
        "base": node.version,
        "proposed_by": actor,
        "proposed_at": at,
    }
    if proposal is None:
        proposal = DivisionProposal.objects.create(node=node, **values)
    else:
        for name, value in values.items():
            setattr(proposal, name, value)
        proposal.save(update_fields=list(values))
    record(
        actor=actor,
        action="division.draft",
        row=proposal,
        old=old,
        new=audit_values(proposal.parts, proposal.reserve),
    )
    return proposal


def audit_values(parts: list[dict[str, Any]], reserve: Decimal) -> dict[str, Any]:
    """A breakdown as the audit trail keeps it."""
    return {"parts": parts, "reserve": plain(reserve)}
