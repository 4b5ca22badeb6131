"""Who decides a change of an issued breakdown: an office of a level above, else a colleague of the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.db.models.functions import Length

from minsheng_web.records.models import Allocation, DivisionProposal, Post, User
from minsheng_web.records.models.people import Role


@dataclass(frozen=True, slots=True)
class Deciders:
    """The people who may decide. ``same_office``: nobody holds an office above, so a colleague decides.

    ``office`` names whose they are; empty where there is nobody.
    """

    people: frozenset[int]
    office: str
    same_office: bool


def deciders_of(node: Allocation, proposer: User) -> Deciders:
    """Who may decide what ``proposer`` proposes for the node. Nobody decides what they proposed."""
    return _among(_office_posts((node,)), node, proposer)


def may_decide(person: User, proposal: DivisionProposal) -> bool:
    """Whether the person is one of them."""
    return person.pk in deciders_of(proposal.node, proposal.proposed_by).people


def decidable(person: User, proposals: Iterable[DivisionProposal]) -> tuple[DivisionProposal, ...]:
    """Those of the proposals the person may decide; the same two questions however many there are."""
    rows = tuple(proposals)
    posts = tuple(_office_posts([row.node for row in rows])) if rows else ()
    return tuple(row for row in rows if person.pk in _among(posts, row.node, row.proposed_by).people)


def _among(posts: Iterable[Post], node: Allocation, proposer: User) -> Deciders:
    above: list[Post] = []
    same: list[Post] = []
    for post in posts:
        if post.region is None or not post.region.contains(node.region):
            continue
        if post.programme_id in (None, node.indicator.programme_id):
            (same if post.region_id == node.region_id else above).append(post)
    for group, is_same in ((above, False), (same, True)):
        found = _holders(group, proposer)
        if found:
            nearest = found[0][0].region
            people = frozenset(holder for _, holder in found)
            return Deciders(people, nearest.full_name if nearest else "", is_same)
    return Deciders(frozenset(), "", same_office=True)


def _office_posts(nodes: Sequence[Allocation]) -> QuerySet[Post]:
    """Posts of offices over the nodes' regions that somebody holds, the nearest first."""
    paths = {path for node in nodes for path in _paths(node.region.path)}
    return (
        Post.objects.filter(role=Role.OFFICE, region__path__in=paths, holdings__until=None)
        .select_related("region")
        .prefetch_related("holdings__user")
        .order_by(Length("region__path").desc(), "pk")
        .distinct()
    )


def _paths(path: str) -> list[str]:
    """The region's own path and those of all above it."""
    names = path.strip("/").split("/")
    return [f"/{'/'.join(names[: end + 1])}/" for end in range(len(names))]


def _holders(posts: list[Post], proposer: User) -> list[tuple[Post, int]]:
    return [
        (post, holding.user_id)
        for post in posts
        for holding in post.holdings.all()
        if holding.until is None and holding.user.is_active and holding.user_id != proposer.pk
    ]
