"""The regions' figures as small tables: what stands in each place on the day, and in each month that is counted."""

from collections.abc import Iterable, Sequence
from datetime import date

from minsheng.engine.figures import Series, load_intervals, series_of
from minsheng.engine.parameter_file import EVERYWHERE, DatedFigure
from minsheng.engine.session import Session, text
from minsheng.engine.statement import CALENDAR, DAY_FIGURES, MONTH_FIGURES
from minsheng.standards.compiled import Rule
from minsheng.standards.sql import parameter_column


def day_series(rules: Iterable[Rule]) -> dict[str, Series]:
    """The series that are read as of the day, by the column they stand in."""
    return {
        parameter_column(parameter, rule.standard.id): series_of(parameter, rule.standard.id)
        for rule in rules
        for parameter in rule.day_parameters
    }


def month_series(rules: Iterable[Rule]) -> dict[str, Series]:
    """The series that are read as of each month."""
    return {
        parameter_column(parameter, rule.standard.id): series_of(parameter, rule.standard.id)
        for rule in rules
        for month in rule.months
        for parameter in rule.parameters_of_month(month)
    }


def place_figures(
    session: Session, rules: Sequence[Rule], figures: Iterable[DatedFigure], days: Iterable[date]
) -> int:
    """Make the table of every place and day; the number of intervals. Dated intervals are joined by range."""
    series = {**day_series(rules), **month_series(rules)}
    placed = load_intervals(session, list(series.values()), figures)
    session.run("CREATE OR REPLACE TABLE days AS SELECT unnest(?::DATE[]) AS as_of", [sorted(set(days))])
    columns = _pivoted(series, day_series(rules))
    session.run(
        f"CREATE OR REPLACE TABLE {DAY_FIGURES} AS SELECT place, as_of{columns} FROM days "
        "JOIN figures ON first_day <= as_of AND as_of < end_day GROUP BY place, as_of"
    )
    return placed


def place_months(session: Session, rules: Sequence[Rule], roster: str) -> int:
    """Make the calendar of the months that the roster counts, and the figures of every place in each."""
    first, last = session.rows(f"SELECT min(month_from), max(month_to) FROM {roster} WHERE month_from <= month_to")[0]
    months = "unnest(generate_series(?::DATE, ?::DATE, INTERVAL 1 MONTH))" if first else "unnest([NULL::DATE])"
    session.run(
        f"CREATE OR REPLACE TABLE {CALENDAR} AS SELECT CAST({months} AS DATE) AS month",
        [first, last] if first else None,
    )
    series = {**day_series(rules), **month_series(rules)}
    session.run(
        f"CREATE OR REPLACE TABLE {MONTH_FIGURES} AS SELECT place, month{_pivoted(series, month_series(rules))} "
        f"FROM {CALENDAR} JOIN figures ON first_day <= month AND month < end_day GROUP BY place, month"
    )
    rows: int = session.one(f"SELECT count(*) FROM {CALENDAR}")
    return rows


def _pivoted(series: dict[str, Series], wanted: dict[str, Series]) -> str:
    numbers = {column: number for number, column in enumerate(series)}
    return "".join(
        f", max(value) FILTER (WHERE series = {numbers[column]}) AS {column}" for column in wanted
    )


def place_of(session: Session, region: str) -> str:
    """The place whose figures a row takes: its region where that has any, else everywhere's."""
    places = [place for (place,) in session.rows("SELECT DISTINCT place FROM figures ORDER BY 1")]
    own = ", ".join(text(place) for place in places if place != EVERYWHERE)
    return f"CASE WHEN {region} IN ({own}) THEN {region} ELSE '' END" if own else "''"
