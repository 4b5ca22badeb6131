"""Many rows written at once: executemany on SQLite, COPY on PostgreSQL. Django's way costs ten times more.

For rows that are written once and have no code of their own on saving. Values are plain: text, int, bool,
None, Decimal, datetime; dates as ISO text, JSON as text.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, models

Row = Sequence[Any]


def insert_rows(model: type[models.Model], fields: Sequence[str], rows: Iterable[Row]) -> None:
    """Insert the rows; ``fields`` names the columns' fields in order. Inside the caller's transaction."""
    table, columns = _names(model, fields)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(fields))
        # Names of tables and columns come from the models alone.
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(rows))  # noqa: S608


def read_rows(rows: models.QuerySet[Any, Any]) -> list[Row]:
    """The rows of a ``values_list`` as the driver gives them: JSON as text, amounts for ``exact``."""
    try:
        text, params = rows.query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(text, params)
        found: list[Row] = cursor.fetchall()
    return found


def exact(value: Any) -> Decimal | None:
    """An amount as ``read_rows`` gives it. SQLite keeps up to fifteen digits, which a float tells in full."""
    if value is None or type(value) is Decimal:
        return value
    return Decimal(repr(value) if type(value) is float else value)


def copy_rows(rows: models.QuerySet[Any], fields: Sequence[str], **instead: Any) -> None:
    """Insert a copy of the rows, in their order, with the fields of ``instead`` set; within the database."""
    left = [name for name in fields if name not in instead]
    table, columns = _names(rows.model, (*instead, *left))
    chosen, params = rows.values_list(*left).query.sql_with_params()
    # The values come first, so that the query's own parameters follow them.
    marks = "".join("%s, " for _ in instead)
    begin = f"INSERT INTO {table} ({columns}) SELECT {marks}"
    with connection.cursor() as cursor:
        cursor.execute(begin + chosen.removeprefix("SELECT "), (*instead.values(), *params))


def _names(model: type[models.Model], fields: Sequence[str]) -> tuple[str, str]:
    """Table and columns as SQL writes them."""
    meta, quote = model._meta, connection.ops.quote_name  # noqa: SLF001 - Django's own name for it
    columns = [quote(str(getattr(meta.get_field(name), "column", name))) for name in fields]
    return quote(meta.db_table), ", ".join(columns)


def remove_rows(rows: models.QuerySet[Any], most: int) -> int:
    """Take away up to ``most`` rows that were only half written, whatever their model says; how many went.

    Rows that are written once refuse to be deleted; this is for what nobody was ever shown.
    """
    keys = list(rows.order_by("pk").values_list("pk", flat=True)[:most])
    if keys:
        rows.order_by().filter(pk__lte=keys[-1])._raw_delete(rows.db)  # noqa: SLF001 - past Immutable
    return len(keys)
