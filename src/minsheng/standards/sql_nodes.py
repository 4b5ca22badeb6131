"""One typed node as a SQL expression, with the meaning the evaluator gives it.

Unknown stays unknown, nothing is a double, nothing is rounded but where it says so, and numbers too wide for
64 bits are held in 38 digits.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlglot import exp

from minsheng.standards import tree as t

_MOST_64 = 2**63 - 1
_COMPARE: Mapping[str, type[exp.Binary]] = {
    "=": exp.EQ,
    "<>": exp.NEQ,
    "<": exp.LT,
    "<=": exp.LTE,
    ">": exp.GT,
    ">=": exp.GTE,
}
_ARITHMETIC: Mapping[str, type[exp.Binary]] = {"+": exp.Add, "-": exp.Sub, "*": exp.Mul}


def number(value: int) -> exp.Expr:
    return exp.Literal.number(value)


def is_null(of: exp.Expr) -> exp.Expr:
    return exp.Is(this=_closed(of), expression=exp.Null())


def is_not_null(of: exp.Expr) -> exp.Expr:
    return exp.Not(this=is_null(of))


def all_of(terms: list[exp.Expr]) -> exp.Expr:
    """The conjunction of some conditions."""
    found = terms[0]
    for term in terms[1:]:
        found = exp.And(this=_closed(found), expression=_closed(term))
    return found


def case(*branches: tuple[exp.Expr, exp.Expr], otherwise: exp.Expr | None = None) -> exp.Expr:
    ifs = [exp.If(this=condition, true=value) for condition, value in branches]
    return exp.Case(ifs=ifs, default=otherwise)


def _closed(of: exp.Expr) -> exp.Expr:
    return exp.Paren(this=of) if isinstance(of, exp.Binary | exp.Not | exp.In | exp.Is) else of


def _two(kind: type[exp.Binary], left: exp.Expr, right: exp.Expr) -> exp.Expr:
    return kind(this=_closed(left), expression=_closed(right))


def day_number(of: exp.Expr) -> exp.Expr:
    """A date as yyyymmdd."""
    parts = [exp.Anonymous(this=name, expressions=[of.copy()]) for name in ("YEAR", "MONTH", "DAY")]
    years, months = _two(exp.Mul, parts[0], number(10000)), _two(exp.Mul, parts[1], number(100))
    return _two(exp.Add, _two(exp.Add, years, months), parts[2])


def day_literal(day: date) -> exp.Expr:
    return exp.cast(exp.Literal.string(day.isoformat()), "date")


@dataclass(frozen=True, slots=True)
class SqlWriter:
    """Writes nodes. ``known``: columns that a test around the expression has found not null.

    ``parameter`` and ``month`` give the columns that hold a parameter, or an ``each_month`` worked out before.
    """

    parameter: Callable[[str], str]
    month: Callable[[t.EachMonth], str]
    as_of: date | None = None
    dialect: str = "duckdb"
    due: str = "due"
    known: frozenset[str] = field(default_factory=frozenset)

    def write(self, node: t.Node) -> exp.Expr:
        writer: Any = _WRITERS[type(node)]
        found: exp.Expr = writer(self, node)
        return found

    def column_of(self, node: t.Node) -> str:
        """The column of a leaf."""
        if isinstance(node, t.ColumnValue):
            return node.column.name
        if isinstance(node, t.ParameterValue):
            return self.parameter(node.parameter.name)
        return self.month(node) if isinstance(node, t.EachMonth) else ""

    def may_be_null(self, node: t.Node) -> bool:
        """Whether the SQL of a node can be null."""
        if isinstance(node, t.ColumnValue | t.ParameterValue | t.EachMonth):
            return self.column_of(node) not in self.known
        if isinstance(node, t.NamedCall):
            return self.may_be_null(node.meaning)
        if isinstance(node, t.LargerIfGiven):
            return self.may_be_null(node.left)
        if isinstance(node, t.IfGiven):
            return self.may_be_null(node.left) and self.may_be_null(node.right)
        if isinstance(node, t.Choice) and node.otherwise is None:
            return True
        return any(self.may_be_null(part) for part in node.parts)

    def strict(self, node: t.Node) -> tuple[str, ...]:
        """Columns without which a node is surely null."""
        if isinstance(node, t.ColumnValue | t.ParameterValue | t.EachMonth):
            return (self.column_of(node),)
        if isinstance(node, t.NamedCall):
            return self.strict(node.meaning)
        if isinstance(node, t.IfGiven | t.Logic):
            return ()
        if isinstance(node, t.LargerIfGiven | t.IfTrue):
            return self.strict(node.left)
        parts = node.branches[0][:1] if isinstance(node, t.Choice) else node.parts
        return tuple(dict.fromkeys(name for part in parts for name in self.strict(part)))

    # The rest writes one kind of node each.

    def _whole(self, node: t.Whole) -> exp.Expr:
        return number(node.value)

    def _truth(self, node: t.Truth) -> exp.Expr:
        return exp.Boolean(this=node.value)

    def _word(self, node: t.Word) -> exp.Expr:
        return exp.Literal.string(node.value)

    def _day(self, node: t.Day) -> exp.Expr:
        return day_literal(node.value)

    def _as_of(self, _node: t.AsOf) -> exp.Expr:
        return exp.column("as_of") if self.as_of is None else day_literal(self.as_of)

    def _leaf(self, node: t.Node) -> exp.Expr:
        return exp.column(self.column_of(node))

    def _due(self, _node: t.Due) -> exp.Expr:
        return exp.column(self.due)

    def _named(self, node: t.NamedCall) -> exp.Expr:
        return self.write(node.meaning)

    def _arithmetic(self, node: t.Arithmetic) -> exp.Expr:
        if node.low == node.high and not self.may_be_null(node):
            return number(node.low)
        left, right = self.write(node.left), self.write(node.right)
        return _two(_ARITHMETIC[node.operator], self._held(left, node.low, node.high), right)

    def _held(self, of: exp.Expr, low: int, high: int) -> exp.Expr:
        """A first operand wide enough for the result."""
        if max(abs(low), abs(high)) <= _MOST_64:
            return of
        return exp.cast(of, "DECIMAL(38, 0)" if self.dialect == "spark" else "HUGEINT", dialect=self.dialect)

    def _divide(self, node: t.Divide) -> exp.Expr:
        left, right = self.write(node.left), self.write(node.right)
        most = 2 * node.left.high + 2 * node.right.high
        left = self._held(left, 0, most)
        if node.rounding == "half_up":
            left = _two(exp.Add, _two(exp.Mul, left, number(2)), right.copy())
            right = number(2 * node.right.low) if _is_fixed(node.right) else _two(exp.Mul, right, number(2))
        elif node.rounding == "up":
            less = (
                number(node.right.low - 1)
                if _is_fixed(node.right)
                else _two(exp.Sub, right.copy(), number(1))
            )
            left = _two(exp.Add, left, less)
        found = _two(exp.IntDiv, left, right)
        is_narrow = most > _MOST_64 >= node.high
        return exp.cast(found, "BIGINT", dialect=self.dialect) if is_narrow else found

    def _extreme(self, node: t.Extreme) -> exp.Expr:
        chosen = exp.Anonymous(
            this="LEAST" if node.which == "lesser" else "GREATEST",
            expressions=[self.write(node.left), self.write(node.right)],
        )
        return self._unless_null(chosen, node.left, node.right)

    def _larger_if_given(self, node: t.LargerIfGiven) -> exp.Expr:
        # GREATEST passes over a null: so it may be the right one, and never the left.
        chosen = exp.Anonymous(this="GREATEST", expressions=[self.write(node.left), self.write(node.right)])
        return self._unless_null(chosen, node.left)

    def _unless_null(self, value: exp.Expr, *needed: t.Node) -> exp.Expr:
        tests: list[exp.Expr] = []
        for node in needed:
            if self.may_be_null(node):
                tests += [is_not_null(exp.column(name)) for name in self._witnesses(node)] or [
                    is_not_null(self.write(node))
                ]
        return case((all_of(tests), value)) if tests else value

    def _witnesses(self, node: t.Node) -> list[str]:
        """Columns whose being known makes a node known; none where that is not so simple."""
        return [name for name in self.strict(node) if name not in self.known] if _is_simple(node) else []

    def _if_given(self, node: t.IfGiven) -> exp.Expr:
        return exp.Coalesce(this=self.write(node.left), expressions=[self.write(node.right)])

    def _if_true(self, node: t.IfTrue) -> exp.Expr:
        condition, value = self.write(node.left), self.write(node.right)
        if not self.may_be_null(node.left):
            return case((condition, value), otherwise=number(0))
        return case((condition, value), (exp.Not(this=_closed(condition.copy())), number(0)))

    def _power(self, node: t.Power) -> exp.Expr:
        base, exponent = node.left, self.write(node.right)
        branches = []
        for times in range(node.right.low, node.right.high + 1):
            if _is_fixed(base):
                value = number(base.low**times)
            else:
                value = number(1)
                for step in range(times):
                    factor = self.write(base)
                    value = (
                        factor if step == 0 else _two(exp.Mul, self._held(value, 0, base.high**times), factor)
                    )
            branches.append((_two(exp.EQ, exponent.copy(), number(times)), value))
        return case(*branches)

    def _full_years(self, node: t.FullYears) -> exp.Expr:
        if self.as_of is None:
            today = day_number(exp.column("as_of"))
        else:
            today = number(self.as_of.year * 10000 + self.as_of.month * 100 + self.as_of.day)
        return _two(exp.IntDiv, _two(exp.Sub, today, day_number(self.write(node.of))), number(10000))

    def _compare(self, node: t.Compare) -> exp.Expr:
        return _two(_COMPARE[node.operator], self.write(node.left), self.write(node.right))

    def _one_of(self, node: t.OneOf) -> exp.Expr:
        options = [self.write(option) for option in node.options]
        return exp.In(this=_closed(self.write(node.subject)), expressions=options)

    def _logic(self, node: t.Logic) -> exp.Expr:
        kind = exp.And if node.operator == "and" else exp.Or
        found = self.write(node.terms[0])
        for term in node.terms[1:]:
            found = _two(kind, found, self.write(term))
        return found

    def _opposite(self, node: t.Opposite) -> exp.Expr:
        return exp.Not(this=_closed(self.write(node.of)))

    def _choice(self, node: t.Choice) -> exp.Expr:
        branches: list[tuple[exp.Expr, exp.Expr]] = []
        tested: set[str] = set()
        for condition, value in node.branches:
            written = self.write(condition)
            witness = " ".join(self._witnesses_of_condition(condition))
            if self.may_be_null(condition) and (not witness or witness not in tested):
                branches.append((is_null(written.copy()), exp.Null()))
                tested.add(witness)
            branches.append((written, self.write(value)))
        return case(*branches, otherwise=None if node.otherwise is None else self.write(node.otherwise))

    def _witnesses_of_condition(self, condition: t.Node) -> list[str]:
        """The column on whose being known a comparison with something written depends."""
        if isinstance(condition, t.Compare) and isinstance(condition.left, t.ColumnValue):
            return self._witnesses(condition.left) if isinstance(condition.right, t.Word | t.Whole) else []
        return []


def _is_simple(node: t.Node) -> bool:
    """Whether a node is null exactly where one of its columns is."""
    if isinstance(node, t.ColumnValue | t.ParameterValue | t.EachMonth | t.Whole):
        return True
    strict = t.Arithmetic | t.Divide | t.Extreme | t.NamedCall | t.Power | t.FullYears
    return isinstance(node, strict) and all(map(_is_simple, node.parts))


def _is_fixed(node: t.Node) -> bool:
    return isinstance(node, t.Whole)


_WRITERS: Mapping[type[t.Node], Callable[[SqlWriter, Any], exp.Expr]] = {
    t.Whole: SqlWriter._whole,
    t.Truth: SqlWriter._truth,
    t.Word: SqlWriter._word,
    t.Day: SqlWriter._day,
    t.AsOf: SqlWriter._as_of,
    t.Due: SqlWriter._due,
    t.ColumnValue: SqlWriter._leaf,
    t.ParameterValue: SqlWriter._leaf,
    t.EachMonth: SqlWriter._leaf,
    t.NamedCall: SqlWriter._named,
    t.Arithmetic: SqlWriter._arithmetic,
    t.Divide: SqlWriter._divide,
    t.Extreme: SqlWriter._extreme,
    t.LargerIfGiven: SqlWriter._larger_if_given,
    t.IfGiven: SqlWriter._if_given,
    t.IfTrue: SqlWriter._if_true,
    t.Power: SqlWriter._power,
    t.FullYears: SqlWriter._full_years,
    t.Compare: SqlWriter._compare,
    t.OneOf: SqlWriter._one_of,
    t.Logic: SqlWriter._logic,
    t.Opposite: SqlWriter._opposite,
    t.Choice: SqlWriter._choice,
}
