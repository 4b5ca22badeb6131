"""Publishing a proofread document: its corrected plan becomes the next version of its programme."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from minsheng_web.records.actions.people import add_divisions
from minsheng_web.records.actions.publishing import NotPublished, publish_plan
from minsheng_web.records.duties import may_publish
from minsheng_web.records.models import Document, PlanVersion, User
from minsheng_web.records.models.documents import DocumentState
from minsheng_web.records.queries.plan_region import place_of, place_sentence
from minsheng_web.records.queries.workspace import workspace


def publish_document(
    *,
    actor: User,
    document: Document,
    at: datetime,
    reason: str = "",
    expected_number: int | None = None,
    expected_state: str | None = None,
) -> PlanVersion | NotPublished:
    """Publish what stands now. The document is held meanwhile: nobody corrects while it is published.

    ``expected_state`` is the workspace's state that was looked at: where another stands by now, nothing is
    published that nobody has looked at.
    """
    if not may_publish(actor, document.office):
        raise PermissionDenied
    with transaction.atomic():
        held = Document.objects.select_for_update().select_related("office").get(pk=document.pk)
        space = workspace(held) if held.state == DocumentState.READ else None
        if space is None:
            return NotPublished("not_read", "文件尚未识读完成，请等识读完成、核对无误后再发布。")
        if expected_state is not None and expected_state != space.state:
            return NotPublished("content_changed", "内容有变化，请重新核对下面的内容，确认无误后再发布。")
        place = place_of(held, space.plan)
        if place is None:
            return NotPublished("region_unknown", place_sentence(held, space.plan))
        outcome = publish_plan(
            actor=actor,
            region=add_divisions(actor=actor, under=place.region, divisions=place.missing),
            plan=space.plan,
            lines=space.lines,
            findings=space.findings,
            at=at,
            document=held,
            reason=reason,
            expected_number=expected_number,
        )
        if isinstance(outcome, NotPublished):
            transaction.set_rollback(True)  # no region is set up for a plan that was not published
        return outcome
