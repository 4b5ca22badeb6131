"""Following a newer version of the plan: each changed target is taken over only when a person says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from minsheng.plans.checks.units import plain
from minsheng.progress.followed import Followed, differences
from minsheng.progress.stated_targets import StatedTarget
from minsheng_web.records.actions.indicators import require_programme, targets_by_anchor
from minsheng_web.records.audit import record
from minsheng_web.records.models import Allocation, Indicator, Programme, PublishedTarget, User
from minsheng_web.records.queries.stated import indicators_of, matched, newest_version


@dataclass(frozen=True, slots=True)
class ChangesTaken:
    """How many indicators follow the newest version now; ``stale``: another version came meanwhile."""

    taken: int
    stale: bool = False


def take_changes(
    *, actor: User, programme: Programme, indicators: Sequence[int], version: int
) -> ChangesTaken:
    """Take over what the newest version says of these indicators. ``version`` is the one that was shown.

    The root part takes the new value; what was broken down from the old one is shown as no longer adding up.
    Raises PermissionDenied outside the person's office.
    """
    require_programme(actor, programme)
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=programme.pk)
        newest = newest_version(programme)
        if newest is None or newest.number != version:
            return ChangesTaken(0, stale=True)
        rows = {row.pk: row for row in indicators_of(programme)}
        places = targets_by_anchor(newest)
        taken = 0
        for held, target in matched(newest, tuple(rows.values())).pairs:
            if held.key in indicators and differences(held, target):
                _take(actor, rows[held.key], held, target, places.get(target.anchor))
                taken += 1
    return ChangesTaken(taken)


def _take(
    actor: User,
    row: Indicator,
    held: Followed,
    target: StatedTarget,
    place: PublishedTarget | None,
) -> None:
    old = _values(row)
    # What people named otherwise than the plan stays theirs.
    row.name = target.name[:200] if row.name == held.name[:200] else row.name
    row.unit = target.unit[:50] if row.unit == held.unit[:50] else row.unit
    row.target, row.value, row.comparator = place, target.value, target.comparator
    row.project_number, row.project_headline = target.project, target.headline
    row.category_name = target.category[:100]
    row.save(
        update_fields=[
            "name", "unit", "target", "value", "comparator",
            "project_number", "project_headline", "category_name",
        ]
    )  # fmt: skip
    if not row.each:
        Allocation.objects.filter(indicator=row, above=None).update(share=target.value)
    changed = [{"what": one.what, "old": one.old, "new": one.new} for one in differences(held, target)]
    record(
        actor=actor,
        action="indicator.follow_version",
        row=row,
        old=old,
        new=_values(row) | {"changes": changed},
    )


def _values(row: Indicator) -> dict[str, Any]:
    return {
        "name": row.name,
        "unit": row.unit,
        "value": None if row.value is None else plain(row.value),
        "comparator": row.comparator,
        "project": row.project_number,
    }
