"""The same as prepared.py for what a person may see: one text for all people whose posts are alike."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from minsheng_web.records.access import Person, posts_of, with_posts
from minsheng_web.records.models import Post, Region, User
from minsheng_web.records.prepared import (
    PreparedQuery,
    Row,
    Single,
    Statement,
    Value,
    can_be_kept,
    flattened,
    shape_of,
    stand_ins,
)


class PreparedFor(PreparedQuery[Row, Person, *tuple[Value, ...]]):
    """Asked by a person: ``build(person, *values)`` reads of the person only what access reads."""

    def _find(self, person: Person, *values: Value) -> tuple[Statement[Row] | None, Sequence[Single]]:
        posts = posts_of(person)
        if not posts or not can_be_kept(values):
            return None, ()
        flat, own = flattened(values), _of_person(person, posts)
        roles = tuple(post.role for post in posts)
        shape = (roles, shape_of(values), shape_of(own))

        def build() -> QuerySet[Any]:
            likeness = _likeness(posts, list(stand_ins(own, first=len(flat))))
            return self._build(likeness, *stand_ins(values))

        return self._statements.find(shape, len(flat), build), [*flat, *flattened(own)]


def _of_person(person: Person, posts: Sequence[Post]) -> list[Value]:
    """What queries read of a person: the key, and region, path, unit and programme of each post."""
    given: list[Value] = [person.pk]
    for post in posts:
        region = post.region
        given += [None, None] if region is None else [region.pk, region.path]
        given += [post.unit_id, post.programme_id]
    return given


def _likeness(posts: Sequence[Post], marks: Sequence[Any]) -> User:
    """A person with stand-ins for all that."""
    made = []
    for number, post in enumerate(posts):
        key, path, unit, programme = marks[1 + 4 * number : 5 + 4 * number]
        region = None if path is None else Region(pk=key, path=path)
        made.append(Post(role=post.role, region=region, unit_id=unit, programme_id=programme))
    return with_posts(User(pk=marks[0]), made)
