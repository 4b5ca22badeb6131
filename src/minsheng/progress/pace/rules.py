"""What makes a light: a value made of one optional part for each thing looked at, stated and editable."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from minsheng.progress.model import MONEY_STAGES, MONEY_WORDS, STAGES, MoneyStage, Stage
from minsheng.progress.pace.model import ASPECT_WORDS, LIGHT_WORDS, LIGHTS, Light

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
        """The value of ``to_json``. What people made is read with ``read_rules``."""
        parts = {name: _READERS[name](dict(stored[name])) for name in PARTS if stored.get(name) is not None}
        return LightRules(name=stored["name"], ladder=tuple(stored["ladder"]), **parts)


PARTS = (
    "progress", "task", "level", "start", "money", "deadline", "growth", "rank", "done", "missing_run",
)  # fmt: skip
"""The parts of a set, in the order their sentences are told."""


def read_rules(value: object) -> tuple[LightRules | None, tuple[str, ...]]:
    """A rule set somebody edited, and what is wrong with it; None where it is not even one."""
    if not isinstance(value, Mapping):
        return None, ("亮灯规则的格式不对，请从现有规则复制一份再修改。",)
    unknown = sorted(str(key) for key in value if key not in (*PARTS, "name", "ladder", "combine"))
    if unknown:
        return None, (f"亮灯规则里有不认识的部分：{'、'.join(unknown)}，请删去。",)
    if value.get("combine", "worst") != "worst":
        return None, ("几项规则合在一起时只能取最差的一项（worst），请改回。",)
    try:
        rules = LightRules.from_json(value)
        return rules, check_rules(rules)
    except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation) as wrong:
        return None, (f"亮灯规则缺少内容或写法不对（{wrong}），请对照现有规则补齐。",)


def check_rules(rules: LightRules) -> tuple[str, ...]:
    """What is wrong with a set, in sentences; nothing where it can be adopted."""
    return tuple(dict.fromkeys((*_of_the_set(rules), *_of_the_parts(rules))))


def _of_the_set(rules: LightRules) -> Iterator[str]:
    if not rules.name.strip():
        yield "请给这套规则起个名称。"
    if list(rules.ladder) != sorted(set(rules.ladder) & set(LIGHTS), key=LIGHTS.index):
        yield "所用灯色应从最好到最差排列，每种一次：蓝、绿、黄、橙、红。"
    if "yellow" not in rules.ladder:
        yield "所用灯色里必须有黄灯：红灯补上以后先转黄灯。"
    if all(getattr(rules, name) is None for name in PARTS):
        yield "这套规则没有一项内容，任何指标都亮不了灯，请至少保留一项。"
    for light in lights_used(rules):
        if light not in rules.ladder:
            yield f"规则里用了{LIGHT_WORDS.get(light, light)}，但所用灯色里没有它，请加上或改用别的灯色。"


def lights_used(rules: LightRules) -> tuple[Light, ...]:
    """Every light that a part of the set can give, in the order of the parts."""
    return tuple(dict.fromkeys(light for name in PARTS for light in _lights(getattr(rules, name))))


def _lights(part: object) -> Iterator[Light]:
    match part:
        case ProgressRule(bounds=bounds) | MoneyRule(bounds=bounds):
            yield "green"
            yield from (bound.light for bound in bounds)
        case TaskRule(runs=runs) | LevelRule(runs=runs) | StartRule(runs=runs):
            yield "green"
            yield from (light for light, _ in runs)
        case DeadlineRule(days=runs):
            yield "green"
            yield from (light for light, _ in runs)
        case MissingRule(runs=runs):
            yield from (light for light, _ in runs)
        case GrowthRule():
            yield from ("green", part.short, part.falling)
        case DoneRule():
            yield part.light
        case RankRule():
            yield part.lead_light
            if part.middle is not None:
                yield part.middle
            yield from (light for light, _ in part.tails)
        case _:
            return


def _of_the_parts(rules: LightRules) -> Iterator[str]:
    if rules.progress is not None:
        yield from _order("progress", [(one.light, one.over) for one in rules.progress.bounds])
        if rules.progress.measure not in MEASURES:
            yield "进度规则要写明按百分点、按比例还是按完成比例。"
        yield from _known_month(rules.progress)
    for name in ("task", "level", "start", "missing_run"):
        part = getattr(rules, name)
        if part is not None:
            yield from _order(name, [(light, Decimal(number)) for light, number in part.runs])
            if any(number < 1 for _, number in part.runs):
                yield f"{_word(name)}规则里的期数至少是1。"
    if rules.start is not None and not set(rules.start.stages) <= set(STAGES):
        yield "节点规则里有不认识的工程节点。"
    if rules.money is not None:
        yield from _money(rules.money)
    if rules.deadline is not None:
        yield from _order("deadline", [(light, Decimal(-days)) for light, days in rules.deadline.days])
    if rules.rank is not None:
        yield from _rank(rules.rank)


def _order(name: str, bounds: list[tuple[Light, Decimal]]) -> Iterator[str]:
    """The worst first, and the worse the light the farther its bound; of ``done`` it is the lower."""
    lights = [LIGHTS.index(light) for light, _ in bounds if light in LIGHTS]
    if not bounds:
        yield f"{_word(name)}规则没有写界限，请补上或去掉这一项。"
    if lights != sorted(lights, reverse=True) or len(set(lights)) != len(bounds):
        yield f"{_word(name)}规则应从最差的灯写起，每种灯一条。"
    numbers = [number for _, number in bounds]
    if numbers not in (sorted(numbers), sorted(numbers, reverse=True)):
        yield f"{_word(name)}规则的界限有交叉，请核对数字。"


def _known_month(rule: ProgressRule) -> Iterator[str]:
    numbers = [one.over for one in rule.bounds]
    lower_is_worse = rule.measure == "done"
    if numbers != sorted(numbers, reverse=not lower_is_worse):
        yield "进度规则的界限方向不对：灯越差，落后应越多（按完成比例时完成应越少）。"
    if rule.stated_month is not None and not 1 <= rule.stated_month <= 12:
        yield "进度规则所注的月份应在1至12之间。"


def _money(rule: MoneyRule) -> Iterator[str]:
    yield from _order("money", [(one.light, one.over) for one in rule.bounds])
    if rule.stage not in MONEY_STAGES or rule.against not in MONEY_STAGES or rule.stage == rule.against:
        yield f"资金规则要写明两个不同的资金阶段（{'、'.join(MONEY_WORDS.values())}）。"
    if rule.required not in REQUIRED:
        yield "资金规则要写明应达到的比例从哪里来：固定比例、按月数均匀，还是按指标进度。"
    if rule.required == "months" and not rule.months:
        yield "资金规则按月数均匀支出，但没有写几个月，请补上。"


def _rank(rule: RankRule) -> Iterator[str]:
    yield from _order("rank", [(light, -number) for light, number in rule.tails])
    if rule.by not in COUNTED:
        yield "位次规则要写明按名次还是按占比。"
    if rule.lead < 0 or any(number <= 0 for _, number in rule.tails):
        yield "位次规则里的名额应大于0。"


def _word(name: str) -> str:
    return ASPECT_WORDS[name]  # type: ignore[index]  # parts are named after aspects


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


def _progress_part(part: dict[str, Any]) -> ProgressRule:
    return ProgressRule(part.pop("measure"), _bounds(part.pop("bounds")), **part)


def _money_part(part: dict[str, Any]) -> MoneyRule:
    return MoneyRule(bounds=_bounds(part.pop("bounds")), rate=_decimal(part.pop("rate", None)), **part)


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
