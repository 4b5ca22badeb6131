"""The annex form that came back: its good cells become drafts, the others are told by their address."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from minsheng.kernel.problem import Problem
from minsheng.kernel.source import Source
from minsheng.papers.allocation_form import AllocationCell, FormIdentity
from minsheng.papers.allocation_return import ReturnedForm, identity_of, read_allocation
from minsheng.plans.checks.units import plain
from minsheng_web.records.actions.division_drafts import WAITING, cleaned, same, write_draft
from minsheng_web.records.actions.division_states import Refused, held
from minsheng_web.records.audit import record
from minsheng_web.records.division_changes import ChangedValue, changed_values
from minsheng_web.records.duties import may_write
from minsheng_web.records.models import Allocation, DivisionProposal, Programme, Region, User
from minsheng_web.records.models.breakdown import ProposalState
from minsheng_web.records.queries.division import mark_of, open_proposal, regions_below
from minsheng_web.records.queries.division_form import FormNode, NodeForm, node_form
from minsheng_web.records.typed_parts import Typed


@dataclass(frozen=True, slots=True)
class ChangedNode:
    """One indicator whose draft the file changed, every value old beside new."""

    node: Allocation
    changes: tuple[ChangedValue, ...]


@dataclass(frozen=True, slots=True)
class FormTaken:
    """What a returned file did. ``cells`` is how many figures could be read."""

    changed: tuple[ChangedNode, ...]
    problems: tuple[Problem, ...]
    cells: int


def take_form(
    *, actor: User, programme: Programme, region: Region, data: bytes, at: datetime
) -> FormTaken | Refused:
    """Put the figures of a returned form into drafts. A file of another form or of before is refused whole.

    The same file twice changes nothing. Raises PermissionDenied outside the person's office.
    """
    if not may_write(actor, region, programme.pk):
        raise PermissionDenied
    identity = identity_of(data)
    if isinstance(identity, Problem):
        return Refused(identity.message)
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=programme.pk)
        entries = node_form(actor, programme, region, writes=True)
        if entries is None:
            return Refused(f"{region.name}在这个方案里没有可以分解的任务，没有读取这张表。")
        fault = _older(identity, entries.form.identity)
        if fault:
            return Refused(fault)
        read = read_allocation(data, entries.form)
        if any(problem.code == "form_of_other" for problem in read.problems):
            return Refused(read.problems[0].message)
        taken = _take(actor, entries, read, at)
        if taken.changed:
            record(
                actor=actor,
                action="division.upload",
                row=programme,
                new={"region": region.path, "nodes": [one.node.pk for one in taken.changed]},
            )
    return taken


def _older(found: FormIdentity, now: FormIdentity) -> str:
    """Why a file of this very form was made from figures that no longer stand."""
    if replace(found, version=now.version) != now or found.version == now.version:
        return ""
    return (
        "这张表下载之后，分解又下达过新的版本，表里的数可能已经过时，没有读取。"
        "请重新下载现在的表，把要改的数填进去再上传。"
    )


def _take(actor: User, entries: NodeForm, read: ReturnedForm, at: datetime) -> FormTaken:
    by_column: dict[str, list[AllocationCell]] = {}
    for cell in read.cells:
        by_column.setdefault(cell.column, []).append(cell)
    changed: list[ChangedNode] = []
    problems = list(read.problems)
    for key, entry in entries.nodes.items():
        typed = _merged(entry.typed, by_column.get(key, []))
        if same(typed, entry.typed):
            continue
        fault = _not_now(entry)
        if fault:
            problems.append(fault)
        else:
            changed.append(_put(actor, entry, typed, at))
    return FormTaken(tuple(changed), tuple(problems), len(read.cells))


def _merged(typed: Typed, cells: list[AllocationCell]) -> Typed:
    """What the file says over what stood; a blank cell says nothing, a dash takes the task away."""
    for cell in cells:
        if cell.region is None:
            typed = replace(typed, reserve=typed.reserve if cell.value is None else cell.value)
            continue
        part = typed.of(int(cell.region))
        value = "" if cell.value is None else plain(cell.value)
        if cell.asked:
            now = replace(part, asked="" if value == part.share else value)
        else:
            now = replace(part, share=value, takes=False, asked=part.asked if value else "")
        others = tuple(one for one in typed.parts if one.region != part.region)
        typed = replace(typed, parts=(*others, now))
    return typed.tidy()


def _not_now(entry: FormNode) -> Problem | None:
    if entry.proposal is None or entry.proposal.state != ProposalState.WAITING:
        return None
    message = f"《{entry.node.indicator.name}》没有改：{WAITING}"
    return Problem(code="form_column_unknown", severity="warning", message=message, sources=(Source(0),))


def _put(actor: User, entry: FormNode, typed: Typed, at: datetime) -> ChangedNode:
    node = held(entry.node)
    mark = mark_of(open_proposal(node))
    outcome = write_draft(actor, node, cleaned(node, typed), mark, at)
    written = isinstance(outcome, DivisionProposal)
    regions = regions_below(node.region)
    return ChangedNode(entry.node, changed_values(node, entry.typed, typed, regions) if written else ())
