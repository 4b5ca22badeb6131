"""Publishing: a page that shows what will be published, and the act."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from minsheng_web.office.views.proofreading import opened
from minsheng_web.office.words import ROLE_WORDS, SEVERITY_WORDS, STATUS_WORDS
from minsheng_web.records.access import programmes_for
from minsheng_web.records.actions.publish_document import publish_document
from minsheng_web.records.actions.publishing import NotPublished
from minsheng_web.records.duties import may_publish
from minsheng_web.records.models import PlanVersion, Programme
from minsheng_web.records.people import signed_in
from minsheng_web.records.queries.plan_region import place_of, place_sentence
from minsheng_web.records.queries.workspace import Workspace, workspace


@require_http_methods(["GET", "POST"])
def document_publish(request: HttpRequest, document_id: int) -> HttpResponse:
    """What will be published; POST publishes it."""
    space = opened(request, document_id)
    if not may_publish(request.user, space.document.office):
        raise PermissionDenied
    if request.method == "GET":
        return _page(request, space)
    number = request.POST.get("number", "")
    reason = request.POST.get("reason", "")
    outcome = publish_document(
        actor=signed_in(request),
        document=space.document,
        at=timezone.now(),
        reason=reason,
        expected_number=int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 0,
        expected_state=request.POST.get("state", ""),
    )
    if isinstance(outcome, PlanVersion):
        messages.success(request, f"已发布第{outcome.number}版。")
        return redirect("office:programme", outcome.programme_id)
    if outcome.code == "already_published" and outcome.existing is not None:
        messages.info(request, outcome.message)
        return redirect("office:programme", outcome.existing.programme_id)
    # Read anew: what made the act impossible may have happened after this request began.
    return _page(request, workspace(space.document) or space, outcome, reason)


def _page(
    request: HttpRequest, space: Workspace, refused: NotPublished | None = None, reason: str = ""
) -> HttpResponse:
    plan = space.plan
    place = place_of(space.document, plan)
    region = place.there if place else None
    programme = _programme(request, region.pk, plan.head.year) if region and plan.head.year else None
    latest = programme.versions.only("number").order_by("-number").first() if programme else None
    quantities = [quantity for project in plan.projects for quantity in project.quantities]
    context = {
        "nav": "documents",
        "document": space.document,
        "space": space,
        "place": place,
        "region_fault": "" if place else place_sentence(space.document, plan),
        "number": latest.number + 1 if latest else 1,
        "refused": refused,
        "reason": reason,
        "quantity_count": len(quantities),
        "cell_count": sum(len(table.cells) for table in plan.tables),
        "roles": _counted(ROLE_WORDS, [quantity.role for quantity in quantities]),
        "statuses": _counted(STATUS_WORDS, [project.status for project in plan.projects]),
        "severities": _counted(SEVERITY_WORDS, [finding.severity for finding in space.findings]),
        "standing": sum(row.undone_at is None for row in space.corrections),
    }
    return render(request, "office/proofreading/publish.html", context, status=409 if refused else 200)


def _programme(request: HttpRequest, region_id: int, year: int) -> Programme | None:
    return programmes_for(request.user).filter(region_id=region_id, year=year).first()


def _counted(words: Mapping[Any, str], codes: Sequence[str]) -> list[tuple[str, str, int]]:
    return [(code, word, codes.count(code)) for code, word in words.items() if code in codes]
