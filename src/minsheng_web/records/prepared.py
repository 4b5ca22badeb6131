"""A query whose text is made once: pages ask the same few questions again and again, with other values.

Putting a query together and writing it as SQL takes Django longer than the database takes to answer it. Here
it is done once for each shape of question, with stand-ins where the values go; after that only the values are
put in. The rows are read anew each time, so nothing shown is older than without.

What builds a query must not look at the values themselves, only pass them on: a stand-in is no real path.
"""

import copy
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Generic, TypeVar, TypeVarTuple

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet

from minsheng_web.records.bulk import read_rows
from minsheng_web.records.postgres_cursor import numbered, postgres_cursor
from minsheng_web.records.row_makers import row_maker

Row = TypeVar("Row")
Asked = TypeVarTuple("Asked")
Single = int | str | date
Value = Single | tuple[int, ...] | None
"""What a query is asked with; a tuple stands in an IN, None makes it another query."""

MOST_SHAPES = 200
"""Shapes kept of one query; beyond these, and for more keys than MOST_KEYS, it is made as always."""
MOST_KEYS = 256
_FIRST, _MOST = 2_000_000_000, 10_000
"""Numbers no key reaches and every whole-number column takes; a query has no more values than that."""
_TEXT = re.compile("\ue000(\\d+)\ue001")
_DAY = date(9000, 1, 1)


@dataclass(frozen=True, slots=True)
class _Place:
    """A parameter with a value in it: the ``index``-th, between what a comparison by LIKE puts around it."""

    index: int
    before: str = ""
    after: str = ""

    def filled(self, values: Sequence[Single], connection: Any) -> Any:
        value = values[self.index]
        if self.before or self.after:
            return f"{self.before}{connection.ops.prep_for_like_query(value)}{self.after}"
        return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


class Statement(Generic[Row]):
    """The text of one shape of query, and how its rows are made; ``rows`` was built with ``stand_ins``."""

    def __init__(self, rows: QuerySet[Any]) -> None:
        self._compiler: Any = rows.query.get_compiler(using=DEFAULT_DB_ALIAS)
        self._sql, parameters = self._compiler.as_sql()
        self._numbered = numbered(self._sql)
        self._parameters = tuple(map(_place, parameters))
        self._converters = self._compiler.get_converters([column for column, *_ in self._compiler.select])
        self._made: Callable[[Iterable[Any]], list[Row]] = row_maker(rows, self._compiler)

    def check(self, number: int) -> None:
        """Raises ValueError where one of the first values is nowhere in the text: building looked at it."""
        places = {one.index for one in self._parameters if isinstance(one, _Place)}
        if lost := set(range(number)) - places:
            raise ValueError(f"values {sorted(lost)} are not in the query: {self._sql}")

    def rows(self, values: Sequence[Single]) -> list[Row]:
        """The rows with these values, as the queryset gives them. One query."""
        return self.rows_of(self.plain(values))

    def rows_of(self, found: Iterable[Any]) -> list[Row]:
        """The rows these columns are of, as the driver gave them. No query."""
        if self._converters:
            compiler = copy.copy(self._compiler)
            compiler.connection = connections[DEFAULT_DB_ALIAS]
            found = compiler.apply_converters(found, self._converters)
        return self._made(found)

    def plain(self, values: Sequence[Single]) -> list[Sequence[Any]]:
        """The rows with these values, as the driver gives them (``bulk.read_rows``). One query."""
        connection = connections[DEFAULT_DB_ALIAS]
        filled = [
            one.filled(values, connection) if isinstance(one, _Place) else one for one in self._parameters
        ]
        # Where queries are logged an ordinary cursor asks: of the others the log has no text with the values.
        apart = connection.vendor == "postgresql" and not connection.queries_logged
        with postgres_cursor(connection) if apart else connection.cursor() as cursor:
            cursor.execute(self._numbered if apart else self._sql, filled)
            found: list[Sequence[Any]] = cursor.fetchall()
        return found


@dataclass(frozen=True, slots=True)
class Columns(Generic[Row]):
    """The columns of rows as the driver gives them, the key first: they tell whether a row changed since.

    ``make`` makes rows of some of them.
    """

    found: list[tuple[Any, ...]]
    make: Callable[[Iterable[Any]], list[Row]]


class Statements(Generic[Row]):
    """The texts of one query by shape."""

    def __init__(self) -> None:
        self._made: dict[Any, Statement[Row]] = {}

    def find(self, shape: Any, number: int, build: Callable[[], QuerySet[Any]]) -> Statement[Row] | None:
        """The text of the shape, made by ``build`` the first time; None where there is none to be kept.

        Of the values the first ``number`` must be in it.
        """
        found = self._made.get(shape)
        if found is None and len(self._made) < MOST_SHAPES:
            try:
                found = Statement[Row](build())
            except EmptyResultSet:
                return None
            found.check(number)
            self._made[shape] = found
        return found


class PreparedQuery(Generic[Row, *Asked]):
    """A query whose text is kept by shape: ``build`` makes the query, ``_find`` gives its text and values."""

    def __init__(self, build: Callable[..., QuerySet[Any]]) -> None:
        self._build = build
        self._statements = Statements[Row]()

    def _find(self, *asked: *Asked) -> tuple[Statement[Row] | None, Sequence[Single]]:
        """The text and the values that go into it; None where there is none to be kept."""
        raise NotImplementedError

    def __call__(self, *asked: *Asked) -> list[Row]:
        """The rows, as ``list(build(*asked))`` gives them."""
        statement, values = self._find(*asked)
        return list(self._build(*asked)) if statement is None else statement.rows(values)

    def columns(self, *asked: *Asked) -> Columns[Row]:
        """The rows' columns, and what makes rows of them."""
        statement, values = self._find(*asked)
        return columns_once(self._build(*asked)) if statement is None else columns_of(statement, values)

    def plain(self, *asked: *Asked) -> list[Sequence[Any]]:
        """The rows of a ``values_list`` as the driver gives them (``bulk.read_rows``)."""
        statement, values = self._find(*asked)
        return read_rows(self._build(*asked)) if statement is None else statement.plain(values)


class Prepared(PreparedQuery[Row, *tuple[Value, ...]]):
    """Asked with values alone: ``build(*values)`` gives the query, model rows or ``values_list``."""

    def _find(self, *asked: Value) -> tuple[Statement[Row] | None, Sequence[Single]]:
        if not can_be_kept(asked):
            return None, ()
        flat, shape = flattened(asked), shape_of(asked)
        return self._statements.find(shape, len(flat), lambda: self._build(*stand_ins(asked))), flat


def columns_of(statement: Statement[Row], values: Sequence[Single]) -> Columns[Row]:
    """What the statement finds with these values. One query."""
    return Columns(list(map(tuple, statement.plain(values))), statement.rows_of)


def columns_once(rows: QuerySet[Any]) -> Columns[Any]:
    """The same of a query whose text is not kept."""
    try:
        return columns_of(Statement[Any](rows), ())
    except EmptyResultSet:
        return Columns([], list)


def can_be_kept(values: Iterable[Value]) -> bool:
    """Whether there are neither no keys nor very many."""
    return all(0 < len(value) <= MOST_KEYS for value in values if isinstance(value, tuple))


def shape_of(values: Iterable[Value]) -> tuple[Any, ...]:
    """What a text depends on: the database's kind, the type of each value, and how many keys are given."""
    vendor = connections[DEFAULT_DB_ALIAS].vendor
    return (vendor, *(_places(value) if isinstance(value, tuple) else type(value) for value in values))


def flattened(values: Iterable[Value]) -> list[Single]:
    """All values one after the other. The last key is repeated until there are 1, 2, 4, 8… of them."""
    flat: list[Single] = []
    for value in values:
        if isinstance(value, tuple):
            flat += [*value, *value[-1:] * (_places(value) - len(value))]
        elif value is not None:
            flat.append(value)
    return flat


def _places(keys: Sequence[int]) -> int:
    return 1 << max(0, len(keys) - 1).bit_length()


def stand_ins(values: Iterable[Value], first: int = 0) -> Iterator[Value]:
    """One for each value, of its type, numbered as ``flattened`` has them from ``first`` on."""
    at = first
    for value in values:
        if value is None:
            yield None
        elif isinstance(value, tuple):
            yield tuple(_FIRST + at + place for place in range(_places(value)))
            at += _places(value)
        else:
            yield _stand_in(value, at)
            at += 1


def _stand_in(value: Single, index: int) -> Single:
    if isinstance(value, str):
        return f"\ue000{index}\ue001"
    return _DAY + timedelta(index) if isinstance(value, date) else _FIRST + index


def _place(parameter: Any) -> Any:
    if isinstance(parameter, int) and _FIRST <= parameter < _FIRST + _MOST:
        return _Place(parameter - _FIRST)
    if type(parameter) is date and parameter >= _DAY:
        return _Place((parameter - _DAY).days)
    if isinstance(parameter, str) and (found := _TEXT.search(parameter)):
        return _Place(int(found[1]), parameter[: found.start()], parameter[found.end() :])
    if isinstance(parameter, str) and parameter.startswith("9") and len(parameter) == len("9000-01-01"):
        return _day_place(parameter)
    return parameter


def _day_place(text: str) -> Any:
    """SQLite takes days as text."""
    try:
        return _place(date.fromisoformat(text))
    except ValueError:
        return text
