"""The ways to fill a draft: what each would give the regions below, or why it cannot."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal

from minsheng.kernel.problem import Problem
from minsheng.kernel.source import Source
from minsheng.progress.allocation import ADDS_UP
from minsheng.progress.apportion import Shares, Weight, by_last_year, by_weights, each, evenly
from minsheng.progress.counting import step_for
from minsheng_web.records.models import Allocation, Region
from minsheng_web.records.models.regions import Level
from minsheng_web.records.queries.division import last_year_of, regions_below, standing
from minsheng_web.records.queries.stated import notice_typed
from minsheng_web.records.typed_parts import Typed, amount, owed

WAYS = {
    "last_year": "按上年数比例",
    "population": "按人口比例",
    "key": "按填写的分配依据",
    "evenly": "平均分配",
    "same": "各地与本级相同",
    "notice": "按方案写明的数",
    "each": "每处相同",
    "standing": "恢复为现行数",
}
LOWEST, STRAIGHT = "lowest", "straight"
Outcome = Typed | tuple[Problem, ...]


def ways_for(node: Allocation) -> tuple[tuple[str, str], ...]:
    """The ways that make sense for the node's indicator, with their names."""
    names = ["notice"] if node.above_id is None else []
    if node.indicator.each:
        names += ["each"]
    elif owed(node) is None or node.indicator.kind not in ADDS_UP:
        names += ["same"]
    else:
        names += ["last_year", "population", "key", "evenly"]
    names += ["standing"] if node.version else []
    return tuple((name, WAYS[name]) for name in names)


def filled(node: Allocation, typed: Typed, way: str, level: str = "") -> Outcome:
    """The draft with the shares of that way. Raises ValueError for a way that does not fit the node."""
    if way not in dict(ways_for(node)):
        raise ValueError(f"no way {way!r} for this indicator")
    if way == "each":
        return _each(node, typed, level)
    if way == "notice":
        stated = notice_typed(node)
        return stated if isinstance(stated, tuple) else _merged(typed, stated)
    return _SIMPLE[way](node, typed)


def _merged(typed: Typed, stated: Typed) -> Typed:
    """Stated shares put over a draft that keeps its units and last year's figures."""
    shares = {part.region: value for part in stated.parts if (value := amount(part.share)) is not None}
    return replace(typed.with_shares(shares), reserve=stated.reserve)


def _nowhere(message: str) -> tuple[Problem, ...]:
    return (Problem(code="no_regions", severity="error", message=message, sources=(Source(0),)),)


def _weighted(
    node: Allocation, typed: Typed, weights: dict[int, Decimal | None], divide: Callable[..., Shares]
) -> Outcome:
    whole = owed(node) or Decimal(0)
    regions = regions_below(node.region)
    named: list[Weight] = [(region.name, weights.get(region.pk)) for region in regions]
    shares = divide(whole, named, step_for(whole, node.indicator.unit), typed.reserve)
    return _taken(typed, regions, shares)


def _taken(typed: Typed, regions: Iterable[Region], shares: Shares) -> Outcome:
    if shares.problems:
        return shares.problems
    keys = {region.name: region.pk for region in regions}
    return typed.with_shares({keys[part.region]: part.share for part in shares.parts})


def _last_year(node: Allocation, typed: Typed) -> Outcome:
    before = last_year_of(node)
    for part in typed.parts:
        value = amount(part.last_year)
        if value is not None:
            before[part.region] = value
    outcome = _weighted(node, typed, dict(before), by_last_year)
    if not isinstance(outcome, Typed):
        return outcome
    parts = (
        replace(part, last_year=part.last_year or f"{before.get(part.region, '')}") for part in outcome.parts
    )
    return replace(outcome, parts=tuple(parts))


def _population(node: Allocation, typed: Typed) -> Outcome:
    people = {
        region.pk: None if region.population is None else Decimal(region.population)
        for region in regions_below(node.region)
    }
    return _weighted(node, typed, people, by_weights)


def _key(node: Allocation, typed: Typed) -> Outcome:
    return _weighted(node, typed, {part.region: amount(part.key) for part in typed.parts}, by_weights)


def _evenly(node: Allocation, typed: Typed) -> Outcome:
    whole, regions = owed(node) or Decimal(0), regions_below(node.region)
    shares = evenly(
        whole, [region.name for region in regions], step_for(whole, node.indicator.unit), typed.reserve
    )
    return _taken(typed, regions, shares)


def _same(node: Allocation, typed: Typed) -> Outcome:
    """A level is the level of each; a task without a number is everybody's."""
    regions, whole = regions_below(node.region), owed(node)
    if not regions:
        return _nowhere(f"{node.region}还没有登记下级地区，不能分解；请先在地区页登记。")
    if whole is not None:
        return typed.with_shares({region.pk: whole for region in regions})
    parts = tuple(replace(typed.of(region.pk), takes=not typed.of(region.pk).share) for region in regions)
    return replace(typed, parts=parts)


def _standing(node: Allocation, typed: Typed) -> Outcome:
    keys = {part.region: part.key for part in typed.parts}
    now = standing(node)
    parts = tuple(replace(part, key=keys.get(part.region, "")) for part in now.parts)
    return replace(now, parts=parts)


_SIMPLE: dict[str, Callable[[Allocation, Typed], Outcome]] = {
    "last_year": _last_year,
    "population": _population,
    "key": _key,
    "evenly": _evenly,
    "same": _same,
    "standing": _standing,
}


def levels_below(node: Allocation) -> tuple[tuple[str, str, int], ...]:
    """What each may speak of: the regions straight below, those of a level, the lowest; and their number.

    The same regions are named once.
    """
    below = _subtree(node.region)
    groups = [(STRAIGHT, "每个下级地区", [one for one in below if one.parent_id == node.region_id])]
    groups += [
        (level.value, f"每个{level.label}单位", [one for one in below if one.level == level])
        for level in Level
    ]
    groups.append((LOWEST, "每个最基层单位", _lowest(below)))
    seen: list[list[Region]] = [[]]
    found = []
    for code, word, regions in groups:
        if regions not in seen:
            seen.append(regions)
            found.append((code, word, len(regions)))
    return tuple(found)


def suggested_level(node: Allocation) -> str:
    """Villages where the indicator speaks of them and they are set up; else the regions straight below."""
    levels = [level for level, _, _ in levels_below(node)]
    words = f"{node.indicator.name}{node.indicator.project_headline}"
    if "村" in words:
        return next((level for level in (Level.VILLAGE.value, LOWEST) if level in levels), STRAIGHT)
    if any(word in words for word in ("乡镇", "街道")):
        return Level.TOWN.value if Level.TOWN.value in levels else STRAIGHT
    return STRAIGHT


def _each(node: Allocation, typed: Typed, level: str) -> Outcome:
    """So many places in each region below, the indicator's value at each."""
    below = _subtree(node.region)
    places = {
        STRAIGHT: [region for region in below if region.parent_id == node.region_id],
        LOWEST: _lowest(below),
    }.get(level, [region for region in below if region.level == level])
    value = node.indicator.value
    if value is None:
        return _nowhere("这个指标没有写明每处的数，不能按每处相同填入。")
    shares = each((place.path for place in places), value)
    if shares.problems:
        return shares.problems
    straight = regions_below(node.region)
    totals = {
        region.pk: total
        for region in straight
        if (total := sum((p.share for p in shares.parts if p.region.startswith(region.path)), Decimal(0)))
    }
    return typed.with_shares(totals)


def _subtree(region: Region) -> tuple[Region, ...]:
    return tuple(Region.objects.filter(path__startswith=region.path).exclude(pk=region.pk).order_by("path"))


def _lowest(regions: Iterable[Region]) -> list[Region]:
    rows = tuple(regions)
    parents = {region.parent_id for region in rows}
    return [region for region in rows if region.pk not in parents]
