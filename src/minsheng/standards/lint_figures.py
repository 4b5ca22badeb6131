"""Every policy figure of an expression stands under a line of the notice."""

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from minsheng.standards import tree as t
from minsheng.standards.compiled import Rule
from minsheng.standards.fault import Fault, Place

_NUMBER = re.compile(
    r"(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)(?P<unit>[%％]|万元|万|元|倍)?"
    r"|(?P<chinese>[一二三四五六七八九十])(?P<of>级|年|月|个)"
)
_LIST_WITH_UNIT = re.compile(r"(?P<list>\d[\d.]*(?:[—–\-~～至、/]\d[\d.]*)+)(?P<unit>[%％]|万元|万|元|倍)")
_NUMERALS = "零一二三四五六七八九十"
_MONEY = frozenset({"元", "万元", "万"})
_FREE = frozenset({0, 1})
_MOST_FREE_IN_CONDITION = 4  # grades of disability and counts, which the notice says in words


def check_figures(rule: Rule) -> Iterator[Fault]:
    """Each written figure that no figure of the sources accounts for."""
    version, who = rule.version, rule.standard.id
    if not any(source.figures for source in version.sources):
        what = f"{who}的sources没有写出通知里的数字"
        yield version.place.fault("figures", what, '在sources的figures里照抄数字，如["1100元/人·月"]')
        return
    known = _accounted(figure for source in version.sources for figure in source.figures)
    roots: list[tuple[Place, t.Node, bool]] = [
        (version.when.place, rule.when, True),
        (version.amount.place, rule.amount, False),
    ]
    if rule.condition is not None and version.bound.condition is not None:
        roots.append((version.bound.condition.place, rule.condition, False))
    for share, typed in zip(version.shares, rule.shares, strict=True):
        if share.amount is not None and typed.amount is not None:
            roots.append((share.amount.place, typed.amount, False))
    for place, root, is_condition in roots:
        free = frozenset(range(_MOST_FREE_IN_CONDITION + 1)) if is_condition else _FREE
        for value in sorted(set(_written(root)) - known - free):
            what = f"{who}的算式里有{value}，sources的figures里找不到出处"
            mend = "在sources里补上通知的行号和这个数字（如1500元、80%、1.3倍），或改正算式"
            yield place.fault("figures", what, mend)


def _written(node: t.Node) -> Iterator[int]:
    """The figures an expression is written with; divisors and exponents only say how it is worked out."""
    if isinstance(node, t.NamedCall):
        for argument in node.arguments:
            yield from _written(argument)
    elif isinstance(node, t.Divide):
        yield from _written(node.left)
        yield from () if isinstance(node.right, t.Whole) else _written(node.right)
    elif isinstance(node, t.Whole):
        yield node.value
    else:
        for part in node.parts:
            yield from _written(part)


def _accounted(figures: Iterable[str]) -> frozenset[int]:
    """The whole numbers that figures of the notice may be written as."""
    found: set[int] = set()
    sums: set[int] = set()
    for figure in figures:
        text = _LIST_WITH_UNIT.sub(_with_units, figure)
        numbers = [_read(match) for match in _NUMBER.finditer(text)]
        found |= {form for value, unit in numbers for form in _forms(value, unit)}
        sums |= {int(_in_fen(value, unit)) for value, unit in numbers if unit in _MONEY}
        # 7:3 is seven tenths.
        bare = [value for value, unit in numbers if not unit and value.denominator == 1]
        found |= {int(one + other) for one in bare for other in bare}
    # What is left of a sum when a part of it is taken off.
    return frozenset(found | {abs(one - other) for one in sums for other in sums})


def _with_units(found: re.Match[str]) -> str:
    """0.3/0.5/1万元 says 万元 of each."""
    return "、".join(f"{part}{found['unit']}" for part in re.findall(r"[\d.]+", found["list"]))


def _read(found: re.Match[str]) -> tuple[Fraction, str]:
    if found["chinese"]:
        return Fraction(_NUMERALS.index(found["chinese"])), ""
    return Fraction(found["number"].replace(",", "").rstrip(".")), found["unit"] or ""


def _in_fen(value: Fraction, unit: str) -> Fraction:
    return value * (100 if unit == "元" else 1_000_000)


def _forms(value: Fraction, unit: str) -> Iterator[int]:
    """1.5万元 is 1500000 fen; 80% is 80 or 8000; 3.5% is 35; 4.5% more is 209 of 200; 1.3倍 is 13 of 10."""
    if unit in _MONEY:
        fen = _in_fen(value, unit)
        if fen.denominator == 1:
            yield int(fen)
        return
    if unit in {"%", "％"}:
        more = 1 + value / 100
        for fraction in (value / 100, more):
            yield fraction.numerator
            yield fraction.denominator
            yield from (
                int(fraction * size) for size in (100, 1000, 10000) if (fraction * size).denominator == 1
            )
        return
    yield value.numerator
    yield value.denominator
    yield from (
        int(value * size) for size in (10, 100, 1000) if unit == "倍" and (value * size).denominator == 1
    )
