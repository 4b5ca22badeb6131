"""Which column or parameter made an expression unknown, as SQL: the number of its problem, or null.

It looks where ``missing.py`` looks, in the same order. Of an expression that is known it is null.
"""

from collections.abc import Callable

from sqlglot import exp

from minsheng.standards import tree as t
from minsheng.standards.problem_codes import missing_column, missing_parameter
from minsheng.standards.sql_nodes import SqlWriter
from minsheng.standards.sql_words import case, is_null, number

CodeOf = Callable[[str], int]


def missing_sql(node: t.Node, writer: SqlWriter, code_of: CodeOf) -> exp.Expr | None:
    """The first missing value in a node; None where nothing in it can be missing."""
    if isinstance(node, t.ColumnValue | t.ParameterValue):
        return _leaf(node, writer, code_of)
    if isinstance(node, t.EachMonth):
        return case(
            (is_null(exp.column("month_from")), number(code_of(missing_column("month_from")))),
            (is_null(exp.column("month_to")), number(code_of(missing_column("month_to")))),
            (is_null(writer.write(node)), exp.column(f"{writer.month(node)}_missing")),
        )
    if isinstance(node, t.Logic):
        found = _first([missing_sql(term, writer, code_of) for term in node.terms])
        return found and case((is_null(writer.write(node)), found))
    if isinstance(node, t.IfTrue):
        return _guarded([(node.left, node.right)], None, writer, code_of)
    if isinstance(node, t.Choice):
        return _guarded(list(node.branches), node.otherwise, writer, code_of)
    if isinstance(node, t.LargerIfGiven):
        return missing_sql(node.left, writer, code_of)
    if isinstance(node, t.IfGiven):
        found = missing_sql(node.right, writer, code_of)
        return found and case((is_null(writer.write(node.left)), found))
    return _first([missing_sql(part, writer, code_of) for part in node.parts])


def _leaf(node: t.ColumnValue | t.ParameterValue, writer: SqlWriter, code_of: CodeOf) -> exp.Expr | None:
    if isinstance(node, t.ParameterValue):
        if node.may_be_missing:
            return None
        problem = missing_parameter(node.parameter.name)
    else:
        problem = missing_column(node.column.name)
    column = writer.column_of(node)
    return None if column in writer.known else case((is_null(exp.column(column)), number(code_of(problem))))


def _guarded(
    branches: list[tuple[t.Node, t.Node]], otherwise: t.Node | None, writer: SqlWriter, code_of: CodeOf
) -> exp.Expr | None:
    """A condition that is unknown is the cause; else the branch that was taken."""
    tests: list[tuple[exp.Expr, exp.Expr]] = []
    for condition, value in branches:
        written = writer.write(condition)
        of_condition = missing_sql(condition, writer, code_of)
        if of_condition is not None:
            tests.append((is_null(written.copy()), of_condition))
        tests.append((written, missing_sql(value, writer, code_of) or exp.Null()))
    last = missing_sql(otherwise, writer, code_of) if otherwise is not None else None
    if last is None and all(isinstance(value, exp.Null) for _, value in tests):
        return None
    return case(*tests, otherwise=last)


def _first(found: list[exp.Expr | None]) -> exp.Expr | None:
    some = [expression for expression in found if expression is not None]
    if not some:
        return None
    return some[0] if len(some) == 1 else exp.Coalesce(this=some[0], expressions=some[1:])
