"""The cases of ``minsheng entitle``: one JSON a line, answered in the same order."""

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from minsheng.commands.entitle_engine import limits_of, opened_back_end
from minsheng.commands.refused import CommandRefused
from minsheng.commands.standards_folder import Ready, ready_standards
from minsheng.engine.cases import RuleCase, decide_cases
from minsheng.engine.session import Session
from minsheng.standards.asked import Question
from minsheng.standards.evaluate import Answer
from minsheng.standards.money import yuan
from minsheng.standards.parameters import read_day, read_series
from minsheng.standards.problem_codes import told

Asked = Question | Answer
"""A case that can be answered, or the answer of one that cannot be read."""


AnswerAll = Callable[[Sequence[Question], Ready, argparse.Namespace], list[Answer]]


def answer_by_python(
    questions: Sequence[Question], ready: Ready, _arguments: argparse.Namespace
) -> list[Answer]:
    return [ready.bench.answer(question) for question in questions]


def answer_by_engine(
    questions: Sequence[Question], ready: Ready, arguments: argparse.Namespace
) -> list[Answer]:
    """All cases in a few statements; those of a standard not in force are not looked at."""
    cases = [_case(question, ready) for question in questions]
    limits = limits_of(arguments)
    with opened_back_end(arguments.engine, limits) as back_end, Session(limits) as session:
        found = iter(decide_cases([case for case in cases if case], ready.book.vocabulary, back_end, session))
    return [Answer(eligible=False, amount_fen=0) if case is None else next(found) for case in cases]


def _case(question: Question, ready: Ready) -> RuleCase | None:
    rule = ready.bench.compiled(question.standard).rule_on(question.as_of)
    if rule is None:
        return None
    return RuleCase(rule, question.as_of, ready.bench.row(question), question.parameters)


CASE_ENGINES: Mapping[str, AnswerAll] = {
    "python": answer_by_python,
    "duckdb": answer_by_engine,
    "spark": answer_by_engine,
}


def entitle_cases(arguments: argparse.Namespace) -> int:
    ready = ready_standards(arguments.standards)
    asked = [_asked(line, ready) for line in _lines(arguments.cases)]
    questions = [one for one in asked if isinstance(one, Question)]
    answered = iter(CASE_ENGINES[arguments.engine or "python"](questions, ready, arguments))
    answers = [next(answered) if isinstance(one, Question) else one for one in asked]
    if arguments.json:
        print(json.dumps([answer.to_json() for answer in answers], ensure_ascii=False))
    else:
        print("\n".join(f"{place}. {_told(answer, ready)}" for place, answer in enumerate(answers, 1)))
    return 0


def _lines(file: Path) -> list[str]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandRefused(f"案例文件读不出来：{file}。请确认文件在那里，用UTF-8保存。") from error
    return [line for line in text.splitlines() if line.strip()]


def _asked(line: str, ready: Ready) -> Asked:
    try:
        given: Any = json.loads(line)
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        return _unreadable("unreadable:line")
    as_of = read_day(given.get("as_of"))
    if as_of is None:
        return _unreadable("domain:as_of" if given.get("as_of") else "missing:as_of")
    standard, region = given.get("standard"), given.get("region")
    if not isinstance(standard, str) or not ready.bench.knows(standard):
        return _unreadable("unknown:standard")
    row, parameters = given.get("row") or {}, given.get("parameters") or {}
    if not isinstance(row, dict) or not isinstance(parameters, dict):
        return _unreadable("unreadable:row" if not isinstance(row, dict) else "unreadable:parameters")
    series = {name.lstrip("$"): read_series(value) for name, value in parameters.items()}
    return Question(standard, as_of, region if isinstance(region, str) else None, series, row)


def _unreadable(problem: str) -> Answer:
    return Answer(eligible=None, problem=problem)


def _told(answer: Answer, ready: Ready) -> str:
    if answer.problem is not None:
        return f"不能算（{answer.problem}）：{told(answer.problem, ready.book.vocabulary)}。"
    if not answer.eligible:
        return "不符合条件，应发0元。"
    payers = ready.book.vocabulary.payers
    shares = (answer.shares_fen or {}).items()
    parts = "，".join(f"{payers.get(payer, payer)}{yuan(part)}" for payer, part in shares)
    check = {"below_floor": "，低于下限", "above_ceiling": "，超过上限"}.get(answer.check or "", "")
    return f"应发{yuan(answer.amount_fen or 0)}{f'（{parts}）' if parts else ''}{check}。"
