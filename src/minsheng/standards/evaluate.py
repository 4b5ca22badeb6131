"""What a standard answers for one row: in force, sound, eligible, due, in this order.

``RuleEvaluator.answer`` is for many rows; ``trace`` gives the same answer with every step.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from minsheng.standards import tree as t
from minsheng.standards.closures import Closure, closure
from minsheng.standards.compiled import LARGEST_AMOUNT, CompiledStandard, Rule
from minsheng.standards.parameters import Facts, Figures
from minsheng.standards.problem_codes import NOT_DECIDED, TOO_LARGE, outside_domain
from minsheng.standards.rows import Row, domain_tests, unsound_month, unsound_parameter
from minsheng.standards.tracing import Step, Tracer, missing

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


@dataclass(frozen=True, slots=True)
class Trace:
    """An answer and how it came about; a step is None where it was not reached."""

    answer: Answer
    rule: Rule | None
    when: Step | None = None
    amount: Step | None = None
    shares: tuple[Step, ...] = ()
    condition: Step | None = None


class RuleEvaluator:
    """One version of a standard, ready for rows as ``read_row`` gives them."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self._tests = domain_tests(rule)
        self._months = [rule.parameters_of_month(month) for month in rule.months]
        self._may_overflow = rule.may_overflow
        self._when, self._amount = closure(rule.when), closure(rule.amount)
        self._shares: list[tuple[str, Closure | None]] = [
            (share.payer, None if share.amount is None else closure(share.amount)) for share in rule.shares
        ]
        self._condition = None if rule.condition is None else closure(rule.condition)

    def answer(self, row: Row, facts: Facts) -> Answer:
        """The answer, for a row of a day on which the rule is in force."""
        figures = facts.figures
        unsound = self._unsound(row, figures)
        if unsound is not None:
            return _problem(unsound)
        eligible = self._when(row, figures, None)
        if eligible is False:
            return NOT_ELIGIBLE
        amount = self._amount(row, figures, None) if eligible else None
        if amount is None:
            return self.trace(row, facts).answer
        shares = self._shared(row, figures, amount) if self._shares else None
        holds = True if self._condition is None else self._condition(row, figures, None)
        if holds is None or (self._shares and shares is None):
            return self.trace(row, facts).answer
        check: Check = "ok"
        if not holds:
            kind = self.rule.version.bound.kind
            if kind == "range":
                return self.trace(row, facts).answer
            check = "above_ceiling" if kind == "at_most" else "below_floor"
        if self._may_overflow and _is_too_large(amount, shares):
            return _problem(TOO_LARGE)
        return Answer(True, amount, shares, check)

    def _shared(self, row: Row, figures: Figures, amount: int) -> dict[str, int] | None:
        """The parts, each rounded as written; the last payer takes what is left."""
        parts: dict[str, int] = {}
        left = amount
        for payer, share in self._shares:
            part = left if share is None else share(row, figures, amount)
            if part is None:
                return None
            parts[payer] = part
            left -= part
        return parts

    def _unsound(self, row: Row, figures: Figures) -> str | None:
        for problem, name, is_outside in self._tests:
            value = row.get(name)
            if value is not None and is_outside(value, figures):
                return problem
        rule = self.rule
        if self._months:
            first, last = row.get("month_from"), row.get("month_to")
            if first is not None and last is not None and last < first:
                return outside_domain("month_to")
        found = unsound_parameter(rule.day_parameters, figures) if rule.day_parameters else None
        return found or (unsound_month(self._months, row, figures) if self._months else None)

    def trace(self, row: Row, facts: Facts) -> Trace:
        """The same answer, every step kept."""
        rule, figures = self.rule, facts.figures
        unsound = self._unsound(row, figures)
        if unsound is not None:
            return Trace(_problem(unsound), rule)
        tracer = Tracer(row, figures)
        when = tracer.step(rule.when)
        if when.value is None:
            return Trace(_problem(missing(when, row) or NOT_DECIDED), rule, when)
        if not when.value:
            return Trace(NOT_ELIGIBLE, rule, when)
        amount = tracer.step(rule.amount)
        if amount.value is None:
            return Trace(_problem(missing(amount, row) or NOT_DECIDED), rule, when, amount)
        shares = tuple(
            Tracer(row, figures, amount.value).step(share.amount)
            for share in rule.shares
            if share.amount is not None
        )
        condition = None if rule.condition is None else tracer.step(rule.condition)
        answer = self._answer(amount.value, shares, condition, row)
        return Trace(answer, rule, when, amount, shares, condition)

    def _answer(self, amount: int, shares: tuple[Step, ...], condition: Step | None, row: Row) -> Answer:
        for share in shares:
            if share.value is None:
                return _problem(missing(share, row) or NOT_DECIDED)
        lacking = None if condition is None else missing(condition, row)
        if lacking is not None:
            return _problem(lacking)
        parts = [share.value for share in shares]
        if self.rule.shares and len(parts) < len(self.rule.shares):
            parts.append(amount - sum(parts))
        payers = [share.payer for share in self.rule.shares]
        shared = dict(zip(payers, parts, strict=True)) if payers else None
        if _is_too_large(amount, shared):
            return _problem(TOO_LARGE)
        return Answer(True, amount, shared, self._check(condition))

    def _check(self, condition: Step | None) -> Check:
        if condition is None or condition.value is not False:
            return "ok"
        kind = self.rule.version.bound.kind
        if kind == "range" and isinstance(condition.node, t.Logic):
            return "below_floor" if condition.parts[0].value is False else "above_ceiling"
        return "above_ceiling" if kind == "at_most" else "below_floor"


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
