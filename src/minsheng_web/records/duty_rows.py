"""The duties of duties.py as conditions on rows: which report lines wait for a person, in one query."""

from django.db.models import Q

from minsheng_web.records.access import Person, any_of, inside_post, posts_of
from minsheng_web.records.duties import unit_posts
from minsheng_web.records.models import Post
from minsheng_web.records.models.people import Role
from minsheng_web.records.models.reports import LineState


def filled_by(person: Person) -> Q:
    """Lines the person reports (duties.may_fill)."""
    return any_of([_lines_inside(post) & Q(unit=post.unit_id) for post in unit_posts(person)])


def verified_by(person: Person) -> Q:
    """Lines the person verifies (duties.may_verify)."""
    return any_of(
        [
            _lines_inside(post)
            & (Q(allocation__indicator__lead_unit=post.unit_id) | Q(unit__above=post.unit_id))
            & ~Q(unit=post.unit_id)
            for post in unit_posts(person)
        ]
    )


def accepted_by(person: Person) -> Q:
    """Lines an office of the person accepts (duties.accepting_office)."""
    return any_of([_lines_inside(post) for post in posts_of(person) if post.role == Role.OFFICE])


def handed_in_for_by(person: Person) -> Q:
    """Lines taken in from a returned workbook that the person may hand in for the unit (report_moves)."""
    taken = Q(taken_in_by__isnull=False, state__in=(LineState.DRAFT, LineState.RETURNED))
    return taken & (verified_by(person) | accepted_by(person))


def _lines_inside(post: Post) -> Q:
    inside = inside_post(post, "allocation__")
    return Q(pk__in=[]) if inside is None else inside
