"""Regions, units and people in reach."""

from django.db.models import Exists, OuterRef, QuerySet

from minsheng_web.records.access.posts import Person, is_administrator, within
from minsheng_web.records.models import Holding, Invitation, Post, Region, Unit, User


def regions_for(person: Person) -> QuerySet[Region]:
    """Regions the person holds any post for, with everything under them."""
    return Region.objects.filter(within(person, "path"))


def units_for(person: Person) -> QuerySet[Unit]:
    """Units of those regions."""
    return Unit.objects.filter(within(person, "region__path"))


def people_for(person: Person) -> QuerySet[User]:
    """Who holds or held a post of those regions; the administrator sees everybody."""
    if is_administrator(person):
        return User.objects.all()
    held = holdings_for(person).filter(user=OuterRef("pk")).order_by()
    return User.objects.filter(Exists(held))


def posts_for(person: Person) -> QuerySet[Post]:
    """The posts there are in those regions, held or not."""
    return Post.objects.filter(within(person, "region__path"))


def holdings_for(person: Person) -> QuerySet[Holding]:
    """Who holds or held those posts."""
    return Holding.objects.filter(within(person, "post__region__path"))


def invitations_for(person: Person) -> QuerySet[Invitation]:
    """Invitations to those posts."""
    return Invitation.objects.filter(within(person, "post__region__path"))
