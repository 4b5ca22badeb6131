"""The evaluator and the engine answer alike, for every standard, over rows at every boundary."""

import pytest

from minsheng.engine.cases import RuleCase, decide_cases
from minsheng.engine.duckdb_engine import DuckDbEngine
from minsheng.engine.session import Limits, Session
from minsheng.standards.evaluate import RuleEvaluator
from standard_rows import made_rows

EACH = 40


@pytest.fixture(scope="module")
def made(compiled):
    """Cases of every version of every standard, and the evaluator's answers."""
    cases, answers = [], []
    for standard in compiled.values():
        for rule in standard.rules:
            evaluator = RuleEvaluator(rule)
            for row in made_rows(rule, EACH, seed=1):
                cases.append(RuleCase(rule, row.facts.as_of, row.row, row.facts.series))
                answers.append(evaluator.answer(row.row, row.facts))
    return cases, answers


def test_duckdb_answers_as_the_evaluator(book, made):
    cases, answers = made
    assert len({answer.problem for answer in answers}) > 80
    with Session(Limits()) as session:
        found = decide_cases(cases, book.vocabulary, DuckDbEngine(), session)
    for case, mine, theirs in zip(cases, answers, found, strict=True):
        assert theirs == mine, (case.rule.standard.id, case.row, case.series, case.as_of)


@pytest.mark.slow
def test_spark_answers_as_the_evaluator(book, made, spark):
    cases, answers = made
    with Session(spark.limits) as session:
        found = decide_cases(cases, book.vocabulary, spark, session)
    for case, mine, theirs in zip(cases, answers, found, strict=True):
        assert theirs == mine, (case.rule.standard.id, case.row, case.series, case.as_of)
