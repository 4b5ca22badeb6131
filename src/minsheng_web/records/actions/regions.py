"""Setting up regions below: from the gazetteer, or from a list of towns and villages."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from minsheng.kernel.gazetteer import Division
from minsheng.kernel.gazetteer.towns import Town
from minsheng.kernel.region_levels import known_below
from minsheng.progress.region_rows import Known, NewRegion, RowProblem, read_region_rows
from minsheng_web.records.actions.people import make_region
from minsheng_web.records.actions.refused import Refused
from minsheng_web.records.audit import record
from minsheng_web.records.duties import may_manage_region
from minsheng_web.records.models import Region, User


def missing_divisions(region: Region) -> tuple[str, ...]:
    """Names of the gazetteer's divisions or towns straight below that are not set up yet."""
    there = set(Region.objects.filter(parent=region).values_list("name", flat=True))
    return tuple(child.name for child in _known_below(region) if child.name not in there)


def _known_below(region: Region) -> tuple[Division | Town, ...]:
    return known_below(region.path.strip("/").split("/"))


def add_divisions_below(*, actor: User, region: Region) -> tuple[Region, ...]:
    """Every division straight below that the gazetteer has and that is not there yet.

    Raises PermissionDenied for a region the actor's office does not answer for.
    """
    if not may_manage_region(actor, region):
        raise PermissionDenied
    missing = set(missing_divisions(region))
    with transaction.atomic():
        return tuple(
            make_region(actor, child.name, "", child.code, region)
            for child in _known_below(region)
            if child.name in missing
        )


def add_listed(
    *, actor: User, region: Region, rows: Sequence[Sequence[str]], origin: str
) -> tuple[NewRegion, ...] | tuple[RowProblem, ...] | Refused:
    """Set up the listed regions: all of them, or none where a row has a problem.

    ``origin`` says whose codes they are and of when. Raises PermissionDenied.
    """
    if not may_manage_region(actor, region):
        raise PermissionDenied
    new, problems = read_listed(region, rows)
    if problems:
        return problems
    if any(one.code for one in new) and not origin.strip():
        return Refused("请写明代码的来源和日期，例如“统计用区划代码，2023年6月30日”。")
    try:
        with transaction.atomic():
            _write(actor, region, new, origin.strip()[:100])
    except IntegrityError:
        return Refused("没有保存：有人刚刚添加了同样的地区，请刷新后再试。")
    return new


def read_listed(
    region: Region, rows: Sequence[Sequence[str]]
) -> tuple[tuple[NewRegion, ...], tuple[RowProblem, ...]]:
    """What a list would set up below the region, and the problems of its rows."""
    below = {one.name: Known(one.level, one.code, one.path) for one in Region.objects.filter(parent=region)}
    codes = frozenset(Region.objects.exclude(code=None).values_list("code", flat=True))
    here = Known(region.level, region.code, region.path)
    return read_region_rows(rows, here, below, frozenset(code for code in codes if code))


def _write(actor: User, region: Region, new: Sequence[NewRegion], origin: str) -> None:
    """Parents come before their children: level by level, few queries however many rows."""
    made = {one.path: one for one in Region.objects.filter(parent=region)} | {region.path: region}
    waiting = list(new)
    while waiting:
        ready = [one for one in waiting if one.above in made]
        waiting = [one for one in waiting if one.above not in made]
        rows = [
            Region(
                name=one.name,
                full_name=f"{made[one.above].full_name}{one.name}",
                code=one.code,
                code_origin=origin if one.code else "",
                level=one.level,
                parent=made[one.above],
                path=one.path,
            )
            for one in ready
        ]
        made |= {row.path: row for row in Region.objects.bulk_create(rows)}
    listed = [{"path": one.path, "code": one.code, "level": one.level} for one in new]
    record(actor=actor, action="region.add_listed", row=region, new={"origin": origin, "regions": listed})
