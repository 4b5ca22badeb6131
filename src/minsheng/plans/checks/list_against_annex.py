"""The list of projects against the same promise repeated in an annex and in its measures.

Contract: a quantity repeated in an annex stands under the same project again with its own line.
"""

from collections.abc import Iterator, Sequence

from minsheng.kernel.problem import Problem, Severity
from minsheng.plans.checks.occurrences import occurrences
from minsheng.plans.checks.units import additive, same_kind, say
from minsheng.plans.model import Plan, Project, Quantity

CODES = ("annex_value_differs", "annex_comparator_differs", "annex_value_missing")

_ROLES = ("target", "standard", "share", "budget")
_WORDS = {"eq": "等于", "ge": "不少于", "gt": "超过", "le": "不超过", "lt": "低于", "about": "左右"}
_LEAST_SUBJECT = 4
"""Shorter subjects (人数, 比例) are too general to say that two numbers speak of one thing."""


def check(plan: Plan, lines: tuple[str, ...]) -> tuple[Problem, ...]:
    """A problem for each number that is not the same at its second place."""
    problems: list[Problem] = []
    for project, places in occurrences(plan, lines):
        listed = _promised(places[0].statement)
        for place in places[1:]:
            again = _promised(place.statement)
            if again:
                problems += _statements(project, listed, again)
        for place in places:
            problems += _measures(project, listed, _promised(place.measures))
    return tuple(problems)


def _promised(quantities: Sequence[Quantity]) -> list[Quantity]:
    return [q for q in quantities if q.role in _ROLES]


def _statements(project: Project, listed: list[Quantity], again: list[Quantity]) -> Iterator[Problem]:
    """The statement in the list and the one in the annex, number by number."""
    unmatched: list[Quantity] = []
    rest = list(again)
    for quantity in listed:
        same = next((q for q in rest if _same_amount(quantity, q)), None)
        if same is None:
            unmatched.append(quantity)
            continue
        rest.remove(same)
        if same.comparator != quantity.comparator:
            yield _comparator(project, quantity, same)
    for quantity in unmatched:
        other = _counterpart(quantity, unmatched, rest)
        if other is None:
            yield _missing(project, quantity, again[0], "清单", "附件")
        else:
            rest.remove(other)
            yield _value(project, quantity, other, "error")
    for quantity in rest:
        yield _missing(project, quantity, listed[0] if listed else quantity, "附件", "清单")


def _counterpart(
    quantity: Quantity, unmatched: Sequence[Quantity], rest: Sequence[Quantity]
) -> Quantity | None:
    """What a number became in the annex: the same subject, else the only one left in its unit."""
    fitting = [q for q in rest if _comparable(quantity, q)]
    named = [q for q in fitting if _same_subject(quantity, q)]
    if named:
        return named[0]
    alone = sum(_comparable(quantity, q) for q in unmatched) == 1
    return fitting[0] if len(fitting) == 1 and alone else None


def _measures(project: Project, listed: list[Quantity], measures: list[Quantity]) -> Iterator[Problem]:
    """Rates and sums per case that a measure repeats. Plain amounts there may be parts of the promise."""
    for quantity in listed:
        if additive(quantity.unit):
            continue
        for other in measures:
            if not (_comparable(quantity, other) and _same_subject(quantity, other)):
                continue
            if not _same_amount(quantity, other):
                yield _value(project, quantity, other, "warning")
            elif quantity.comparator != other.comparator:
                yield _comparator(project, quantity, other)


def _same_amount(one: Quantity, other: Quantity) -> bool:
    return _comparable(one, other) and (one.value, one.value_hi) == (other.value, other.value_hi)


def _comparable(one: Quantity, other: Quantity) -> bool:
    return one.role == other.role and one.region == other.region and same_kind(one.unit, other.unit)


def _same_subject(one: Quantity, other: Quantity) -> bool:
    shorter, longer = sorted((one.subject or "", other.subject or ""), key=len)
    return len(shorter) >= _LEAST_SUBJECT and shorter in longer


def _value(project: Project, one: Quantity, other: Quantity, severity: Severity) -> Problem:
    return Problem(
        code="annex_value_differs",
        severity=severity,
        message=(
            f"第{project.number}项同一指标前后数字不同：第{one.source.line}行“{one.text}”，"
            f"第{other.source.line}行“{other.text}”。请确认以哪一处为准，并改正另一处。"
        ),
        sources=(one.source, other.source),
        project=project.number,
        expected=say(one),
        found=say(other),
    )


def _comparator(project: Project, one: Quantity, other: Quantity) -> Problem:
    return Problem(
        code="annex_comparator_differs",
        severity="notice",
        message=(
            f"第{project.number}项同一指标前后说法不同：第{one.source.line}行“{one.text}”（{_WORDS[one.comparator]}），"
            f"第{other.source.line}行“{other.text}”（{_WORDS[other.comparator]}）。考核时请明确以哪一处为准。"
        ),
        sources=(one.source, other.source),
        project=project.number,
        expected=f"{_WORDS[one.comparator]}{say(one)}",
        found=f"{_WORDS[other.comparator]}{say(other)}",
    )


def _missing(project: Project, quantity: Quantity, beside: Quantity, here: str, there: str) -> Problem:
    return Problem(
        code="annex_value_missing",
        severity="notice",
        message=(
            f"第{project.number}项：{here}第{quantity.source.line}行写有“{quantity.text}”，"
            f"{there}的同一项目（第{beside.source.line}行）没有这个数。请核对是否漏写。"
        ),
        sources=(quantity.source, beside.source),
        project=project.number,
        expected=say(quantity),
        found="无",
    )
