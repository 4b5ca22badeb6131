"""A comparison of plans in words: heads, and for every project its targets with value, step and rate."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from minsheng.papers.breakdown import COMPARATOR_SIGNS, digits
from minsheng.plans.alignment import AlignedProject, AlignedTarget, Step, per_ten_thousand, step_between
from minsheng.plans.compare import Change
from minsheng.plans.model import EACH, Quantity

CHANGE_WORDS: dict[Change, str] = {"same": "相同", "changed": "改动", "added": "新增", "removed": "取消"}
MANY_WORDS: dict[Change, str] = {
    "same": "相同",
    "changed": "不同",
    "added": "首列没有",
    "removed": "不是都有",
}


@dataclass(frozen=True, slots=True)
class Side:
    """One plan of a comparison: what its column is called, and how many people live there."""

    title: str
    population: int | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A cell: the amount with its unit, what it is against the first column, and how much a person gets."""

    quantity: Quantity
    amount: str
    step: str = ""
    rate: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One target across the plans. ``change_word`` says in words what the colour says."""

    subject: str
    region: str
    role: str
    change: Change
    change_word: str
    cells: tuple[Said | None, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A project with its lines."""

    project: AlignedProject
    change: Change
    change_word: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything a page or a file shows."""

    title: str
    sides: tuple[Side, ...]
    blocks: tuple[Block, ...]


def comparison(title: str, sides: Sequence[Side], projects: Sequence[AlignedProject]) -> Comparison:
    """The words of a comparison, in the order of ``projects``."""
    words = CHANGE_WORDS if len(sides) == 2 else MANY_WORDS
    blocks = (
        Block(
            project,
            project.change,
            words[project.change],
            tuple(_line(target, sides, words) for target in project.targets),
        )
        for project in projects
    )
    return Comparison(title, tuple(sides), tuple(blocks))


def _line(target: AlignedTarget, sides: Sequence[Side], words: dict[Change, str]) -> Line:
    leading = target.leading
    first = target.quantities[0]
    cells = tuple(
        None
        if quantity is None
        else _said(quantity, None if at == 0 else step_between(first, quantity), side)
        for at, (quantity, side) in enumerate(zip(target.quantities, sides, strict=True))
    )
    region = "每个地区" if leading.region == EACH else leading.region or ""
    return Line(target.subject, region, leading.role, target.change, words[target.change], cells)


def _said(quantity: Quantity, step: Step | None, side: Side) -> Said:
    rate = per_ten_thousand(quantity, side.population)
    return Said(
        quantity,
        amount=amount_words(quantity),
        step=step_words(step, quantity.unit),
        rate="" if rate is None else f"每万人 {digits(rate)}{quantity.unit}",
    )


def amount_words(quantity: Quantity) -> str:
    """≥33,000人, 2—3个（力争）."""
    high = "" if quantity.value_hi is None else f"—{digits(quantity.value_hi)}"
    strive = "（力争）" if quantity.aspiration else ""
    return f"{COMPARATOR_SIGNS[quantity.comparator]}{digits(quantity.value)}{high}{quantity.unit}{strive}"


def step_words(step: Step | None, unit: str) -> str:
    """增加 5,000人（+15.2%）; empty where nothing differs or nothing can be said."""
    if step is None or step.difference == 0:
        return ""
    word = "增加" if step.difference > 0 else "减少"
    of = "个百分点" if unit == "%" else unit
    share = "" if step.percent is None else f"（{_signed(step.percent)}%）"
    return f"{word} {digits(abs(step.difference))}{of}{share}"


def _signed(percent: Decimal) -> str:
    return f"{'+' if percent > 0 else '−'}{digits(abs(percent))}"
