"""What makes a light: a value made of one optional part for each thing looked at, stated and editable."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any, Literal

from minsheng.progress.model import MoneyStage, Stage
from minsheng.progress.pace.model import Light

Measure = Literal["points", "ratio", "done"]
MEASURES: tuple[Measure, ...] = ("points", "ratio", "done")
MEASURE_WORDS: dict[Measure, str] = {
    "points": "落后百分点",
    "ratio": "比序时少百分之几",
    "done": "完成比例",
}
"""``points``: percent asked for less percent done. ``ratio``: how much of what is asked for is wanting, in
percent of it. ``done``: percent done itself. Behind by 30 is not the same in all three."""

Required = Literal["rate", "months", "schedule"]
REQUIRED: tuple[Required, ...] = ("rate", "months", "schedule")
Counted = Literal["places", "share"]
COUNTED: tuple[Counted, ...] = ("places", "share")

Runs = tuple[tuple[Light, int], ...]
"""(light, from how many on), the worst first."""


@dataclass(frozen=True, slots=True)
class Bound:
    """``light`` beyond ``over``; ``included``: at exactly ``over`` too."""

    light: Light
    over: Decimal
    included: bool = False


@dataclass(frozen=True, slots=True)
class ProgressRule:
    """Progress against the curve; the first bound (worst first) that is passed speaks, else green.

    With ``done`` a bound is passed below it; ``stated_month``: the month the bounds are stated for, every
    other month's are in proportion to the months gone by.
    """

    measure: Measure
    bounds: tuple[Bound, ...]
    stated_month: int | None = None


@dataclass(frozen=True, slots=True)
class TaskRule:
    """What the period itself asks for: missed so many reported periods running."""

    runs: Runs
    rolled_up_only: bool = False


@dataclass(frozen=True, slots=True)
class LevelRule:
    """A level that is to hold in every period: not held so many reported periods running."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class StartRule:
    """Works not at a planned stage: due for so many periods, this one counted."""

    runs: Runs
    stages: tuple[Stage, ...] = ("started",)


@dataclass(frozen=True, slots=True)
class MoneyRule:
    """``stage`` in percent of ``against``, short of what is required by more than so many percent of that.

    Required is a fixed ``rate``, a straight line over ``months``, or the curve of the target. A rate that is
    not stated judges nothing.
    """

    stage: MoneyStage
    against: MoneyStage
    required: Required
    bounds: tuple[Bound, ...]
    rate: Decimal | None = None
    months: int | None = None


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """Not done, and so many days or fewer left at the period's end: 0 none, -30 a month over."""

    days: Runs


@dataclass(frozen=True, slots=True)
class MissingRule:
    """Nothing reported so many periods running: what the next report is measured against gets worse."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class GrowthRule:
    """Growth under its plan (``with_mean``: or under the mean of its siblings), and growth below nought."""

    short: Light = "yellow"
    falling: Light = "red"
    with_mean: bool = True


@dataclass(frozen=True, slots=True)
class DoneRule:
    """The whole is finished; ``accepted``: and all of it passed its acceptance."""

    light: Light = "blue"
    accepted: bool = True


@dataclass(frozen=True, slots=True)
class RankRule:
    """Places among siblings: the first ``lead`` and the tails, so many ``places`` or percent of all."""

    by: Counted
    lead: Decimal
    tails: tuple[tuple[Light, Decimal], ...]
    lead_light: Light = "blue"
    middle: Light | None = None


@dataclass(frozen=True, slots=True)
class LightRules:
    """A stated set: the worst light of its parts counts. ``ladder`` are the colours in use, best to worst."""

    name: str
    ladder: tuple[Light, ...] = ("green", "yellow", "red")
    progress: ProgressRule | None = None
    task: TaskRule | None = None
    level: LevelRule | None = None
    start: StartRule | None = None
    money: MoneyRule | None = None
    deadline: DeadlineRule | None = None
    growth: GrowthRule | None = None
    rank: RankRule | None = None
    done: DoneRule | None = None
    missing_run: MissingRule | None = None

    @property
    def needs_peers(self) -> bool:
        """Whether a node can only be judged beside its siblings: see ``ranking.peers_of``."""
        return self.rank is not None or (self.growth is not None and self.growth.with_mean)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON; parts that are not used are left out."""
        found: dict[str, Any] = {"name": self.name, "ladder": list(self.ladder), "combine": "worst"}
        for name in PARTS:
            part = getattr(self, name)
            if part is not None:
                found[name] = {one.name: _plain(getattr(part, one.name)) for one in fields(part)}
        return found

    @staticmethod
    def from_json(stored: Mapping[str, Any]) -> "LightRules":
        """The value of ``to_json``. What people made: ``rules_check.read_rules``."""
        parts = {name: _READERS[name](dict(stored[name])) for name in PARTS if stored.get(name) is not None}
        return LightRules(name=stored["name"], ladder=tuple(stored["ladder"]), **parts)


PARTS = (
    "progress", "task", "level", "start", "money", "deadline", "growth", "rank", "done", "missing_run",
)  # fmt: skip
"""The parts of a set, in the order their sentences are told."""


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Bound):
        return {"light": value.light, "over": str(value.over), "included": value.included}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value


def _bounds(stored: list[Mapping[str, Any]]) -> tuple[Bound, ...]:
    return tuple(
        Bound(one["light"], Decimal(str(one["over"])), bool(one.get("included", False))) for one in stored
    )


def _runs(stored: list[list[Any]]) -> Runs:
    return tuple((light, int(number)) for light, number in stored)


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _whole(part: dict[str, Any], name: str) -> int | None:
    value = part.pop(name, None)
    return None if value is None else int(value)


def _progress_part(part: dict[str, Any]) -> ProgressRule:
    month = _whole(part, "stated_month")
    return ProgressRule(part.pop("measure"), _bounds(part.pop("bounds")), month, **part)


def _money_part(part: dict[str, Any]) -> MoneyRule:
    rate, months = _decimal(part.pop("rate", None)), _whole(part, "months")
    return MoneyRule(bounds=_bounds(part.pop("bounds")), rate=rate, months=months, **part)


def _start_part(part: dict[str, Any]) -> StartRule:
    return StartRule(_runs(part.pop("runs")), tuple(part.pop("stages", ("started",))), **part)


def _rank_part(part: dict[str, Any]) -> RankRule:
    tails = tuple((light, Decimal(str(number))) for light, number in part.pop("tails"))
    return RankRule(tails=tails, lead=Decimal(str(part.pop("lead"))), **part)


_READERS: dict[str, Any] = {
    "progress": _progress_part,
    "task": lambda part: TaskRule(_runs(part.pop("runs")), **part),
    "level": lambda part: LevelRule(_runs(part.pop("runs")), **part),
    "start": _start_part,
    "money": _money_part,
    "deadline": lambda part: DeadlineRule(_runs(part.pop("days")), **part),
    "growth": lambda part: GrowthRule(**part),
    "rank": _rank_part,
    "done": lambda part: DoneRule(**part),
    "missing_run": lambda part: MissingRule(_runs(part.pop("runs")), **part),
}
