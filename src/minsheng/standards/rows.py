"""Rows from outside, and whether their values lie in their domains."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from minsheng.standards.parameters import Figures, read_day
from minsheng.standards.problem_codes import outside_domain
from minsheng.standards.vocabulary import Column, Parameter

Row = Mapping[str, Any]


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


def months_between(first: date, last: date, most: int) -> list[date]:
    """The first days of the months, in order, both ends included; none where there are too many or none."""
    start, end = first.year * 12 + first.month - 1, last.year * 12 + last.month
    return (
        [date(place // 12, place % 12 + 1, 1) for place in range(start, end)] if end - start <= most else []
    )


def unsound_parameter(parameters: Iterable[Parameter], figures: Figures) -> str | None:
    """The first parameter outside its domain."""
    for parameter in parameters:
        value = figures[parameter.name]
        if value is not None and not 0 <= value <= parameter.high:
            return outside_domain(parameter.name)
    return None


def unsound_month(
    parameters: Iterable[Sequence[Parameter]], months: Sequence[date], in_month: Callable[[date], Figures]
) -> str | None:
    """The same of the parameters that each ``each_month`` reads, month by month."""
    for read in parameters:
        for month in months:
            found = unsound_parameter(read, in_month(month))
            if found:
                return found
    return None
