"""A case of a standard told again for a later day, with what that day's rule gives: for people to check."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from minsheng.standards.asked import Bench, question_of_case
from minsheng.standards.compiled import compile_standard
from minsheng.standards.editions import judge
from minsheng.standards.entries import end_of_entry, set_key
from minsheng.standards.loading import StandardBook
from minsheng.standards.model import Case, Standard
from minsheng.standards.money import yuan
from minsheng.standards.vocabulary import Column, Vocabulary


def with_case_of(text: str, standard_id: str, day: date, book: StandardBook) -> str:
    """The text with a case of ``day`` behind its cases; as it was where none can be told so."""
    standard = judge(text, standard_id, book).standard
    compiled, _ = compile_standard(standard, book.vocabulary) if standard else (None, ())
    if standard is None or compiled is None:
        return text
    bench = Bench({standard.id: compiled}, book.vocabulary)
    for case in _likely(standard, day):
        answer = bench.answer(question_of_case(replace(case, as_of=day), standard.id))
        if answer.problem is not None or not answer.eligible:
            continue
        found = answer.to_json()
        expect = {key: found[key] for key in case.expect}
        due = f"应发{yuan(answer.amount_fen or 0)}"
        says = f"{standard.name}，{day}起按新的标准：{_row_words(case, book.vocabulary)}，{due}"
        made = _behind(text, standard, case, {"says": says, "as_of": str(day), "expect": expect})
        after = judge(made, standard_id, book).standard
        if after is not None and len(after.cases) == len(standard.cases) + 1:
            return made
    return text


def _likely(standard: Standard, day: date) -> Iterator[Case]:
    """Cases of the version before that were due something, those that hang on nothing else first."""
    before = [version for version in standard.versions if version.first_day < day]
    for case in sorted(standard.cases, key=lambda case: bool(case.parameters)):
        is_due = case.expect.get("eligible") and case.expect.get("amount_fen")
        if is_due and before and before[-1].is_in_force(case.as_of):
            yield case


def _row_words(case: Case, vocabulary: Vocabulary) -> str:
    told = (_cell_words(vocabulary.columns.get(name), name, value) for name, value in case.row.items())
    return "、".join(told) or "不看个人情况"


def _cell_words(column: Column | None, name: str, value: Any) -> str:
    if column is None:
        return f"{name}{value}"
    if isinstance(value, bool):
        return f"{column.chinese}{'是' if value else '否'}"
    if column.type == "fen" and isinstance(value, int):
        return f"{column.chinese}{yuan(value)}"
    return f"{column.chinese}{column.words.get(str(value), value)}"


def _behind(text: str, standard: Standard, case: Case, values: Mapping[str, Any]) -> str:
    lines = text.splitlines()
    start, last = case.place.line - 1, standard.cases[-1].place.line - 1
    block = lines[start : end_of_entry(lines, start)]
    for key, value in values.items():
        block = set_key(block, key, value if key == "as_of" else json.dumps(value, ensure_ascii=False))
    end = end_of_entry(lines, last)
    return "\n".join((*lines[:end], *block, *lines[end:])) + "\n"
