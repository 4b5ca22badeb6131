"""The only way to rows: everything a person may see or change follows from the posts they hold.

A post of the office sees and changes its region's subtree; a reader sees what is published there; an
administrator sees everything and changes only accounts. Who holds no post sees nothing.
"""

from functools import reduce
from operator import or_

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from minsheng_web.records.models import Document, PlanVersion, Post, Programme, Region, User
from minsheng_web.records.models.people import Role

Person = User | AnonymousUser
_KEPT = "_posts_of_this_request"


def posts_of(person: Person) -> tuple[Post, ...]:
    """The posts, fetched once per user object (one request)."""
    if not isinstance(person, User) or not person.is_active:
        return ()
    kept: tuple[Post, ...] | None = getattr(person, _KEPT, None)
    if kept is None:
        kept = tuple(person.posts.select_related("region"))
        setattr(person, _KEPT, kept)
    return kept


def forget_posts(person: User) -> None:
    """Make the next look at the posts ask the database again."""
    if hasattr(person, _KEPT):
        delattr(person, _KEPT)


def is_administrator(person: Person) -> bool:
    """Whether one of the posts is an administrator's."""
    return any(post.role == Role.ADMINISTRATOR for post in posts_of(person))


def _within(person: Person, roles: tuple[str, ...], field: str) -> Q:
    """Rows whose region path (``field``) lies in a subtree the person holds one of the roles for."""
    if is_administrator(person):
        return Q()
    parts = [
        Q(**{f"{field}__startswith": post.region.path})
        for post in posts_of(person)
        if post.role in roles and post.region is not None
    ]
    return reduce(or_, parts) if parts else Q(pk__in=[])


def regions_for(person: Person) -> QuerySet[Region]:
    """Regions the person holds any post for, with everything under them."""
    return Region.objects.filter(_within(person, (Role.OFFICE, Role.READER), "path"))


def documents_for(person: Person) -> QuerySet[Document]:
    """Uploads of the offices the person works for; readers see none, for they are drafts."""
    return Document.objects.filter(_within(person, (Role.OFFICE,), "office__path"))


def programmes_for(person: Person) -> QuerySet[Programme]:
    """Published programmes of the person's regions."""
    return Programme.objects.filter(_within(person, (Role.OFFICE, Role.READER), "region__path"))


def plan_versions_for(person: Person) -> QuerySet[PlanVersion]:
    """Published versions of those programmes."""
    return PlanVersion.objects.filter(_within(person, (Role.OFFICE, Role.READER), "programme__region__path"))


def offices_for(person: Person) -> tuple[Region, ...]:
    """The regions whose office the person works in: where an upload of theirs may belong."""
    return tuple(
        post.region for post in posts_of(person) if post.role == Role.OFFICE and post.region is not None
    )


def may_write(person: Person, region: Region) -> bool:
    """Whether the person may upload, correct and publish for the region."""
    return any(office.contains(region) for office in offices_for(person))
