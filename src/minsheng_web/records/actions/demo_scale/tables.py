"""Writing a demo's rows in bulk, under keys of its own."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models

from minsheng_web.records.bulk import Row, insert_rows

_CHUNK = 5000


def write_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Row]) -> int:
    """Write rows of stored values in chunks, inside the caller's transaction; how many were."""
    count = 0
    for chunk in chunks(rows, _CHUNK):
        insert_rows(model, columns, chunk)
        count += len(chunk)
    return count


def chunks(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """The rows by so many at a time."""
    rest = iter(rows)
    while chunk := list(islice(rest, size)):
        yield chunk


def next_key(model: type[models.Model]) -> int:
    """The first key that is free; after writing with own keys ``count_on`` moves the counter."""
    keys = model._default_manager.order_by("-pk").values_list("pk", flat=True)  # noqa: SLF001 - Django's own way
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
