"""Rows at every boundary of a rule: edges of domains, written figures and one to each side, gaps, bad values."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from minsheng.standards import tree as t
from minsheng.standards.compiled import Rule
from minsheng.standards.parameters import Facts, Series
from minsheng.standards.vocabulary import Column, Parameter


@dataclass(frozen=True)
class MadeRow:
    row: dict[str, Any]
    facts: Facts


def made_rows(rule: Rule, count: int, seed: int = 0) -> list[MadeRow]:
    """Some rows for a rule, the same for the same seed. Few columns are off at once, so that all paths are met."""
    chance = random.Random(f"{rule.standard.id} {seed}")
    values = {column.name: list(_values(column, rule)) for column in rule.columns}
    rows = []
    for _ in range(count):
        as_of = chance.choice(_days(rule))
        row = {
            name: chance.choice(values[name] if chance.random() < 0.3 else _usual(values[name]))
            for name in values
        }
        _lean_towards(rule.when, row, chance)
        if "birth_date" in row and chance.random() < 0.9:
            row["birth_date"] = _birth_date(as_of, chance)
        if "month_to" in row:
            row["month_from"], row["month_to"] = _months(chance)
        rows.append(MadeRow(row, Facts(as_of, _series(rule, as_of, chance))))
    return rows


def _usual(values: list[Any]) -> list[Any]:
    return [value for value in values if value is not None] or values


def _days(rule: Rule) -> list[date]:
    first = rule.version.first_day
    days = [
        first,
        first + timedelta(days=180),
        first + timedelta(days=365),
        date(first.year, 2, 28),
        date(first.year + 1, 3, 1),
    ]
    return [day for day in days if rule.version.is_in_force(day)]


def _figures(rule: Rule) -> list[int]:
    nodes = [*rule.needed, rule.when, *([rule.condition] if rule.condition else [])]
    return sorted({node.value for root in nodes for node in root.walk() if isinstance(node, t.Whole)})


def _values(column: Column, rule: Rule) -> Iterator[Any]:
    yield None
    if column.type == "word":
        yield from column.words
        yield "no_such_word"
    elif column.type == "bool":
        yield from (True, False)
    elif column.type == "text":
        yield from ("利辛县", "谯城区", "")
    elif column.type in {"int", "fen"}:
        near = {figure + step for figure in _figures(rule) for step in (-1, 0, 1)}
        edges = {column.low - 1, column.low, column.low + 1, column.high, column.high + 1, 7, 33333, 1234567}
        yield from sorted(value for value in near | edges if column.type == "fen" or value <= column.high + 1)
    elif column.type == "date":
        yield from (date(2010, 2, 28), date(2100, 1, 1))


def _lean_towards(when: t.Node, row: dict[str, Any], chance: random.Random) -> None:
    """Make what must hold true more often than not, so that amounts are worked out."""
    if isinstance(when, t.NamedCall):
        return _lean_towards(when.meaning, row, chance)
    if isinstance(when, t.Logic) and when.operator == "or":
        return _lean_towards(chance.choice(when.terms), row, chance)
    for term in when.terms if isinstance(when, t.Logic) else (when,):
        if chance.random() < 0.07:
            continue
        if isinstance(term, t.NamedCall | t.Logic):
            _lean_towards(term, row, chance)
        elif isinstance(term, t.OneOf) and isinstance(term.subject, t.ColumnValue):
            row[term.subject.column.name] = chance.choice(term.options).value
        elif (
            isinstance(term, t.Compare)
            and isinstance(term.left, t.ColumnValue)
            and term.operator in {"=", ">="}
        ):
            row[term.left.column.name] = getattr(term.right, "value", None)
        elif isinstance(term, t.ColumnValue):
            row[term.column.name] = True
    return None


def _birth_date(as_of: date, chance: random.Random) -> date:
    if chance.random() < 0.1:
        return chance.choice([date(2004, 2, 29), date(1964, 2, 29), as_of, as_of + timedelta(days=1)])
    years = chance.choice([14, 15, 16, 17, 18, 35, 54, 55, 59, 60, 64, 65])
    month, day = (as_of.month, min(as_of.day, 28)) if chance.random() < 0.7 else (2, 28)
    return date(as_of.year - years, month, day) + timedelta(days=chance.choice([-1, 0, 1]))


def _months(chance: random.Random) -> tuple[date | None, date | None]:
    if chance.random() < 0.05:
        return chance.choice([(date(1924, 1, 1), date(2023, 12, 1)), (date(1923, 12, 1), date(2023, 12, 1)), (date(1, 1, 1), date(9999, 12, 1))])  # fmt: skip
    starts = [date(2023, month, 1) for month in range(1, 13)]
    first, last = chance.choice(starts), chance.choice(starts)
    if chance.random() < 0.85:
        first, last = min(first, last), max(first, last)
    if chance.random() < 0.1:
        first = first + timedelta(days=3)
    return (None if chance.random() < 0.06 else first), (None if chance.random() < 0.06 else last)


def _series(rule: Rule, as_of: date, chance: random.Random) -> Mapping[str, Series]:
    found = [*rule.day_parameters, *(p for month in rule.months for p in rule.parameters_of_month(month))]
    return {parameter.name: _dated(parameter, rule, as_of, chance) for parameter in found}


def _dated(parameter: Parameter, rule: Rule, as_of: date, chance: random.Random) -> Series:
    draw = chance.random()
    if draw < 0.08:
        return ()
    if draw < 0.12:
        return ((as_of + timedelta(days=1), 5),)
    return tuple(
        (day, _figure(parameter, rule, chance))
        for day in (date(2019, 1, 1), date(2023, 4, 1), date(2023, 7, 1))
    )


def _figure(parameter: Parameter, rule: Rule, chance: random.Random) -> int | None:
    if chance.random() < 0.02:
        return chance.choice([-1, parameter.high + 1, None])
    if parameter.unit == "years":
        return chance.choice([15, 16, 18, 35, 54, 59, 64])
    if parameter.unit == "basis_points":
        return chance.choice([0, 5999, 6000, 7500, 7999, 8000, 8001, 10000])
    figures = [figure for figure in _figures(rule) if figure > 100] or [60500]
    return chance.choice(
        [chance.choice(figures) + step for step in (-1, 0, 1)] + [60501, 64011, 83333, parameter.high]
    )
