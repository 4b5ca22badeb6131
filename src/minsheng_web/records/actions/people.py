"""Regions, accounts and posts."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from minsheng.kernel.gazetteer import Division
from minsheng_web.records.access import forget_posts, is_administrator, may_write
from minsheng_web.records.audit import record
from minsheng_web.records.models import Post, Region, User


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
    return _make_region(actor, name, full_name, code, parent)


@transaction.atomic
def add_divisions(*, actor: User, under: Region, divisions: tuple[Division, ...]) -> Region:
    """Set up divisions of the gazetteer, each below the one before; the last. ``under`` itself without any.

    An office may do so within its own region. Raises PermissionDenied for another's.
    """
    if not may_write(actor, under):
        raise PermissionDenied
    region = under
    for division in divisions:
        region = _make_region(actor, division.name, "", division.code, region)
    return region


def _make_region(
    actor: User | None, name: str, full_name: str, code: str | None, parent: Region | None
) -> Region:
    path = f"{parent.path if parent else '/'}{name}/"
    full = full_name or (f"{parent.full_name}{name}" if parent else name)
    values = {"name": name, "full_name": full, "code": code, "parent": parent}
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
def give_post(*, actor: User | None, user: User, role: str, region: Region | None) -> Post:
    """A post for the user; one they hold already is returned as it is."""
    _require_administrator(actor)
    post, created = Post.objects.get_or_create(user=user, role=role, region=region)
    if created:
        forget_posts(user)
        record(
            actor=actor,
            action="post.give",
            row=post,
            new={"user": user.username, "role": role, "region": region.path if region else None},
        )
    return post
