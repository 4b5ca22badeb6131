"""The page of one breakdown: a row a region below, saved as typed, filled in, issued."""

from dataclasses import replace
from decimal import Decimal

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from minsheng_web.office.screens.division import Said, division_screen, reserve_in, typed_in
from minsheng_web.office.views.programme_frame import frame
from minsheng_web.records.access import periods_for
from minsheng_web.records.actions.breakdown import issue
from minsheng_web.records.actions.division_drafts import NOTHING_NEW, fill_draft, save_draft
from minsheng_web.records.actions.division_states import Conflict, Refused
from minsheng_web.records.duties import may_write
from minsheng_web.records.models import Allocation, DivisionProposal, DivisionVersion
from minsheng_web.records.people import signed_in
from minsheng_web.records.queries.division import find_node, mark_of, open_proposal, regions_below


def get_node(request: HttpRequest, allocation: int) -> Allocation:
    """The allocation if the person may see it; else 404, as if it did not exist."""
    node = find_node(request.user, allocation)
    if node is None:
        raise Http404
    return node


@require_safe
def division(request: HttpRequest, allocation: int) -> HttpResponse:
    """What stands, and for the office the form to change it."""
    return shown(request, get_node(request, allocation), Said())


def shown(request: HttpRequest, node: Allocation, said: Said, *, status: int = 200) -> HttpResponse:
    """The page, or the part of it a script asked for."""
    writes = may_write(request.user, node.region, node.indicator.programme_id)
    screen = division_screen(node, signed_in(request), said, writes=writes)
    context = {"screen": screen, "node": node, "writes": writes and node.active and node.indicator.active}
    if request.htmx:  # type: ignore[attr-defined]  # django-htmx
        return render(request, "office/breakdown/division_body.html", context)
    page = frame(request, node.indicator.programme_id, "breakdown")
    return render(request, "office/breakdown/division.html", {**page.context, **context}, status=status)


@require_POST
def division_save(request: HttpRequest, allocation: int) -> HttpResponse:
    """Keep what is typed."""
    node = get_node(request, allocation)
    mark = _kept(request, node)
    if isinstance(mark, Said):
        return shown(request, node, mark, status=409)
    return _done(request, node, "已保存草稿，还没有下达。" if mark else NOTHING_NEW)


@require_POST
def division_fill(request: HttpRequest, allocation: int) -> HttpResponse:
    """Keep what is typed, then replace the shares by those of a way to divide."""
    node = get_node(request, allocation)
    mark = _kept(request, node)
    if isinstance(mark, Said):
        return shown(request, node, mark, status=409)
    try:
        outcome = fill_draft(
            actor=signed_in(request),
            node=node,
            way=request.POST.get("way", ""),
            level=request.POST.get("level", ""),
            seen=mark,
            at=timezone.now(),
        )
    except ValueError as error:
        raise BadRequest(str(error)) from None
    if isinstance(outcome, Refused):
        said = _said(request, outcome.message, "warning", outcome)
        return shown(request, node, said, status=409)
    return _done(request, node, "已填入并保存为草稿，请核对后下达。")


@require_POST
def division_issue(request: HttpRequest, allocation: int) -> HttpResponse:
    """Keep what is typed, then issue it, or send it up where something is issued already."""
    node = get_node(request, allocation)
    mark = _kept(request, node)
    if isinstance(mark, Said):
        return shown(request, node, mark, status=409)
    outcome = issue(
        actor=signed_in(request),
        node=node,
        seen=mark,
        at=timezone.now(),
        reason=request.POST.get("reason", ""),
        document_number=request.POST.get("document_number", ""),
    )
    if isinstance(outcome, Refused):
        return shown(request, node, _said(request, outcome.message, "danger", outcome), status=409)
    if isinstance(outcome, DivisionProposal):
        return _done(request, node, "已报批。上级同意后生效，在此之前各地仍按现行数执行。")
    return _done(request, node, _issued(request, outcome))


def _issued(request: HttpRequest, version: DivisionVersion) -> str:
    """What was done, and where its reports are due from now on."""
    programme = version.node.indicator.programme_id
    open_now = periods_for(request.user).filter(programme=programme, closed_at=None).order_by("-start")
    names = open_now.values_list("name", flat=True)[:1]
    due = "".join(f"{name}起按此填报，填报单位的工作台上已列出。" for name in names)
    return f"已下达第{version.number}版，共{len(version.parts)}个地区。{due}"


def _done(request: HttpRequest, node: Allocation, notice: str) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]  # django-htmx
        return shown(request, get_node(request, node.pk), Said(notice=notice, level="success"))
    messages.success(request, notice)
    return redirect("office:division", node.pk)


def _said(request: HttpRequest, notice: str, level: str, refused: Refused) -> Said:
    return Said(
        notice=notice,
        level=level,
        problems=refused.problems,
        reason=request.POST.get("reason", ""),
        document_number=request.POST.get("document_number", ""),
    )


def _kept(request: HttpRequest, node: Allocation) -> Said | str:
    """Save the form as a draft and give its mark, empty where nothing new was typed.

    Where it cannot be saved: what to say, with everything typed still in it.
    """
    typed = typed_in(request.POST, regions_below(node.region))
    text = request.POST.get("reserve", "0")
    reserve = reserve_in(text, node)
    readable = not isinstance(reserve, str)
    if not isinstance(reserve, str):
        typed = replace(typed, reserve=reserve)
    outcome = save_draft(
        actor=signed_in(request),
        node=node,
        typed=typed if readable else replace(typed, reserve=_reserve_now(node)),
        seen=request.POST.get("seen", ""),
        at=timezone.now(),
    )
    said = _said(request, "", "warning", Refused(""))
    said = replace(said, typed=typed, reserve=None if readable else text)
    if isinstance(outcome, Conflict):
        return replace(said, notice=outcome.message, theirs=outcome.theirs, typed=outcome.yours)
    if not readable:
        return replace(said, notice=f"其余已保存；{reserve}")
    if isinstance(outcome, Refused) and outcome.message != NOTHING_NEW:
        return replace(said, notice=outcome.message)
    return mark_of(outcome) if isinstance(outcome, DivisionProposal) else ""


def _reserve_now(node: Allocation) -> Decimal:
    proposal = open_proposal(node)
    return proposal.reserve if proposal else node.reserve
