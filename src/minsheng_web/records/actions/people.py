"""Regions, accounts and posts."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from minsheng.kernel.gazetteer import Division
from minsheng.kernel.region_levels import ORIGINS, division_of, known_below, level_of
from minsheng_web.records.access import forget_posts, is_administrator
from minsheng_web.records.audit import record
from minsheng_web.records.duties import may_appoint, may_publish
from minsheng_web.records.models import Holding, Post, Programme, Region, Unit, User
from minsheng_web.records.models.people import post_key


def _require_administrator(actor: User | None) -> None:
    """``None`` is the program itself (first set-up, the demo)."""
    if actor is not None and not is_administrator(actor):
        raise PermissionDenied


@transaction.atomic
def add_region(
    *,
    actor: User | None,
    name: str,
    full_name: str = "",
    code: str | None = None,
    parent: Region | None = None,
) -> Region:
    """The region of that name under the parent; one that is there already is returned as it is."""
    _require_administrator(actor)
    return make_region(actor, name, full_name, code, parent)


@transaction.atomic
def add_divisions(*, actor: User, under: Region, divisions: tuple[Division, ...]) -> Region:
    """Set up divisions of the gazetteer, each below the one before; the last. ``under`` itself without any.

    Whoever may publish there may do so. Raises PermissionDenied for another's region.
    """
    if not may_publish(actor, under):
        raise PermissionDenied
    region = under
    for division in divisions:
        region = make_region(actor, division.name, "", division.code, region)
    return region


def make_region(
    actor: User | None, name: str, full_name: str, code: str | None, parent: Region | None
) -> Region:
    """The region of that name under the parent, made where it is new. Inside a transaction of an action."""
    path = f"{parent.path if parent else '/'}{name}/"
    full = full_name or (f"{parent.full_name}{name}" if parent else name)
    names = tuple(path.strip("/").split("/"))
    level = level_of(names, parent.level if parent else "") or ""
    division = division_of(names)
    # A town is no division of its own in the gazetteer: it is told by the county it lies in.
    known = (
        code == division.code
        if division is not None
        else any(code == below.code for below in known_below(names[:-1]))
    )
    values = {"name": name, "full_name": full, "code": code, "parent": parent, "level": level}
    values["code_origin"] = ORIGINS[level] if known else ""
    region, created = Region.objects.get_or_create(path=path, defaults=values)
    if created:
        record(actor=actor, action="region.add", row=region, new={"path": path, "code": code})
    return region


@transaction.atomic
def add_user(*, actor: User | None, username: str, display_name: str, password: str) -> User:
    """A new account without any post. Raises IntegrityError where the name is taken."""
    _require_administrator(actor)
    user = User.objects.create_user(username=username, password=password, display_name=display_name)
    record(
        actor=actor,
        action="user.add",
        row=user,
        new={"username": username, "display_name": display_name},
    )
    return user


@transaction.atomic
def give_post(
    *,
    actor: User | None,
    user: User,
    role: str,
    region: Region | None,
    unit: Unit | None = None,
    programme: Programme | None = None,
    at: datetime | None = None,
) -> Post:
    """The user holds the post from now on; one they hold already is returned as it is.

    Raises PermissionDenied where the actor may not appoint there (duties.may_appoint). ``at``: None is now.
    """
    if actor is not None and not may_appoint(actor, role, region):
        raise PermissionDenied
    post = post_for(role=role, region=region, unit=unit, programme=programme)
    _, created = Holding.objects.get_or_create(
        post=post, user=user, until=None, defaults={"since": at or timezone.now()}
    )
    if created:
        forget_posts(user)
        record(
            actor=actor,
            action="post.give",
            row=post,
            new={
                "user": user.username,
                "role": role,
                "region": region.path if region else None,
                "unit": unit.name if unit else None,
                "programme": programme.pk if programme else None,
            },
        )
    return post


@transaction.atomic
def take_post(*, actor: User | None, user: User, post: Post, reason: str, at: datetime) -> bool:
    """The user holds the post no longer; False where they did not. The duties stay with the post.

    Raises PermissionDenied where the actor may not appoint there.
    """
    if actor is not None and not may_appoint(actor, post.role, post.region):
        raise PermissionDenied
    ended = Holding.objects.filter(post=post, user=user, until=None).update(until=at, reason=reason.strip())
    if ended:
        forget_posts(user)
        record(actor=actor, action="post.take", row=post, old={"user": user.username}, new={"reason": reason})
    return bool(ended)


def post_for(*, role: str, region: Region | None, unit: Unit | None, programme: Programme | None) -> Post:
    """The post of these duties, made where it is new. Inside a transaction of an action."""
    ids = (region.pk if region else None, unit.pk if unit else None, programme.pk if programme else None)
    values = {"role": role, "region": region, "unit": unit, "programme": programme}
    post, _ = Post.objects.get_or_create(key=post_key(role, *ids), defaults=values)
    return post
