"""The rules a division must keep: parts and reserve make the whole, and a level is strong enough for it."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from minsheng.kernel.problem import Problem, Severity
from minsheng.kernel.source import Source
from minsheng.plans.checks.units import plain
from minsheng.progress.allocation import ADDS_UP, Division, Part
from minsheng.progress.counting import counts_whole_things
from minsheng.progress.model import KIND_WORDS, Kind

Side = Literal["below", "above"]

_FLOORS: frozenset[Kind] = frozenset({"at_least", "standard"})


def problems_of(division: Division) -> tuple[Problem, ...]:
    """What keeps a division from standing, errors and warnings; sources name the part by its place from 1."""
    return (
        *_region_problems(division),
        *_value_problems(division),
        *(_sum_problems(division) if division.kind in ADDS_UP else _level_problems(division)),
    )


def _problem(
    code: str,
    message: str,
    place: int = 0,
    *,
    severity: Severity = "error",
    expected: Decimal | None = None,
    found: Decimal | None = None,
) -> Problem:
    return Problem(
        code=code,
        severity=severity,
        message=message,
        sources=(Source(place),),
        expected=None if expected is None else plain(expected),
        found=None if found is None else plain(found),
    )


def _region_problems(division: Division) -> Iterator[Problem]:
    counted = Counter(part.region for part in division.parts)
    seen: set[str] = set()
    for place, part in enumerate(division.parts, start=1):
        if part.region in seen:
            yield _problem(
                "part_repeated",
                f"{part.region}列了 {counted[part.region]} 次，一个地区只能有一个分解数，"
                "请合并后删去多余的一行。",
                place,
            )
        seen.add(part.region)


def _value_problems(division: Division) -> Iterator[Problem]:
    yield from _figure_problems(division, "预留数", division.reserve, 0)
    for place, part in enumerate(division.parts, start=1):
        at = f"{part.region}："
        yield from _figure_problems(division, f"{at}分解数", part.share, place)
        if part.asked is not None:
            yield from _figure_problems(division, f"{at}实际下达数", part.asked, place)
        yield from _asked_problems(division, part, place)


def _figure_problems(division: Division, named: str, value: Decimal, place: int) -> Iterator[Problem]:
    unit = division.unit
    if value < 0 and division.kind != "growth":
        yield _problem(
            "part_negative", f"{named}是负数（{plain(value)}），应当是 0 或正数。", place, found=value
        )
    elif counts_whole_things(unit) and value != value.to_integral_value():
        message = f"{named}是 {plain(value)}{unit}，{unit}只能按整数计，请改成整数。"
        yield _problem("part_fractional", message, place, found=value)


def _asked_problems(division: Division, part: Part, place: int) -> Iterator[Problem]:
    """A region is asked for its share at least: what is missing would be nobody's."""
    if part.asked is None or part.asked == part.share:
        return
    eased = part.asked > part.share if division.kind == "at_most" else part.asked < part.share
    if eased:
        yield _problem(
            "asked_below_share",
            f"{part.region}：实际下达 {plain(part.asked)}{division.unit}，"
            f"比计入本级目标的 {plain(part.share)}{division.unit}还{_eased(division.kind)}，差额没有着落；"
            "请改分解数，或改实际下达数。",
            place,
            expected=part.share,
            found=part.asked,
        )


def _eased(kind: Kind) -> str:
    return "宽" if kind == "at_most" else "少"


def _sum_problems(division: Division) -> Iterator[Problem]:
    given, unit = division.given, division.unit
    if not division.parts:
        return
    if division.whole is None:
        yield _problem(
            "whole_unknown",
            f"本级目标没有写明数字，各地分解数和预留加起来是 {plain(given)}{unit}，没有可以核对的总数；"
            "请先写明本级目标数。",
            severity="warning",
            found=given,
        )
        return
    difference = given - division.whole
    if difference:
        yield _problem(
            "parts_differ_from_whole",
            f"各地分解数{_with_reserve(division)}合计 {plain(given)}{unit}，"
            f"本级目标 {plain(division.whole)}{unit}，{'多' if difference > 0 else '少'} "
            f"{plain(abs(difference))}{unit}。{_remedy(division, difference)}",
            expected=division.whole,
            found=given,
        )


def _with_reserve(division: Division) -> str:
    return (
        f"（{plain(division.given - division.reserve)}）加预留（{plain(division.reserve)}）"
        if division.reserve
        else ""
    )


def _remedy(division: Division, difference: Decimal) -> str:
    """What would make the sum true."""
    amount = f"{plain(abs(difference))}{division.unit}"
    if difference < 0:
        reserve = plain(division.reserve - difference)
        return f"可以给有关地区再分 {amount}，或把预留改成 {reserve}{division.unit}。"
    if division.reserve >= difference:
        reserve = plain(division.reserve - difference)
        return f"可以把预留改成 {reserve}{division.unit}，或从有关地区减去 {amount}。"
    return f"请从有关地区减去 {amount}；要求某地多做的部分请填在“实际下达数”，不计入合计。"


def _level_problems(division: Division) -> Iterator[Problem]:
    """A level is not shared out: each region's must be strong enough for the whole to be reached."""
    word = KIND_WORDS[division.kind]
    if division.reserve:
        yield _problem(
            "reserve_of_level",
            f"“{word}”类指标不相加，不能预留（现为 {plain(division.reserve)}{division.unit}），"
            "请把预留改成 0。",
            found=division.reserve,
        )
    whole = division.whole
    if whole is None:
        return
    if division.kind == "growth":
        yield from _growth_problems(division, whole)
        return
    for place, part in enumerate(division.parts, start=1):
        side = _weak_side(division.kind, part.owed, whole)
        if side is not None:
            yield _problem(
                "level_too_weak",
                f"{part.region}：定为 {plain(part.owed)}{division.unit}，"
                f"{'低于' if side == 'below' else '高于'}本级的 {plain(whole)}{division.unit}（{word}），"
                "各地都按自己的数完成，本级仍可能完不成；请核对，确实如此的请说明。",
                place,
                severity="warning",
                expected=whole,
                found=part.owed,
            )


def _weak_side(kind: Kind, level: Decimal, whole: Decimal) -> Side | None:
    if kind in _FLOORS and level < whole:
        return "below"
    return "above" if kind == "at_most" and level > whole else None


def _growth_problems(division: Division, whole: Decimal) -> Iterator[Problem]:
    """The growth of a whole lies between those of its parts: one slow region proves nothing, all slow do."""
    highest = max((part.owed for part in division.parts), default=whole)
    if highest < whole:
        yield _problem(
            "level_too_weak",
            f"各地增幅最高的是 {plain(highest)}{division.unit}，都低于本级的 {plain(whole)}{division.unit}，"
            "各地全部完成，本级也完不成；请至少把部分地区的增幅提高。",
            expected=whole,
            found=highest,
        )
