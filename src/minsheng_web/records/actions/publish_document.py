"""Publishing a proofread document: its corrected plan becomes the next version of its programme."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from minsheng.plans.model import Plan
from minsheng_web.records.access import may_write
from minsheng_web.records.actions.publishing import NotPublished, publish_plan
from minsheng_web.records.models import Document, PlanVersion, Region, User
from minsheng_web.records.models.documents import DocumentState
from minsheng_web.records.queries.workspace import workspace


def region_of(document: Document, plan: Plan) -> Region | None:
    """The region the plan is for: its name looked up in the office's own subtree, the office first."""
    name = (plan.head.region or "").strip()
    if not name:
        return None
    office = document.office
    if name in (office.name, office.full_name):
        return office
    under = Region.objects.filter(path__startswith=office.path)
    return under.filter(name=name).first() or under.filter(full_name=name).first()


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
    if not may_write(actor, document.office):
        raise PermissionDenied
    with transaction.atomic():
        held = Document.objects.select_for_update().select_related("office").get(pk=document.pk)
        space = workspace(held) if held.state == DocumentState.READ else None
        if space is None:
            return NotPublished("not_read", "文件尚未识读完成，请等识读完成、核对无误后再发布。")
        if expected_state is not None and expected_state != space.state:
            return NotPublished("content_changed", "内容有变化，请重新核对下面的内容，确认无误后再发布。")
        region = region_of(held, space.plan)
        if region is None:
            return NotPublished("region_unknown", region_sentence(space.plan, held))
        return publish_plan(
            actor=actor,
            region=region,
            plan=space.plan,
            lines=space.lines,
            findings=space.findings,
            at=at,
            document=held,
            reason=reason,
            expected_number=expected_number,
        )


def region_sentence(plan: Plan, document: Document) -> str:
    """What to do about a plan whose region the office does not know."""
    office = document.office.name
    if not plan.head.region:
        return f"方案的地区尚未确定，请先在“方案信息”中填写地区（例如 {office}）再发布。"
    return (
        f"方案的地区“{plan.head.region}”不在{office}的管辖范围内，不能发布。"
        "请核对文件是否传错，或在“方案信息”中更正地区。"
    )
