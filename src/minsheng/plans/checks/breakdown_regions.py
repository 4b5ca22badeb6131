"""Regions of a breakdown: one that is not of this place, one named twice, the only one left out.

Contract: ``region``. Towns, villages and zones are too many to know; only names that look like a county are judged,
and only in the plan of a place whose counties the gazetteer knows.
"""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from minsheng.kernel import gazetteer
from minsheng.kernel.problem import Problem
from minsheng.plans.checks.passages import Breakdown, Placed, breakdowns, passages
from minsheng.plans.checks.region_parts import sums
from minsheng.plans.checks.units import plain
from minsheng.plans.model import EACH, Plan, Project

CODES = ("region_missing", "region_repeated", "region_unknown")

_COUNTY_SHAPE = re.compile(r"[\u4e00-\u9fff]{2,}(?:县|旗|(?<![社园新小片库])区|市)$")
_NO_COUNTY = re.compile(
    r"[级直]|开发区|园区|高新|经开|示范|试验|实验|管理|度假|风景|新区|保税|综保|全[省市县区]|主城|城区"
)


def check(plan: Plan, lines: tuple[str, ...]) -> tuple[Problem, ...]:
    """A problem for each region that stands wrongly in a breakdown."""
    counties = {division.name for division in gazetteer.counties_of(plan.head.region or "")}
    problems: list[Problem] = []
    for project in plan.projects:
        for passage in passages(project, lines):
            for breakdown in breakdowns(passage):
                problems += _repeated(project, breakdown)
                problems += _unknown(project, breakdown, counties)
                problems += _missing(project, breakdown, counties)
    return tuple(problems)


def _parts(breakdown: Breakdown) -> list[Placed]:
    return [p for p in breakdown.parts if p.quantity.region not in (None, EACH)]


def _repeated(project: Project, breakdown: Breakdown) -> Iterator[Problem]:
    """A region with two numbers of one unit where every other has one."""
    parts = [p for p in _parts(breakdown) if p.quantity.role in ("target", "budget")]
    counts = Counter((p.quantity.region, p.quantity.unit) for p in parts)
    twice = [key for key, count in counts.items() if count == 2]
    if len(counts) < 3 or len(twice) != 1 or max(counts.values()) > 2:
        return
    first, second = [p.quantity for p in parts if (p.quantity.region, p.quantity.unit) == twice[0]]
    if first.source.overlaps(second.source):
        return
    yield Problem(
        code="region_repeated",
        severity="error",
        message=(
            f"第{second.source.line}行：{second.region}在同一处分解里出现两次（“{first.text}”和“{second.text}”）。"
            "请核对是不是把另一个地区写成了它。"
        ),
        sources=(second.source, first.source),
        project=project.number,
        expected=f"{second.region}一次",
        found="两次",
    )


def _unknown(project: Project, breakdown: Breakdown, counties: set[str]) -> Iterator[Problem]:
    """A county of another place, or none at all, among the counties of this one."""
    parts = _parts(breakdown)
    if not counties or not any(p.quantity.region in counties for p in parts):
        return
    for name in dict.fromkeys(p.quantity.region or "" for p in parts):
        if name in counties or not _COUNTY_SHAPE.fullmatch(name) or _NO_COUNTY.search(name):
            continue
        if any(name.endswith(county) or county.startswith(name) for county in counties):
            continue
        source = next(p.quantity.source for p in parts if p.quantity.region == name)
        known = gazetteer.by_name(name)
        above = gazetteer.parent(known[0]) if known else None
        where = f"它属于{above.name}" if above else "区划表里没有这个名称"
        yield Problem(
            code="region_unknown",
            severity="warning",
            message=f"第{source.line}行：分解里的{name}不是本地的县区（{where}）。请核对地名。",
            sources=(source,),
            project=project.number,
            expected="本地的县区",
            found=name,
        )


def _missing(project: Project, breakdown: Breakdown, counties: set[str]) -> Iterator[Problem]:
    """All counties but one are named and their sum falls short: the one left out may hold the rest."""
    for total, parts in sums(breakdown):
        named = {p.quantity.region for p in parts}
        left_out = counties - {name for name in named if name}
        gap = total.value - sum((p.quantity.value for p in parts), Decimal(0))
        if len(left_out) != 1 or len(counties) < 3 or gap <= 0 or EACH in named:
            continue
        name = left_out.pop()
        yield Problem(
            code="region_missing",
            severity="notice",
            message=(
                f"第{total.source.line}行：分解里只缺{name}，各地合计比总数“{total.text}”少{plain(gap)}{total.unit}。"
                f"如这{plain(gap)}{total.unit}由{name}承担，请补列。"
            ),
            sources=(total.source, *dict.fromkeys(p.quantity.source for p in parts)),
            project=project.number,
            expected=f"{name}{plain(gap)}{total.unit}",
            found="没有列出",
        )
