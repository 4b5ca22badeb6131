"""A case of a standard notices each change of its rule: a figure, a comparison, a word of a list, a rounding."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from minsheng.standards.asked import Bench, question_of_case
from minsheng.standards.compiled import compile_standard

FIGURE = re.compile(r"(?<![\w'$.])\d+(?![\w'])")
WORD = re.compile(r"'\w+', |, '\w+'")
OTHERS = {
    ">=": ">",
    "<=": "<",
    "<>": "=",
    " and ": " or ",
    "half_up(": "down(",
    "lesser(": "larger(",
    "larger(": "lesser(",
    "at_least(": "in_principle(",
    "in_principle(": "at_least(",
    " up(": " down(",
    " down(": " up(",
}
# Changes that change nothing: a sum that is always even, and a part of a fen that no rounding shows.
SAME = {
    ("hefei-2024.p12.barrier-free-refit", "up(250000 * unit_count, 2)"),
    ("lieshan-2023.p06.worker-medical-aid", "larger(1, lesser(self_paid_fen, 7000000)"),
    ("lieshan-2023.p06.worker-medical-aid", "larger(0, lesser(self_paid_fen, 6999999)"),
}


def changed_texts(text: str) -> Iterator[str]:
    for found in FIGURE.finditer(text):
        for number in {int(found.group()) + 1, max(0, int(found.group()) - 1)} - {int(found.group())}:
            yield text[: found.start()] + str(number) + text[found.end() :]
    for old, new in OTHERS.items():
        for found in re.finditer(re.escape(old), f" {text}"):
            yield (f" {text}"[: found.start()] + new + f" {text}"[found.end() :]).strip()
    for found in WORD.finditer(text):
        yield text[: found.start()] + text[found.end() :]


def changed_versions(version):
    for text in changed_texts(version.when.text):
        yield text, replace(version, when=replace(version.when, text=text))
    for text in changed_texts(version.amount.text):
        yield text, replace(version, amount=replace(version.amount, text=text))
    if version.bound.condition:
        for text in changed_texts(version.bound.condition.text):
            condition = replace(version.bound.condition, text=text)
            yield text, replace(version, bound=replace(version.bound, condition=condition))
    for place, share in enumerate(version.shares):
        for text in changed_texts(share.amount.text) if share.amount else ():
            shares = list(version.shares)
            shares[place] = replace(share, amount=replace(share.amount, text=text))
            yield text, replace(version, shares=tuple(shares))


def answers(standard, compiled, vocabulary):
    bench = Bench({standard.id: compiled}, vocabulary)
    return [bench.answer(question_of_case(case, standard.id)) for case in standard.cases]


def is_expected(answer, expect) -> bool:
    if "problem" in expect:
        return answer.eligible is None and answer.problem.partition(":")[2] == expect["problem"]
    given = {"eligible": answer.eligible, "amount_fen": answer.amount_fen}
    given |= {"check": answer.check} if answer.check else {}
    given |= {"shares_fen": dict(answer.shares_fen)} if answer.shares_fen else {}
    return given == dict(expect)


def test_every_case_holds(book, compiled):
    wrong = [
        (standard.id, case.says, answer)
        for standard in book.standards.values()
        for case, answer in zip(
            standard.cases, answers(standard, compiled[standard.id], book.vocabulary), strict=True
        )
        if not is_expected(answer, case.expect)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "notice", ["bozhou-2023", "lieshan-2023", "linyi-2021", "maanshan-2020", "hefei-2024"]
)
def test_a_change_of_a_rule_breaks_a_case(book, notice):
    unnoticed, tried = [], 0
    for standard in book.standards.values():
        if standard.notice != notice:
            continue
        for place, version in enumerate(standard.versions):
            for text, changed in changed_versions(version):
                versions = (*standard.versions[:place], changed, *standard.versions[place + 1 :])
                mutant = replace(standard, versions=versions)
                compiled, _faults = compile_standard(mutant, book.vocabulary)
                if compiled is None:
                    continue  # the reader itself refuses the changed rule
                tried += 1
                got = answers(mutant, compiled, book.vocabulary)
                if all(
                    is_expected(answer, case.expect) for answer, case in zip(got, mutant.cases, strict=True)
                ):
                    unnoticed.append((standard.id, text))
    assert tried > 20
    assert [
        found for found in unnoticed if not any(found[0] == id_ and part in found[1] for id_, part in SAME)
    ] == []
