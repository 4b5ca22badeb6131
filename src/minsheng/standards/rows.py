"""Rows from outside, and whether their values lie in their domains."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from minsheng.standards.compiled import Rule
from minsheng.standards.functions import MONTH_FROM, MONTH_TO
from minsheng.standards.parameters import Figures, read_day
from minsheng.standards.problem_codes import outside_domain
from minsheng.standards.vocabulary import Column, Parameter

Row = Mapping[str, Any]
Test = Callable[[Any, Figures], bool]


class _Unreadable:
    """A value that is not of its column's type."""

    def __repr__(self) -> str:
        return "UNREADABLE"


UNREADABLE: Final = _Unreadable()


def read_row(
    given: Mapping[str, Any], columns: Iterable[Column], region: str | None = None
) -> dict[str, Any]:
    """The values a standard reads, of their types. ``region`` where the row does not say its own."""
    row = {column.name: read_value(given.get(column.name), column) for column in columns}
    if "region" in row and "region" not in given:
        row["region"] = region
    return row


def read_value(value: Any, column: Column) -> Any:
    """A value as JSON or YAML gives it: dates and months as ISO text, money as whole fen; null is unknown."""
    if value is None:
        return None
    if column.type in {"date", "month"}:
        text = (
            f"{value}-01" if column.type == "month" and isinstance(value, str) and len(value) == 7 else value
        )
        return read_day(text) or UNREADABLE
    if column.type in {"int", "fen"}:
        return value if type(value) is int else UNREADABLE
    wanted = bool if column.type == "bool" else str
    return value if type(value) is wanted else UNREADABLE


def domain_tests(rule: Rule) -> list[tuple[str, str, Test]]:
    """(problem, column, test): the test is true of a value that is not null and outside its domain."""
    return [(outside_domain(column.name), column.name, _test(column)) for column in rule.columns]


def _test(column: Column) -> Test:
    if column.type == "word":
        words = frozenset(column.words)
        return lambda value, _figures: value not in words
    if column.type in {"int", "fen"}:
        low, high = column.low, column.high
        return lambda value, _figures: type(value) is not int or not low <= value <= high
    if column.type == "date":
        return lambda value, figures: not isinstance(value, date) or value > figures.as_of
    if column.type == "month":
        return lambda value, _figures: not isinstance(value, date) or value.day != 1
    wanted = bool if column.type == "bool" else str
    return lambda value, _figures: type(value) is not wanted


def months_of(row: Row) -> list[date] | None:
    """The first days of the months of a row; None where they are not known. In order, both ends included."""
    first, last = row.get(MONTH_FROM), row.get(MONTH_TO)
    if first is None or last is None:
        return None
    span = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(place // 12, place % 12 + 1, 1) for place in span]


def unsound_parameter(parameters: Iterable[Parameter], figures: Figures) -> str | None:
    """The first parameter outside its domain."""
    for parameter in parameters:
        value = figures[parameter.name]
        if value is not None and not 0 <= value <= parameter.high:
            return outside_domain(parameter.name)
    return None


def unsound_month(months: Iterable[Sequence[Parameter]], row: Row, figures: Figures) -> str | None:
    """The same of the parameters that each ``each_month`` reads, month by month."""
    days = months_of(row)
    for parameters in months:
        for day in days or ():
            found = unsound_parameter(parameters, figures.facts.in_month(day))
            if found:
                return found
    return None
