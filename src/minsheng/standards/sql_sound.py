"""Whether the values of a row lie in their domains, as SQL conditions in the order problems are told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlglot import exp

from minsheng.standards.compiled import Rule
from minsheng.standards.functions import MONTH_FROM, MONTH_TO
from minsheng.standards.problem_codes import outside_domain
from minsheng.standards.sql_words import day_literal, number
from minsheng.standards.vocabulary import Column, Parameter

Test = tuple[str, exp.Expr]


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """What the relation holds already, once for all rules of a scan.

    ``tested``: columns with a ``__bad`` beside them, true where a value is not of their type or outside its domain.
    ``ages``: date columns with their full years on the day in ``__years``. ``are_figures_sound``: no parameter is
    outside its domain.
    """

    tested: frozenset[str] = frozenset()
    ages: frozenset[str] = frozenset()
    are_figures_sound: bool = False


def outside_sql(column: Column, as_of: date | None, dialect: str) -> str:
    """The condition that a value of a column is outside its domain; empty where none can be."""
    terms = _outside(column, as_of)
    return _any_of(terms).sql(dialect=dialect) if terms else ""


def sound_columns(rule: Rule, as_of: date | None, worked_out: WorkedOut) -> list[Test]:
    """For each column that can be outside its domain: the problem, and a condition true where it is."""
    tests: list[Test] = []
    for column in rule.columns:
        is_tested = column.name in worked_out.tested
        terms = [exp.column(f"{column.name}__bad")] if is_tested else _outside(column, as_of)
        if terms:
            tests.append((outside_domain(column.name), _any_of(terms)))
    if {MONTH_FROM, MONTH_TO} <= {column.name for column in rule.columns}:
        backwards = exp.LT(this=exp.column(MONTH_TO), expression=exp.column(MONTH_FROM))
        tests.append((outside_domain(MONTH_TO), backwards))
    return tests


def sound_parameters(parameters: Iterable[Parameter], columns: Mapping[str, str]) -> list[Test]:
    """The same for parameters."""
    tests: list[Test] = []
    for parameter in parameters:
        column = exp.column(columns[parameter.name])
        tests.append((outside_domain(parameter.name), _not_between(column, 0, parameter.high)))
    return tests


def _outside(column: Column, as_of: date | None) -> list[exp.Expr]:
    value = exp.column(column.name)
    if column.type == "word":
        words = [exp.Literal.string(word) for word in column.words]
        return [exp.Not(this=exp.Paren(this=exp.In(this=value, expressions=words)))]
    if column.type in {"int", "fen"}:
        return [_not_between(value, column.low, column.high)]
    if column.type == "date":
        today = exp.column("as_of") if as_of is None else day_literal(as_of)
        return [exp.GT(this=value, expression=today)]
    if column.type == "month":
        day = exp.Anonymous(this="DAY", expressions=[value])
        return [exp.NEQ(this=day, expression=number(1))]
    return []


def _not_between(value: exp.Expr, low: int, high: int) -> exp.Expr:
    between = exp.Between(this=value, low=number(low), high=number(high))
    return exp.Not(this=exp.Paren(this=between))


def _any_of(terms: list[exp.Expr]) -> exp.Expr:
    found = terms[0]
    for term in terms[1:]:
        found = exp.Or(this=exp.Paren(this=found), expression=term)
    return found
