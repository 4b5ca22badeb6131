"""Roster columns as the vocabulary means them: the typed value, and whether what stands there is unusable.

Written in DuckDB's SQL; Spark gets the same, translated. ``column__bad`` is true where the row has a value that
cannot be the column's type or lies outside its domain: every standard that reads the column then has a problem.
"""

from collections.abc import Iterable, Mapping

from minsheng.engine.session import name, text
from minsheng.standards.vocabulary import Column, Vocabulary

BAD = "__bad"
WHOLE_TYPES = frozenset({"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"})
WIDE_TYPES = frozenset({"UBIGINT", "HUGEINT", "UHUGEINT"})
FLOAT_TYPES = frozenset({"FLOAT", "DOUBLE"})
_SQL_TYPES: Mapping[str, str] = {
    "text": "VARCHAR", "word": "VARCHAR", "date": "DATE", "month": "DATE",
    "int": "BIGINT", "fen": "BIGINT", "bool": "BOOLEAN",
}  # fmt: skip
_TRUE, _FALSE = "('true', '1', '是')", "('false', '0', '否')"
_LATEST = "DATE '9999-12-31'"


def typed_columns(vocabulary: Vocabulary, wanted: Iterable[str], present: Mapping[str, str]) -> list[str]:
    """The select list: each wanted column typed, with its ``__bad`` where it can be bad."""
    asked = set(wanted)
    found: list[str] = []
    for column in vocabulary.columns.values():
        if column.name in asked:
            found += _typed(column, present)
    return found


def _typed(column: Column, present: Mapping[str, str]) -> list[str]:
    raw_type = present.get(column.name)
    if raw_type is None:
        return [
            f"CAST(NULL AS {_SQL_TYPES[column.type]}) AS {column.name}",
            f"FALSE AS {column.name}{BAD}",
        ]
    raw = name(column.name) if raw_type in _native(column) else _raw(column.name, raw_type)
    value = _value(column, raw, raw_type)
    outside = _outside(column, value, present)
    is_sure = raw_type in _native(column)
    unreadable = "" if is_sure else f"{raw} IS NOT NULL AND {value} IS NULL"
    bad = " OR ".join(f"COALESCE({part}, FALSE)" for part in (unreadable, outside) if part) or "FALSE"
    return [f"{value} AS {column.name}", f"{bad} AS {column.name}{BAD}"]


def _native(column: Column) -> frozenset[str]:
    """Parquet types that are the column's type already."""
    if column.type in {"int", "fen"}:
        return WHOLE_TYPES
    return frozenset({_SQL_TYPES[column.type]}) - {"VARCHAR"}


def _raw(column: str, raw_type: str) -> str:
    return f"NULLIF(TRIM({name(column)}), '')" if raw_type == "VARCHAR" else name(column)


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
        return f"CASE WHEN ABS({raw}) < 9007199254740992 AND {raw} = FLOOR({raw}) THEN CAST({raw} AS BIGINT) END"
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


def _outside(column: Column, value: str, present: Mapping[str, str]) -> str:
    if column.type == "word":
        return f"{value} NOT IN ({', '.join(map(text, column.words))})"
    if column.type in {"int", "fen"}:
        return f"NOT {value} BETWEEN {column.low} AND {column.high}"
    if column.type == "date":
        return f"{value} > as_of"
    if column.type == "month":
        return f"EXTRACT(DAY FROM {value}) <> 1"
    return ""
