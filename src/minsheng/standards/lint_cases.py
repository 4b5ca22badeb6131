"""The cases of a standard: enough of them, in sentences an official can check, and all of them right."""

from collections.abc import Iterator, Mapping
from typing import Any

from minsheng.standards import tree as t
from minsheng.standards.asked import Bench, question_of_case
from minsheng.standards.compiled import CompiledStandard
from minsheng.standards.evaluate import Answer
from minsheng.standards.fault import Fault
from minsheng.standards.model import Case, Standard
from minsheng.standards.problem_codes import named
from minsheng.standards.typed_names import near
from minsheng.standards.vocabulary import Vocabulary

FEWEST = 4
SHORTEST_SENTENCE = 6


def check_cases(standard: Standard, compiled: CompiledStandard, vocabulary: Vocabulary) -> Iterator[Fault]:
    """What is wrong with the cases, and every case that does not come out as it says."""
    place, who = standard.place, standard.id
    if len(standard.cases) < FEWEST:
        what = f"{who}只有{len(standard.cases)}个案例，至少要{FEWEST}个"
        yield place.fault("few_cases", what, "补上界限两边、生效日前后、没有填、不符合的案例")
    else:
        yield from _check_spread(standard, compiled)
    said: set[str] = set()
    for case in standard.cases:
        if len(case.says.strip()) < SHORTEST_SENTENCE or not any(
            "\u4e00" <= sign <= "\u9fff" for sign in case.says
        ):
            what = f"{who}的案例“{case.says}”没有用一句话说清楚"
            yield case.place.fault("case_sentence", what, "用中文写明是什么人、什么情况、应发多少")
        if case.says in said:
            yield case.place.fault("case_repeated", f"{who}有两个案例说的一样：{case.says}", "改写或去掉一个")
        said.add(case.says)
        yield from _check_names(case, who, vocabulary)
        yield from _check_expect(case, standard)
    yield from _check_answers(standard, compiled, vocabulary)


def _check_spread(standard: Standard, compiled: CompiledStandard) -> Iterator[Fault]:
    expected = [case.expect for case in standard.cases]
    if not any("problem" in expect for expect in expected):
        what = f"{standard.id}没有“没有填，不能算”的案例"
        yield standard.place.fault("cases_lack", what, "补一个少填一列的案例，expect写{problem: 列名}")
    is_for_all = all(isinstance(rule.when, t.Truth) for rule in compiled.rules)
    if not is_for_all and not any(expect.get("eligible") is False for expect in expected):
        what = f"{standard.id}没有不符合条件的案例"
        yield standard.place.fault(
            "cases_lack", what, "补一个不符合的案例，expect写{eligible: false, amount_fen: 0}"
        )


def _check_names(case: Case, who: str, vocabulary: Vocabulary) -> Iterator[Fault]:
    for name in case.row:
        if name not in vocabulary.columns:
            yield case.place.fault(
                "case_column", f"{who}的案例里不认识列“{name}”", near(name, vocabulary.columns)
            )
    for name in case.parameters:
        if name not in vocabulary.parameters:
            mend = near(name, vocabulary.parameters)
            yield case.place.fault("case_parameter", f"{who}的案例里不认识参数“{name}”", mend)


def _check_expect(case: Case, standard: Standard) -> Iterator[Fault]:
    expect, who = case.expect, standard.id
    if ("problem" in expect) == ("amount_fen" in expect) or ("problem" in expect and len(expect) > 1):
        what = f"{who}的案例“{case.says}”没有说清应得的结果"
        mend = "expect或写{problem: 列名}，或写{eligible: …, amount_fen: …}"
        yield case.place.fault("case_expect", what, mend)
        return
    version = standard.version_on(case.as_of)
    if expect.get("eligible") and version is not None and version.shares and "shares_fen" not in expect:
        what = f"{who}的案例“{case.says}”没有写各方分担"
        yield case.place.fault("case_expect", what, "在expect里补上shares_fen")


def _check_answers(standard: Standard, compiled: CompiledStandard, vocabulary: Vocabulary) -> Iterator[Fault]:
    bench = Bench({standard.id: compiled}, vocabulary)
    for case in standard.cases:
        answer = bench.answer(question_of_case(case, standard.id))
        if not is_as_expected(answer, case.expect):
            shown = answer.problem or {
                key: value for key, value in answer.to_json().items() if value is not None
            }
            what = f"{standard.id}的案例“{case.says}”算出来是{shown}，案例写的是{dict(case.expect)}"
            yield case.place.fault("case_fails", what, "对照通知，改正算式或改正案例")


def is_as_expected(answer: Answer, expect: Mapping[str, Any]) -> bool:
    """Whether an answer is what a case says."""
    if "problem" in expect:
        return answer.problem is not None and expect["problem"] in {named(answer.problem), answer.problem}
    found = answer.to_json()
    return answer.problem is None and all(found[key] == value for key, value in expect.items())
