"""One question from outside: a standard, a day, a region, dated figures and a row, and its answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from minsheng.standards.compiled import CompiledStandard, Rule
from minsheng.standards.evaluate import Answer, StandardEvaluator, Trace
from minsheng.standards.model import Case
from minsheng.standards.parameters import Facts, Series, read_series
from minsheng.standards.rows import read_row
from minsheng.standards.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Question:
    """A standard's id, a day, a region, dated figures and a row, as they came from outside."""

    standard: str
    as_of: date
    region: str | None
    parameters: Mapping[str, Series]
    row: Mapping[str, Any]


def question_of_case(case: Case, standard: str) -> Question:
    series = {name: read_series(given) for name, given in case.parameters.items()}
    return Question(standard, case.as_of, case.region, series, case.row)


class Bench:
    """Evaluators of all standards, each made once."""

    def __init__(self, standards: Mapping[str, CompiledStandard], vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._standards = standards
        self._evaluators: dict[str, StandardEvaluator] = {}

    def knows(self, standard: str) -> bool:
        return standard in self._standards

    def rules(self, standard: str) -> tuple[Rule, ...]:
        return self._standards[standard].rules

    def compiled(self, standard: str) -> CompiledStandard:
        return self._standards[standard]

    def evaluator(self, standard: str) -> StandardEvaluator:
        found = self._evaluators.get(standard)
        if found is None:
            found = self._evaluators[standard] = StandardEvaluator(self._standards[standard])
        return found

    def answer(self, question: Question) -> Answer:
        row = self.row(question)
        return self.evaluator(question.standard).answer(row, Facts(question.as_of, question.parameters))

    def trace(self, question: Question) -> Trace:
        row = self.row(question)
        return self.evaluator(question.standard).trace(row, Facts(question.as_of, question.parameters))

    def row(self, question: Question) -> Mapping[str, Any]:
        """The row with values of their types."""
        return read_row(question.row, self.vocabulary.columns.values(), question.region)
