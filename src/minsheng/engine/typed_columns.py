"""Roster columns as the vocabulary means them: the typed value, and whether what stands there is unusable.

Written in DuckDB's SQL; Spark gets the same, translated. ``column__bad`` is true where the row has a value that
cannot be the column's type or lies outside its domain, and ``__years`` is an age: worked out once for all rules.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import sqlglot

from minsheng.engine.statement import Dialect
from minsheng.standards.sql_sound import WorkedOut, outside_sql
from minsheng.standards.sql_words import full_years_sql
from minsheng.standards.vocabulary import Column, Vocabulary

BAD, YEARS, UNREADABLE = "__bad", "__years", "__unreadable"
WHOLE_TYPES = frozenset({"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"})
WIDE_TYPES = frozenset({"UBIGINT", "HUGEINT", "UHUGEINT"})
FLOAT_TYPES = frozenset({"FLOAT", "DOUBLE"})
SQL_TYPES: Mapping[str, str] = {
    "text": "VARCHAR", "word": "VARCHAR", "date": "DATE", "month": "DATE",
    "int": "BIGINT", "fen": "BIGINT", "bool": "BOOLEAN",
}  # fmt: skip
_TRUE, _FALSE = "('true', '1', '是')", "('false', '0', '否')"


@dataclass(frozen=True, slots=True)
class TypedColumns:
    """The select list over the raw roster, what is worked out from it in a second one, and what rules may rely on."""

    select: tuple[str, ...]
    worked_out: tuple[str, ...]
    holds: WorkedOut


def typed_columns(
    vocabulary: Vocabulary,
    wanted: Iterable[str],
    present: Mapping[str, str],
    as_of: date | None,
    dialect: Dialect = "duckdb",
) -> TypedColumns:
    """Each wanted column typed; one that the roster has not is unknown in every row."""
    select: list[str] = []
    worked_out: list[str] = []
    tested: set[str] = set()
    ages: set[str] = set()
    for column in map(vocabulary.columns.__getitem__, wanted):
        unreadable, typed = _typed(column, present.get(column.name), dialect)
        select += typed
        outside = [outside_sql(column, as_of, dialect)] if column.name in present else []
        terms = [f"COALESCE({term}, FALSE)" for term in (*unreadable, *outside) if term]
        if terms:
            tested.add(column.name)
            worked_out.append(f"{' OR '.join(terms)} AS {column.name}{BAD}")
        if column.type == "date":
            ages.add(column.name)
            worked_out.append(f"{full_years_sql(column.name, as_of, dialect)} AS {column.name}{YEARS}")
    return TypedColumns(tuple(select), tuple(worked_out), WorkedOut(frozenset(tested), frozenset(ages)))


def _typed(column: Column, raw_type: str | None, dialect: Dialect) -> tuple[list[str], list[str]]:
    """The column that is true where a value is unreadable, if there is one; and what is selected."""
    if raw_type is None:
        return [], [_written(f"CAST(NULL AS {SQL_TYPES[column.type]}) AS {column.name}", dialect)]
    is_sure = raw_type in _native(column)
    raw = column.name if is_sure else _raw(column.name, raw_type)
    value = _value(column, raw, raw_type)
    select = [f"{value} AS {column.name}"]
    if is_sure or column.type in {"text", "word"}:
        return [], [_written(part, dialect) for part in select]
    unreadable = f"{column.name}{UNREADABLE}"
    select.append(f"({raw} IS NOT NULL AND {value} IS NULL) AS {unreadable}")
    return [unreadable], [_written(part, dialect) for part in select]


def _written(part: str, dialect: Dialect) -> str:
    return part if dialect == "duckdb" else sqlglot.transpile(part, read="duckdb", write=dialect)[0]


def _native(column: Column) -> frozenset[str]:
    """Parquet types that are the column's type already."""
    if column.type in {"int", "fen"}:
        return WHOLE_TYPES
    return frozenset({SQL_TYPES[column.type]}) - {"VARCHAR"}


def _raw(column: str, raw_type: str) -> str:
    return f"NULLIF(TRIM({column}), '')" if raw_type == "VARCHAR" else column


def _value(column: Column, raw: str, raw_type: str) -> str:
    if column.type in {"int", "fen"}:
        return _whole(raw, raw_type)
    if column.type == "bool":
        return _truth(raw, raw_type)
    if column.type in {"date", "month"}:
        return _day(raw, raw_type, is_month=column.type == "month")
    return raw if raw_type == "VARCHAR" else f"CAST({raw} AS VARCHAR)"


def _whole(raw: str, raw_type: str) -> str:
    if raw_type in WHOLE_TYPES:
        return f"CAST({raw} AS BIGINT)"
    if raw_type in WIDE_TYPES:
        return f"TRY_CAST({raw} AS BIGINT)"
    if raw_type in FLOAT_TYPES:
        # Above 2^53 a double has lost digits: no amount is read from it.
        return (
            f"CASE WHEN ABS({raw}) < 9007199254740992 AND {raw} = FLOOR({raw}) THEN CAST({raw} AS BIGINT) END"
        )
    if raw_type.startswith("DECIMAL"):
        return f"CASE WHEN {raw} = FLOOR({raw}) THEN TRY_CAST({raw} AS BIGINT) END"
    if raw_type != "VARCHAR":
        return "CAST(NULL AS BIGINT)"
    return f"CASE WHEN REGEXP_MATCHES({raw}, '^[+-]?[0-9]{{1,18}}$') THEN TRY_CAST({raw} AS BIGINT) END"


def _truth(raw: str, raw_type: str) -> str:
    if raw_type == "BOOLEAN":
        return raw
    if raw_type in WHOLE_TYPES | FLOAT_TYPES:
        return f"CASE WHEN {raw} = 1 THEN TRUE WHEN {raw} = 0 THEN FALSE END"
    if raw_type != "VARCHAR":
        return "CAST(NULL AS BOOLEAN)"
    return f"CASE WHEN LOWER({raw}) IN {_TRUE} THEN TRUE WHEN LOWER({raw}) IN {_FALSE} THEN FALSE END"


def _day(raw: str, raw_type: str, *, is_month: bool) -> str:
    if raw_type == "DATE":
        return raw
    if raw_type.startswith("TIMESTAMP"):
        return f"CASE WHEN {raw} = CAST({raw} AS DATE) THEN CAST({raw} AS DATE) END"
    if raw_type != "VARCHAR":
        return "CAST(NULL AS DATE)"
    day = f"WHEN REGEXP_MATCHES({raw}, '^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}$') THEN TRY_CAST({raw} AS DATE)"
    if not is_month:
        return f"CASE {day} END"
    return f"CASE {day} WHEN REGEXP_MATCHES({raw}, '^[0-9]{{4}}-[0-9]{{2}}$') THEN TRY_CAST({raw} || '-01' AS DATE) END"
