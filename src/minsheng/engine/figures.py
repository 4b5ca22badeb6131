"""Dated figures of regions as intervals: which value stands in a place on a day, and from when to when.

A place is a region, or "" for every region that has no figures of its own. A region's own figure goes before the
one that holds everywhere, from the first day it has one.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from minsheng.engine.parameter_file import EVERYWHERE, DatedFigure
from minsheng.engine.session import Session
from minsheng.standards.vocabulary import Parameter

END = date.max
OUT_OF_DOMAIN = -1


@dataclass(frozen=True, slots=True)
class Series:
    """One figure that standards read: a parameter, and of those that each standard has its own, whose."""

    parameter: Parameter
    standard: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.parameter.name, self.standard


@dataclass(frozen=True, slots=True)
class Interval:
    """A value of one series in one place; ``end`` is the first day it no longer stands."""

    place: str
    first_day: date
    end: date
    value: int


def series_of(parameter: Parameter, standard: str) -> Series:
    """The series that a standard reads."""
    return Series(parameter, standard if parameter.per_standard else "")


def intervals(series: Iterable[Series], figures: Iterable[DatedFigure]) -> Iterator[tuple[int, Interval]]:
    """The place of a series in the list, and each interval of it, in every place that has figures at all."""
    by_key: dict[tuple[str, str], dict[str, dict[date, int]]] = {}
    regions: set[str] = set()
    for figure in figures:
        regions.add(figure.region)
        places = by_key.setdefault((figure.name, figure.standard), {})
        places.setdefault(figure.region, {})[figure.first_day] = figure.value
    for number, one in enumerate(series):
        places = by_key.get(one.key, {})
        everywhere = places.get(EVERYWHERE, {})
        for region in sorted(regions | {EVERYWHERE}):
            for interval in _intervals(region, _merged(everywhere, places.get(region, {}))):
                yield number, interval


def _merged(everywhere: Mapping[date, int], own: Mapping[date, int]) -> dict[date, int]:
    """The region's own values, and before the first of them those that hold everywhere."""
    first = min(own, default=END)
    return {day: value for day, value in everywhere.items() if day < first} | dict(own)


def _intervals(place: str, values: Mapping[date, int]) -> Iterator[Interval]:
    days = sorted(values)
    for day, end in zip(days, [*days[1:], END], strict=False):
        yield Interval(place, day, end, values[day])


def load_intervals(session: Session, series: list[Series], figures: Iterable[DatedFigure]) -> int:
    """Fill the table ``figures``: series, place, first_day, end_day, value."""
    rows = [
        (number, interval.place, interval.first_day, interval.end, _sound(series[number], interval.value))
        for number, interval in intervals(series, figures)
    ]
    columns = [list(column) for column in zip(*rows, strict=True)] or [[]] * 5
    session.run(
        "CREATE OR REPLACE TABLE figures AS SELECT unnest(?::INTEGER[]) AS series, unnest(?::VARCHAR[]) AS place, "
        "unnest(?::DATE[]) AS first_day, unnest(?::DATE[]) AS end_day, unnest(?::BIGINT[]) AS value",
        columns,
    )
    return len(rows)


def _sound(series: Series, value: int) -> int:
    """A figure out of its domain is given as -1: whoever reads it has a problem."""
    return value if 0 <= value <= series.parameter.high else OUT_OF_DOMAIN
