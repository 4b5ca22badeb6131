"""What issuing writes: the version, which never changes again, and the parts as they stand from then on."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from minsheng_web.records.division_changes import version_parts
from minsheng_web.records.models import (
    Allocation,
    DivisionProposal,
    DivisionVersion,
    Region,
    Unit,
    User,
)
from minsheng_web.records.queries.division import (
    children_of,
    proposed,
    regions_below,
    suggested_unit,
    unit_choices,
)
from minsheng_web.records.typed_parts import Typed, TypedPart, amount, as_division, counts_places, owed


def write_version(
    *, node: Allocation, proposal: DivisionProposal, approver: User | None, at: datetime
) -> DivisionVersion:
    """Inside the transaction of an action that holds the node and has checked the rules."""
    typed, regions = proposed(proposal), regions_below(node.region)
    units = _reporting_units(node, typed, regions)
    if counts_places(node):
        node.share = as_division(node, typed, regions)[0].whole
    node.version += 1
    node.reserve = typed.reserve
    version = DivisionVersion(
        node=node,
        number=node.version,
        whole=owed(node),
        parts=version_parts(typed, regions, units),
        reserve=typed.reserve,
        reason=proposal.reason,
        document_number=proposal.document_number,
        proposed_by=proposal.proposed_by,
        approved_by=approver,
        issued_at=at,
    )
    version.save()
    node.save(update_fields=["share", "version", "reserve"])
    _write_parts(node, typed, regions, units)
    return version


def _reporting_units(node: Allocation, typed: Typed, regions: Sequence[Region]) -> dict[int, Unit]:
    """Who reports in each region: the unit chosen, else the counterpart of the unit above."""
    choices = unit_choices(regions)
    chosen = {part.unit for part in typed.parts if part.unit}
    known = {unit.pk: unit for unit in Unit.objects.filter(pk__in=chosen)}
    found = {}
    for region in regions:
        part = typed.of(region.pk)
        unit = known.get(part.unit or 0) or suggested_unit(node, choices.get(region.pk, ()))
        if unit is not None:
            found[region.pk] = unit
    return found


def _write_parts(node: Allocation, typed: Typed, regions: Sequence[Region], units: dict[int, Unit]) -> None:
    """Parts are never removed: one taken away rests with all under it, and comes back with them."""
    rows = {row.region_id: row for row in Allocation.objects.filter(above=node)}
    given = [region for region in regions if typed.of(region.pk).has_task]
    new, kept, woken = [], [], []
    for region in given:
        row = rows.get(region.pk)
        if row is None:
            row = Allocation(indicator=node.indicator, region=region, above=node, due=node.due)
            new.append(row)
        else:
            kept.append(row)
            if not row.active:
                woken.append(row)
        _set(row, typed.of(region.pk), units.get(region.pk))
    Allocation.objects.bulk_create(new)
    Allocation.objects.bulk_update(
        kept, ["share", "asked", "reporting_unit", "last_year", "active"], batch_size=200
    )
    keys = {region.pk for region in given}
    _put_to_rest(row for row in rows.values() if row.active and row.region_id not in keys)
    for row in woken:
        _wake(row)


def _set(row: Allocation, part: TypedPart, unit: Unit | None) -> None:
    asked = amount(part.asked)
    row.share = amount(part.share)
    row.asked = None if asked == row.share else asked
    row.last_year = amount(part.last_year)
    row.reporting_unit = unit
    row.active = True


def _put_to_rest(rows: Iterable[Allocation]) -> None:
    keys = [row.pk for row in rows]
    while keys:
        Allocation.objects.filter(pk__in=keys).update(active=False)
        keys = list(Allocation.objects.filter(above__in=keys, active=True).values_list("pk", flat=True))


def _wake(row: Allocation) -> None:
    """What its last version gave below stands again."""
    version = DivisionVersion.objects.filter(node=row, number=row.version).first()
    if version is None:
        return
    regions = [part["region"] for part in version.parts]
    Allocation.objects.filter(above=row, region__in=regions).update(active=True)
    for child in children_of(row):
        _wake(child)
