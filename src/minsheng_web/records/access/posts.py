"""The posts a person holds, and the regions, units and programmes these reach."""

from collections.abc import Sequence
from functools import reduce
from operator import or_

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from minsheng_web.records.models import Holding, Post, Region, User
from minsheng_web.records.models.people import UNIT_ROLES, Role
from minsheng_web.records.prepared import Prepared

Person = User | AnonymousUser
_KEPT = "_posts_of_this_request"
NOTHING = Q(pk__in=[])
EVERY_ROLE = tuple(role for role in Role if role != Role.ADMINISTRATOR)


_held_by = Prepared[Holding](
    lambda user: (
        Holding.objects.filter(user=user, until=None)
        .select_related("user", "post__region", "post__unit")
        .order_by("post")
    )
)


def posts_of(person: Person) -> tuple[Post, ...]:
    """The posts held now, fetched once per user object (one request)."""
    if not isinstance(person, User) or not person.is_active:
        return ()
    kept: tuple[Post, ...] | None = getattr(person, _KEPT, None)
    if kept is None:
        kept = tuple(held.post for held in _held_by(person.pk))
        setattr(person, _KEPT, kept)
    return kept


def holder(key: int) -> User | None:
    """The person of that key with the posts at hand; None where none is held. One query."""
    held = _held_by(key)
    return with_posts(held[0].user, [one.post for one in held]) if held else None


def with_posts(person: User, posts: Sequence[Post]) -> User:
    """The person with these posts at hand, as if they had been fetched."""
    setattr(person, _KEPT, tuple(posts))
    return person


def forget_posts(person: User) -> None:
    """Make the next look at the posts ask the database again."""
    if hasattr(person, _KEPT):
        delattr(person, _KEPT)


def is_administrator(person: Person) -> bool:
    """Whether one of the posts is an administrator's."""
    return any(post.role == Role.ADMINISTRATOR for post in posts_of(person))


def any_of(parts: list[Q]) -> Q:
    """Rows that meet one of the conditions; none where there is no condition."""
    return reduce(or_, parts) if parts else NOTHING


def within(
    person: Person, path: str, programme: str | None = None, *, roles: tuple[str, ...] = EVERY_ROLE
) -> Q:
    """Rows whose region path (field ``path``) lies in a subtree the person holds one of the roles for.

    A post for one programme reaches only rows that name it in the field ``programme``.
    """
    if is_administrator(person):
        return Q()
    parts = []
    for post in posts_of(person):
        if post.role not in roles or post.region is None:
            continue
        if post.programme_id is None:
            parts.append(Q(**{f"{path}__startswith": post.region.path}))
        elif programme is not None:
            parts.append(Q(**{f"{path}__startswith": post.region.path, programme: post.programme_id}))
    return any_of(parts)


def inside_post(post: Post, prefix: str) -> Q | None:
    """Allocations (behind ``prefix``) in the post's region and programme."""
    if post.region is None:
        return None
    inside = Q(**{f"{prefix}region__path__startswith": post.region.path})
    if post.programme_id is not None:
        inside &= Q(**{f"{prefix}indicator__programme": post.programme_id})
    return inside


def reaches_whole(person: Person, region: Region, programme: int) -> bool:
    """Whether the person reaches every part of the programme in the region, so that cells may be read."""
    return is_administrator(person) or any(
        post.role not in UNIT_ROLES
        and post.region is not None
        and post.region.contains(region)
        and post.programme_id in (None, programme)
        for post in posts_of(person)
    )
