"""The duties of duties.py as conditions on rows: which report lines wait for a person, in one query.

Where the periods asked about are at hand (with programme and region), the same rows are found faster.
"""

from collections.abc import Sequence

from django.db.models import Q

from minsheng_web.records.access import (
    Person,
    any_of,
    inside_post,
    inside_post_in,
    led_by,
    led_lines,
    posts_of,
    units_below,
)
from minsheng_web.records.duties import unit_posts
from minsheng_web.records.models import Post, ReportPeriod
from minsheng_web.records.models.people import Role
from minsheng_web.records.reported import HANDED_IN

Periods = Sequence[ReportPeriod]


def filled_by(person: Person, periods: Periods | None = None) -> Q:
    """Lines the person reports (duties.may_fill)."""
    return any_of([_lines_inside(post, periods) & Q(unit=post.unit_id) for post in unit_posts(person)])


def verified_by(person: Person, periods: Periods | None = None) -> Q:
    """Lines the person verifies (duties.may_verify)."""
    return any_of(
        [
            _lines_inside(post, periods) & _answered_for(post, periods) & ~Q(unit=post.unit_id)
            for post in unit_posts(person)
        ]
    )


def _answered_for(post: Post, periods: Periods | None) -> Q:
    if periods is None:
        return Q(allocation__indicator__lead_unit=post.unit_id) | Q(unit__above=post.unit_id)
    led, below = led_by(post), Q(unit__in=units_below(post))
    return led_lines(led) | below if led else below


def accepted_by(person: Person, periods: Periods | None = None) -> Q:
    """Lines an office of the person accepts (duties.accepting_office)."""
    return any_of([_lines_inside(post, periods) for post in posts_of(person) if post.role == Role.OFFICE])


def handed_in_for_by(person: Person, periods: Periods | None = None) -> Q:
    """Lines taken in from a returned workbook that the person may hand in for the unit (report_moves)."""
    # Such lines are few: their own index finds them, and the state, said this way, is not searched by.
    taken = Q(taken_in_by__isnull=False) & ~Q(state__in=HANDED_IN)
    return taken & (verified_by(person, periods) | accepted_by(person, periods))


def _lines_inside(post: Post, periods: Periods | None) -> Q:
    if periods is not None:
        return inside_post_in(post, periods)
    inside = inside_post(post, "allocation__")
    return Q(pk__in=[]) if inside is None else inside
