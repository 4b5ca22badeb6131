"""One typed node as a SQL expression, with the meaning the evaluator gives it.

Unknown stays unknown, nothing is a double, nothing is rounded but where it says so, and numbers too wide for
64 bits are held in 38 digits.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlglot import exp

from minsheng.standards import tree as t
from minsheng.standards.sql_writers import WRITERS


@dataclass(frozen=True, slots=True)
class SqlWriter:
    """Writes nodes. ``known``: columns that a test around the expression has found not null.

    ``ages``: date columns whose full years on the day stand in ``<column>__years``.
    ``parameter`` and ``month`` give the column of a parameter, or of an ``each_month`` worked out before.
    """

    parameter: Callable[[str], str]
    month: Callable[[t.EachMonth], str]
    as_of: date | None = None
    dialect: str = "duckdb"
    due: str = "due"
    known: frozenset[str] = field(default_factory=frozenset)
    ages: frozenset[str] = field(default_factory=frozenset)

    def write(self, node: t.Node) -> exp.Expr:
        writer: Any = WRITERS[type(node)]
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
