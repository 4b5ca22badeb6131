"""The values of pace: what is known of a node at a period's end, and how it then stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from minsheng.progress.model import STAGES, Figures, Owed, Stage

Light = Literal["blue", "green", "yellow", "orange", "red"]
LIGHTS: tuple[Light, ...] = ("blue", "green", "yellow", "orange", "red")
"""From best to worst."""
LIGHT_WORDS: dict[Light, str] = {
    "blue": "蓝灯",
    "green": "绿灯",
    "yellow": "黄灯",
    "orange": "橙灯",
    "red": "红灯",
}

Shown = Literal["blue", "green", "yellow", "orange", "red", "missing", "none"]
SHOWN_WORDS: dict[Shown, str] = {
    "blue": LIGHT_WORDS["blue"],
    "green": LIGHT_WORDS["green"],
    "yellow": LIGHT_WORDS["yellow"],
    "orange": LIGHT_WORDS["orange"],
    "red": LIGHT_WORDS["red"],
    "missing": "未报",
    "none": "不评",
}
"""``missing``: nobody reported this period. ``none``: no rule has anything to measure here."""

Aspect = Literal[
    "progress", "task", "level", "start", "money", "deadline", "growth", "rank", "done", "missing_run",
    "unknown", "held",
]  # fmt: skip
ASPECT_WORDS: dict[Aspect, str] = {
    "progress": "进度",
    "task": "当期任务",
    "level": "控制水平",
    "start": "节点",
    "money": "资金",
    "deadline": "时限",
    "growth": "增速",
    "rank": "位次",
    "done": "办结",
    "missing_run": "连续未报",
    "unknown": "从未上报",
    "held": "先转黄灯",
}
"""What a rule looks at. ``unknown``: parts that never reported. ``held``: a red turns yellow before green."""

Numbers = Mapping[str, str | int | None]


@dataclass(frozen=True, slots=True)
class Peers:
    """A node among its siblings: its place of ``placed`` ones, the mean of their levels; None: not known."""

    place: int | None = None
    placed: int = 0
    mean: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one node at a period's end.

    ``figures`` is None where nobody below reported this period. ``parts`` are the reporting leaves below (1
    for a leaf), ``reported`` how many of them reported in this period, ``unknown`` how many never did.
    ``reached`` counts the parts that have started, were completed, accepted, are in use; of deeds
    ``completed`` counts those that are done.
    """

    owed: Owed
    figures: Figures | None
    parts: int = 1
    reported: int = 1
    reached: Mapping[Stage, int] = field(default_factory=dict)
    unknown: int = 0
    peers: Peers | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule that spoke. ``light`` None: it tells something and lights nothing. Numbers are plain JSON."""

    aspect: Aspect
    light: Light | None
    numbers: Numbers


@dataclass(frozen=True, slots=True)
class Forecast:
    """The year's end as the steps so far would have it; ``reports`` is how many it rests on."""

    low: Decimal
    middle: Decimal
    high: Decimal
    reports: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How a node stands at a period's end.

    ``held`` is the last real light, kept through missing months; ``figure`` the last known cumulative or
    level (of this period where ``reported`` is not 0; of works and deeds how many parts are completed).
    ``scheduled`` is what the curve asks for by the period's end in the unit of the target; ``gap`` is in
    points, ahead above nought. ``needed`` is for each period from the next one on. ``memory`` is what the
    next fold needs.
    """

    light: Shown
    held: Light | None
    figure: Decimal | None
    reported: int
    parts: int
    missing_run: int
    scheduled: Decimal | None
    percent: Decimal | None
    scheduled_percent: Decimal | None
    gap: Decimal | None
    unmoved: int
    forecast: Forecast | None
    needed: Decimal | None
    reached: Mapping[Stage, int]
    reasons: tuple[Reason, ...]
    memory: Mapping[str, Any]


def worst(lights: "tuple[Light, ...] | list[Light]") -> Light | None:
    """The worst of some lights; None of none."""
    return max(lights, key=LIGHTS.index, default=None)


def reasons_to_json(reasons: tuple[Reason, ...]) -> list[list[Any]]:
    """As stored: [aspect, light, numbers] for each."""
    return [[reason.aspect, reason.light, dict(reason.numbers)] for reason in reasons]


def reasons_from_json(stored: list[list[Any]]) -> tuple[Reason, ...]:
    return tuple(Reason(aspect, light, numbers) for aspect, light, numbers in stored)


def forecast_to_json(forecast: Forecast | None) -> list[Any] | None:
    """As stored: [low, middle, high, reports], amounts as text."""
    if forecast is None:
        return None
    return [str(forecast.low), str(forecast.middle), str(forecast.high), forecast.reports]


def forecast_from_json(stored: list[Any] | None) -> Forecast | None:
    if stored is None:
        return None
    low, middle, high, reports = stored
    return Forecast(Decimal(low), Decimal(middle), Decimal(high), reports)


def reached_to_json(reached: Mapping[Stage, int]) -> dict[str, int]:
    """In the order of the stages."""
    return {stage: reached[stage] for stage in STAGES if stage in reached}


def reached_from_json(stored: Mapping[str, int]) -> dict[Stage, int]:
    return {stage: stored[stage] for stage in STAGES if stage in stored}


def standing_to_json(standing: Standing) -> dict[str, Any]:
    """Plain JSON from which ``standing_from_json`` makes the same value."""
    return {
        **{name: getattr(standing, name) for name in _PLAIN},
        **{name: _text(getattr(standing, name)) for name in _AMOUNTS},
        "forecast": forecast_to_json(standing.forecast),
        "reached": reached_to_json(standing.reached),
        "reasons": reasons_to_json(standing.reasons),
        "memory": dict(standing.memory),
    }


def standing_from_json(stored: Mapping[str, Any]) -> Standing:
    plain: dict[str, Any] = {name: stored[name] for name in _PLAIN}
    plain |= {name: None if stored[name] is None else Decimal(stored[name]) for name in _AMOUNTS}
    return Standing(
        **plain,
        forecast=forecast_from_json(stored["forecast"]),
        reached=reached_from_json(stored["reached"]),
        reasons=reasons_from_json(stored["reasons"]),
        memory=stored["memory"],
    )


_PLAIN = ("light", "held", "reported", "parts", "missing_run", "unmoved")
_AMOUNTS = ("figure", "scheduled", "percent", "scheduled_percent", "gap", "needed")


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)
