"""Editions of standards and simulations in reach."""

from django.db.models import QuerySet

from minsheng_web.records.access.posts import Person, is_administrator, posts_of
from minsheng_web.records.models import Simulation, StandardEdit, StandardVersionRow, User
from minsheng_web.records.models.people import Role


def standard_versions_for(person: Person) -> QuerySet[StandardVersionRow]:
    """Approved editions of standards: policy, open to everyone signed in."""
    rows: QuerySet[StandardVersionRow] = StandardVersionRow.objects.all()
    return rows if isinstance(person, User) and person.is_active else rows.none()


def standard_edits_for(person: Person) -> QuerySet[StandardEdit]:
    """Proposed editions: what was decided is open; drafts and what waits are for offices."""
    if not isinstance(person, User) or not person.is_active:
        return StandardEdit.objects.none()
    if is_administrator(person) or any(post.role == Role.OFFICE for post in posts_of(person)):
        return StandardEdit.objects.all()
    return StandardEdit.objects.filter(state__in=("approved", "refused"))


def simulations_for(person: Person) -> QuerySet[Simulation]:
    """Simulations the person ran: the rosters behind them are personal data, so nobody else sees any."""
    return (
        Simulation.objects.filter(asked_by=person.pk)
        if isinstance(person, User)
        else Simulation.objects.none()
    )
