"""One rule after the other: what it has to say of a node, with its numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from minsheng.progress.model import MoneyStage, Stage
from minsheng.progress.pace.curves import Curve, asked_for, end_of, stages_due
from minsheng.progress.pace.measuring import LEVELS, at_least_reached, is_accepted
from minsheng.progress.pace.model import Facts, Light, Reason, Standing
from minsheng.progress.pace.rules import (
    Bound,
    DeadlineRule,
    DoneRule,
    GrowthRule,
    LevelRule,
    LightRules,
    MoneyRule,
    ProgressRule,
    RankRule,
    Runs,
    StartRule,
    TaskRule,
)
from minsheng.progress.periods import Period

_HUNDRED = Decimal(100)
_HUNDREDTH = Decimal("0.01")
_NOUGHT = Decimal(0)


@dataclass(slots=True)
class Seen:
    """A node while it is judged: what was worked out once, and the runs that go into its memory."""

    facts: Facts
    before: Standing | None
    curve: Curve
    period: Period
    figure: Decimal | None
    percent: Decimal | None
    scheduled: Decimal | None
    scheduled_percent: Decimal | None
    finished: bool
    reached: Mapping[Stage, int]
    money: Mapping[MoneyStage, int]
    memory: dict[str, Any]


def spoken(seen: Seen, rules: LightRules) -> list[Reason]:
    """The reasons of every part of the set that has something to measure here."""
    found: list[Reason | None] = []
    if rules.progress is not None:
        found.append(_progress(seen, rules.progress))
    if rules.task is not None:
        found.append(_task(seen, rules.task))
    if rules.level is not None and (rules.growth is None or seen.facts.owed.kind != "growth"):
        found.append(_level(seen, rules.level))
    if rules.start is not None and seen.curve.milestones:
        found.append(_start(seen, rules.start))
    if rules.money is not None and seen.money:
        found.append(_money(seen, rules.money))
    if rules.deadline is not None:
        found.append(_deadline(seen, rules.deadline))
    if rules.growth is not None:
        found.append(_growth(seen, rules.growth))
    if rules.rank is not None:
        found.append(_rank(seen, rules.rank))
    if rules.done is not None:
        found.append(_done(seen, rules.done))
    return [reason for reason in found if reason is not None]


def _progress(seen: Seen, rule: ProgressRule) -> Reason | None:
    if seen.facts.owed.kind != "count" or seen.percent is None or seen.scheduled_percent is None:
        return None
    if rule.measure == "done":
        return Reason("progress", _under(seen, rule), {"done": str(seen.percent)})
    behind = _points(seen) if rule.measure == "points" else _ratio(seen)
    return Reason("progress", passed(rule.bounds, behind), {"behind": str(behind)})


def _points(seen: Seen) -> Decimal:
    return (seen.scheduled_percent or _NOUGHT) - (seen.percent or _NOUGHT)


def _ratio(seen: Seen) -> Decimal:
    asked = seen.scheduled or _NOUGHT
    if not asked:
        return _NOUGHT
    return ((asked - (seen.figure or _NOUGHT)) * _HUNDRED / asked).quantize(_HUNDREDTH, ROUND_HALF_UP)


def passed(bounds: tuple[Bound, ...], amount: Decimal) -> Light:
    """The light of the first bound (worst first) that an amount is beyond; green of none."""
    for bound in bounds:
        if amount > bound.over or (bound.included and amount == bound.over):
            return bound.light
    return "green"


def _under(seen: Seen, rule: ProgressRule) -> Light:
    done = seen.percent or _NOUGHT
    for bound in rule.bounds:
        least = bound_now(rule, bound, seen.period)
        if done < least or (bound.included and done == least):
            return bound.light
    return "green"


def bound_now(rule: ProgressRule, bound: Bound, period: Period) -> Decimal:
    """A bound on percent done, in proportion to the months gone by where it is stated for one month."""
    if rule.stated_month is None:
        return bound.over
    return _in_proportion(bound.over, end_of(period).month, rule.stated_month)


@lru_cache(maxsize=256)
def _in_proportion(over: Decimal, month: int, stated_month: int) -> Decimal:
    return min(over * month / stated_month, _HUNDRED).quantize(_HUNDREDTH, ROUND_HALF_UP)


def _task(seen: Seen, rule: TaskRule) -> Reason | None:
    """What the periods since the last report asked for, against the step they brought."""
    facts = seen.facts
    if facts.owed.kind != "count" or seen.scheduled is None or (rule.rolled_up_only and facts.parts < 2):
        return None
    before = seen.before
    earlier = before.figure if before is not None and before.figure is not None else _NOUGHT
    since = int(seen.memory.get("at", 0))
    asked = seen.scheduled - _asked_then(seen, since)
    step = (seen.figure or _NOUGHT) - earlier
    run = 0 if step >= asked or seen.finished else int(seen.memory.get("task", 0)) + 1
    seen.memory["task"] = run
    return Reason("task", light_of_run(rule.runs, run), {"asked": str(asked), "step": str(step), "run": run})


def _asked_then(seen: Seen, number: int) -> Decimal:
    if number < 1:
        return _NOUGHT
    then = Period(seen.period.cadence, seen.period.year, number)
    return asked_for(seen.facts.owed, seen.curve, then)[0] or _NOUGHT


def light_of_run(runs: Runs, run: int) -> Light:
    """The light of so many running, the worst first; green of fewer than any."""
    return next((light for light, least in runs if run >= least), "green")


def _level(seen: Seen, rule: LevelRule) -> Reason | None:
    owed = seen.facts.owed
    if owed.kind not in LEVELS or owed.value is None or seen.figure is None:
        return None
    holds = seen.figure <= owed.value if owed.kind == "at_most" else seen.figure >= owed.value
    run = 0 if holds else int(seen.memory.get("level", 0)) + 1
    seen.memory["level"] = run
    return Reason("level", light_of_run(rule.runs, run), {"run": run})


def _start(seen: Seen, rule: StartRule) -> Reason | None:
    """The planned stage that has been overdue longest; green where all that are due are reached."""
    worst: tuple[int, Stage, int, date] | None = None
    is_due = False
    for one, run in stages_due(seen.curve, seen.period):
        if one.stage is None or one.stage not in rule.stages:
            continue
        is_due = True
        asked = one.amount if one.amount is not None else seen.facts.parts * (one.share or _NOUGHT) / _HUNDRED
        at_stage = at_least_reached(seen.reached, one.stage)
        if at_stage < asked and (worst is None or run > worst[0]):
            worst = (run, one.stage, at_stage, one.until)
    if worst is None:
        return Reason("start", "green", {"run": 0}) if is_due else None
    run, stage, at_stage, until = worst
    numbers: dict[str, str | int | None] = {
        "run": run,
        "stage": stage,
        "at": at_stage,
        "until": until.isoformat(),
    }
    return Reason("start", light_of_run(rule.runs, run), numbers)


def _money(seen: Seen, rule: MoneyRule) -> Reason | None:
    part, whole = seen.money.get(rule.stage), seen.money.get(rule.against)
    required = _required(seen, rule)
    if part is None or not whole or required is None:
        return None
    rate = (Decimal(part) * _HUNDRED / whole).quantize(_HUNDREDTH, ROUND_HALF_UP)
    short = _NOUGHT
    if required:
        short = ((required - rate) * _HUNDRED / required).quantize(_HUNDREDTH, ROUND_HALF_UP)
    numbers: dict[str, str | int | None] = {
        "rate": str(rate),
        "required": str(required),
        "short": str(short),
        "part": part,
        "whole": whole,
    }
    return Reason("money", passed(rule.bounds, short), numbers)


def _required(seen: Seen, rule: MoneyRule) -> Decimal | None:
    if rule.required == "rate":
        return rule.rate
    if rule.required == "schedule":
        return seen.scheduled_percent
    if not rule.months:
        return None
    months = min(end_of(seen.period).month, rule.months)
    return (_HUNDRED * months / rule.months).quantize(_HUNDREDTH, ROUND_HALF_UP)


def _deadline(seen: Seen, rule: DeadlineRule) -> Reason | None:
    owed, end = seen.facts.owed, end_of(seen.period)
    if owed.kind in LEVELS or (owed.kind == "count" and seen.percent is None):
        return None
    due = owed.due or date(seen.period.year, 12, 31)
    left = (due - end).days
    light: Light = "green"
    if not seen.finished:
        light = next((light for light, days in rule.days if left <= days), "green")
    return Reason("deadline", light, {"left": left})


def _growth(seen: Seen, rule: GrowthRule) -> Reason | None:
    if seen.facts.owed.kind != "growth" or seen.figure is None:
        return None
    plan = seen.facts.owed.value
    peers = seen.facts.peers
    mean = peers.mean if rule.with_mean and peers is not None else None
    numbers = {"plan": None if plan is None else str(plan), "mean": None if mean is None else str(mean)}
    if seen.figure < 0:
        return Reason("growth", rule.falling, numbers)
    if plan is None and mean is None:
        return None
    is_short = (plan is not None and seen.figure < plan) or (mean is not None and seen.figure < mean)
    return Reason("growth", rule.short if is_short else "green", numbers)


def _rank(seen: Seen, rule: RankRule) -> Reason | None:
    peers = seen.facts.peers
    if peers is None or peers.place is None or peers.placed < 1:
        return None
    place, placed = peers.place, peers.placed
    numbers: dict[str, str | int | None] = {"place": place, "placed": placed}
    for light, number in rule.tails:
        if place > placed - _counted(rule, number, placed):
            return Reason("rank", light, numbers)
    lead = place <= _counted(rule, rule.lead, placed)
    return Reason("rank", rule.lead_light if lead else rule.middle, numbers)


def _counted(rule: RankRule, number: Decimal, placed: int) -> Decimal:
    return number if rule.by == "places" else number * placed / _HUNDRED


def _done(seen: Seen, rule: DoneRule) -> Reason | None:
    """Speaks only of a finished whole: of anything less the other rules do."""
    if not seen.finished:
        return None
    accepted = is_accepted(seen.facts)
    return Reason("done", rule.light if accepted or not rule.accepted else None, {"accepted": int(accepted)})
