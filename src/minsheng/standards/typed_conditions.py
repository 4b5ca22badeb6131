"""Conditions: what may be compared with what, and the branches of a case."""

from collections.abc import Sequence
from typing import Any

from minsheng.standards import intervals
from minsheng.standards.refusal import RefusedExpression
from minsheng.standards.tree import ColumnValue, Compare, Kind, Node, OneOf, Truth, Whole, Word
from minsheng.standards.typed_names import near

_DAYS: frozenset[Kind] = frozenset({"day", "month"})


def compare(operator: Any, left: Node, right: Node, text: str) -> Compare:
    """Two values compared. Raises RefusedExpression where they have nothing to do with each other."""
    if "truth" in {left.kind, right.kind}:
        what = f"“{text}”拿是与否来比较"
        raise RefusedExpression("wrong_type", what, "直接写条件，如certified或not certified")
    if left.kind in _DAYS and right.kind in _DAYS:
        return Compare(kind="truth", text=text, operator=operator, left=left, right=right)
    if left.kind in intervals.NUMERIC and right.kind in intervals.NUMERIC:
        intervals.same_kind(left, right, "比较")
        return Compare(kind="truth", text=text, operator=operator, left=left, right=right)
    subject, literal = (right, left) if isinstance(left, Word) else (left, right)
    if not isinstance(literal, Word) or not isinstance(subject, ColumnValue) or operator not in {"=", "<>"}:
        what = f"“{text}”里的{intervals.chinese_kind(left)}与{intervals.chinese_kind(right)}不能这样比较"
        raise RefusedExpression(
            "wrong_type", what, "词和文字只能写成列 = '值'或列 <> '值'，日期写成date '2023-01-01'"
        )
    _check_word(subject, literal)
    return Compare(kind="truth", text=text, operator=operator, left=subject, right=literal)


def one_of(subject: Node, options: Sequence[Node], text: str) -> OneOf:
    """A value among written ones."""
    kept: list[Whole | Word] = []
    for option in options:
        if isinstance(option, Word) and isinstance(subject, ColumnValue):
            _check_word(subject, option)
            kept.append(option)
        elif isinstance(option, Whole) and subject.kind in intervals.NUMERIC:
            kept.append(option)
        else:
            what = f"“{text}”里“{subject.text}”不能是“{option.text}”"
            raise RefusedExpression("wrong_type", what, "列表里只写与前面的列同类的值")
    values = [option.value for option in kept]
    if len(set(values)) < len(values):
        raise RefusedExpression("repeated_word", f"“{text}”里有重复的值", "每个值只写一次")
    return OneOf(kind="truth", text=text, subject=subject, options=tuple(kept))


def _check_word(subject: ColumnValue, literal: Word) -> None:
    if subject.kind not in {"word", "text"}:
        what = f"“{subject.text}”不是词，不能是'{literal.value}'"
        raise RefusedExpression("wrong_type", what, "与同类的值比较")
    if subject.kind == "word" and literal.value not in subject.column.words:
        what = f"“{subject.text}”没有'{literal.value}'这个值"
        mend = near(literal.value, subject.column.words)
        known = "、".join(subject.column.words)
        raise RefusedExpression(
            "unknown_word", what, f"{mend}（可用：{known}）" if "是不是" in mend else f"用：{known}"
        )


def branch_condition(subject: Node | None, written: Node) -> Node:
    """The condition of one branch; ``case x when v`` is ``x = v``."""
    if subject is None:
        intervals.require_truth(written, "case when")
        return written
    if isinstance(written, Truth):
        raise RefusedExpression("wrong_type", "case x when后面写了条件", "写成case when 条件 then …")
    return compare("=", subject, written, f"{subject.text} = {written.text}")


def same_result(values: Sequence[Node]) -> tuple[Kind, int, int]:
    """The kind and interval that all branches share."""
    if values[0].kind == "truth":
        for value in values:
            intervals.require_truth(value, "case的各个分支")
        return "truth", 0, 0
    # The one with a kind of its own speaks for all: a bare figure goes with money and with counts.
    spoken = next((value for value in values if value.kind != "number"), values[0])
    kinds = {intervals.same_kind(spoken, value, "case的各个分支") for value in values}
    return kinds.pop(), min(value.low for value in values), max(value.high for value in values)
