"""Small pieces of SQL that the writers put together."""

from datetime import date

from sqlglot import exp


def number(value: int) -> exp.Expr:
    return exp.Literal.number(value)


def is_null(of: exp.Expr) -> exp.Expr:
    return exp.Is(this=closed(of), expression=exp.Null())


def is_not_null(of: exp.Expr) -> exp.Expr:
    return exp.Not(this=is_null(of))


def all_of(terms: list[exp.Expr]) -> exp.Expr:
    """The conjunction of some conditions."""
    found = terms[0]
    for term in terms[1:]:
        found = exp.And(this=closed(found), expression=closed(term))
    return found


def case(*branches: tuple[exp.Expr, exp.Expr], otherwise: exp.Expr | None = None) -> exp.Expr:
    ifs = [exp.If(this=condition, true=value) for condition, value in branches]
    return exp.Case(ifs=ifs, default=otherwise)


def closed(of: exp.Expr) -> exp.Expr:
    return exp.Paren(this=of) if isinstance(of, exp.Binary | exp.Not | exp.In | exp.Is) else of


def two(kind: type[exp.Binary], left: exp.Expr, right: exp.Expr) -> exp.Expr:
    return kind(this=closed(left), expression=closed(right))


def day_number(of: exp.Expr) -> exp.Expr:
    """A date as yyyymmdd."""
    parts = [exp.Anonymous(this=name, expressions=[of.copy()]) for name in ("YEAR", "MONTH", "DAY")]
    years, months = two(exp.Mul, parts[0], number(10000)), two(exp.Mul, parts[1], number(100))
    return two(exp.Add, two(exp.Add, years, months), parts[2])


def day_literal(day: date) -> exp.Expr:
    return exp.cast(exp.Literal.string(day.isoformat()), "date")


def full_years(of: exp.Expr, as_of: date | None) -> exp.Expr:
    """Age on the day: in full years, a birthday counting from its own day on."""
    if as_of is None:
        today = day_number(exp.column("as_of"))
    else:
        today = number(as_of.year * 10000 + as_of.month * 100 + as_of.day)
    return two(exp.IntDiv, two(exp.Sub, today, day_number(of)), number(10000))


def full_years_sql(column: str, as_of: date | None, dialect: str) -> str:
    """The same of a column, written out."""
    return full_years(exp.column(column), as_of).sql(dialect=dialect)
