"""A version of a standard, parsed and typed once: what the evaluator and the SQL both start from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from minsheng.standards.fault import Fault
from minsheng.standards.functions import MONTH_FROM, MONTH_TO
from minsheng.standards.intervals import chinese_kind
from minsheng.standards.loading import StandardBook
from minsheng.standards.model import Expression, Standard, Version
from minsheng.standards.refusal import RefusedExpression
from minsheng.standards.tree import ColumnValue, EachMonth, Node, ParameterValue
from minsheng.standards.typed import Scope, typed
from minsheng.standards.vocabulary import Column, Parameter, Vocabulary

LARGEST_AMOUNT = 10**18
"""A greater sum is a problem of the row: it would not fit the column it is written to."""


@dataclass(frozen=True, slots=True)
class ShareRule:
    """What one payer pays; None is the rest."""

    payer: str
    amount: Node | None


@dataclass(frozen=True, slots=True)
class Rule:
    """One version, typed. Columns and parameters stand in the order of the vocabulary."""

    standard: Standard
    version: Version
    when: Node
    amount: Node
    shares: tuple[ShareRule, ...]
    condition: Node | None
    columns: tuple[Column, ...]
    day_parameters: tuple[Parameter, ...]
    months: tuple[EachMonth, ...]

    @property
    def needed(self) -> tuple[Node, ...]:
        """The expressions that must come out for an eligible row, in the order problems are told."""
        return (self.amount, *(share.amount for share in self.shares if share.amount is not None))

    @property
    def may_overflow(self) -> bool:
        return any(node.high > LARGEST_AMOUNT for node in self.needed)

    def parameters_of_month(self, month: EachMonth) -> tuple[Parameter, ...]:
        """The parameters that are read as of each month, in the order they are written."""
        found = [node.parameter for node in month.walk() if isinstance(node, ParameterValue)]
        return tuple({parameter.name: parameter for parameter in found}.values())

    def may_be_missing(self, name: str) -> bool:
        return self.version.reads.parameters.get(name, False)


@dataclass(frozen=True, slots=True)
class CompiledStandard:
    """A standard with all its versions typed."""

    standard: Standard
    rules: tuple[Rule, ...]

    def rule_on(self, day: date) -> Rule | None:
        """The rule in force on a day; None: the standard is not in force."""
        return next((rule for rule in self.rules if rule.version.is_in_force(day)), None)


def compile_book(book: StandardBook) -> tuple[Mapping[str, CompiledStandard], tuple[Fault, ...]]:
    """Every standard of the book that can be compiled, and what is wrong with the others."""
    compiled: dict[str, CompiledStandard] = {}
    faults: list[Fault] = []
    for standard in book.standards.values():
        found, wrong = compile_standard(standard, book.vocabulary)
        faults += wrong
        if found is not None:
            compiled[standard.id] = found
    return compiled, tuple(faults)


def compile_standard(
    standard: Standard, vocabulary: Vocabulary
) -> tuple[CompiledStandard | None, list[Fault]]:
    """The standard typed, or what is wrong with its expressions."""
    rules: list[Rule] = []
    faults: list[Fault] = []
    for version in standard.versions:
        rule, wrong = _compile_version(standard, version, vocabulary)
        faults += wrong
        if rule is not None:
            rules.append(rule)
    return (None if faults else CompiledStandard(standard, tuple(rules))), faults


def _compile_version(
    standard: Standard, version: Version, vocabulary: Vocabulary
) -> tuple[Rule | None, list[Fault]]:
    faults: list[Fault] = []

    def read(written: Expression, wanted: Literal["truth", "money"], scope: Scope) -> Node | None:
        try:
            node = typed(written.text, scope)
            _check_result(node, wanted)
        except RefusedExpression as refused:
            what = f"{standard.id}：{refused.what}"
            faults.append(written.place.fault(refused.code, what, refused.mend))
            return None
        return node

    scope = Scope(vocabulary, version.reads.parameters)
    when = read(version.when, "truth", scope)
    amount = read(version.amount, "money", scope)
    condition = None
    if version.bound.condition is not None:
        bound_scope = Scope(vocabulary, version.reads.parameters, is_bound=True)
        condition = read(version.bound.condition, "truth", bound_scope)
    share_scope = Scope(vocabulary, version.reads.parameters, due=amount)
    shares = tuple(
        ShareRule(share.payer, None if share.amount is None else read(share.amount, "money", share_scope))
        for share in version.shares
    )
    if faults or when is None or amount is None:
        return None, faults
    nodes = [when, amount, *(share.amount for share in shares if share.amount is not None)]
    nodes += [condition] if condition is not None else []
    rule = _rule(standard, version, vocabulary, nodes=nodes, shares=shares, condition=condition)
    return rule, faults


def _rule(
    standard: Standard,
    version: Version,
    vocabulary: Vocabulary,
    *,
    nodes: list[Node],
    shares: tuple[ShareRule, ...],
    condition: Node | None,
) -> Rule:
    months = {node.text: node for root in nodes for node in root.walk() if isinstance(node, EachMonth)}
    columns = {node.column.name for root in nodes for node in root.walk() if isinstance(node, ColumnValue)}
    columns |= {MONTH_FROM, MONTH_TO} if months else set()
    by_day = {node.parameter.name for root in nodes for node in _of_day(root)}
    return Rule(
        standard=standard,
        version=version,
        when=nodes[0],
        amount=nodes[1],
        shares=shares,
        condition=condition,
        columns=tuple(column for column in vocabulary.columns.values() if column.name in columns),
        day_parameters=tuple(
            parameter for parameter in vocabulary.parameters.values() if parameter.name in by_day
        ),
        months=tuple(months.values()),
    )


def _of_day(node: Node) -> Iterator[ParameterValue]:
    """The parameters that are read as of the day, not as of a month."""
    if isinstance(node, ParameterValue):
        yield node
    if not isinstance(node, EachMonth):
        for part in node.parts:
            yield from _of_day(part)


def _check_result(node: Node, wanted: Literal["truth", "money"]) -> None:
    if wanted == "truth":
        if node.kind != "truth":
            what = f"“{node.text}”应当是条件，却是{chinese_kind(node)}"
            raise RefusedExpression("wrong_type", what, "写成比较，或true")
        return
    if node.kind not in {"money", "number"}:
        what = f"“{node.text}”算出来是{chinese_kind(node)}，不是钱"
        raise RefusedExpression("wrong_type", what, "乘上每一个的金额（分）")
    if node.low < 0:
        what = f"“{node.text}”可能算出负数"
        raise RefusedExpression("negative", what, "用larger(0, …)保证不低于0")
