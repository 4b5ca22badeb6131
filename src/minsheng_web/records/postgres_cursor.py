"""A cursor of PostgreSQL for texts that come again: values go apart from the text.

So the server reads and plans a text once (``prepare_threshold`` in the settings), which of many joins takes
longer than finding the rows, and the driver does not look for places in it each time.
"""

import re
from functools import cache
from itertools import count
from typing import Any

_SIGN = re.compile("%[s%]")


def numbered(sql: str) -> str:
    """The text with $1, $2 … where it has %s, and a plain percent sign where it has two."""
    numbers = count(1)
    return _SIGN.sub(lambda found: "%" if found[0] == "%%" else f"${next(numbers)}", sql)


def postgres_cursor(connection: Any) -> Any:
    """A cursor that takes ``numbered`` texts; made as ``connection.cursor()`` makes its own."""
    connection.ensure_connection()
    return connection._prepare_cursor(_cursor_class()(connection.connection))  # noqa: SLF001 - as cursor()


@cache
def _cursor_class() -> Any:
    from django.db.backends.postgresql.base import CursorMixin  # noqa: PLC0415 - psycopg may be absent
    from psycopg import RawCursor  # noqa: PLC0415

    return type("NumberedCursor", (CursorMixin, RawCursor), {})
