"""The evaluator and the SQL answer alike, for every standard, over rows at every boundary."""

import duckdb
import pytest

from minsheng.standards.evaluate import RuleEvaluator
from standard_rows import made_rows
from standard_sql import answers_by_sql


@pytest.fixture(scope="module")
def connection():
    with duckdb.connect(":memory:", config={"threads": 1}) as found:
        yield found


def test_every_standard_means_the_same_everywhere(compiled, connection):
    met = {"problem": 0, "due": 0, "not_eligible": 0}
    for standard in compiled.values():
        for rule in standard.rules:
            evaluator, made = RuleEvaluator(rule), made_rows(rule, 30)
            answers = [evaluator.answer(row.row, row.facts) for row in made]
            for row, mine, by_sql in zip(made, answers, answers_by_sql(rule, made, connection), strict=True):
                assert by_sql == mine, (rule.standard.id, row.row, dict(row.facts.figures), row.facts.as_of)
            for answer in answers:
                met["problem" if answer.problem else "due" if answer.eligible else "not_eligible"] += 1
    assert min(met.values()) > 300, met
