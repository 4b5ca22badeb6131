"""Publishing: a plan becomes a numbered, immutable version, with the rows its pages read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from minsheng.kernel.problem import Problem
from minsheng.plans.model import Plan, Project, Quantity
from minsheng.plans.plan_json import plan_to_json, problem_to_json
from minsheng_web.records.audit import record
from minsheng_web.records.duties import may_publish
from minsheng_web.records.models import (
    Document,
    PlanVersion,
    Programme,
    PublishedMeasure,
    PublishedProject,
    PublishedTarget,
    PublishedUnit,
    Region,
    User,
)


@dataclass(frozen=True, slots=True)
class NotPublished:
    """Why nothing was published, as a sentence. ``existing`` is the version that is there already."""

    code: str
    message: str
    existing: PlanVersion | None = None


def publish_plan(
    *,
    actor: User,
    region: Region,
    plan: Plan,
    lines: tuple[str, ...],
    findings: tuple[Problem, ...] = (),
    at: datetime,
    document: Document | None = None,
    reason: str = "",
    expected_number: int | None = None,
) -> PlanVersion | NotPublished:
    """Make the next version of the region's programme of that year.

    ``expected_number`` is the number the page promised: where it is taken by now nothing happens, so a
    second click of one button changes nothing. Raises PermissionDenied for a region out of reach.
    """
    if not may_publish(actor, region):
        raise PermissionDenied
    fault = _unfit(plan)
    if fault is not None or plan.head.year is None:
        return fault or _YEAR_MISSING
    with transaction.atomic():
        programme = _programme(actor, region, plan.head.year, _title(region, plan))
        latest = programme.versions.order_by("-number").first()
        number = latest.number + 1 if latest else 1
        fault = _untimely(number, latest, expected_number, reason)
        if fault is not None:
            transaction.set_rollback(True)
            return fault
        version = PlanVersion(
            programme=programme,
            number=number,
            document=document,
            plan=plan_to_json(plan),
            lines=list(lines),
            findings=[problem_to_json(problem) for problem in findings],
            published_by=actor,
            published_at=at,
            reason=reason.strip(),
        )
        version.save()
        _write_rows(version, plan, lines)
        _retitle(programme, plan)
        record(actor=actor, action="plan.publish", row=version, new=_audit_values(version, plan, document))
    return version


_YEAR_MISSING = NotPublished("year_missing", "方案年度尚未确定，请先在“方案信息”中填写年度再发布。")


def _unfit(plan: Plan) -> NotPublished | None:
    if not plan.projects:
        return NotPublished("no_plan", "这份文件里没有识读出任何实事项目，不能发布。")
    return None


def _untimely(
    number: int, latest: PlanVersion | None, expected: int | None, reason: str
) -> NotPublished | None:
    """Why the next version must not be made now."""
    if expected is not None and expected != number:
        if latest is None:
            return NotPublished("page_stale", "页面内容已过期，请重新打开发布页面再试。")
        message = f"该方案已经发布为第{latest.number}版，没有重复发布。"
        return NotPublished("already_published", message, latest)
    if latest is not None and not reason.strip():
        message = f"该地区本年度的方案已发布第{latest.number}版，发布新版须填写变更理由。"
        return NotPublished("reason_missing", message, latest)
    return None


def _programme(actor: User, region: Region, year: int, title: str) -> Programme:
    # PostgreSQL waits here for a publication under way; SQLite already holds its write lock.
    programme = Programme.objects.select_for_update().filter(region=region, year=year).first()
    if programme is None:
        programme, created = Programme.objects.get_or_create(
            region=region, year=year, defaults={"title": title}
        )
        if created:
            record(actor=actor, action="programme.add", row=programme, new={"title": programme.title})
    return programme


def _title(region: Region, plan: Plan) -> str:
    return f"{region.name}{plan.head.year}年民生实事"


def _retitle(programme: Programme, plan: Plan) -> None:
    title = _title(programme.region, plan)
    if programme.title != title:
        Programme.objects.filter(pk=programme.pk).update(title=title)


def _audit_values(version: PlanVersion, plan: Plan, document: Document | None) -> dict[str, Any]:
    return {
        "programme": version.programme_id,
        "number": version.number,
        "document": document.pk if document else None,
        "projects": len(plan.projects),
        "quantities": sum(len(project.quantities) for project in plan.projects),
        "reason": version.reason,
    }


def _write_rows(version: PlanVersion, plan: Plan, lines: tuple[str, ...]) -> None:
    names = {category.number: category.name for category in plan.categories}
    rows = PublishedProject.objects.bulk_create(
        _project_row(version, project, position, names) for position, project in enumerate(plan.projects, 1)
    )
    pairs = tuple(zip(rows, plan.projects, strict=True))
    PublishedTarget.objects.bulk_create(
        _target_row(version, row, quantity, lines)
        for row, project in pairs
        for quantity in project.quantities
    )
    PublishedUnit.objects.bulk_create(
        PublishedUnit(version=version, project=row, name=name, part=part)
        for row, project in pairs
        for part, units in (("lead", project.lead_units), ("cooperating", project.cooperating_units))
        for name in units
    )
    PublishedMeasure.objects.bulk_create(
        PublishedMeasure(
            version=version, project=row, number=measure.number, line=measure.source.line, text=measure.text
        )
        for row, project in pairs
        for measure in project.measures
    )


def _project_row(
    version: PlanVersion, project: Project, position: int, names: dict[int, str]
) -> PublishedProject:
    return PublishedProject(
        version=version,
        number=project.number,
        category_number=project.category,
        category_name=names.get(project.category, "") if project.category is not None else "",
        headline=project.headline,
        statement=project.statement,
        status=project.status,
        position=position,
    )


def _target_row(
    version: PlanVersion, row: PublishedProject, quantity: Quantity, lines: tuple[str, ...]
) -> PublishedTarget:
    line = quantity.source.line
    return PublishedTarget(
        version=version,
        project=row,
        anchor=quantity.anchor,
        line=line,
        text=quantity.text,
        value=quantity.value,
        value_hi=quantity.value_hi,
        unit=quantity.unit,
        comparator=quantity.comparator,
        role=quantity.role,
        aspiration=quantity.aspiration,
        subject=quantity.subject or "",
        region_name=quantity.region or "",
        sentence=sentence_around(lines, line, quantity.source.start, quantity.source.end),
    )


def sentence_around(lines: tuple[str, ...], line: int, start: int, end: int) -> str:
    """The sentence that holds the span: from one 。 or ； of the line to the next; "" without such a line."""
    if not 1 <= line <= len(lines):
        return ""
    text = lines[line - 1]
    begin = max(text.rfind(mark, 0, start) for mark in "。；;") + 1
    stops = [at for at in (text.find(mark, end) for mark in "。；;") if at >= 0]
    return text[begin : min(stops) + 1 if stops else len(text)].strip()
