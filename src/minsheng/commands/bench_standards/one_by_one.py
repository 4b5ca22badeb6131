"""Rows one by one through the traced evaluator, beside the same rules written by hand in Python."""

import time
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from minsheng.commands.bench_figure import Figure
from minsheng.commands.bench_standards.hand_python import HANDS
from minsheng.commands.refused import CommandRefused
from minsheng.commands.standards_folder import STANDARDS as FOLDER
from minsheng.commands.standards_folder import ready_standards
from minsheng.standards.asked import Bench, question_of_case
from minsheng.standards.evaluate import Trace
from minsheng.standards.parameters import Facts

ROUNDS, TIMES = 5, 20
Call = tuple[Callable[..., Any], Any, Any]


def bench_one_by_one() -> list[Figure]:
    """Over the cases of all standards, read beforehand: the rate of traced answers, by processor time."""
    ready = ready_standards(FOLDER)
    asked: list[tuple[str, dict[str, Any], Facts]] = []
    for standard in ready.book.standards.values():
        for case in standard.cases:
            question = question_of_case(case, standard.id)
            row = {name: value for name, value in ready.bench.row(question).items() if value is not None}
            asked.append((standard.id, row, Facts(question.as_of, question.parameters)))
    everything = [_traced(ready.bench, *one) for one in asked]
    some = [one for one in asked if one[0] in HANDS and _is_in_force(ready.bench, one[0], one[2].as_of)]
    by_trace = [_traced(ready.bench, *one) for one in some]
    by_hand: list[Call] = [(HANDS[standard], row, facts.figures) for standard, row, facts in some]
    _check_same(by_trace, by_hand)
    hand, problems = (
        _rate(by_hand),
        sum(call(row, facts).answer.problem is not None for call, row, facts in everything),
    )
    about = f"{len(some)}个案例，{len(HANDS)}项，处理器时间，{ROUNDS}次取最快，答案相同；手写的不留步骤"
    whole = f"{len(everything)}个案例，{len(ready.book.standards)}项全部标准，其中{problems}个不能算"
    return [
        Figure("留下每一步，几项标准", "行/秒", _rate(by_trace), "手写的 Python 函数", hand, about),
        Figure(
            "留下每一步，全部标准", "行/秒", _rate(everything), "手写的 Python 函数（只几项）", hand, whole
        ),
    ]


def _traced(bench: Bench, standard: str, row: dict[str, Any], facts: Facts) -> Call:
    return (bench.evaluator(standard).trace, row, facts)


def _is_in_force(bench: Bench, standard: str, day: date) -> bool:
    return bench.evaluator(standard).on(day) is not None


def _check_same(traced: Sequence[Call], by_hand: Sequence[Call]) -> None:
    for (trace, row, facts), (hand, _, figures) in zip(traced, by_hand, strict=True):
        found: Trace = trace(row, facts)
        if found.answer != hand(row, figures):
            raise CommandRefused(f"手写的函数与标准的答案不同，数字不能比：{row}。")


def _rate(calls: Sequence[Call]) -> float:
    fastest = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        for _ in range(TIMES):
            for call, row, given in calls:
                call(row, given)
        fastest = min(fastest, time.process_time() - start)
    return TIMES * len(calls) / fastest
