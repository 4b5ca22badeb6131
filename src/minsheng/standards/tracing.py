"""Every step of an answer, made when somebody looks at it, from the values that ``rule_code.py`` kept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from minsheng.standards import tree as t
from minsheng.standards.functions import MONTH_FROM, MONTH_TO
from minsheng.standards.problem_codes import missing_column, missing_parameter
from minsheng.standards.rows import Row

Values = Sequence[Any]
"""The values of one evaluation, by slot. What was not reached has None there, or is cut off at the end."""
MonthValues = Sequence[tuple[date, Values]]
"""The months of a row, each with the values of the expression in that month."""


@dataclass(frozen=True, slots=True)
class Place:
    """A node of an expression and the slot of its value; a written figure has none.

    ``months`` of an ``each_month`` is the slot of its ``MonthValues``: its one part has slots of its own.
    """

    node: t.Node
    slot: int | None
    parts: "tuple[Place, ...]" = ()
    months: int | None = None


def value_of(place: Place, values: Values) -> Any:
    node: Any = place.node
    return node.value if place.slot is None else values[place.slot]


class Step:
    """A node, its value (None: unknown), the steps that led to it, and the month it was taken in."""

    __slots__ = ("_place", "_values", "month", "node", "value")

    def __init__(self, place: Place, values: Values, month: date | None = None) -> None:
        self._place, self._values, self.month = place, values, month
        self.node: Any = place.node
        self.value = value_of(place, values)

    @property
    def parts(self) -> "tuple[Step, ...]":
        """The steps inside, those only that were reached."""
        place, values = self._place, self._values
        if place.months is not None:
            return tuple(Step(place.parts[0], kept, month) for month, kept in values[place.months] or ())
        if isinstance(self.node, t.Choice | t.IfTrue):
            return tuple(self._taken())
        return tuple(Step(part, values) for part in place.parts)

    def _taken(self) -> Iterator["Step"]:
        """The conditions up to the first that is not false, and the value it guards."""
        parts = iter(self._place.parts)
        guarded = len(self._place.parts) // 2
        for _ in range(guarded):
            condition, value = Step(next(parts), self._values), next(parts)
            yield condition
            if condition.value is not False:
                if condition.value:
                    yield Step(value, self._values)
                return
        yield from (Step(otherwise, self._values) for otherwise in parts)


def missing(step: Step, row: Row) -> str | None:
    """The problem that made a step unknown: the first missing value it needed. None where it is known.

    A parameter that may be missing is no problem. ``sql_missing.py`` says the same in SQL.
    """
    node = step.node
    if step.value is not None:
        return None
    if isinstance(node, t.ColumnValue):
        return missing_column(node.column.name)
    if isinstance(node, t.ParameterValue):
        return None if node.may_be_missing else missing_parameter(node.parameter.name)
    parts = step.parts
    if isinstance(node, t.EachMonth) and not parts:
        name = MONTH_FROM if row.get(MONTH_FROM) is None else MONTH_TO
        return missing_column(name)
    # What was not reached has no step: a condition that is unknown comes before the branch it guards.
    return next((found for part in parts if (found := missing(part, row))), None)
