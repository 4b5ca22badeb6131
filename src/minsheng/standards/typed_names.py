"""Names of columns, and what was probably meant by a name that is unknown."""

import difflib
from collections.abc import Iterable

from minsheng.standards.refusal import RefusedExpression
from minsheng.standards.tree import ColumnValue, Kind, Node
from minsheng.standards.vocabulary import Column, ColumnType, Vocabulary

_KINDS: dict[ColumnType, Kind] = {
    "text": "text",
    "word": "word",
    "date": "day",
    "month": "month",
    "int": "count",
    "bool": "truth",
    "fen": "money",
}
_KEYS = ("person_id", "household_id", "facility_id", "case_id")


def column_value(name: str, vocabulary: Vocabulary) -> Node:
    """The node of a column. Raises RefusedExpression where there is none, or where it is a mere key."""
    column = vocabulary.columns.get(name)
    if column is None:
        if name in vocabulary.parameters:
            raise RefusedExpression("unknown_column", f"“{name}”是参数，不是列", f"写成${name}")
        raise RefusedExpression("unknown_column", f"不认识的列“{name}”", near(name, vocabulary.columns))
    if name in _KEYS:
        raise RefusedExpression("key_column", f"“{name}”只是编号，不参加计算", "换成说明情况的列")
    return of_column(column)


def of_column(column: Column) -> ColumnValue:
    is_number = column.type in {"int", "fen"}
    return ColumnValue(
        kind=_KINDS[column.type],
        text=column.name,
        low=column.low if is_number else 0,
        high=column.high if is_number else 0,
        column=column,
    )


def near(name: str, known: Iterable[str]) -> str:
    """How an unknown name is mended: the nearest one that is known, or where the list is."""
    found = difflib.get_close_matches(name, list(known), 1)
    return f"是不是“{found[0]}”，改成它" if found else "用词汇表vocabulary.yaml和规定的函数里有的名称"
