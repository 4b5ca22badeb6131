"""A stated total against the kinds it is made of (485人次 = 62人＋275人＋148人).

Notices seldom say that a list of kinds is complete, so a sum is reported only where the text sums up itself
(共计, 合计), where the words tell that the list is meant to add up (belonging.py, sums paid per case), where one
misprinted digit explains the difference or where it is small; a part larger than its total always is.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from minsheng.kernel.problem import Problem, Severity
from minsheng.plans.checks.belonging import division
from minsheng.plans.checks.occurrences import Occurrence, occurrences
from minsheng.plans.checks.passages import Breakdown, Passage, breakdowns, passages
from minsheng.plans.checks.sums import nearly_adds_up, one_digit_apart, room
from minsheng.plans.checks.units import additive, plain, same_kind, say
from minsheng.plans.model import Plan, Project, Quantity

CODES = ("component_sum_differs", "component_exceeds")

_SUMS_UP = re.compile(r"(?P<sure>共计|合计|总计|一共)|(?P<done>累计完成)|(?P<perhaps>累计)")
_ROLES = ("target", "standard", "budget")


def check(plan: Plan, lines: tuple[str, ...]) -> tuple[Problem, ...]:
    """A problem for each total that its components contradict."""
    problems: list[Problem] = []
    for project, places in occurrences(plan, lines):
        texts = passages(project, lines)
        for passage in texts:
            for breakdown in breakdowns(passage):
                problems += _inside(project, breakdown)
            problems += _summed_up(project, passage)
        inner = {p.quantity for text in texts for b in breakdowns(text) for p in b.parts}
        for place in places:
            problems += _measures_against_statement(project, place, inner, lines)
    return tuple(problems)


def _inside(project: Project, breakdown: Breakdown) -> Iterator[Problem]:
    """（其中…） and （…） without regions: 每人120元，其中A补助50元、B补助70元."""
    candidates = [p.quantity for p in breakdown.parts]
    totals = (
        p.quantity for p in reversed(breakdown.before) if any(_may_hold(p.quantity, q) for q in candidates)
    )
    total = next(totals, None)
    if total is None:
        return
    parts = [quantity for quantity in candidates if _may_hold(total, quantity)]
    if breakdown.of_which:
        exceeding = [q for q in parts if room(q)[0] > room(total)[1]]
        yield from (_exceeds(project, total, q) for q in exceeding)
        if exceeding:
            return
    paid_per_case = total.unit.startswith("元/") and all(q.unit == total.unit for q in parts)
    if len(parts) > 1 and (_exceed_together(total, parts) or paid_per_case):
        if _total(parts) != total.value:
            yield _differs(project, [total], parts, "notice")
    elif len(parts) > 1:
        yield from _misprint(project, [total], parts)


def _exceed_together(total: Quantity, parts: Sequence[Quantity]) -> bool:
    """Kinds may overlap, but what stands in the bracket of a total seldom comes to more than the total."""
    return sum((room(part)[0] for part in parts), Decimal(0)) > room(total)[1]


def _may_hold(total: Quantity, part: Quantity) -> bool:
    """Whether one can be part of the other: same role and region, and units that add up."""
    money = total.unit.startswith("元") and part.unit.startswith("元")
    countable = additive(total.unit) and additive(part.unit) and same_kind(total.unit, part.unit)
    return (
        total.role == part.role in _ROLES and total.region == part.region and (money or countable)
    )  # fmt: skip


def _summed_up(project: Project, passage: Passage) -> Iterator[Problem]:
    """新建45个、提升303个，累计完成348个: what stands before the word, against what stands after it."""
    for match in _SUMS_UP.finditer(passage.text):
        after = [p for p in passage.placed if match.end() <= p.start <= match.end() + 6]
        if not after:
            continue
        total = after[0].quantity
        begin = passage.text.rfind("。", 0, match.start()) + 1
        parts = [
            p.quantity
            for p in passage.placed
            if begin <= p.start < match.start() and additive(total.unit) and _may_hold(total, p.quantity)
        ]
        if len(parts) < 2 or sum(q.value for q in parts) == total.value:
            continue
        if match["sure"]:
            yield _differs(project, [total], parts, "warning")
        elif match["done"] or _exceed_together(total, parts):
            yield _differs(project, [total], parts, "notice")
        else:
            yield from _misprint(project, [total], parts)


def _measures_against_statement(
    project: Project, occurrence: Occurrence, inner: set[Quantity], lines: tuple[str, ...]
) -> Iterator[Problem]:
    """The promise against the numbers its measures divide it into, unit by unit."""
    totals = [q for q in occurrence.statement if _counts(q) and q not in inner]
    parts = [q for q in occurrence.measures if _counts(q) and q not in inner]
    seen: list[str] = []
    for unit in dict.fromkeys(q.unit for q in totals):
        if any(same_kind(unit, other) for other in seen):
            continue
        seen.append(unit)
        whole = [q for q in totals if same_kind(q.unit, unit)]
        divided = [q for q in parts if same_kind(q.unit, unit)]
        if len(divided) < 2 or _total(whole) == _total(divided):
            continue
        meant = [pair for pair in division(whole, divided, lines) if _total(pair[0]) != _total(pair[1])]
        for totals_of_it, parts_of_it in meant:
            yield _differs(project, totals_of_it, parts_of_it, "notice")
        repeated = {q.value for q in whole} & {q.value for q in divided}
        if not meant and (len(whole) > 1 or not repeated):
            yield from _misprint(project, whole, divided)


def _total(quantities: Sequence[Quantity]) -> Decimal:
    return sum((q.value for q in quantities), Decimal(0))


def _counts(quantity: Quantity) -> bool:
    return quantity.role == "target" and quantity.region is None and additive(quantity.unit)


def _misprint(project: Project, totals: Sequence[Quantity], parts: Sequence[Quantity]) -> Iterator[Problem]:
    whole = _total(totals)
    if len(totals) > 1:
        # Several totals: the misprint may stand in any number on either side.
        terms = [*(q.value for q in parts), *(-q.value for q in totals[1:])]
        near = one_digit_apart(totals[0].value, terms) or any(
            one_digit_apart(q.value, [p.value for p in parts] + [-o.value for o in totals if o is not q])
            for q in totals[1:]
        )
    else:
        near = one_digit_apart(whole, [q.value for q in parts])
    if near or (len(totals) == 1 and nearly_adds_up(totals[0], parts)):
        yield _differs(project, totals, parts, "notice")


def _differs(
    project: Project, totals: Sequence[Quantity], parts: Sequence[Quantity], severity: Severity
) -> Problem:
    whole, found = _total(totals), _total(parts)
    unit = totals[0].unit
    terms = "＋".join(plain(q.value) for q in parts)
    stated = "、".join(f"“{q.text}”" for q in totals)
    doubt = "" if severity != "notice" else "如这几项正是它的分项，则有一处数字可能写错；"
    return Problem(
        code="component_sum_differs",
        severity=severity,
        message=(
            f"第{totals[0].source.line}行的{stated}与分项之和不符：{terms}＝{plain(found)}{unit}，"
            f"{'多' if found > whole else '少'}{plain(abs(found - whole))}{unit}。{doubt}请核对各数。"
        ),
        sources=tuple(dict.fromkeys(q.source for q in (*totals, *parts))),
        project=project.number,
        expected=f"{plain(whole)}{unit}",
        found=f"{plain(found)}{unit}",
    )


def _exceeds(project: Project, total: Quantity, part: Quantity) -> Problem:
    return Problem(
        code="component_exceeds",
        severity="error",
        message=(
            f"第{part.source.line}行：“其中”所列{say(part)}大于总数{say(total)}"
            f"（第{total.source.line}行“{total.text}”）。请核对其中哪一个数写错。"
        ),
        sources=(total.source, part.source),
        project=project.number,
        expected=f"不大于{say(total)}",
        found=say(part),
    )
