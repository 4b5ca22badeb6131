"""The parts of a breakdown as somebody typed them, as they are kept, and as the rules take them."""

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from minsheng.kernel.problem import Problem
from minsheng.kernel.source import Source
from minsheng.papers.cell_figures import cell_figure
from minsheng.plans.checks.units import plain
from minsheng.progress.allocation import ADDS_UP, Division, Part
from minsheng.progress.allocation_rules import problems_of
from minsheng_web.records.models import Allocation, Region

MOST_TYPED = 60
"""Characters of one typed cell that are kept."""

_TOO_LARGE = Decimal(10) ** 13
_DECIMALS = 6
"""What the columns of the tables hold."""

_ROW = re.compile(r"^第 \d+ 行")


@dataclass(frozen=True, slots=True)
class TypedPart:
    """One region's row. Texts are as typed, digits where they could be read; ``key`` is what to divide by.

    ``takes``: it has the task although no number is stated for it.
    """

    region: int
    share: str = ""
    asked: str = ""
    unit: int | None = None
    last_year: str = ""
    key: str = ""
    takes: bool = False

    @property
    def has_task(self) -> bool:
        """Whether the region is given a part at all."""
        return bool(self.share) or self.takes


@dataclass(frozen=True, slots=True)
class Typed:
    """A whole breakdown as typed."""

    parts: tuple[TypedPart, ...] = ()
    reserve: Decimal = Decimal(0)

    def of(self, region: int) -> TypedPart:
        """The row of a region; an empty one where nothing was typed."""
        return next((part for part in self.parts if part.region == region), TypedPart(region))

    def with_shares(self, shares: dict[int, Decimal]) -> "Typed":
        """The same with these shares and no others."""
        regions = dict.fromkeys((*(part.region for part in self.parts), *shares))
        parts = (
            replace(self.of(region), share=plain(shares[region]) if region in shares else "", takes=False)
            for region in regions
        )
        return replace(self, parts=tuple(parts)).tidy()

    def tidy(self) -> "Typed":
        """Without rows that say nothing."""
        return replace(self, parts=tuple(part for part in self.parts if part != TypedPart(part.region)))


def figure(text: str, node: Allocation) -> str:
    """A typed figure as plain digits; what cannot be read stays as it was typed, a dash says nothing."""
    text = text.strip()[:MOST_TYPED]
    indicator = node.indicator
    read = cell_figure(text, indicator.unit, below_nought=indicator.kind == "growth")
    if read.state == "value" and read.value is not None:
        return plain(read.value)
    return text if read.state == "bad" else ""


def amount(text: str) -> Decimal | None:
    """A kept figure as a number; None where there is none that can be read, or none to reckon with."""
    try:
        value = Decimal(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else None
    except ArithmeticError:
        return None
    return None if value is None or abs(value) >= _TOO_LARGE else value


def to_json(typed: Typed) -> list[dict[str, Any]]:
    """As a proposal keeps it."""
    return [
        {
            "region": part.region,
            "share": part.share or None,
            "asked": part.asked or None,
            "unit": part.unit,
            "last_year": part.last_year or None,
            "key": part.key or None,
            "takes": part.has_task,
        }
        for part in sorted(typed.tidy().parts, key=lambda part: part.region)
    ]


def from_json(parts: Iterable[dict[str, Any]], reserve: Decimal) -> Typed:
    """What a proposal or a version keeps; a row without the word ``takes`` has the task."""
    return Typed(
        tuple(
            TypedPart(
                region=part["region"],
                share=part.get("share") or "",
                asked=part.get("asked") or "",
                unit=part.get("unit"),
                last_year=part.get("last_year") or "",
                key=part.get("key") or "",
                takes=part.get("takes", True) and not part.get("share"),
            )
            for part in parts
        ),
        reserve,
    )


def fingerprint(typed: Typed) -> str:
    """What two equal breakdowns share: pages carry it to tell whether somebody changed a draft meanwhile."""
    text = json.dumps([to_json(typed), plain(typed.reserve)], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def owed(node: Allocation) -> Decimal | None:
    """What a region is held to: what it is asked for, else its share."""
    return node.share if node.asked is None else node.asked


def counts_places(node: Allocation) -> bool:
    """Whether the whole follows from the parts: so many villages, one show each."""
    return node.indicator.each and node.above_id is None


def as_division(
    node: Allocation, typed: Typed, regions: Sequence[Region]
) -> tuple[Division, tuple[Problem, ...]]:
    """The breakdown the rules take, and what could not be read. Rows without a number are left out of it."""
    problems: list[Problem] = []
    parts: list[Part] = []
    names = {region.pk: region.name for region in regions}
    order = {region.pk: place for place, region in enumerate(regions)}
    for part in sorted(typed.parts, key=lambda part: order.get(part.region, 0)):
        if part.region not in names:
            if part.has_task:
                problems.append(
                    _problem("region_unknown", f"有一个地区已不在{node.region}之下，请重新分解。")
                )
            continue
        problems += _unreadable(node, names[part.region], part)
        share, asked, last_year = amount(part.share), amount(part.asked), amount(part.last_year)
        if share is not None:
            parts.append(Part(names[part.region], share, asked, last_year))
    kind = node.indicator.kind
    division = Division(owed(node), node.indicator.unit, kind, tuple(parts), typed.reserve)  # type: ignore[arg-type]
    if counts_places(node) and kind in ADDS_UP:
        division = replace(division, whole=division.given)
    return division, tuple(problems)


def all_problems(node: Allocation, typed: Typed, regions: Sequence[Region]) -> tuple[Problem, ...]:
    """Everything that keeps a breakdown from being issued, and what should be looked at, as pages say it."""
    division, unreadable = as_division(node, typed, regions)
    ruled = tuple(
        replace(problem, message=_ROW.sub("", problem.message)) for problem in problems_of(division)
    )
    none = () if any(part.has_task for part in typed.parts) else (_problem("no_regions", _NOBODY),)
    return (*none, *unreadable, *ruled)


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Those that forbid."""
    return tuple(problem for problem in problems if problem.severity == "error")


_NOBODY = "还没有给任何地区分解任务，请至少填写一个地区。"


def _unreadable(node: Allocation, name: str, part: TypedPart) -> list[Problem]:
    below_nought = node.indicator.kind == "growth"
    found = []
    for word, text in (("分解数", part.share), ("实际下达数", part.asked), ("上年数", part.last_year)):
        read = cell_figure(text, node.indicator.unit, below_nought=below_nought)
        value = amount(text)
        if text and value is None and read.state == "bad":
            found.append(_problem("cell_unreadable", f"{name}：{word}{read.fault}。"))
        elif value is not None and (abs(value) >= _TOO_LARGE or value != round(value, _DECIMALS)):
            found.append(_problem("cell_unreadable", f"{name}：{word}太大或小数超过{_DECIMALS}位，请核对。"))
    if part.asked and not part.share:
        found.append(
            _problem("cell_unreadable", f"{name}：只填了实际下达数，没有分解数；请补上分解数，或删去。")
        )
    return found


def _problem(code: str, message: str) -> Problem:
    return Problem(code=code, severity="error", message=message, sources=(Source(0),))
