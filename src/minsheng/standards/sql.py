"""A rule as SQL: expressions over a relation of roster rows, for DuckDB or Spark, from the same typed tree.

**The relation.** It has the columns of ``RuleSql.columns`` under their vocabulary names: text and word
VARCHAR, date and month DATE, int and fen BIGINT, bool BOOLEAN; null is unknown. What else stands there,
worked out once for all rules, ``WorkedOut`` names: a value that is not of its type is null there. Parameters
as of the day stand in BIGINT columns ``p_<name>``; a series of the standard's own in
``p_<name>__<standard>`` (``slug``); null where the region has none on that day. A parameter that is no whole
number is given as -1.

**Layers.** ``RuleSql.layers`` are projections: each adds its aliases to the relation and reads those before.
After the last, ``eligible``, ``amount``, ``shares``, ``check`` and ``problem`` are the answer.

**Months.** Each ``MonthSql`` stands for one ``each_month``: make a row for every month from ``month_from``
to ``month_to`` (where ``MonthSql.span`` holds) of the distinct values of ``MonthSql.columns`` and
``region``, join the parameters as of the first of the month (same column names), project ``of_month``, and
take ``aggregates`` over the months. The result, joined back, gives the columns that the layers read.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlglot import exp

from minsheng.standards import tree as t
from minsheng.standards.compiled import LARGEST_AMOUNT, Rule
from minsheng.standards.problem_codes import (
    NOT_DECIDED,
    TOO_LARGE,
    missing_column,
    missing_parameter,
    outside_domain,
)
from minsheng.standards.sql_missing import missing_sql
from minsheng.standards.sql_nodes import SqlWriter
from minsheng.standards.sql_sound import WorkedOut, month_to, sound_columns, sound_parameters, span_sql
from minsheng.standards.sql_words import all_of, case, is_not_null, is_null, number
from minsheng.standards.tree import ColumnValue
from minsheng.standards.vocabulary import Parameter


@dataclass(frozen=True, slots=True)
class MonthSql:
    """One ``each_month``: what to work out for a month, and how the months are put together.

    ``span`` is true of a row whose months can be counted.
    """

    name: str
    span: str
    columns: tuple[str, ...]
    parameters: tuple[str, ...]
    of_month: Mapping[str, str]
    aggregates: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RuleSql:
    """A rule in one dialect. ``problem`` is a number: ``problems[problem - 1]`` is its code, 0 is none."""

    standard_id: str
    prefix: str
    columns: tuple[str, ...]
    parameters: tuple[str, ...]
    months: tuple[MonthSql, ...]
    layers: tuple[Mapping[str, str], ...]
    eligible: str
    amount: str
    shares: Mapping[str, str]
    check: str
    problem: str
    problem_code: str
    problems: tuple[str, ...]


def slug(standard_id: str) -> str:
    """A standard's id as part of a column's name."""
    return standard_id.replace(".", "_").replace("-", "_")


def parameter_column(parameter: Parameter, standard_id: str) -> str:
    """The column that holds a parameter."""
    own = f"__{slug(standard_id)}" if parameter.per_standard else ""
    return f"p_{parameter.name}{own}"


def problems_of(rule: Rule) -> tuple[str, ...]:
    """Every problem a row of the rule can have, in a fixed order."""
    parameters = {parameter.name for parameter in rule.day_parameters}
    parameters |= {found.name for month in rule.months for found in rule.parameters_of_month(month)}
    codes = [outside_domain(column.name) for column in rule.columns]
    codes += [outside_domain(name) for name in sorted(parameters)]
    codes += [missing_column(column.name) for column in rule.columns]
    codes += [missing_parameter(name) for name in sorted(parameters)]
    return (*codes, TOO_LARGE, NOT_DECIDED)


def rule_sql(
    rule: Rule,
    *,
    as_of: date | None = None,
    dialect: str = "duckdb",
    prefix: str = "",
    worked_out: WorkedOut = WorkedOut(),  # noqa: B008 - frozen
) -> RuleSql:
    """The SQL of a rule. Without ``as_of`` the relation has a DATE column of that name.

    ``prefix`` goes before every alias, so that many rules stand in one projection.
    """
    return _RuleWriter(rule, as_of, dialect, prefix, worked_out).write()


class _RuleWriter:
    def __init__(
        self, rule: Rule, as_of: date | None, dialect: str, prefix: str, worked_out: WorkedOut
    ) -> None:
        self.rule, self.dialect, self.prefix, self.worked_out = rule, dialect, prefix, worked_out
        self.as_of = as_of
        self.problems = problems_of(rule)
        self.codes = {problem: place + 1 for place, problem in enumerate(self.problems)}
        self.month_names = {month.text: f"{prefix}month{place}" for place, month in enumerate(rule.months)}
        self.parameters = {
            parameter.name: parameter_column(parameter, rule.standard.id)
            for parameter in (
                *rule.day_parameters,
                *(found for month in rule.months for found in rule.parameters_of_month(month)),
            )
        }
        self.writer = SqlWriter(
            parameter=self.parameters.__getitem__,
            month=lambda month: self.month_names[month.text],
            as_of=as_of,
            dialect=dialect,
            due=f"{prefix}due",
            ages=worked_out.ages,
        )

    def write(self) -> RuleSql:
        shares = {share.payer: f"{self.prefix}share{place}" for place, share in enumerate(self.rule.shares)}
        problem, due, when = (f"{self.prefix}{name}" for name in ("problem", "due", "when"))
        is_clear = exp.EQ(this=exp.column(problem), expression=number(0))
        is_due = exp.And(this=is_clear, expression=exp.column(when))
        return RuleSql(
            standard_id=self.rule.standard.id,
            prefix=self.prefix,
            columns=tuple(column.name for column in self.rule.columns),
            parameters=tuple(self.parameters[parameter.name] for parameter in self.rule.day_parameters),
            months=tuple(map(self._month, self.rule.months)),
            layers=tuple(layer for layer in self._layers() if layer),
            eligible=self._sql(case((is_clear.copy(), exp.column(when)))),
            amount=self._sql(
                case(
                    (is_due.copy(), exp.cast(exp.column(due), "BIGINT", dialect=self.dialect)),
                    (is_clear.copy(), number(0)),
                )
            ),
            shares={payer: self._sql(case((is_due.copy(), self._share(payer)))) for payer in shares},
            check=self._sql(case((is_due.copy(), self._check()))),
            problem=problem,
            problem_code=self._problem_text(problem),
            problems=self.problems,
        )

    def _sql(self, of: exp.Expr) -> str:
        # Written once and then let go: sqlglot need not copy it before it writes.
        return of.sql(dialect=self.dialect, copy=False)

    def _code(self, problem: str) -> int:
        return self.codes[problem]

    def _layers(self) -> Iterator[Mapping[str, str]]:
        """What is worked out, in order. Arithmetic waits until the row is known to be sound."""
        sound, when = self._sound_layer(), self._when_layer()
        if self._when_counts():
            yield from (sound, when)
        else:
            yield {**sound, **when}
        yield from (self._due_layer(), self._share_layer(), self._problem_layer())

    def _sound_layer(self) -> Mapping[str, str]:
        tests = sound_columns(self.rule, self.as_of, self.worked_out)
        if not self.worked_out.are_figures_sound:
            tests += sound_parameters(self.rule.day_parameters, self.parameters)
        branches = [(test, number(self._code(problem))) for problem, test in tests]
        for name in self.month_names.values():
            bad = exp.column(f"{name}_bad")
            branches.append((is_not_null(bad), bad.copy()))
        sound = case(*branches, otherwise=number(0)) if branches else number(0)
        return {f"{self.prefix}sound": self._sql(sound)}

    def _when_layer(self) -> Mapping[str, str]:
        when = self.writer.write(self.rule.when)
        if self._when_counts():
            when = case((exp.EQ(this=exp.column(f"{self.prefix}sound"), expression=number(0)), when))
        return {f"{self.prefix}when": self._sql(when)}

    def _when_counts(self) -> bool:
        counts = t.Arithmetic | t.Divide | t.Power
        return any(isinstance(node, counts) for node in self.rule.when.walk())

    def _due_layer(self) -> Mapping[str, str]:
        return {f"{self.prefix}due": self._sql(case((self._is_open(), self._needed(self.rule.amount))))}

    def _is_open(self) -> exp.Expr:
        """Sound and eligible."""
        sound = exp.EQ(this=exp.column(f"{self.prefix}sound"), expression=number(0))
        return exp.And(this=sound, expression=exp.column(f"{self.prefix}when"))

    def _needed(self, node: t.Node) -> exp.Expr:
        """An expression behind one test of all columns without which it is null."""
        columns = self.writer.strict(node)
        if not columns:
            return self.writer.write(node)
        inner = replace(self.writer, known=frozenset(columns))
        return case((all_of([is_not_null(exp.column(name)) for name in columns]), inner.write(node)))

    def _share_layer(self) -> Mapping[str, str]:
        is_known = is_not_null(exp.column(f"{self.prefix}due"))
        found = {
            f"{self.prefix}share{place}": self._sql(case((is_known.copy(), self._needed(share.amount))))
            for place, share in enumerate(self.rule.shares)
            if share.amount is not None
        }
        if self.rule.condition is not None:
            condition = self.writer.write(self.rule.condition)
            found[f"{self.prefix}holds"] = self._sql(case((is_known.copy(), condition)))
        return found

    def _problem_layer(self) -> Mapping[str, str]:
        sound, when = exp.column(f"{self.prefix}sound"), exp.column(f"{self.prefix}when")
        unsound = exp.GT(this=sound, expression=number(0))
        branches: list[tuple[exp.Expr, exp.Expr]] = [
            (unsound, sound.copy()),
            (is_null(when), self._cause(self.rule.when)),
            (exp.Not(this=when.copy()), number(0)),
            (is_null(exp.column(f"{self.prefix}due")), self._cause(self.rule.amount)),
        ]
        for place, share in enumerate(self.rule.shares):
            if share.amount is not None:
                column = exp.column(f"{self.prefix}share{place}")
                branches.append((is_null(column), self._cause(share.amount)))
        if self.rule.condition is not None:
            cause = missing_sql(self.rule.condition, self.writer, self._code)
            if cause is not None:
                holds = exp.column(f"{self.prefix}holds")
                unknown = exp.And(this=is_null(holds), expression=is_not_null(cause))
                branches.append((unknown, cause.copy()))
        branches += [(test, number(self._code(TOO_LARGE))) for test in self._too_large()]
        return {f"{self.prefix}problem": self._sql(case(*branches, otherwise=number(0)))}

    def _too_large(self) -> list[exp.Expr]:
        columns = [(f"{self.prefix}due", self.rule.amount)]
        columns += [
            (f"{self.prefix}share{place}", share.amount)
            for place, share in enumerate(self.rule.shares)
            if share.amount is not None
        ]
        return [
            exp.GT(this=exp.column(name), expression=number(LARGEST_AMOUNT))
            for name, node in columns
            if node.high > LARGEST_AMOUNT
        ]

    def _cause(self, node: t.Node) -> exp.Expr:
        undecided = number(self._code(NOT_DECIDED))
        found = missing_sql(node, self.writer, self._code)
        return undecided if found is None else exp.Coalesce(this=found, expressions=[undecided])

    def _share(self, payer: str) -> exp.Expr:
        """What a payer pays; the last takes what the others leave."""
        found: exp.Expr = exp.column(f"{self.prefix}due")
        for place, share in enumerate(self.rule.shares):
            if share.payer == payer and share.amount is not None:
                return exp.cast(exp.column(f"{self.prefix}share{place}"), "BIGINT", dialect=self.dialect)
            if share.amount is not None:
                found = exp.Sub(this=found, expression=exp.column(f"{self.prefix}share{place}"))
        return exp.cast(found, "BIGINT", dialect=self.dialect)

    def _check(self) -> exp.Expr:
        ok, below, above = map(exp.Literal.string, ("ok", "below_floor", "above_ceiling"))
        condition, kind = self.rule.condition, self.rule.version.bound.kind
        if condition is None:
            return ok
        broken = exp.Not(this=exp.column(f"{self.prefix}holds"))
        if kind == "range" and isinstance(condition, t.Logic):
            is_below = exp.Not(this=exp.Paren(this=self.writer.write(condition.terms[0])))
            return case((is_below, below), (broken, above), otherwise=ok)
        return case((broken, above if kind == "at_most" else below), otherwise=ok)

    def _problem_text(self, problem: str) -> str:
        branches = [
            (exp.EQ(this=exp.column(problem), expression=number(place)), exp.Literal.string(code))
            for code, place in self.codes.items()
        ]
        return self._sql(case(*branches))

    def _month(self, month: t.EachMonth) -> MonthSql:
        name = self.month_names[month.text]
        parameters = self.rule.parameters_of_month(month)
        tests = sound_parameters(parameters, self.parameters)
        bad = case(*((test, number(self._code(problem))) for problem, test in tests)) if tests else exp.Null()
        missing = missing_sql(month.of, self.writer, self._code)
        columns = [part.column.name for part in month.of.walk() if isinstance(part, ColumnValue)]
        return MonthSql(
            name=name,
            span=span_sql(month_to(self.rule), self.dialect),
            columns=tuple(dict.fromkeys(("month_from", "month_to", *columns))),
            parameters=tuple(self.parameters[parameter.name] for parameter in parameters),
            of_month={
                f"{name}_value": self._sql(self.writer.write(month.of)),
                f"{name}_why": self._sql(exp.Null() if missing is None else missing),
                f"{name}_wrong": self._sql(bad),
            },
            aggregates=self._aggregates(name, is_condition=month.kind == "truth", high=month.high),
        )

    def _aggregates(self, name: str, *, is_condition: bool, high: int) -> Mapping[str, str]:
        """Over the rows of the months, with the column ``month`` as the first of each."""
        earliest = "MIN_BY" if self.dialect == "spark" else "ARG_MIN"
        whole = f"COUNT({name}_value) = COUNT(*)"
        if is_condition:
            value = f"CASE WHEN BOOL_OR(NOT {name}_value) THEN FALSE WHEN {whole} THEN TRUE END"
        else:
            kind = "BIGINT"
            if high >= 2**63:
                kind = "DECIMAL(38, 0)" if self.dialect == "spark" else "HUGEINT"
            value = f"CASE WHEN {whole} THEN CAST(SUM({name}_value) AS {kind}) END"
        return {
            name: value,
            f"{name}_missing": f"{earliest}({name}_why, month) FILTER (WHERE {name}_why IS NOT NULL)",
            f"{name}_bad": f"{earliest}({name}_wrong, month) FILTER (WHERE {name}_wrong IS NOT NULL)",
        }
