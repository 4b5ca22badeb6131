"""Made rows answered by the SQL of a rule in DuckDB, as the evaluator answers them."""

from datetime import date
from typing import Any

import duckdb

from minsheng.standards.compiled import Rule
from minsheng.standards.evaluate import Answer
from minsheng.standards.rows import months_between
from minsheng.standards.sql import parameter_column, rule_sql
from minsheng.standards.tree import EachMonth
from standard_rows import MadeRow

TYPES = {
    "text": "VARCHAR",
    "word": "VARCHAR",
    "date": "DATE",
    "month": "DATE",
    "int": "BIGINT",
    "fen": "BIGINT",
    "bool": "BOOLEAN",
}


def answers_by_sql(rule: Rule, made: list[MadeRow], connection: duckdb.DuckDBPyConnection) -> list[Answer]:
    """The answers in the order of the rows. Every row has its own day and figures, as columns."""
    found = rule_sql(rule, prefix="x_")
    parameters = [*rule.day_parameters]
    columns = [("row_id", "BIGINT"), ("as_of", "DATE")]
    columns += [(column.name, TYPES[column.type]) for column in rule.columns]
    columns += [(parameter_column(p, rule.standard.id), "BIGINT") for p in parameters]
    data = [
        (
            place,
            row.facts.as_of,
            *(row.row[c.name] for c in rule.columns),
            *(row.facts.figures[p.name] for p in parameters),
        )
        for place, row in enumerate(made)
    ]
    relation = _table(connection, "made", columns, data)
    for month, part in zip(rule.months, found.months, strict=True):
        relation = _with_months(connection, rule, month, part, made=made, relation=relation)
    for layer in found.layers:
        shown = ", ".join(f"{text} AS {name}" for name, text in layer.items())
        relation = f"(SELECT *, {shown} FROM {relation})"
    shares = list(found.shares)
    wanted = [
        found.eligible,
        found.amount,
        found.check,
        found.problem_code,
        *(found.shares[s] for s in shares),
    ]
    rows = connection.execute(f"SELECT {', '.join(wanted)} FROM {relation} ORDER BY row_id").fetchall()
    return [
        Answer(
            eligible,
            amount,
            dict(zip(shares, parts, strict=True)) if shares and eligible else None,
            check,
            problem,
        )
        for eligible, amount, check, problem, *parts in rows
    ]


def _table(connection: Any, name: str, columns: list[tuple[str, str]], data: list[tuple[Any, ...]]) -> str:
    connection.execute(f"CREATE OR REPLACE TABLE {name} ({', '.join(f'{c} {kind}' for c, kind in columns)})")
    if data:
        marks = f"({', '.join('?' * len(columns))})"
        connection.execute(
            f"INSERT INTO {name} VALUES {', '.join([marks] * len(data))}", [v for row in data for v in row]
        )
    return name


def _with_months(
    connection: Any, rule: Rule, month: EachMonth, part: Any, *, made: list[MadeRow], relation: str
) -> str:
    parameters = rule.parameters_of_month(month)
    columns = [
        ("row_id", "BIGINT"),
        ("month", "DATE"),
        *((parameter_column(p, rule.standard.id), "BIGINT") for p in parameters),
    ]
    data = [
        (place, day, *(row.facts.in_month(day)[p.name] for p in parameters))
        for place, row in enumerate(made)
        for day in _months(row, rule)
    ]
    _table(connection, f"of_{part.name}", columns, data)
    values = ", ".join(f"{text} AS {name}" for name, text in part.of_month.items())
    sums = ", ".join(f"{text} AS {name}" for name, text in part.aggregates.items())
    inner = f"(SELECT row_id, month, {values} FROM of_{part.name} JOIN made USING (row_id))"
    return f"(SELECT * FROM {relation} LEFT JOIN (SELECT row_id, {sums} FROM {inner} GROUP BY row_id) USING (row_id))"


def _months(row: MadeRow, rule: Rule) -> list[date]:
    first, last = row.row["month_from"], row.row["month_to"]
    most = next(column.most_months for column in rule.columns if column.name == "month_to")
    return months_between(first, last, most) if first and last else []
