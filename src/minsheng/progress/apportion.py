"""Ways to divide a whole among regions, each exact to the last unit.

Largest remainder: every region gets the whole steps of its exact quota, and the steps left over go one each
to the largest remainders. Ties go to the larger weight, then to the name that sorts first, so the order in
which regions are given changes nothing.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from minsheng.kernel.problem import Problem
from minsheng.kernel.source import Source
from minsheng.plans.checks.units import plain
from minsheng.progress.allocation import Part

Weight = tuple[str, Decimal | None]
"""A region and what it weighs (its people, last year's figure); None: not known."""


@dataclass(frozen=True, slots=True)
class Shares:
    """Parts in the order regions were given; none where anything is wrong: half a division misleads."""

    parts: tuple[Part, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def total(self) -> Decimal:
        """What the parts add up to."""
        return sum((part.share for part in self.parts), Decimal(0))


def by_weights(
    whole: Decimal, weights: Iterable[Weight], step: Decimal, reserve: Decimal = Decimal(0)
) -> Shares:
    """Share ``whole`` less ``reserve`` out in proportion to the weights, in whole steps."""
    given = tuple(weights)
    problems = (*_amount_problems(whole, reserve, step), *_weight_problems(given))
    if problems:
        return Shares((), problems)
    known = {region: weight for region, weight in given if weight is not None}
    steps = _largest_remainder(int((whole - reserve) / step), known)
    return Shares(tuple(Part(region, steps[region] * step) for region, _ in given))


def by_last_year(
    whole: Decimal, last_year: Iterable[Weight], step: Decimal, reserve: Decimal = Decimal(0)
) -> Shares:
    """Share out as last year's figures stood, which the parts keep beside them."""
    figures = tuple(last_year)
    shares = by_weights(whole, figures, step, reserve)
    before = dict(figures)
    return replace(shares, parts=tuple(replace(part, last_year=before[part.region]) for part in shares.parts))


def evenly(whole: Decimal, regions: Iterable[str], step: Decimal, reserve: Decimal = Decimal(0)) -> Shares:
    """The same to each; what is left over goes one step each to the names that sort first."""
    return by_weights(whole, ((region, Decimal(1)) for region in regions), step, reserve)


def each(places: Iterable[str], value: Decimal) -> Shares:
    """The same value at every place (每个行政村不少于1场): the whole is their number times the value."""
    named = tuple(places)
    problems = list(_repeated(named))
    if value <= 0:
        problems.append(
            _problem("amount_not_divisible", f"每处的数应当大于 0，现在是 {plain(value)}，请改正后再分解。")
        )
    if not named:
        problems.append(_problem("no_regions", "没有可以分解到的地区，请先选择下级地区或行政村。"))
    if problems:
        return Shares((), tuple(problems))
    return Shares(tuple(Part(place, value) for place in named))


def _largest_remainder(steps: int, weights: dict[str, Decimal]) -> dict[str, int]:
    total = sum(map(Fraction, weights.values()), Fraction(0))
    quotas = {region: steps * Fraction(weight) / total for region, weight in weights.items()}
    shares = {region: int(quota) for region, quota in quotas.items()}
    left = steps - sum(shares.values())
    order = sorted(
        quotas, key=lambda region: (shares[region] - quotas[region], -Fraction(weights[region]), region)
    )
    for region in order[:left]:
        shares[region] += 1
    return shares


def _problem(code: str, message: str, place: int = 0) -> Problem:
    return Problem(code=code, severity="error", message=message, sources=(Source(place),))


def _amount_problems(whole: Decimal, reserve: Decimal, step: Decimal) -> list[Problem]:
    rest = whole - reserve
    if whole < 0 or reserve < 0 or rest < 0:
        return [
            _problem(
                "amount_not_divisible",
                f"本级目标 {plain(whole)}，预留 {plain(reserve)}，可分的是 {plain(rest)}："
                "目标和预留都不能是负数，预留不能超过目标。",
            )
        ]
    if step <= 0 or rest % step:
        return [
            _problem(
                "amount_not_divisible",
                f"可分的 {plain(rest)} 不是最小单位 {plain(step)} 的整数倍，分不尽；"
                "请改目标或预留，或把最小单位改细。",
            )
        ]
    return []


def _weight_problems(weights: tuple[Weight, ...]) -> list[Problem]:
    problems = _repeated(tuple(region for region, _ in weights))
    for place, (region, weight) in enumerate(weights, start=1):
        if weight is None:
            problems.append(
                _problem(
                    "weight_unknown",
                    f"{region}没有分配依据的数字（人口或上年数），不能当作 0；请先填上，或改为手工分解。",
                    place,
                )
            )
        elif not weight.is_finite() or weight < 0:
            problems.append(
                _problem("weight_unknown", f"{region}的分配依据是 {weight}，应当是 0 或正数，请改正。", place)
            )
    if not weights:
        problems.append(_problem("no_regions", "没有可以分解到的地区，请先选择下级地区。"))
    elif not problems and not any(weight for _, weight in weights):
        problems.append(_problem("weight_unknown", "各地的分配依据都是 0，无法按比例分解，请换一个依据。"))
    return problems


def _repeated(regions: tuple[str, ...]) -> list[Problem]:
    return [
        _problem("part_repeated", f"{region}列了 {count} 次，一个地区只能分一次，请删去重复的。")
        for region, count in Counter(regions).items()
        if count > 1
    ]
