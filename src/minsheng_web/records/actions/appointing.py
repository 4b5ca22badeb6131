"""Giving posts to people: what fits together, and handing a post over."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from minsheng_web.records.access import forget_posts
from minsheng_web.records.actions.people import give_post, post_for, take_post
from minsheng_web.records.actions.refused import Refused
from minsheng_web.records.audit import record
from minsheng_web.records.duties import may_appoint
from minsheng_web.records.models import Holding, Post, Programme, Region, Unit, User
from minsheng_web.records.models.people import UNIT_ROLES, Role


@dataclass(frozen=True, slots=True)
class Seat:
    """The parts of a post as chosen in a form. Of a unit's post the region is the unit's."""

    role: str
    region: Region | None = None
    unit: Unit | None = None
    programme: Programme | None = None

    @property
    def where(self) -> Region | None:
        """The region the post is in."""
        if self.role == Role.ADMINISTRATOR:
            return None
        return self.unit.region if self.unit is not None and self.role in UNIT_ROLES else self.region


def seat_fault(seat: Seat) -> str:
    """Why there is no such post, as a sentence; "" where there is."""
    if seat.role not in Role.values:
        return "请选择岗位。"
    if seat.role in UNIT_ROLES and seat.unit is None:
        return "牵头单位、县区和乡镇单位的岗位须选择单位。"
    if seat.unit is not None and not seat.unit.active:
        return f"“{seat.unit.name}”已停用，不能再安排岗位。"
    if seat.role != Role.ADMINISTRATOR and seat.where is None:
        return "请选择地区。"
    return _programme_fault(seat)


def _programme_fault(seat: Seat) -> str:
    if seat.programme is None or seat.where is None:
        return ""
    if seat.role == Role.PUBLISHER:
        return "发布人员的岗位不能限定到一个方案，请选“全部方案”。"
    region = seat.programme.region
    if not (region.contains(seat.where) or seat.where.contains(region)):
        return f"{seat.where.name}与“{seat.programme.title}”无关，请核对地区或方案。"
    return ""


def seat_of(seat: Seat) -> Post:
    """The post, made where it is new. Inside a transaction of an action."""
    unit = seat.unit if seat.role in UNIT_ROLES else None
    programme = seat.programme if seat.role != Role.ADMINISTRATOR else None
    return post_for(role=seat.role, region=seat.where, unit=unit, programme=programme)


def appoint(*, actor: User, user: User, seat: Seat, at: datetime) -> Post | Refused:
    """The user holds the post from now on. Raises PermissionDenied where the actor may not appoint there."""
    fault = seat_fault(seat)
    if fault:
        return Refused(fault)
    if not may_appoint(actor, seat.role, seat.where):
        raise PermissionDenied
    if not user.is_active:
        return Refused(f"{user}的账号已停用，请先恢复账号。")
    unit = seat.unit if seat.role in UNIT_ROLES else None
    programme = seat.programme if seat.role != Role.ADMINISTRATOR else None
    return give_post(
        actor=actor, user=user, role=seat.role, region=seat.where, unit=unit, programme=programme, at=at
    )


def recall(*, actor: User, user: User, post: Post, reason: str, at: datetime) -> bool | Refused:
    """End the user's holding of the post. The site keeps an administrator."""
    if not may_appoint(actor, post.role, post.region):
        raise PermissionDenied
    if not reason.strip():
        return Refused("请写明收回岗位的原因，例如“工作调动”。")
    with transaction.atomic():
        if is_last_administrator(user, post):
            return Refused("这是最后一位系统管理员，请先把岗位交给别人。")
        return take_post(actor=actor, user=user, post=post, reason=reason.strip()[:200], at=at)


def is_last_administrator(user: User, post: Post | None = None) -> bool:
    """Whether nobody else who can sign in holds an administrator's post. Locks the holdings it looks at."""
    if post is not None and post.role != Role.ADMINISTRATOR:
        return False
    held = Holding.objects.select_for_update().filter(post__role=Role.ADMINISTRATOR, until=None)
    holders = {holding.user_id for holding in held.filter(user__is_active=True)}
    return holders == {user.pk}


def hand_over(
    *, actor: User, post: Post, giver: User, taker: User, reason: str, at: datetime
) -> Holding | Refused:
    """The giver's holding ends, the taker's begins; what waits at the post stays with the post.

    Raises PermissionDenied where the actor may not appoint there.
    """
    if not may_appoint(actor, post.role, post.region):
        raise PermissionDenied
    if not reason.strip():
        return Refused("请写明交接原因，例如“工作调动”。")
    if giver.pk == taker.pk:
        return Refused("移交人和接任人是同一个人，请重新选择。")
    if not taker.is_active:
        return Refused(f"{taker}的账号已停用，不能接任。")
    with transaction.atomic():
        return _pass_on(actor, post, (giver, taker), reason.strip()[:200], at)


def _pass_on(
    actor: User, post: Post, people: tuple[User, User], reason: str, at: datetime
) -> Holding | Refused:
    giver, taker = people
    ended = Holding.objects.filter(post=post, user=giver, until=None).update(until=at, reason=reason)
    if not ended:
        return Refused(f"没有交接：{giver}已不在这个岗位上，可能已有人办理。请刷新后核对。")
    holding, _ = Holding.objects.get_or_create(post=post, user=taker, until=None, defaults={"since": at})
    for user in people:
        forget_posts(user)
    record(
        actor=actor,
        action="post.hand_over",
        row=post,
        old={"user": giver.username},
        new={"user": taker.username, "reason": reason},
    )
    return holding
