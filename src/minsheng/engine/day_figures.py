"""The regions' figures as small tables: what stands in each place on the day, and in each month."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from minsheng.engine.figures import (
    EVERYWHERE,
    OUT_OF_DOMAIN,
    Interval,
    day_sql,
    intervals_of,
    intervals_of_book,
    load_intervals,
)
from minsheng.engine.session import Session
from minsheng.engine.statement import CALENDAR, DAY_FIGURES, MONTH_FIGURES, Dialect, literal
from minsheng.standards.compiled import Rule
from minsheng.standards.parameters import ParameterBook, Series
from minsheng.standards.sql import parameter_column
from minsheng.standards.sql_sound import month_to, span_sql
from minsheng.standards.vocabulary import Parameter

Columns = Mapping[str, Parameter]


@dataclass(frozen=True, slots=True)
class Placed:
    """A place with a day and figures of its own: one case."""

    place: str
    as_of: date
    rule: Rule
    series: Mapping[str, Series]


def day_columns(rules: Iterable[Rule]) -> dict[str, Parameter]:
    """The parameters that are read as of the day, by the column they stand in."""
    return {
        parameter_column(parameter, rule.standard.id): parameter
        for rule in rules
        for parameter in rule.day_parameters
    }


def month_columns(rules: Iterable[Rule]) -> dict[str, Parameter]:
    """The parameters that are read as of each month."""
    return {
        parameter_column(parameter, rule.standard.id): parameter
        for rule in rules
        for month in rule.months
        for parameter in rule.parameters_of_month(month)
    }


def place_book(session: Session, rules: Sequence[Rule], book: ParameterBook, as_of: date) -> int:
    """Make the table of every region's figures on the day; the number of dated intervals they come from."""
    found: list[Interval] = []
    for rule in rules:
        columns = {**day_columns((rule,)), **month_columns((rule,))}
        found += intervals_of_book(columns, book, rule.standard.id)
    placed = load_intervals(session, dict.fromkeys(found))
    session.run(
        f"CREATE OR REPLACE TABLE days AS SELECT DISTINCT place, {day_sql(as_of)} AS as_of FROM figures"
    )
    _make_day_figures(session, rules)
    return placed


def place_cases(session: Session, rules: Sequence[Rule], cases: Iterable[Placed]) -> int:
    """The same for cases, each a place of its own."""
    found: list[Interval] = []
    days: list[str] = []
    for case in cases:
        columns = {**day_columns((case.rule,)), **month_columns((case.rule,))}
        days.append(f"('{case.place}', {day_sql(case.as_of)})")
        for column, parameter in columns.items():
            found += intervals_of(column, parameter, case.place, case.series.get(parameter.name, ()))
    placed = load_intervals(session, found)
    session.run("CREATE OR REPLACE TABLE days (place VARCHAR, as_of DATE)")
    session.insert("days", days)
    _make_day_figures(session, rules)
    return placed


def _make_day_figures(session: Session, rules: Sequence[Rule]) -> None:
    """Dated intervals joined to places by the range their day lies in."""
    session.run(
        f"CREATE OR REPLACE TABLE {DAY_FIGURES} AS "
        f"SELECT place, as_of{_pivoted(day_columns(rules))} FROM days "
        "JOIN figures USING (place) WHERE first_day <= as_of AND as_of < end_day GROUP BY place, as_of"
    )


def place_months(session: Session, rules: Sequence[Rule], roster: str) -> int:
    """Make the calendar of the months that the roster counts, and the figures of every place in each."""
    counted = next(span_sql(month_to(rule), "duckdb") for rule in rules if rule.months)
    spans = f"SELECT DISTINCT month_from, month_to FROM {roster} WHERE {counted} AND DAY(month_from) = 1"
    months = f"SELECT unnest(generate_series(month_from, month_to, INTERVAL 1 MONTH)) AS month FROM ({spans})"
    session.run(
        f"CREATE OR REPLACE TABLE {CALENDAR} AS SELECT DISTINCT CAST(month AS DATE) AS month FROM ({months})"
    )
    session.run(
        f"CREATE OR REPLACE TABLE {MONTH_FIGURES} AS SELECT place, month{_pivoted(month_columns(rules))} "
        f"FROM {CALENDAR} JOIN figures ON first_day <= month AND month < end_day GROUP BY place, month"
    )
    rows: int = session.one(f"SELECT count(*) FROM {CALENDAR}")
    return rows


def _pivoted(columns: Columns) -> str:
    return "".join(f", max(value) FILTER (WHERE name = '{column}') AS {column}" for column in columns)


def are_sound(session: Session) -> bool:
    """Whether every figure lies in its domain."""
    return not session.one(f"SELECT count(*) FROM figures WHERE value = {OUT_OF_DOMAIN}")


def place_of(session: Session, region: str, dialect: Dialect) -> str:
    """The place whose figures a row takes: its region where that has any, else everywhere's."""
    places = [place for (place,) in session.rows("SELECT DISTINCT place FROM figures ORDER BY 1")]
    own = ", ".join(literal(place, dialect) for place in places if place != EVERYWHERE)
    return f"CASE WHEN {region} IN ({own}) THEN {region} ELSE '' END" if own else "''"
