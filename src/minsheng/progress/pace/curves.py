"""What is asked for by a period's end: a straight line, milestones of the notice, or shares of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any, Literal

from minsheng.progress.figures import last_number
from minsheng.progress.model import STAGE_WORDS, STAGES, Cadence, Owed, Stage
from minsheng.progress.periods import Period, period_of, periods_in

Way = Literal["line", "milestones", "own"]
WAYS: tuple[Way, ...] = ("line", "milestones", "own")
WAY_WORDS: dict[Way, str] = {"line": "按时间均匀推进", "milestones": "按方案节点", "own": "按自定进度"}

Between = Literal["even", "step"]
"""Between two milestones the task grows by equal periods, or nothing new is asked before the next one."""

HUNDRED = Decimal(100)
_NOUGHT = Decimal(0)
_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Milestone:
    """By ``until``: ``share`` percent or ``amount`` of the whole; with ``stage``: of the parts at that stage.

    ``text`` is the piece of the notice it was read from, empty where an office set it.
    """

    until: date
    share: Decimal | None = None
    amount: Decimal | None = None
    stage: Stage | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Curve:
    """How much is due when. ``shares`` of an own curve are cumulative percent, one for each period.

    Milestones with a stage hold whatever the way is: they say when works start, are completed, are in use.
    """

    way: Way = "line"
    milestones: tuple[Milestone, ...] = ()
    shares: tuple[Decimal, ...] = ()
    between: Between = "even"

    def to_json(self) -> dict[str, Any]:
        return {
            "way": self.way,
            "milestones": [_milestone_to_json(one) for one in self.milestones],
            "shares": [str(share) for share in self.shares],
            "between": self.between,
        }

    @staticmethod
    def from_json(stored: Mapping[str, Any]) -> "Curve":
        """The value of ``to_json``."""
        return Curve(
            stored["way"],
            tuple(_milestone_from_json(one) for one in stored["milestones"]),
            tuple(Decimal(share) for share in stored["shares"]),
            stored["between"],
        )


LINE = Curve()


def planned(stages: Mapping[Stage, date]) -> Curve:
    """The curve of works with planned days: every part at each stage by its day."""
    return Curve("line", tuple(Milestone(stages[one], HUNDRED, stage=one) for one in STAGES if one in stages))


def asked_for(owed: Owed, curve: Curve, period: Period) -> tuple[Decimal | None, Decimal | None]:
    """(amount, percent of the whole) that are due by the period's end, in hundredths; None: nothing is asked.

    Counts follow the curve. Levels are to hold in every period: the amount is the level. What is reached once
    (standard, yes_no, full_coverage) is asked for from its day on. Works have no amount: see ``stages_due``.
    """
    kind, value = owed.kind, owed.value
    if kind == "count":
        if not value:
            return None, None
        if curve.way == "line":
            year, number, cadence = period.year, period.number, period.cadence
            last = _last(owed.due, year, cadence)
            if number >= last:
                return value, HUNDRED
            return (
                (value * number / last).quantize(_HUNDREDTH, ROUND_HALF_UP),
                _line_percent(number, last),
            )
        share = _share(curve, owed.due, value if _in_amounts(curve) else None, period)
        return (
            (value * share / HUNDRED).quantize(_HUNDREDTH, ROUND_HALF_UP),
            share.quantize(_HUNDREDTH, ROUND_HALF_UP),
        )
    if kind in ("at_least", "at_most", "growth"):
        return value, None
    if kind == "stages" or period.number < _last(owed.due, period.year, period.cadence):
        return None, None
    return value, HUNDRED


def stages_due(curve: Curve, period: Period) -> list[tuple[Milestone, int]]:
    """Milestones of works whose period has come, each with how many periods it has been due (1: this one)."""
    if not curve.milestones:
        return []
    found = []
    for one in curve.milestones:
        if one.stage is not None:
            run = period.number - _position(one.until, period.year, period.cadence) + 1
            if run > 0:
                found.append((one, run))
    return found


def periods_left(owed: Owed, period: Period) -> int:
    """Periods after this one until the one it is due in; 0 where it was due or the year is over."""
    return max(_last(owed.due, period.year, period.cadence) - period.number, 0)


@lru_cache(maxsize=256)
def end_of(period: Period) -> date:
    """The last day of a period, worked out once: a province asks for it of every node."""
    return period.end


@lru_cache(maxsize=4096)
def _last(due: date | None, year: int, cadence: Cadence) -> int:
    """``last_number``, worked out once for each day a target is due on."""
    return last_number(due, year, cadence)


@lru_cache(maxsize=4096)
def _line_percent(number: int, last: int) -> Decimal:
    return (HUNDRED * number / last).quantize(_HUNDREDTH, ROUND_HALF_UP)


@lru_cache(maxsize=4096)
def _share(curve: Curve, due: date | None, value: Decimal | None, period: Period) -> Decimal:
    """The cumulative percent that a curve of milestones or of its own asks for, unrounded."""
    if curve.way == "own":
        return curve.shares[min(period.number, len(curve.shares)) - 1] if curve.shares else HUNDRED
    now, last = period.number, last_number(due, period.year, period.cadence)
    if now >= last:
        return HUNDRED
    points = [(0, _NOUGHT), *_points(curve, value, period), (last, HUNDRED)]
    reached = max((point for point in points if point[0] <= now), key=lambda point: (point[1], point[0]))
    ahead = [point for point in points if point[0] > now]
    if curve.between == "step":
        return reached[1]
    upcoming = min(ahead, key=lambda point: (point[0], -point[1]))
    run = upcoming[0] - reached[0]
    return reached[1] + max(upcoming[1] - reached[1], _NOUGHT) * (now - reached[0]) / run


def _points(curve: Curve, value: Decimal | None, period: Period) -> list[tuple[int, Decimal]]:
    """(number of the period, cumulative percent) of the milestones that speak of the amount."""
    found = []
    for one in curve.milestones:
        share = one.share
        if share is None and one.amount is not None and value:
            share = one.amount * HUNDRED / value
        if one.stage is None and share is not None:
            found.append((_position(one.until, period.year, period.cadence), share))
    return found


def _position(day: date, year: int, cadence: Cadence) -> int:
    """The number of the period a day lies in, counted on from ``year`` into other years."""
    number = period_of(day, cadence).number
    if day.year == year:
        return number
    if day.year < year:
        return number - sum(periods_in(one, cadence) for one in range(day.year, year))
    return number + sum(periods_in(one, cadence) for one in range(year, day.year))


def _in_amounts(curve: Curve) -> bool:
    return any(one.amount is not None for one in curve.milestones)


def check_curve(curve: Curve) -> tuple[str, ...]:
    """What is wrong with a curve, in sentences; nothing where it can be used."""
    found = []
    if curve.way == "own" and not curve.shares:
        found.append("自定进度没有填写各期累计比例，请逐期填写。")
    if any(share < 0 for share in curve.shares):
        found.append("自定进度的累计比例不能是负数。")
    if any(later < earlier for earlier, later in zip(curve.shares, curve.shares[1:], strict=False)):
        found.append("自定进度的累计比例不能比上一期小，请核对各期数字。")
    if curve.way == "own" and curve.shares and curve.shares[-1] != HUNDRED:
        found.append("自定进度最后一期应为100%，请补齐。")
    if curve.way == "milestones" and all(one.stage is not None for one in curve.milestones):
        found.append("按方案节点推进，但没有写明到哪个月完成多少，请至少填写一个节点。")
    for one in curve.milestones:
        if one.share is None and one.amount is None:
            what = STAGE_WORDS[one.stage] if one.stage else "完成"
            found.append(f"{one.until:%Y年%m月%d日}的{what}节点没有写明比例或数量，请补上。")
    return tuple(found)


def _milestone_to_json(one: Milestone) -> dict[str, Any]:
    return {
        "until": one.until.isoformat(),
        "share": None if one.share is None else str(one.share),
        "amount": None if one.amount is None else str(one.amount),
        "stage": one.stage,
        "text": one.text,
    }


def _milestone_from_json(stored: Mapping[str, Any]) -> Milestone:
    return Milestone(
        date.fromisoformat(stored["until"]),
        None if stored["share"] is None else Decimal(stored["share"]),
        None if stored["amount"] is None else Decimal(stored["amount"]),
        stored["stage"],
        stored["text"],
    )
