"""Many standards as one statement: typed rows, the figures of their place and months, every rule, unpivoted.

One scan of the roster works out the columns of a whole batch; a batch is as many standards as one statement
takes well, and batches are put together by UNION ALL. Spark gets the same text in its own dialect.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlglot import exp

from minsheng.standards.sql import MonthSql, RuleSql

Dialect = Literal["duckdb", "spark"]
TEXT: dict[Dialect, str] = {"duckdb": "VARCHAR", "spark": "STRING"}
DAY_FIGURES, MONTH_FIGURES, CALENDAR = "day_figures", "month_figures", "calendar"
ANSWER = ("standard", "eligible", "amount_fen", "shares_fen", "check", "problem")


@dataclass(frozen=True, slots=True)
class Rows:
    """The relation that rules read: its text, the keys that go through, whether each row has a day.

    ``has_figures``: the figures of the day are joined already.
    """

    sql: str
    keys: tuple[str, ...]
    has_day: bool = False
    has_figures: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The select expressions of one standard's answer; as they stand, those of a standard not in force."""

    standard: str
    eligible: str = "FALSE"
    amount: str = "CAST(0 AS BIGINT)"
    shares: str = ""
    check: str = ""
    problem: str = ""

    def columns(self, dialect: Dialect) -> tuple[str, ...]:
        nothing = f"CAST(NULL AS {TEXT[dialect]})"
        return (
            self.eligible,
            self.amount,
            *(part or nothing for part in (self.shares, self.check, self.problem)),
        )


def answer_of(rule: RuleSql) -> Answer:
    """The answer of a rule, once its layers stand."""
    parts = [f"'{json.dumps(payer, ensure_ascii=False)}: ' || {part}" for payer, part in rule.shares.items()]
    shares = "'{' || " + " || ', ' || ".join(parts) + " || '}'" if parts else ""
    # Most rows have no problem: one test instead of one for every code.
    problem = f"CASE WHEN {rule.problem} > 0 THEN {rule.problem_code} END"
    return Answer(rule.standard_id, rule.eligible, rule.amount, shares, rule.check, problem)


def statement(
    rows: Rows, rules: Sequence[RuleSql | str], dialect: Dialect, *, batch: int, enums: bool = False
) -> str:
    """Every answer of every row. A rule that is only an id is a standard not in force."""
    batches = [rules[start : start + batch] for start in range(0, len(rules), batch)]
    return " UNION ALL ".join(_batch(rows, part, dialect, enums=enums) for part in batches)


def _batch(rows: Rows, rules: Sequence[RuleSql | str], dialect: Dialect, *, enums: bool) -> str:
    relation = layered(rows, [rule for rule in rules if isinstance(rule, RuleSql)])
    answers = [answer_of(rule) if isinstance(rule, RuleSql) else Answer(rule) for rule in rules]
    unpivot = _stack if dialect == "spark" else _unnest
    return unpivot(relation, rows.keys, answers, enums)


def layered(rows: Rows, rules: Sequence[RuleSql]) -> str:
    """The rows with figures, months and every layer of the rules beside them: answers are taken from it."""
    figured = rows.sql if rows.has_figures else with_figures(rows, rules)
    relation = _with_months(figured, rows, rules)
    for layer in _layers(rules):
        added = ", ".join(f"{sql} AS {alias}" for alias, sql in layer)
        relation = f"SELECT *, {added} FROM ({relation}) AS layer"
    return relation


def _layers(rules: Sequence[RuleSql]) -> Iterator[list[tuple[str, str]]]:
    """The layers of all rules side by side: each reads only those before."""
    for place in range(max((len(rule.layers) for rule in rules), default=0)):
        yield [item for rule in rules if place < len(rule.layers) for item in rule.layers[place].items()]


def with_figures(rows: Rows, rules: Iterable[RuleSql]) -> str:
    """The relation with the figures of each row's place and day."""
    columns = sorted({column for rule in rules for column in rule.parameters})
    if not columns:
        return rows.sql
    on = "figures.place = roster.place" + (" AND figures.as_of = roster.as_of" if rows.has_day else "")
    picked = ", ".join(f"figures.{column}" for column in columns)
    return f"SELECT roster.*, {picked} FROM ({rows.sql}) AS roster LEFT JOIN {DAY_FIGURES} AS figures ON {on}"


def _with_months(relation: str, rows: Rows, rules: Sequence[RuleSql]) -> str:
    """Join what ``each_month`` comes to, worked out once for each combination of what it reads."""
    by_columns: dict[tuple[str, ...], list[MonthSql]] = {}
    for month in (month for rule in rules for month in rule.months):
        by_columns.setdefault(month.columns, []).append(month)
    for number, (columns, months) in enumerate(by_columns.items()):
        keys = ("place", *(("as_of",) if rows.has_day else ()), *columns)
        joined = " AND ".join(f"m{number}.{key} IS NOT DISTINCT FROM roster.{key}" for key in keys)
        picked = ", ".join(f"m{number}.{name}" for month in months for name in month.aggregates)
        relation = (
            f"SELECT roster.*, {picked} FROM ({relation}) AS roster "
            f"LEFT JOIN ({_months(rows, keys, months)}) AS m{number} ON {joined}"
        )
    return relation


def _months(rows: Rows, keys: tuple[str, ...], months: Iterable[MonthSql]) -> str:
    months = list(months)
    parameters = sorted({column for month in months for column in month.parameters})
    figures = "".join(f", f.{column}" for column in parameters)
    of_month = ", ".join(f"{sql} AS {alias}" for month in months for alias, sql in month.of_month.items())
    sums = ", ".join(f"{sql} AS {alias}" for month in months for alias, sql in month.aggregates.items())
    names = ", ".join(keys)
    distinct = f"SELECT DISTINCT {names} FROM ({rows.sql}) AS roster WHERE {months[0].span}"
    spread = (
        f"SELECT k.*, c.month{figures} FROM ({distinct}) AS k "
        f"JOIN {CALENDAR} AS c ON c.month >= k.month_from AND c.month <= k.month_to "
        f"LEFT JOIN {MONTH_FIGURES} AS f ON f.place = k.place AND f.month = c.month"
    )
    months_sql = f"SELECT *, {of_month} FROM ({spread}) AS spread"
    return f"SELECT {names}, {sums} FROM ({months_sql}) AS months GROUP BY {names}"


def _unnest(relation: str, keys: Sequence[str], answers: Sequence[Answer], enums: bool) -> str:
    """DuckDB: lists side by side, unnested together, in one pass."""
    types = (
        dict(zip(ANSWER, ("standard_id", "", "", "", "check_word", "problem_code"), strict=True))
        if enums
        else {}
    )
    lists = zip(
        *((literal(answer.standard, "duckdb"), *answer.columns("duckdb")) for answer in answers), strict=True
    )
    columns = [
        f'unnest([{", ".join(values)}]{f"::{types[name]}[]" if types.get(name) else ""}) AS "{name}"'
        for name, values in zip(ANSWER, lists, strict=True)
    ]
    return f"SELECT {', '.join((*keys, *columns))} FROM ({relation}) AS answered"


def _stack(relation: str, keys: Sequence[str], answers: Sequence[Answer], _enums: bool) -> str:
    """Spark: its own generator for the same thing."""
    values = ", ".join(
        ", ".join((literal(answer.standard, "spark"), *answer.columns("spark"))) for answer in answers
    )
    names = ", ".join(f"`{name}`" for name in ANSWER)
    stacked = f"stack({len(answers)}, {values}) AS ({names})"
    return f"SELECT {', '.join((*keys, stacked))} FROM ({relation}) AS answered"


def literal(value: str, dialect: Dialect) -> str:
    """A text as the dialect writes it."""
    return exp.Literal.string(value).sql(dialect=dialect)
