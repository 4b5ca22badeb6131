"""Who can sign in to a demo at scale: one person for each desk from which it looks different."""

from dataclasses import dataclass

from minsheng_web.records.actions.demo_scale.names import unit_name
from minsheng_web.records.actions.demo_scale.targets import department_of
from minsheng_web.records.actions.people import give_post
from minsheng_web.records.models import Region, Unit, User
from minsheng_web.records.models.people import Role


@dataclass(frozen=True, slots=True)
class Seat:
    """An account and its desk: how many levels below the top, in the first region there; in a unit or not."""

    username: str
    name: str
    may: str
    role: Role
    depth: int = 0
    in_unit: bool = False


OFFICE = Seat("sheng", "民生办", "分解下达、接收、关闭填报期", Role.OFFICE)
SEATS = (
    OFFICE,
    Seat("lingdao", "分管领导", "查看进度", Role.LEADER),
    Seat("shiban", "下一级民生办", "接收本地区填报、分解本地区任务", Role.OFFICE, 1),
    Seat("xianban", "县级民生办", "接收本县填报、分解本县任务", Role.OFFICE, 2),
    Seat("qiantou", "牵头单位", "审核下级单位的填报", Role.LEAD, 0, in_unit=True),
    Seat("xianju", "县级单位", "填报本单位任务", Role.LOCAL, 2, in_unit=True),
    Seat("shenji", "审计人员", "查看全部，不能改动", Role.AUDITOR),
)


def seats_of(top: Region) -> tuple[tuple[Seat, Region, Unit | None], ...]:
    """The desks of this demo; of a city its counties are one level higher."""
    higher = int(top.level != "province")
    found = []
    for seat in SEATS:
        if higher and seat.username == "shiban":
            continue
        region = _below(top, max(0, seat.depth - higher) if seat.depth > 1 else seat.depth)
        level = "province" if region.level == "province" else ""
        unit = unit_name(department_of(0), level, region.name)
        found.append((seat, region, Unit.objects.get(region=region, name=unit) if seat.in_unit else None))
    return tuple(found)


def _below(top: Region, depth: int) -> Region:
    region = top
    for _ in range(depth):
        region = Region.objects.filter(parent=region).order_by("pk")[:1].get()
    return region


def seat_people(top: Region) -> dict[str, User]:
    """The accounts with their posts; nobody can sign in until the demo is whole and has passwords."""
    people = {}
    for seat, region, unit in seats_of(top):
        user = User(username=seat.username, display_name=display_name(seat, region, unit))
        user.set_unusable_password()
        user.save()
        give_post(actor=None, user=user, role=seat.role, region=region, unit=unit)
        people[seat.username] = user
    return people


def display_name(seat: Seat, region: Region, unit: Unit | None) -> str:
    if unit is not None:
        return f"{region.name}{unit.name}" if unit.name.startswith("省") else unit.name
    return f"{region.name}{seat.name.removeprefix('下一级').removeprefix('县级')}"
