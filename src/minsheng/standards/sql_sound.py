"""Whether the values of a row lie in their domains, as SQL conditions in the order problems are told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlglot import exp

from minsheng.standards.compiled import Rule
from minsheng.standards.functions import MONTH_FROM, MONTH_TO
from minsheng.standards.problem_codes import outside_domain
from minsheng.standards.sql_words import day_literal, number, two
from minsheng.standards.vocabulary import Column, Parameter

Test = tuple[str, exp.Expr]


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """What the relation holds already, once for all rules of a scan.

    ``tested``: columns with a ``__bad`` beside them, true where a value is not of their type or outside its
    domain. ``ages``: date columns with their full years on the day in ``__years``. ``are_figures_sound``: no
    parameter is outside its domain.
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
        told: list[exp.Expr] = [exp.column(f"{column.name}__bad")]
        terms = told if is_tested else _outside(column, as_of)
        if terms:
            tests.append((outside_domain(column.name), _any_of(terms)))
    if rule.months:
        tests.append((outside_domain(MONTH_TO), exp.Not(this=exp.Paren(this=_is_span(month_to(rule))))))
    return tests


def month_to(rule: Rule) -> Column:
    """The column of the last month, of a rule that counts months."""
    return next(column for column in rule.columns if column.name == MONTH_TO)


def span_sql(last: Column, dialect: str) -> str:
    """True where the months of a row can be counted: they are in order, and not too many."""
    return _is_span(last).sql(dialect=dialect)


def _is_span(column: Column) -> exp.Expr:
    first, last = exp.column(MONTH_FROM), exp.column(MONTH_TO)
    between = two(exp.Sub, _month_number(last), _month_number(first))
    return exp.Between(this=exp.Paren(this=between), low=number(0), high=number(column.most_months - 1))


def _month_number(of: exp.Expr) -> exp.Expr:
    year, month = (exp.Anonymous(this=name, expressions=[of.copy()]) for name in ("YEAR", "MONTH"))
    return two(exp.Add, two(exp.Mul, year, number(12)), month)


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
