"""What the level above decides, taking a proposal back, and the versions that were issued."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from minsheng.plans.checks.units import plain
from minsheng_web.office.views.division import get_node
from minsheng_web.office.views.programme_frame import frame
from minsheng_web.records.actions.breakdown import decide, withdraw
from minsheng_web.records.actions.division_states import Refused
from minsheng_web.records.approval import deciders_of
from minsheng_web.records.division_changes import ChangedValue, changed_values
from minsheng_web.records.duties import may_write
from minsheng_web.records.models import Allocation, DivisionProposal, DivisionVersion, Region
from minsheng_web.records.models.breakdown import ProposalState
from minsheng_web.records.people import signed_in
from minsheng_web.records.queries import division as queries
from minsheng_web.records.typed_parts import all_problems, from_json


def _waiting(node: Allocation) -> DivisionProposal | None:
    proposal = queries.open_proposal(node)
    return proposal if proposal is not None and proposal.state == ProposalState.WAITING else None


@require_http_methods(["GET", "HEAD", "POST"])
def division_proposal(request: HttpRequest, allocation: int) -> HttpResponse:
    """What would change, old beside new, why and by which document; POST decides it."""
    node = get_node(request, allocation)
    proposal = _waiting(node)
    if request.method != "POST":
        return _proposal_page(request, node, proposal)
    if proposal is None:
        proposal = node.proposals.exclude(state=ProposalState.DRAFT).first()
        if proposal is None:
            raise Http404
    outcome = decide(
        actor=signed_in(request),
        proposal=proposal,
        approve=request.POST.get("decision") == "approve",
        note=request.POST.get("note", ""),
        at=timezone.now(),
    )
    if isinstance(outcome, Refused):
        return _proposal_page(request, get_node(request, allocation), _waiting(node), outcome)
    told = (
        f"已同意，{node.region}的分解从现在起按第{outcome.number}版执行。"
        if isinstance(outcome, DivisionVersion)
        else "已退回，报批的单位可以看到理由并在原稿上修改。"
    )
    messages.success(request, told)
    return redirect("office:division", node.pk)


def _proposal_page(
    request: HttpRequest, node: Allocation, proposal: DivisionProposal | None, refused: Refused | None = None
) -> HttpResponse:
    page = frame(request, node.indicator.programme_id, "breakdown")
    context: dict[str, Any] = {**page.context, "node": node, "proposal": proposal, "refused": refused}
    if proposal is not None:
        regions = queries.regions_below(node.region)
        typed = queries.proposed(proposal)
        deciders = deciders_of(node, proposal.proposed_by)
        context |= {
            "changes": changed_values(node, queries.standing(node), typed, regions),
            "problems": all_problems(node, typed, regions),
            "deciders": deciders,
            "may_decide": request.user.pk in deciders.people,
            "may_withdraw": may_write(request.user, node.region, node.indicator.programme_id),
            "note": request.POST.get("note", ""),
        }
    return render(request, "office/breakdown/proposal.html", context, status=409 if refused else 200)


@require_POST
def division_withdraw(request: HttpRequest, allocation: int) -> HttpResponse:
    """Take the waiting proposal back."""
    node = get_node(request, allocation)
    proposal = _waiting(node) or node.proposals.first()
    if proposal is None:
        raise Http404
    if withdraw(actor=signed_in(request), proposal=proposal, at=timezone.now()):
        messages.success(request, "已撤回，原稿还在，可以接着修改。")
    else:
        messages.info(request, "没有撤回：这份调整已经有了结果。")
    return redirect("office:division", node.pk)


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One region of a version, in the words of its day."""

    name: str
    share: Decimal | None
    asked: Decimal | None
    unit: str


@require_safe
def division_version(request: HttpRequest, allocation: int, number: int) -> HttpResponse:
    """One issued version as it was, and what differs from another (``?with=``, else the one before)."""
    node = get_node(request, allocation)
    version = queries.find_version(node, number)
    if version is None:
        raise Http404
    asked = request.GET.get("with", "")
    other_number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 9 else number - 1
    other = queries.find_version(node, other_number)
    page = frame(request, node.indicator.programme_id, "breakdown")
    context = {
        **page.context,
        "node": node,
        "division": version,
        "other": other,
        "others": [one for one in queries.versions_of(node) if one.number != number],
        "rows": tuple(_row(part) for part in version.parts),
        "changes": _between(node, *sorted((version, other), key=lambda one: one.number)) if other else (),
    }
    return render(request, "office/breakdown/version.html", context)


def _row(part: dict[str, Any]) -> VersionRow:
    share, asked = part.get("share"), part.get("asked")
    return VersionRow(
        part.get("name", ""),
        Decimal(share) if share else None,
        Decimal(asked) if asked and asked != share else None,
        part.get("unit_name", ""),
    )


def _between(node: Allocation, older: DivisionVersion, newer: DivisionVersion) -> tuple[ChangedValue, ...]:
    """What the newer one changed, regions by the names of their day."""
    names = {part["region"]: part.get("name", "") for part in (*older.parts, *newer.parts)}
    regions = [Region(pk=key, name=name) for key, name in names.items()]
    found = changed_values(
        node, from_json(older.parts, older.reserve), from_json(newer.parts, newer.reserve), regions
    )
    if older.whole == newer.whole:
        return found
    whole = ChangedValue("", "本级目标", *(_said(one.whole, node) for one in (older, newer)))
    return (whole, *(change for change in found if change.what != whole.what))


def _said(value: Decimal | None, node: Allocation) -> str:
    return "—" if value is None else f"{plain(value)}{node.indicator.unit}"
