"""Dated figures of regions as intervals: which value stands in a place on a day, and from when to when.

A place is a region, or "" for every region that has no figures of its own in the file; of cases, each is one.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from minsheng.engine.session import Session, text
from minsheng.standards.parameters import ParameterBook, Series
from minsheng.standards.vocabulary import Parameter

EVERYWHERE = ""
END = date.max
OUT_OF_DOMAIN = -1


@dataclass(frozen=True, slots=True)
class Interval:
    """A value of the column ``name`` in one place; ``end`` is the first day it no longer stands."""

    name: str
    place: str
    first_day: date
    end: date
    value: int | None


def intervals_of_book(
    columns: Mapping[str, Parameter], book: ParameterBook, standard: str
) -> Iterator[Interval]:
    """The intervals of the parameters of one standard, in every place that has figures at all."""
    regions = {version.region for version in book.versions if version.region}
    for column, parameter in columns.items():
        for region in (None, *sorted(regions)):
            series = book.series_for((parameter.name,), region, standard)[parameter.name]
            yield from intervals_of(column, parameter, region or EVERYWHERE, series)


def intervals_of(column: str, parameter: Parameter, place: str, series: Series) -> Iterator[Interval]:
    """A series as intervals. A figure out of its domain is given as -1: whoever reads it has a problem."""
    ends = [day for day, _ in series[1:]] + [END]
    for (day, value), end in zip(series, ends, strict=False):
        is_sound = value is None or 0 <= value <= parameter.high
        yield Interval(column, place, day, end, value if is_sound else OUT_OF_DOMAIN)


def load_intervals(session: Session, intervals: Iterable[Interval]) -> int:
    """Fill the table ``figures``: name, place, first_day, end_day, value."""
    rows = [
        f"('{found.name}', {text(found.place)}, {day_sql(found.first_day)}, {day_sql(found.end)}, "
        f"{'NULL' if found.value is None else found.value})"
        for found in intervals
    ]
    session.run(
        "CREATE OR REPLACE TABLE figures (name VARCHAR, place VARCHAR, first_day DATE, end_day DATE, value BIGINT)"
    )
    session.insert("figures", rows)
    return len(rows)


def day_sql(day: date) -> str:
    return f"DATE '{day.isoformat()}'"
