"""Cases answered by a back end, all at once: each has a day, figures and a row of its own."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from minsheng.engine.back_end import BackEnd, Task
from minsheng.engine.day_figures import Placed, place_cases, place_months
from minsheng.engine.roster_file import RosterSource
from minsheng.engine.session import Session, text
from minsheng.engine.statement import Rows
from minsheng.engine.typed_columns import BAD, SQL_TYPES, YEARS
from minsheng.standards.compiled import Rule
from minsheng.standards.evaluate import Answer, Check
from minsheng.standards.parameters import Series
from minsheng.standards.rows import UNREADABLE
from minsheng.standards.sql import RuleSql, rule_sql
from minsheng.standards.sql_sound import WorkedOut, outside_sql
from minsheng.standards.sql_words import full_years_sql
from minsheng.standards.vocabulary import Column, Vocabulary

ROW, RULE, PLACE, DAY = "row", "rule", "place", "as_of"
_LARGEST = 2**63


@dataclass(frozen=True, slots=True)
class RuleCase:
    """A row with typed values (``rows.read_row``), the rule in force on the day, the dated figures."""

    rule: Rule
    as_of: date
    row: Mapping[str, Any]
    series: Mapping[str, Series]


def decide_cases(
    cases: Sequence[RuleCase], vocabulary: Vocabulary, back_end: BackEnd, session: Session
) -> list[Answer]:
    """The answers in the order of the cases."""
    if not cases:
        return []
    rules = list({id(case.rule): case.rule for case in cases}.values())
    numbers = {id(rule): number for number, rule in enumerate(rules)}
    columns = _columns(rules, vocabulary)
    placed = [Placed(str(place), case.as_of, case.rule, case.series) for place, case in enumerate(cases)]
    place_cases(session, rules, placed)
    source = _table(session, cases, columns, numbers)
    if any(rule.months for rule in rules):
        place_months(session, rules, source.relation)
    holds = WorkedOut(frozenset(column.name for column in columns), _dates(columns))
    written = [_written(rule, number, back_end, holds) for number, rule in enumerate(rules)]
    answers = session.folder / "answers.parquet"
    rows = Rows(_relation(columns, back_end), (ROW, RULE), has_day=True)
    back_end.decide(Task(session, rows, tuple(written), source, answers, own_rule=RULE), None)
    found = session.rows(
        'SELECT eligible, amount_fen, shares_fen, CAST("check" AS VARCHAR), CAST(problem AS VARCHAR) '
        f"FROM read_parquet({text(str(answers))}) WHERE CAST(standard AS VARCHAR) = CAST(rule AS VARCHAR) "
        "ORDER BY row"
    )
    return [_answer(*row) for row in found]


def _columns(rules: Sequence[Rule], vocabulary: Vocabulary) -> list[Column]:
    read = {column.name for rule in rules for column in rule.columns}
    return [column for column in vocabulary.columns.values() if column.name in read]


def _dates(columns: Sequence[Column]) -> frozenset[str]:
    return frozenset(column.name for column in columns if column.type == "date")


def _written(rule: Rule, number: int, back_end: BackEnd, holds: WorkedOut) -> RuleSql:
    """The rule under its number: two versions of one standard may both be asked for."""
    found = rule_sql(rule, dialect=back_end.dialect, prefix=f"r{number}_", worked_out=holds)
    return replace(found, standard_id=str(number))


def _relation(columns: Sequence[Column], back_end: BackEnd) -> str:
    """The cases with what rules rely on worked out."""
    added = []
    for column in columns:
        outside = outside_sql(column, None, back_end.dialect)
        terms = f"{column.name}__unreadable" + (f" OR COALESCE({outside}, FALSE)" if outside else "")
        added.append(f"{terms} AS {column.name}{BAD}")
    added += [
        f"{full_years_sql(name, None, back_end.dialect)} AS {name}{YEARS}" for name in sorted(_dates(columns))
    ]
    return f"SELECT {', '.join(('*', *added))} FROM {{roster}} AS cases"


def _table(
    session: Session, cases: Sequence[RuleCase], columns: Sequence[Column], numbers: Mapping[int, int]
) -> RosterSource:
    """The cases as a parquet file, by way of a file of JSON lines."""
    lines = session.folder / "cases.jsonl"
    with lines.open("w", encoding="utf-8") as file:
        for place, case in enumerate(cases):
            head = {ROW: place, RULE: numbers[id(case.rule)], PLACE: str(place), DAY: case.as_of.isoformat()}
            file.write(json.dumps(head | _values(case, columns), ensure_ascii=False) + "\n")
    types = {ROW: "BIGINT", RULE: "BIGINT", PLACE: "VARCHAR", DAY: "DATE"}
    for column in columns:
        types |= {column.name: SQL_TYPES[column.type], f"{column.name}__unreadable": "BOOLEAN"}
    shape = ", ".join(f"{name}: '{kind}'" for name, kind in types.items())
    target = session.folder / "cases.parquet"
    session.run(
        f"COPY (SELECT * FROM read_json({text(str(lines))}, "
        f"format = 'newline_delimited', columns = {{{shape}}})) "
        f"TO {text(str(target))} (FORMAT parquet)"
    )
    return RosterSource(f"read_parquet({text(str(target))})", types, (ROW, RULE), target)


def _values(case: RuleCase, columns: Sequence[Column]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    read = {column.name for column in case.rule.columns}
    for column in columns:
        value = case.row.get(column.name) if column.name in read else None
        is_bad = value is UNREADABLE or (isinstance(value, int) and abs(value) >= _LARGEST)
        found[f"{column.name}__unreadable"] = is_bad
        if value is not None and not is_bad:
            found[column.name] = value.isoformat() if isinstance(value, date) else value
    return found


def _answer(
    eligible: bool | None, amount: int | None, shares: str | None, check: Check | None, problem: str | None
) -> Answer:
    return Answer(eligible, amount, json.loads(shares) if shares else None, check, problem)
