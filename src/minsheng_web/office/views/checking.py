"""The check page: lead units verify, offices accept, either sends back; many lines with one reason."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from minsheng_web.office.views.report_scope import period_or_404, seen_lines, tell
from minsheng_web.records.access import regions_for, report_lines_in
from minsheng_web.records.actions import report_flow
from minsheng_web.records.duties import offices_for, unit_posts
from minsheng_web.records.duty_rows import accepted_by, handed_in_for_by, verified_by
from minsheng_web.records.line_places import reaches_all, regions_reported
from minsheng_web.records.models import Region, ReportPeriod
from minsheng_web.records.models.reports import LineState
from minsheng_web.records.people import signed_in
from minsheng_web.records.queries.checking import check_page, shown_lines

MOST_REGIONS = 300
"""Regions one is chosen from in a list."""
SHOWS: dict[str, str] = {"waiting": "等我办理", "all": "全部", **dict(LineState.choices)}


@require_safe
def check(request: HttpRequest, period: int) -> HttpResponse:
    """Lines by project and region, with what is odd of them."""
    found = period_or_404(request, period)
    show = request.GET.get("show", "waiting")
    show = show if show in SHOWS else "waiting"
    region = _region(request)
    page, groups = check_page(request.user, found, show, region, request.GET.get("page"))
    context = {
        "nav": "reports",
        "period": found,
        "show": show,
        "region": region,
        "shows": tuple(SHOWS.items()),
        "regions": _regions(request, found),
        "page": page,
        "groups": groups,
        "waiting": page.paginator.count
        if show == "waiting" and not region
        else shown_lines(request.user, found, "waiting").count(),
        "state": urlencode({"show": show, "region": region, "page": page.number}),
        **_hands(request, found),
    }
    return render(request, "office/periods/check.html", context)


def _hands(request: HttpRequest, period: ReportPeriod) -> dict[str, bool]:
    """Which buttons the person has; none once the period is, or is being, closed."""
    person, one = request.user, [period]
    lines = report_lines_in(person, one).order_by()
    is_open = not period.shut_word
    verifies = is_open and bool(unit_posts(person)) and lines.filter(verified_by(person, one)).exists()
    office = is_open and bool(offices_for(person, period.programme_id))
    accepts = office and lines.filter(accepted_by(person, one)).exists()
    hands_in = (verifies or accepts) and lines.filter(handed_in_for_by(person, one)).exists()
    return {"verifies": verifies, "accepts": accepts, "hands_in": hands_in, "ticks": verifies or accepts}


def _region(request: HttpRequest) -> str:
    """The path of the region asked for, if it is in reach."""
    path = request.GET.get("region", "")
    return path if path and regions_for(request.user).filter(path=path).exists() else ""


def _regions(request: HttpRequest, period: ReportPeriod) -> tuple[tuple[str, str], ...]:
    """Regions to choose from; of very many those of the higher levels, under which the others lie."""
    lines = report_lines_in(request.user, [period])
    there = regions_reported(lines, every=reaches_all(request.user, period))
    if there.count() > MOST_REGIONS:
        above = there.order_by().values("parent")
        there = Region.objects.filter(pk__in=above) & regions_for(request.user)
    return tuple(there.order_by("path").values_list("path", "name")[:MOST_REGIONS])


@require_POST
def decide(request: HttpRequest, period: int) -> HttpResponse:
    """One act on the ticked lines."""
    found = period_or_404(request, period)
    act, lines = request.POST.get("act", ""), seen_lines(request)
    actor, at, reason = signed_in(request), timezone.now(), request.POST.get("reason", "")
    if not lines:
        messages.info(request, "没有选中任何一项：请先勾选要办理的行。")
        return _back(request, found)
    if act == "verify":
        tell(request, "verify", report_flow.verify(actor=actor, period=found, lines=lines, at=at))
    elif act == "accept":
        tell(request, "accept", report_flow.accept(actor=actor, period=found, lines=lines, at=at))
    elif act == "submit_for":
        tell(request, "submit_for", report_flow.submit_for(actor=actor, period=found, lines=lines, at=at))
    elif act == "send_back":
        outcome = report_flow.send_back(actor=actor, period=found, lines=lines, reason=reason, at=at)
        tell(request, "send_back", outcome)
    elif act == "reopen":
        outcome = report_flow.reopen(actor=actor, period=found, lines=lines, reason=reason, at=at)
        tell(request, "reopen", outcome)
    else:
        raise BadRequest("act")
    return _back(request, found)


def _back(request: HttpRequest, period: ReportPeriod) -> HttpResponse:
    """To the page the form stood on."""
    kept = {name: request.POST.get(name, "")[:250] for name in ("show", "region", "page")}
    query = urlencode({name: text for name, text in kept.items() if text})
    return redirect(f"{reverse('office:report-check', kwargs={'period': period.pk})}?{query}")
