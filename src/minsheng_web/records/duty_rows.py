"""The duties of duties.py as conditions on rows: which report lines wait for a person, in one query."""

from functools import reduce
from operator import or_

from django.db.models import Q

from minsheng_web.records.access import Person, posts_of
from minsheng_web.records.duties import unit_posts
from minsheng_web.records.models import Post
from minsheng_web.records.models.people import Role
from minsheng_web.records.models.reports import LineState

_NONE = Q(pk__in=[])


def filled_by(person: Person) -> Q:
    """Lines the person reports (duties.may_fill)."""
    return _any([_inside(post) & Q(unit=post.unit_id) for post in unit_posts(person)])


def verified_by(person: Person) -> Q:
    """Lines the person verifies (duties.may_verify)."""
    return _any(
        [
            _inside(post)
            & (Q(allocation__indicator__lead_unit=post.unit_id) | Q(unit__above=post.unit_id))
            & ~Q(unit=post.unit_id)
            for post in unit_posts(person)
        ]
    )


def accepted_by(person: Person) -> Q:
    """Lines an office of the person accepts (duties.accepting_office)."""
    return _any([_inside(post) for post in posts_of(person) if post.role == Role.OFFICE])


def handed_in_for_by(person: Person) -> Q:
    """Lines taken in from a returned workbook that the person may hand in for the unit (report_moves)."""
    taken = Q(taken_in_by__isnull=False, state__in=(LineState.DRAFT, LineState.RETURNED))
    return taken & (verified_by(person) | accepted_by(person))


def _inside(post: Post) -> Q:
    if post.region is None:
        return _NONE
    inside = Q(allocation__region__path__startswith=post.region.path)
    if post.programme_id is not None:
        inside &= Q(allocation__indicator__programme=post.programme_id)
    return inside


def _any(parts: list[Q]) -> Q:
    return reduce(or_, parts) if parts else _NONE
