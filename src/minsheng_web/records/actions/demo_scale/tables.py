"""Writing very many rows of a table at once: COPY on PostgreSQL, executemany on SQLite."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models

_CHUNK = 5000


def write_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write rows of stored values, in the order of the attribute names ``columns``; how many were.

    Inside the caller's transaction. No default, no check, no signal: for the rows of a demo only.
    """
    known = {field.attname: str(field.column) for field in model._meta.concrete_fields}  # noqa: SLF001 - Django's own way
    names = ", ".join(connection.ops.quote_name(known[name]) for name in columns)
    table = connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001 - as above
    send = _copied if connection.vendor == "postgresql" else _executed
    count = 0
    for chunk in chunks(rows, _CHUNK):
        send(table, names, chunk)
        count += len(chunk)
    return count


def chunks(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """The rows by so many at a time."""
    rest = iter(rows)
    while chunk := list(islice(rest, size)):
        yield chunk


def _copied(table: str, names: str, rows: Sequence[Sequence[Any]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _executed(table: str, names: str, rows: Sequence[Sequence[Any]]) -> None:
    marks = ", ".join(["%s"] * len(rows[0]))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608 - no value stands in it


def next_key(model: type[models.Model]) -> int:
    """The first key that is free; after writing with own keys ``count_on`` moves the counter."""
    keys = model._default_manager.order_by("-pk").values_list("pk", flat=True)  # noqa: SLF001 - as above
    last: int | None = keys.first()
    return (last or 0) + 1


def count_on(*written: type[models.Model]) -> None:
    """Let the database go on counting after the keys that were written."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), written):
            cursor.execute(statement)


def moment(at: datetime) -> Any:
    """A moment as the database stores it."""
    return connection.ops.adapt_datetimefield_value(at)


def as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
