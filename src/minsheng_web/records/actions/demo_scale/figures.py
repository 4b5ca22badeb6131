"""What one part reports in one month, from the seed alone: any month can be made without those before it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from minsheng.progress.model import STAGES, Kind

Gait = Literal["steady", "ahead", "behind", "catching_up", "stuck"]
GAITS: tuple[Gait, ...] = ("steady", "ahead", "behind", "catching_up", "stuck")
_BY_CHANCE: tuple[Gait, ...] = (
    "steady", "steady", "steady", "steady", "ahead", "ahead", "behind", "behind", "catching_up", "stuck",
)  # fmt: skip
_WORDS: dict[Gait, tuple[str, str]] = {
    "steady": ("", ""),
    "ahead": ("", ""),
    "behind": ("部分点位选址未定，前期手续办理较慢。", "倒排工期，每旬调度一次。"),
    "catching_up": ("", "增加施工力量，补上前期欠账。"),
    "stuck": ("建设资金未到位，项目停滞。", "已报上级协调解决。"),
}
_STAGE_MONTHS: dict[Gait, tuple[int, ...]] = {
    "steady": (1, 3, 8, 10, 11),
    "ahead": (1, 2, 6, 8, 9),
    "behind": (2, 5, 11, 99, 99),
    "catching_up": (2, 6, 9, 10, 12),
    "stuck": (1, 4, 99, 99, 99),
}
"""The month in which each stage is reached."""
_FEN_A_PIECE = 120_000


@dataclass(frozen=True, slots=True)
class Leaf:
    """A part that is reported: ``county`` sets the pace its region goes at."""

    key: int
    county: int
    unit: int
    kind: Kind
    share: int | None
    money: bool


@dataclass(frozen=True, slots=True)
class Told:
    """One line's figures; money in the order needed, arrived, spent, paid."""

    amount: int | None = None
    cumulative: int | None = None
    done: bool | None = None
    stages: tuple[tuple[str, date], ...] = ()
    money: tuple[int, int, int, int] | None = None
    difficulty: str = ""
    next_step: str = ""


def chance(*parts: int) -> int:
    """A number of 32 bits that depends on nothing but the parts."""
    value = 0x9E3779B9
    for part in parts:
        value = ((value ^ (part & 0xFFFFFFFF)) * 0x85EBCA6B) & 0xFFFFFFFF
        value ^= value >> 13
    return ((value * 0xC2B2AE35) & 0xFFFFFFFF) >> 7


def gait_of(seed: int, leaf: Leaf) -> Gait:
    """How the county goes; one part in eight goes its own way."""
    own = chance(seed, 1, leaf.key)
    key = leaf.key if own % 8 == 0 else -leaf.county
    return _BY_CHANCE[chance(seed, 2, key) % len(_BY_CHANCE)]


def reports(seed: int, leaf: Leaf, month: int) -> bool:
    """Whether the part is reported that month: now and then a unit says nothing at all, or forgets a line."""
    return chance(seed, 3, leaf.unit, month) % 40 != 0 and chance(seed, 4, leaf.key, month) % 50 != 0


def told(seed: int, leaf: Leaf, month: int, year: int) -> Told:
    """What is reported of the part at the month's end."""
    gait = gait_of(seed, leaf)
    per_mille = _done(gait, month) * (880 + chance(seed, 5, leaf.key) % 240) // 1000
    money = _money(leaf, per_mille) if leaf.money else None
    difficulty, next_step = _WORDS[gait] if chance(seed, 6, leaf.key, month) % 3 == 0 else ("", "")
    amount, cumulative, done = _numbers(seed, leaf, month, per_mille)
    stages = _stages(gait, month, year) if leaf.kind == "stages" else ()
    return Told(amount, cumulative, done, stages, money, difficulty, next_step)


def _done(gait: Gait, month: int) -> int:
    """Per mille of the whole done at a month's end; never falls."""
    if gait == "ahead":
        return min(1000, month * 100)
    if gait == "behind":
        return month * 1000 * 7 // 120
    if gait == "catching_up":
        return month * 1000 // 24 if month <= 6 else 250 + (month - 6) * 125
    return min(month, 4) * 1000 // 15 if gait == "stuck" else month * 1000 // 12


def _numbers(seed: int, leaf: Leaf, month: int, per_mille: int) -> tuple[int | None, int | None, bool | None]:
    if leaf.kind == "count":
        now = (leaf.share or 0) * per_mille // 1000
        return now - _before(seed, leaf, month), now, None
    if leaf.kind == "full_coverage":
        now, before = per_mille // 5, _before(seed, leaf, month)
        return now - before, now, per_mille >= 900
    if leaf.kind == "yes_no":
        return None, None, per_mille >= 900
    if leaf.kind == "stages":
        return None, None, None
    level = (leaf.share or 0) * (94 + chance(seed, 7, leaf.key, month) % 9) // 100
    return None, level, level >= (leaf.share or 0) if leaf.kind == "standard" else None


def _before(seed: int, leaf: Leaf, month: int) -> int:
    """The cumulative figure of the last month that was reported; nought in the first."""
    last = next((m for m in range(month - 1, 0, -1) if reports(seed, leaf, m)), 0)
    if not last:
        return 0
    scaled = _done(gait_of(seed, leaf), last) * (880 + chance(seed, 5, leaf.key) % 240) // 1000
    return scaled // 5 if leaf.kind == "full_coverage" else (leaf.share or 0) * scaled // 1000


def _money(leaf: Leaf, per_mille: int) -> tuple[int, int, int, int]:
    needed = (leaf.share or 40) * _FEN_A_PIECE
    arrived = needed * min(1000, per_mille + 150) // 1000
    spent = min(arrived, needed * per_mille // 1000)
    return needed, arrived, spent, spent * 9 // 10


def _stages(gait: Gait, month: int, year: int) -> tuple[tuple[str, date], ...]:
    months = zip(STAGES, _STAGE_MONTHS[gait], strict=True)
    return tuple((stage, date(year, reached, 16)) for stage, reached in months if reached <= month)
