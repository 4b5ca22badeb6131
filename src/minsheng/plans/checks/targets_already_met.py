"""A target that a figure of the same project says is reached already (目前已有120个，达到100个).

Contract: ``role`` fact and target. Only a target for the whole stock (达到, 累计, 总数) can be met by what there is;
what is newly built comes on top of it.
"""

import re
from collections.abc import Iterator

from minsheng.kernel.problem import Problem
from minsheng.plans.checks.passages import Passage, passages
from minsheng.plans.checks.units import additive, same_kind, say
from minsheng.plans.model import Plan, Project, Quantity

CODES = ("target_already_met",)

_STOCK = re.compile(
    r"(?:达到?|累计|总数|总量|总计|保有量|扩大到|增加到|提高到|提升到|增至)[^,，。；;\d]{0,8}$"
)
_ADDED = re.compile(r"新增|新建|新开|新改|再|净增|增加(?!到)|当年")
_DONE = re.compile(r"目前|现有|现已|已有|已达|已建|已经|已完成|截至|截止|上年|去年")


def check(plan: Plan, lines: tuple[str, ...]) -> tuple[Problem, ...]:
    """A problem for each target of a whole stock that is not above a stated fact, once for each number."""
    problems: dict[tuple[int, str | None], Problem] = {}
    for project in plan.projects:
        for passage in passages(project, lines):
            for problem in _met(project, passage):
                problems.setdefault((project.number, problem.found), problem)
    return tuple(problems.values())


def _met(project: Project, passage: Passage) -> Iterator[Problem]:
    facts = [q for q in project.quantities if q.role == "fact" and _may_compare(q)]
    for placed in passage.placed:
        target = placed.quantity
        if target.role != "target" or target.comparator in ("le", "lt") or not _may_compare(target):
            continue
        begin = max(passage.text.rfind(mark, 0, placed.start) for mark in "，,。；;") + 1
        # The quote may begin with what bounds the number; the words for a stock stand before it or in it.
        digits = re.search(r"\d", passage.text[placed.start : placed.end])
        clause = passage.text[begin : placed.start + (digits.start() if digits else 0)]
        if not _STOCK.search(clause) or _ADDED.search(clause) or _DONE.search(clause):
            continue
        for fact in facts:
            if fact.value >= target.value and _same_thing(fact, target):
                yield _already(project, target, fact)
                break


def _may_compare(quantity: Quantity) -> bool:
    return quantity.region is None and (additive(quantity.unit) or quantity.unit == "%")


def _same_thing(fact: Quantity, target: Quantity) -> bool:
    one, other = fact.subject or "", target.subject or ""
    alike = min(len(one), len(other)) >= 3 and (one in other or other in one)
    return alike and same_kind(fact.unit, target.unit)


def _already(project: Project, target: Quantity, fact: Quantity) -> Problem:
    return Problem(
        code="target_already_met",
        severity="warning",
        message=(
            f"第{target.source.line}行：目标“{target.text}”不高于现有的{say(fact)}（第{fact.source.line}行“{fact.text}”），"
            "等于已经完成。请核对两个数，或写明是新增的数量。"
        ),
        sources=(target.source, fact.source),
        project=project.number,
        expected=f"高于{say(fact)}",
        found=say(target),
    )
