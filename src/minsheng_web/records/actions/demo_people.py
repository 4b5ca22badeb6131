"""Who can sign in to the made-up city of the demo, one person a role."""

from dataclasses import dataclass

from minsheng_web.records.actions.people import give_post
from minsheng_web.records.models import Region, Unit, User
from minsheng_web.records.models.people import Role


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """An account with its post: in the city or the county ``below``, for the unit where it has one."""

    username: str
    display_name: str
    may: str
    role: Role
    below: str = ""
    unit: str = ""


OFFICE = DemoPerson("yunhe", "云河市民生办", "分解下达、接收、关闭填报期", Role.OFFICE)
UNITS = DemoPerson("danwei", "云河市各单位", "代各单位填报（只在演示中）", Role.LEAD)
OTHERS = (
    DemoPerson("minzheng", "市民政局", "审核各县区民政局的填报", Role.LEAD, unit="市民政局"),
    DemoPerson("dongyuan", "东原县民生办", "接收本县填报、分解本县任务", Role.OFFICE, below="东原县"),
    DemoPerson("dymz", "东原县民政局", "填报本单位任务", Role.LOCAL, below="东原县", unit="东原县民政局"),
    DemoPerson("caizheng", "市财政局", "查看进度和资金", Role.FINANCE),
    DemoPerson("shenji", "市审计局", "查看全部，不能改动", Role.AUDITOR),
    DemoPerson("lingdao", "分管副市长", "查看进度", Role.LEADER),
    DemoPerson("fabu", "信息发布员", "发布方案", Role.PUBLISHER),
)


def seat(person: DemoPerson, user: User, city: Region) -> None:
    """Give one of OTHERS the post; the units are there by then. Raises DoesNotExist where they are not."""
    region = city if not person.below else Region.objects.get(parent=city, name=person.below)
    unit = Unit.objects.get(region=region, name=person.unit) if person.unit else None
    give_post(actor=None, user=user, role=person.role, region=region, unit=unit)
