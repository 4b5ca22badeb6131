"""Following a plan's targets: each becomes an indicator, with what the plan itself gives whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from minsheng.progress.stated_targets import StatedTarget
from minsheng_web.records.actions.followed_units import UnitsByName
from minsheng_web.records.audit import record
from minsheng_web.records.duties import may_write
from minsheng_web.records.models import (
    Allocation,
    DivisionProposal,
    Indicator,
    PlanVersion,
    Programme,
    PublishedTarget,
    User,
)
from minsheng_web.records.queries.division import regions_below
from minsheng_web.records.queries.stated import indicators_of, matched, newest_version, typed_of
from minsheng_web.records.typed_parts import to_json

MOST_NAME = 200


@dataclass(frozen=True, slots=True)
class TakenUp:
    """What taking up did: indicators made, drafts of the plan's own parts, names of no region here."""

    made: int
    drafts: int = 0
    unknown: tuple[str, ...] = ()


def require_programme(actor: User, programme: Programme) -> None:
    """Raise PermissionDenied unless the person works in an office over the programme's region."""
    if not may_write(actor, programme.region, programme.pk):
        raise PermissionDenied


def take_up_targets(*, actor: User, programme: Programme, at: datetime) -> TakenUp:
    """Make an indicator of each target of the newest version that is not followed yet.

    Targets that are followed already stay as they are: what a newer version says otherwise is taken by
    ``take_changes`` only. Raises PermissionDenied outside the person's office.
    """
    require_programme(actor, programme)
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=programme.pk)
        version = newest_version(programme)
        if version is None:
            return TakenUp(0)
        new = matched(version, indicators_of(programme)).new
        if not new:
            return TakenUp(0)
        rows = _indicators(actor, programme, version, new)
        drafts, unknown = _allocations(actor, programme, list(zip(rows, new, strict=True)), at)
        record(
            actor=actor,
            action="indicators.take_up",
            row=programme,
            new={"version": version.number, "indicators": [row.pk for row in rows], "drafts": drafts},
        )
    return TakenUp(len(rows), drafts, unknown)


def _indicators(
    actor: User, programme: Programme, version: PlanVersion, new: Sequence[StatedTarget]
) -> list[Indicator]:
    units = UnitsByName(actor, programme.region)
    places = targets_by_anchor(version)
    last = Indicator.objects.filter(programme=programme).aggregate(last=Max("position"))["last"] or 0
    rows = [
        Indicator(
            programme=programme,
            target=places.get(target.anchor),
            project_number=target.project,
            project_headline=target.headline,
            category_name=target.category[:100],
            name=target.name[:MOST_NAME],
            unit=target.unit[:50],
            kind=target.kind,
            comparator=target.comparator,
            value=target.value,
            each=target.each,
            lead_unit=units.first_of(target.lead_units),
            position=position,
            active=not target.aspiration,
        )
        for position, target in enumerate(new, start=last + 1)
    ]
    Indicator.objects.bulk_create(rows)
    helping = Indicator.cooperating_units.through
    helping.objects.bulk_create(
        helping(indicator_id=row.pk, unit_id=unit.pk)
        for row, target in zip(rows, new, strict=True)
        for unit in units.all_of((*target.lead_units[1:], *target.cooperating_units))
        if unit.pk != row.lead_unit_id
    )
    return rows


def targets_by_anchor(version: PlanVersion) -> dict[str, PublishedTarget]:
    """The published targets of a version by their place in the document."""
    return {target.anchor: target for target in version.targets.filter(role="target")}


def _allocations(
    actor: User, programme: Programme, pairs: Iterable[tuple[Indicator, StatedTarget]], at: datetime
) -> tuple[int, tuple[str, ...]]:
    """The root part of each, and a draft where the plan itself says who gets what."""
    held = list(pairs)
    roots = Allocation.objects.bulk_create(
        Allocation(
            indicator=row,
            region=programme.region,
            reporting_unit=row.lead_unit,
            share=None if row.each else row.value,
        )
        for row, _ in held
    )
    below = regions_below(programme.region)
    drafts: list[DivisionProposal] = []
    unknown: list[str] = []
    for root, (_, target) in zip(roots, held, strict=True):
        typed, names = typed_of(target, below)
        unknown += names
        if typed.parts:
            drafts.append(
                DivisionProposal(
                    node=root,
                    base=0,
                    parts=to_json(typed),
                    reserve=typed.reserve,
                    proposed_by=actor,
                    proposed_at=at,
                )
            )
    DivisionProposal.objects.bulk_create(drafts)
    return len(drafts), tuple(dict.fromkeys(unknown))
