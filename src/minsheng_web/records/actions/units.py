"""Units: those of a plan, their counterparts below, renaming and closing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from minsheng_web.records.actions.followed_units import make_unit
from minsheng_web.records.actions.refused import Refused
from minsheng_web.records.audit import record
from minsheng_web.records.duties import may_manage_region, may_manage_unit
from minsheng_web.records.models import (
    Allocation,
    Holding,
    Indicator,
    Invitation,
    Programme,
    Region,
    Unit,
    UnitName,
    User,
)
from minsheng_web.records.queries.plan_units import names_of_plan, units_by_any_name

LONGEST = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """A unit to set up in a region below, with its counterpart above."""

    region: Region
    above: Unit
    name: str


@dataclass(frozen=True, slots=True)
class Made:
    """What a step made, found again, and could not take (a sentence each)."""

    created: tuple[Unit, ...]
    found: tuple[Unit, ...]
    faults: tuple[str, ...] = ()


def name_fault(name: str) -> str:
    """What is wrong with a unit's name, as a sentence."""
    if not 1 < len(name) <= LONGEST:
        return f"单位名称应为 2 到 {LONGEST} 个字。"
    return ""


def units_from_plan(*, actor: User, programme: Programme, names: Sequence[str] | None = None) -> Made:
    """The units of a programme's newest version as units of its region; all of them or those named.

    One that is there by its name or a former name is found again. Raises PermissionDenied.
    """
    region = programme.region
    if not may_manage_region(actor, region):
        raise PermissionDenied
    wanted = [name for name in names_of_plan(programme) if names is None or name in names]
    with transaction.atomic():
        known = units_by_any_name((region,))
        created: list[Unit] = []
        found: list[Unit] = []
        for name in wanted:
            unit = known.get((region.pk, name))
            (found if unit else created).append(unit or make_unit(actor, region, name, None))
    return Made(tuple(created), tuple(found))


def add_unit(*, actor: User, region: Region, name: str, above: Unit | None = None) -> Unit | Refused:
    """One more unit of the region. Raises PermissionDenied for a region of another office."""
    if not may_manage_region(actor, region):
        raise PermissionDenied
    name = name.strip()
    fault = name_fault(name) or _above_fault(region, above)
    if fault:
        return Refused(fault)
    with transaction.atomic():
        there = units_by_any_name((region,)).get((region.pk, name))
        if there is not None:
            return Refused(_taken(region, name, there))
        return make_unit(actor, region, name, above)


def _taken(region: Region, name: str, there: Unit) -> str:
    if there.name != name:
        return f"“{name}”是{region.name}“{there.name}”的原名称，请直接使用该单位。"
    state = "" if there.active else "（已停用，可在单位页面恢复）"
    return f"{region.name}已有“{name}”{state}，不用重复添加。"


def _above_fault(region: Region, above: Unit | None) -> str:
    if above is not None and (above.region_id == region.pk or not above.region.contains(region)):
        return f"“{above.name}”不是{region.name}的上级单位。"
    return ""


def accept_counterparts(*, actor: User, wanted: Sequence[Wanted]) -> Made:
    """Set up the counterparts below; those there are connected to the unit above where they had none.

    Raises PermissionDenied, and nothing is written, where one lies in a region the actor does not answer for.
    """
    regions = {one.region.pk: one.region for one in wanted}
    if not all(may_manage_region(actor, region) for region in regions.values()):
        raise PermissionDenied
    created: list[Unit] = []
    found: list[Unit] = []
    faults: list[str] = []
    with transaction.atomic():
        known = units_by_any_name(regions.values())
        for one in wanted:
            name = one.name.strip()
            fault = name_fault(name) or _above_fault(one.region, one.above)
            unit = known.get((one.region.pk, name))
            if fault:
                faults.append(f"{one.region.name}（{one.above.name}）：{fault}")
            elif unit is None:
                known[one.region.pk, name] = unit = make_unit(actor, one.region, name, one.above)
                created.append(unit)
            elif unit.above_id not in (None, one.above.pk):
                faults.append(f"{one.region.name}“{name}”已对应另一个上级单位，没有改动。")
            else:
                found.append(_connect(actor, unit, one.above))
    return Made(tuple(created), tuple(found), tuple(faults))


def _connect(actor: User, unit: Unit, above: Unit) -> Unit:
    if unit.above_id is None:
        unit.above = above
        unit.save(update_fields=["above"])
        record(actor=actor, action="unit.connect", row=unit, new={"above": above.name})
    return unit


def rename_unit(
    *, actor: User, unit: Unit, name: str, reason: str, seen: str, at: datetime
) -> Unit | Refused:
    """The unit is called so from now on; what it was called is kept. Posts and report lines follow by key.

    ``seen`` is the name the person was shown. Raises PermissionDenied.
    """
    if not may_manage_unit(actor, unit):
        raise PermissionDenied
    name, reason = name.strip(), reason.strip()[:200]
    fault = name_fault(name) or ("" if reason else "请写明更名原因，例如“机构改革”。")
    if fault:
        return Refused(fault)
    try:
        with transaction.atomic():
            return _rename(actor, unit, UnitName(name=seen, until=at, reason=reason, changed_by=actor), name)
    except IntegrityError:
        return Refused(f"{unit.region.name}已有“{name}”，请核对名称。")


def _rename(actor: User, unit: Unit, former: UnitName, name: str) -> Unit | Refused:
    held = Unit.objects.select_for_update().get(pk=unit.pk)
    if held.name != former.name and held.name == name:
        return Refused(f"已经更名为“{name}”，没有重复办理。")
    if held.name != former.name:
        return Refused(f"没有更名：在您填写期间，同事已更名为“{held.name}”。请核对后再办理。")
    if held.name == name:
        return Refused("新名称与现名称相同，没有改动。")
    there = units_by_any_name((unit.region,)).get((unit.region_id, name))
    if there is not None and there.pk != unit.pk:
        return Refused(_taken(unit.region, name, there))
    former.unit = held
    former.save()
    held.name = name
    held.save(update_fields=["name"])
    new = {"name": name, "reason": former.reason}
    record(actor=actor, action="unit.rename", row=held, old={"name": former.name}, new=new)
    return held


def close_unit(*, actor: User, unit: Unit, reason: str) -> Unit | Refused:
    """The unit takes no posts and targets any more. Refused while it has some. Raises PermissionDenied."""
    if not may_manage_unit(actor, unit):
        raise PermissionDenied
    if not reason.strip():
        return Refused("请写明停用原因，例如“机构撤并”。")
    with transaction.atomic():
        held = Unit.objects.select_for_update().get(pk=unit.pk)
        if not held.active:
            return Refused(f"“{held.name}”已经停用。")
        left = what_is_left(held)
        if left:
            return Refused(f"“{held.name}”还不能停用：{'；'.join(left)}。请先交接或调整。")
        held.active = False
        held.save(update_fields=["active"])
        record(actor=actor, action="unit.close", row=held, new={"reason": reason.strip()[:200]})
    return held


def what_is_left(unit: Unit) -> tuple[str, ...]:
    """What keeps a unit from being closed."""
    counts = (
        (Holding.objects.filter(post__unit=unit, until=None).count(), "还有 {} 人在岗"),
        (
            Invitation.objects.filter(post__unit=unit, used_at=None, withdrawn_at=None).count(),
            "还有 {} 份未使用的邀请",
        ),
        (Allocation.objects.filter(reporting_unit=unit, active=True).count(), "还承担 {} 项任务分解"),
        (Indicator.objects.filter(lead_unit=unit, active=True).count(), "还牵头 {} 项跟踪指标"),
    )
    return tuple(words.format(count) for count, words in counts if count)


def reopen_unit(*, actor: User, unit: Unit) -> Unit | Refused:
    """The unit may be used again. Raises PermissionDenied."""
    if not may_manage_unit(actor, unit):
        raise PermissionDenied
    with transaction.atomic():
        if not Unit.objects.filter(pk=unit.pk, active=False).update(active=True):
            return Refused(f"“{unit.name}”没有停用。")
        unit.active = True
        record(actor=actor, action="unit.reopen", row=unit)
    return unit
