"""What a standard answers for one row: in force, sound, eligible, due, in this order.

Every evaluation keeps the value of each step; a step is put together only when somebody looks at it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from minsheng.standards import tree as t
from minsheng.standards.compiled import LARGEST_AMOUNT, CompiledStandard, Rule
from minsheng.standards.parameters import Facts
from minsheng.standards.problem_codes import NOT_DECIDED, TOO_LARGE
from minsheng.standards.rows import Row
from minsheng.standards.rule_code import RuleCode, rule_code
from minsheng.standards.tracing import Place, Step, Values, missing, value_of

Check = Literal["ok", "below_floor", "above_ceiling"]


@dataclass(frozen=True, slots=True)
class Answer:
    """One row's answer. With a problem all else is None; not eligible is 0 without shares and check."""

    eligible: bool | None
    amount_fen: int | None = None
    shares_fen: Mapping[str, int] | None = None
    check: Check | None = None
    problem: str | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "eligible": self.eligible,
            "amount_fen": self.amount_fen,
            "shares_fen": None if self.shares_fen is None else dict(self.shares_fen),
            "check": self.check,
            "problem": self.problem,
        }


NOT_ELIGIBLE = Answer(eligible=False, amount_fen=0)


def _problem(code: str) -> Answer:
    return Answer(eligible=None, problem=code)


class Trace:
    """An answer and how it came about. A step is made when it is looked at; None where it was not reached."""

    __slots__ = ("_code", "_values", "answer", "rule")

    def __init__(
        self, answer: Answer, rule: Rule | None, code: RuleCode | None = None, values: Values = ()
    ) -> None:
        self.answer, self.rule = answer, rule
        self._code, self._values = code, values

    @property
    def when(self) -> Step | None:
        return None if self._code is None else Step(self._code.when, self._values)

    @property
    def amount(self) -> Step | None:
        when = self.when
        return Step(self._code.amount, self._values) if self._code and when and when.value else None

    @property
    def shares(self) -> tuple[Step, ...]:
        if self._code is None or not self._is_due():
            return ()
        return tuple(Step(place, self._values) for place in self._code.shares if place is not None)

    @property
    def condition(self) -> Step | None:
        if self._code is None or self._code.condition is None or not self._is_due():
            return None
        return Step(self._code.condition, self._values)

    def _is_due(self) -> bool:
        amount = self.amount
        return amount is not None and amount.value is not None


class RuleEvaluator:
    """One version of a standard, ready for rows as ``read_row`` gives them."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self._code = code = rule_code(rule)
        self._decide, self._may_overflow = code.decide, rule.may_overflow
        self._kind = rule.version.bound.kind
        self._shares = [(share.payer, place) for share, place in zip(rule.shares, code.shares, strict=True)]

    def answer(self, row: Row, facts: Facts) -> Answer:
        """The answer, for a row of a day on which the rule is in force."""
        return self.trace(row, facts).answer

    def trace(self, row: Row, facts: Facts) -> Trace:
        """The answer with the values of every step."""
        code, values = self._code, self._decide(row, facts.figures)
        if isinstance(values, str):
            return Trace(_problem(values), self.rule)
        return Trace(self._answer(values, row), self.rule, code, values)

    def _answer(self, values: Values, row: Row) -> Answer:
        code = self._code
        eligible = value_of(code.when, values)
        if eligible is False:
            return NOT_ELIGIBLE
        amount = value_of(code.amount, values) if eligible else None
        if amount is None:
            return _unknown(code.amount if eligible else code.when, values, row)
        shares = None
        if self._shares:
            shares = self._shared(amount, values)
            if shares is None:
                return self._unknown_share(values, row)
        check: Check = "ok"
        if code.condition is not None:
            holds = value_of(code.condition, values)
            if holds is None:
                lacking = missing(Step(code.condition, values), row)
                if lacking is not None:
                    return _problem(lacking)
            elif not holds:
                check = self._check(Step(code.condition, values))
        if self._may_overflow and _is_too_large(amount, shares):
            return _problem(TOO_LARGE)
        return Answer(True, amount, shares, check)

    def _shared(self, amount: int, values: Values) -> dict[str, int] | None:
        """The parts, each rounded as written; the last payer takes what is left."""
        parts: dict[str, int] = {}
        left = amount
        for payer, place in self._shares:
            part = left if place is None else value_of(place, values)
            if part is None:
                return None
            parts[payer] = part
            left -= part
        return parts

    def _unknown_share(self, values: Values, row: Row) -> Answer:
        unknown = (place for place in self._code.shares if place and value_of(place, values) is None)
        return _unknown(next(unknown), values, row)

    def _check(self, condition: Step) -> Check:
        """Which way a condition that does not hold is broken."""
        if self._kind == "range" and isinstance(condition.node, t.Logic):
            return "below_floor" if condition.parts[0].value is False else "above_ceiling"
        return "above_ceiling" if self._kind == "at_most" else "below_floor"


def _unknown(place: Place, values: Values, row: Row) -> Answer:
    return _problem(missing(Step(place, values), row) or NOT_DECIDED)


def _is_too_large(amount: int, shares: Mapping[str, int] | None) -> bool:
    return amount > LARGEST_AMOUNT or any(part > LARGEST_AMOUNT for part in (shares or {}).values())


class StandardEvaluator:
    """A standard with all its versions: each day is answered by the version in force."""

    def __init__(self, compiled: CompiledStandard) -> None:
        self.standard = compiled.standard
        self._rules = tuple(map(RuleEvaluator, compiled.rules))

    def on(self, day: date) -> RuleEvaluator | None:
        """The version in force; None where there is none."""
        return next((each for each in self._rules if each.rule.version.is_in_force(day)), None)

    def answer(self, row: Row, facts: Facts) -> Answer:
        rule = self.on(facts.as_of)
        return NOT_ELIGIBLE if rule is None else rule.answer(row, facts)

    def trace(self, row: Row, facts: Facts) -> Trace:
        rule = self.on(facts.as_of)
        return Trace(NOT_ELIGIBLE, None) if rule is None else rule.trace(row, facts)
