"""The same as prepared.py for what a person may see: one text for all people whose posts are alike."""

from collections.abc import Callable, Sequence
from typing import Any, Generic

from django.db.models import QuerySet

from minsheng_web.records.access import Person, posts_of, with_posts
from minsheng_web.records.bulk import read_rows
from minsheng_web.records.models import Post, Region, User
from minsheng_web.records.prepared import (
    Columns,
    Row,
    Single,
    Statement,
    Statements,
    Value,
    can_be_kept,
    columns_of,
    columns_once,
    flattened,
    shape_of,
    stand_ins,
)


class PreparedFor(Generic[Row]):
    """``build(person, *values)`` gives the query; it reads of the person only what access reads."""

    def __init__(self, build: Callable[..., QuerySet[Any]]) -> None:
        self._build = build
        self._statements = Statements[Row]()

    def __call__(self, person: Person, *values: Value) -> list[Row]:
        """The rows, as ``list(build(person, *values))`` gives them."""
        statement, flat = self._find(person, values)
        return list(self._build(person, *values)) if statement is None else statement.rows(flat)

    def columns(self, person: Person, *values: Value) -> Columns[Row]:
        """The rows' columns, and what makes rows of them."""
        statement, flat = self._find(person, values)
        return columns_of(statement, flat) if statement else columns_once(self._build(person, *values))

    def plain(self, person: Person, *values: Value) -> list[Sequence[Any]]:
        """The rows of a ``values_list`` as the driver gives them (``bulk.read_rows``)."""
        statement, flat = self._find(person, values)
        return read_rows(self._build(person, *values)) if statement is None else statement.plain(flat)

    def _find(
        self, person: Person, values: Sequence[Value]
    ) -> tuple[Statement[Row] | None, Sequence[Single]]:
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
