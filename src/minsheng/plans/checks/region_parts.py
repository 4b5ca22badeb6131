"""A stated total against the sum of its parts by region (其中：涡阳县8300人，…).

Contract: ``region`` is set where a number is one region's part, ``each`` where it holds for every region.
"""

import re
from collections.abc import Sequence

from minsheng.kernel import gazetteer
from minsheng.kernel.problem import Problem, Severity
from minsheng.plans.checks.passages import Breakdown, Placed, breakdowns, passages
from minsheng.plans.checks.sums import Difference, Part, difference
from minsheng.plans.checks.units import additive, plain, same_kind, say
from minsheng.plans.model import EACH, Plan, Project, Quantity

CODES = ("region_sum_differs", "region_part_exceeds")

_EACH_COUNTY = re.compile(r"(?:每个?|各)(?:县区|区县|县[(（]?(?:市[)）]?)?[、]?区|县级|县)")
_CITY_ITSELF = re.compile(r"本级|市直|省直|区直|县直")

Sum = tuple[Quantity, tuple[Placed, ...]]


def check(plan: Plan, lines: tuple[str, ...]) -> tuple[Problem, ...]:
    """A problem for each total whose regional parts do not add up to it."""
    problems: list[Problem] = []
    for project in plan.projects:
        for passage in passages(project, lines):
            for breakdown in breakdowns(passage):
                for total, parts in sums(breakdown):
                    problems += _judge(plan, project, total, parts, breakdown)
    return tuple(problems)


def sums(breakdown: Breakdown) -> tuple[Sum, ...]:
    """Which parts belong to which total. Empty where the text leaves that open."""
    parts = [p for p in breakdown.parts if p.quantity.role in ("target", "budget")]
    if not parts or any(p.quantity.region is None or not additive(p.quantity.unit) for p in parts):
        return ()
    regions = list(dict.fromkeys(p.quantity.region for p in parts))
    totals = [
        p
        for p in breakdown.before
        if p.quantity.role == parts[0].quantity.role
        and p.quantity.region not in (*regions, EACH)
        and additive(p.quantity.unit)
    ]
    rows = [[p for p in parts if p.quantity.region == region] for region in regions]
    width = len(rows[0])
    if width == 1 and all(len(row) == 1 for row in rows):
        return _one_total(totals, parts)
    if all(len(row) == width for row in rows) and len(totals) >= width:
        return _columns(totals[-width:], rows)
    return ()


def _one_total(totals: Sequence[Placed], parts: Sequence[Placed]) -> tuple[Sum, ...]:
    """The nearest total in a unit that the parts can be counted in."""
    for total in reversed(totals):
        if all(same_kind(total.quantity.unit, p.quantity.unit) for p in parts):
            return ((total.quantity, tuple(parts)),)
    return ()


def _columns(totals: Sequence[Placed], rows: Sequence[Sequence[Placed]]) -> tuple[Sum, ...]:
    """Several totals, then several numbers for each region in the same order."""
    paired = []
    for column, total in enumerate(totals):
        parts = tuple(row[column] for row in rows)
        if not all(same_kind(total.quantity.unit, p.quantity.unit) for p in parts):
            return ()
        paired.append((total.quantity, parts))
    return tuple(paired)


def _judge(
    plan: Plan, project: Project, total: Quantity, placed: Sequence[Placed], breakdown: Breakdown
) -> list[Problem]:
    counties = {d.name for d in gazetteer.counties_of(plan.head.region or "")}
    named = [p.quantity for p in placed if p.quantity.region != EACH]
    each = [p.quantity for p in placed if p.quantity.region == EACH]
    if each and not (counties and _EACH_COUNTY.search(breakdown.text)):
        return []
    exceeding = [q for q in named if _exceeds(q, total)]
    if exceeding:
        return [_exceeded(project, total, q) for q in exceeding]
    parts = [Part(q.region or "", q) for q in named]
    if each:
        return _judge_each(plan, project, total, parts, each)
    if len(parts) == 1:
        return []
    found = difference(total, parts)
    if found is None:
        return []
    complete = bool(counties) and counties <= {q.region for q in named}
    return [_differs(project, total, named, found, complete=complete)]


def _judge_each(
    plan: Plan, project: Project, total: Quantity, parts: list[Part], each: Sequence[Quantity]
) -> list[Problem]:
    """Notices mean the counties by 每个县区, or the counties and some zones: any of these may fit."""
    named = {part.name for part in parts if not _CITY_ITSELF.search(part.name)}
    counties = {d.name for d in gazetteer.counties_of(plan.head.region or "")} - named
    zones = _zones(plan) - named - counties
    tried = [
        difference(total, [*parts, *(Part("各县区", q, times) for q in each)])
        for times in range(len(counties), len(counties) + len(zones) + 1)
    ]
    if not tried or None in tried or tried[0] is None:
        return []
    quantities = [*(part.quantity for part in parts), *each]
    return [_differs(project, total, quantities, tried[0], complete=True)]


def _zones(plan: Plan) -> set[str]:
    """Zones the plan itself gives a share to."""
    named = {q.region for project in plan.projects for q in project.quantities if q.region}
    return {
        name
        for name in named
        if name != EACH and gazetteer.is_region(name) and not any(
            d.level != "zone" for d in gazetteer.by_name(name)
        )
    }  # fmt: skip


def _exceeds(part: Quantity, total: Quantity) -> bool:
    return part.value > total.value and total.comparator in ("eq", "le", "lt") and total.value_hi is None


def _exceeded(project: Project, total: Quantity, part: Quantity) -> Problem:
    return Problem(
        code="region_part_exceeds",
        severity="error",
        message=(
            f"第{part.source.line}行：{part.region}的{say(part)}大于总数{say(total)}"
            f"（第{total.source.line}行“{total.text}”）。请核对其中哪一个数写错。"
        ),
        sources=(total.source, part.source),
        project=project.number,
        expected=f"不大于{say(total)}",
        found=say(part),
    )


def _differs(
    project: Project, total: Quantity, parts: Sequence[Quantity], found: Difference, *, complete: bool
) -> Problem:
    gap = found.found - total.value
    severity: Severity = found.severity
    change = "减少" if gap > 0 else "增加"
    advice = (
        f"总数改为{plain(found.found)}{total.unit}，或各地合计{change}{plain(abs(gap))}{total.unit}，即相符"
    )
    if gap < 0 and not complete and severity == "error":
        # Regions that are not listed may hold the rest: a question, not a contradiction.
        severity = "notice"
        advice = f"如另有未列出的地区承担其余{plain(-gap)}{total.unit}，请补列；否则请核对数字"
    return Problem(
        code="region_sum_differs",
        severity=severity,
        message=(
            f"第{total.source.line}行：总数“{total.text}”与各地合计不符，{found.arithmetic}，"
            f"{found.remark}。{advice}。"
        ),
        sources=(total.source, *dict.fromkeys(q.source for q in parts)),
        project=project.number,
        expected=say(total),
        found=f"{plain(found.found)}{total.unit}",
    )
