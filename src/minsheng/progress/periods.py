"""The periods of a year: weeks, months, quarters; when a report is due and how it stands on a day.

A period never leaves its calendar year, because what is reported counts from the first of January.
Weeks run from Monday to Sunday and bear the numbers of the calendar (ISO 8601), with two cuts: a week that
crosses the new year is cut there, and where its first or last days bear a number of the other year they join
the first or last week of their own (1 to 10 January 2027 is week 1: its first three days are ISO week 53).
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from minsheng.progress.model import Cadence

PeriodState = Literal["future", "open", "late", "closed"]
PERIOD_STATE_WORDS: dict[PeriodState, str] = {
    "future": "未开始",
    "open": "填报中",
    "late": "已逾期",
    "closed": "已关闭",
}
_LETTERS: dict[Cadence, str] = {"week": "W", "month": "M", "quarter": "Q"}
_NAMES: dict[Cadence, str] = {"week": "第{}周", "month": "{}月", "quarter": "第{}季度"}
_KEY = re.compile(r"(?P<year>[12][0-9]{3})-(?P<letter>[WMQ])(?P<number>[0-9]{1,2})")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """One reporting period; its number counts from 1 within its year. ValueError: there is no such number."""

    cadence: Cadence
    year: int
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= periods_in(self.year, self.cadence):
            raise ValueError(f"{self.year} has no {self.cadence} {self.number}")

    @property
    def start(self) -> date:
        if self.cadence == "week":
            monday = date.fromisocalendar(self.year, self.number, 1)
            return date(self.year, 1, 1) if self.number == 1 else monday
        return date(self.year, self._months_each() * (self.number - 1) + 1, 1)

    @property
    def end(self) -> date:
        """The last day of the period."""
        if self.number == periods_in(self.year, self.cadence):
            return date(self.year, 12, 31)
        return Period(self.cadence, self.year, self.number + 1).start - _DAY

    @property
    def name(self) -> str:
        """As officials say it: 2026年3月, 2026年第9周, 2026年第1季度."""
        return f"{self.year}年{_NAMES[self.cadence].format(self.number)}"

    @property
    def key(self) -> str:
        """As it stands in addresses and files; keys of one cadence sort by time."""
        width = 1 if self.cadence == "quarter" else 2
        return f"{self.year}-{_LETTERS[self.cadence]}{self.number:0{width}}"

    @property
    def is_first(self) -> bool:
        return self.number == 1

    def previous(self) -> "Period | None":
        """The period before it in the same year; None before the first, where counting begins anew."""
        return None if self.is_first else Period(self.cadence, self.year, self.number - 1)

    def next(self) -> "Period | None":
        """The period after it in the same year."""
        last = periods_in(self.year, self.cadence)
        return None if self.number == last else Period(self.cadence, self.year, self.number + 1)

    @staticmethod
    def parse(key: str) -> "Period | None":
        """The period of a key; None if it is none."""
        found = _KEY.fullmatch(key)
        if found is None:
            return None
        cadence = next(known for known, letter in _LETTERS.items() if letter == found["letter"])
        try:
            return Period(cadence, int(found["year"]), int(found["number"]))
        except ValueError:
            return None

    def _months_each(self) -> int:
        return 12 // periods_in(self.year, self.cadence)


def periods_in(year: int, cadence: Cadence) -> int:
    """How many periods a year has. 28 December always lies in the last week of its year."""
    if cadence == "week":
        return date(year, 12, 28).isocalendar().week
    return 12 if cadence == "month" else 4


def periods_of(year: int, cadence: Cadence) -> tuple[Period, ...]:
    """All periods of a year, in order. Together they are the year, day by day, once each."""
    return tuple(Period(cadence, year, number) for number in range(1, periods_in(year, cadence) + 1))


def period_of(day: date, cadence: Cadence) -> Period:
    """The period a day lies in."""
    if cadence != "week":
        return Period(cadence, day.year, (day.month - 1) * periods_in(day.year, cadence) // 12 + 1)
    iso = day.isocalendar()
    if iso.year == day.year:
        return Period(cadence, day.year, iso.week)
    return Period(cadence, day.year, 1 if iso.year < day.year else periods_in(day.year, cadence))


def current(year: int, cadence: Cadence, today: date) -> Period | None:
    """The period of ``year`` that runs today: None before the year begins, its last one once it is over."""
    if today.year < year:
        return None
    return period_of(min(today, date(year, 12, 31)), cadence)


def due_on(period: Period, days_after: int) -> date:
    """The last day on which its report is on time; days below nought ask for it before the period ends."""
    return period.end + timedelta(days=days_after)


def state_on(period: Period, today: date, due: date, closed: bool) -> PeriodState:
    """How a period stands on a day: closed for good, not begun, open until its due day, late after it."""
    if closed:
        return "closed"
    if today < period.start:
        return "future"
    return "late" if today > due else "open"
