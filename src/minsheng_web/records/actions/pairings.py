"""Saying which project of one plan is which of another, and taking that back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet

from minsheng_web.records.access import plan_versions_for
from minsheng_web.records.audit import record
from minsheng_web.records.duties import may_write
from minsheng_web.records.models import PlanVersion, ProjectPairing, PublishedProject, User


@dataclass(frozen=True, slots=True)
class Decision:
    """Project ``number_a`` of A is ``number_b`` of B; None on one side: it is none there."""

    number_a: int | None
    number_b: int | None

    def turned(self) -> "Decision":
        """The same said of B and A."""
        return Decision(self.number_b, self.number_a)


@dataclass(frozen=True, slots=True)
class Disputed:
    """Nothing was written; ``message`` says who decided what meanwhile."""

    message: str


def decide_pairing(
    *, actor: User, a: PlanVersion, b: PlanVersion, decision: Decision, seen: int | None, at: datetime
) -> ProjectPairing | Disputed:
    """Remember a pairing of two versions.

    ``seen`` is the decision the person was shown for the project (its key, None: there was none); where
    another stands by now nothing is written. Raises PermissionDenied for who writes for neither region or may
    not see both, ValueError for projects the versions do not hold.
    """
    require_hand(actor, a, b)
    if b.pk < a.pk:
        a, b, decision = b, a, decision.turned()
    _require_projects(a, b, decision)
    with transaction.atomic():
        standing = list(_touched(_held(a, b), decision))
        for row in standing:
            if (row.number_a, row.number_b) == (decision.number_a, decision.number_b):
                return row
            if row.pk != seen:
                return Disputed(_told(row))
        if seen is not None and not any(row.pk == seen for row in standing):
            return Disputed("您看到的认定已被撤销，没有保存。请核对后再认定。")
        for row in standing:
            _undo(actor, row, at)
        made = ProjectPairing.objects.create(
            version_a=a, version_b=b, number_a=decision.number_a, number_b=decision.number_b, by=actor, at=at
        )
        record(
            actor=actor,
            action="pairing.decide",
            row=made,
            old=[_values(row) for row in standing],
            new=_values(made),
        )
    return made


def undo_pairing(*, actor: User, pairing: ProjectPairing, at: datetime) -> bool:
    """Take a decision back; the row stays. False where somebody did before. Raises PermissionDenied."""
    require_hand(actor, pairing.version_a, pairing.version_b)
    with transaction.atomic():
        return _undo(actor, pairing, at)


def require_hand(actor: User, a: PlanVersion, b: PlanVersion) -> None:
    """Raise PermissionDenied unless the person sees both and works for the office of one."""
    seen = plan_versions_for(actor).filter(pk__in=(a.pk, b.pk)).count()
    if seen != 2 or not any(may_write(actor, version.programme.region) for version in (a, b)):
        raise PermissionDenied


def _require_projects(a: PlanVersion, b: PlanVersion, decision: Decision) -> None:
    if decision == Decision(None, None):
        raise ValueError("a decision speaks of a project")
    for version, number in ((a, decision.number_a), (b, decision.number_b)):
        if number is None:
            continue
        if not PublishedProject.objects.filter(version=version, number=number).exists():
            raise ValueError(f"version {version.pk} holds no project {number}")


def _held(a: PlanVersion, b: PlanVersion) -> QuerySet[ProjectPairing]:
    """The standing decisions of both, with A held so that nobody else decides meanwhile."""
    PlanVersion.objects.select_for_update().only("pk").get(pk=a.pk)
    return ProjectPairing.objects.filter(version_a=a, version_b=b, undone_at=None).select_related("by")


def _touched(rows: QuerySet[ProjectPairing], decision: Decision) -> QuerySet[ProjectPairing]:
    """Decisions that cannot stand beside this one."""
    either = Q(pk__in=[])
    if decision.number_a is not None:
        either |= Q(number_a=decision.number_a)
    if decision.number_b is not None:
        either |= Q(number_b=decision.number_b)
    return rows.filter(either)


def _undo(actor: User, row: ProjectPairing, at: datetime) -> bool:
    changed = ProjectPairing.objects.filter(pk=row.pk, undone_at=None).update(undone_at=at, undone_by=actor)
    if changed:
        record(actor=actor, action="pairing.undo", row=row, old=_values(row))
    return changed == 1


def _values(row: ProjectPairing) -> dict[str, Any]:
    return {
        "version_a": row.version_a_id,
        "number_a": row.number_a,
        "version_b": row.version_b_id,
        "number_b": row.number_b,
    }


def _told(row: ProjectPairing) -> str:
    if row.number_a is None or row.number_b is None:
        what = f"第{row.number_a or row.number_b}项在另一方案中没有对应项目"
    else:
        what = f"第{row.number_a}项与第{row.number_b}项是同一项目"
    return f"没有保存：{row.by}已认定{what}。如需改动，请先撤销这一认定。"
