"""Dated figures that a region sets. The one in force on a day has the latest start not after it."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

UNUSABLE = -1
"""Stands for a figure that is no whole number: outside every domain, so a problem wherever it is read."""

Series = tuple[tuple[date, int | None], ...]
"""(first day, figure) by day; a figure of None: from that day on there is none."""


def figure_on(series: Series, day: date) -> int | None:
    """The figure in force on a day; None before the first."""
    place = bisect_right(series, day, key=lambda version: version[0])
    return series[place - 1][1] if place else None


def read_series(given: Any) -> Series:
    """A series from outside: a plain figure, or a list of ``{"from": day, "value": figure}``."""
    if not isinstance(given, list):
        return () if given is None else ((date.min, whole(given)),)
    versions: dict[date, int | None] = {}
    for version in given:
        day = read_day(version.get("from")) if isinstance(version, Mapping) else None
        if day is None:
            return ((date.min, UNUSABLE),)
        value = version.get("value")
        versions[day] = None if value is None else whole(value)
    return tuple(sorted(versions.items()))


def whole(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else UNUSABLE


def read_day(value: Any) -> date | None:
    """A day as ISO text or a date; None where it is neither."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class ParameterVersion:
    """One figure from one day on, for a region (None: all that have none of their own) and a standard."""

    name: str
    first_day: date
    value: int | None
    region: str | None = None
    standard: str | None = None


@dataclass(frozen=True, slots=True)
class ParameterBook:
    """All figures of a file. A region's own series takes the place of the general one."""

    versions: tuple[ParameterVersion, ...] = ()
    _series: dict[tuple[str, str | None, str | None], Series] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        found: dict[tuple[str, str | None, str | None], dict[date, int | None]] = {}
        for version in self.versions:
            key = (version.name, version.region, version.standard)
            found.setdefault(key, {})[version.first_day] = version.value
        self._series.update({key: tuple(sorted(dated.items())) for key, dated in found.items()})

    def series_for(self, names: Iterable[str], region: str | None, standard: str) -> Mapping[str, Series]:
        """The series of some parameters as a row of the region and the standard sees them."""
        found: dict[str, Series] = {}
        for name in names:
            keys = [(name, place, which) for place in (region, None) for which in (standard, None)]
            found[name] = next((self._series[key] for key in keys if key in self._series), ())
        return found


class Figures(dict[str, "int | None"]):
    """The figures as of one day, by name; and the day the row is decided for."""

    __slots__ = ("as_of", "as_of_number", "facts")

    def __init__(self, facts: "Facts", day: date) -> None:
        super().__init__((name, figure_on(series, day)) for name, series in facts.series.items())
        self.facts = facts
        self.as_of = facts.as_of
        self.as_of_number = day_number(facts.as_of)

    def __missing__(self, name: str) -> None:
        """A parameter that is not given is missing."""


class Facts:
    """The day, and the dated figures of one region as one standard sees them. Many rows share one."""

    __slots__ = ("_months", "as_of", "figures", "series")

    def __init__(self, as_of: date, series: Mapping[str, Series] | None = None) -> None:
        self.as_of = as_of
        self.series = series or {}
        self._months: dict[date, Figures] = {}
        self.figures = Figures(self, as_of)

    def in_month(self, month: date) -> Figures:
        """The figures as of the first of a month."""
        found = self._months.get(month)
        if found is None:
            found = self._months[month] = Figures(self, month)
        return found


def day_number(day: date) -> int:
    return day.year * 10000 + day.month * 100 + day.day
