"""Documents, programmes, their versions and indicators in reach."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from minsheng_web.records.access.posts import Person, any_of, is_administrator, posts_of, within
from minsheng_web.records.models import Allocation, Document, Indicator, PlanVersion, Programme
from minsheng_web.records.models.people import Role

_DRAFTS = (Role.OFFICE, Role.PUBLISHER)


def _part_in(person: Person) -> Q:
    """Programmes from above in which the person's regions have a part."""
    given = Allocation.objects.filter(indicator__programme=OuterRef("pk"), active=True)
    parts = []
    for post in posts_of(person):
        if post.region is not None:
            inside = Q(Exists(given.filter(region__path__startswith=post.region.path)))
            parts.append(inside if post.programme_id is None else inside & Q(pk=post.programme_id))
    return any_of(parts)


def documents_for(person: Person) -> QuerySet[Document]:
    """Uploads of the offices the person works or publishes for; others see none, for they are drafts."""
    return Document.objects.filter(within(person, "office__path", roles=_DRAFTS))


def programmes_for(person: Person) -> QuerySet[Programme]:
    """Published programmes of the person's regions, and those from above they have a part in."""
    if is_administrator(person):
        return Programme.objects.all()
    return Programme.objects.filter(within(person, "region__path", "pk") | _part_in(person))


def plan_versions_for(person: Person) -> QuerySet[PlanVersion]:
    """Published versions of those programmes."""
    return PlanVersion.objects.filter(programme__in=programmes_for(person).order_by())


def indicators_for(person: Person) -> QuerySet[Indicator]:
    """Indicators of those programmes: what is promised is open to all who deliver it."""
    return Indicator.objects.filter(programme__in=programmes_for(person).order_by())
