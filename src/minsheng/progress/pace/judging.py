"""The fold: a node's Standing from its facts of this period and its Standing of the period before.

What ``memory`` holds, all plain JSON: ``at`` the number of the last period with a report, ``rates`` the
step of each report for a period in ten-thousandths, ``money`` the last known sums, ``unknown`` how many parts
never reported, ``task`` and ``level`` how many reported periods running were missed.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from minsheng.progress.model import MONEY_STAGES, Stage
from minsheng.progress.pace.aspects import Seen, light_of_run, spoken
from minsheng.progress.pace.curves import Curve, asked_for, periods_left
from minsheng.progress.pace.forecast import forecast, needed_from_now, rate
from minsheng.progress.pace.measuring import LEVELS, is_finished, is_reported, measured, percent_done
from minsheng.progress.pace.model import LIGHTS, Facts, Forecast, Light, Reason, Standing
from minsheng.progress.pace.rules import LightRules
from minsheng.progress.periods import Period

_ORDER: dict[Light | None, int] = {light: at for at, light in enumerate(LIGHTS)}
_YELLOW = _ORDER["yellow"]
_NOUGHT = Decimal(0)


def judge(facts: Facts, before: Standing | None, curve: Curve, rules: LightRules, period: Period) -> Standing:
    """How a node stands at the period's end. ``before``: at the end of the one before; None in the first.

    A missing report shows as missing and keeps the last light as ``held``. From red or orange the best next
    light is yellow, whatever was done.
    """
    if not is_reported(facts):
        return _missing(facts, before, curve, rules, period)
    figure = measured(facts)
    scheduled, scheduled_percent = asked_for(facts.owed, curve, period)
    percent = percent_done(facts.owed, figure, facts.parts)
    memory = _remembered(facts, before)
    seen = Seen(
        facts, before, curve, period, figure, percent, scheduled, scheduled_percent,
        is_finished(facts, percent), facts.reached, memory.get("money", {}), memory,
    )  # fmt: skip
    reasons = spoken(seen, rules)
    if facts.unknown:
        level = facts.owed.kind in LEVELS
        reasons.append(Reason("unknown", "yellow" if level else None, {"unknown": facts.unknown}))
    light, held = _lit(reasons, before)
    left = periods_left(facts.owed, period)
    foreseen = _foresee(seen, left)
    return Standing(
        light or "none",
        held,
        figure,
        facts.reported,
        facts.parts,
        0,
        scheduled,
        percent,
        scheduled_percent,
        None if percent is None or scheduled_percent is None else percent - scheduled_percent,
        _unmoved(seen),
        foreseen,
        _needed(facts, figure, left),
        facts.reached,
        tuple(reasons),
        memory,
    )


def _lit(reasons: list[Reason], before: Standing | None) -> tuple[Light | None, Light | None]:
    """The worst light that was spoken, a finished whole's where all is well; and what is held from now on."""
    light: Light | None = None
    finished: Light | None = None
    for reason in reasons:
        if reason.aspect == "done":
            finished = reason.light
        elif reason.light is not None and (light is None or _ORDER[reason.light] > _ORDER[light]):
            light = reason.light
    if finished is not None and (light is None or _ORDER[light] < _YELLOW):
        light = finished
    held = before.held if before is not None else None
    if held not in ("red", "orange"):
        return light, light or held
    if light is None and not any(reason.aspect in ("rank", "done") for reason in reasons):
        return None, held
    if light is None or _ORDER[light] < _YELLOW:
        reasons.append(Reason("held", "yellow", {"from": held, "earned": light}))
        light = "yellow"
    return light, light


def _missing(
    facts: Facts, before: Standing | None, curve: Curve, rules: LightRules, period: Period
) -> Standing:
    """Nobody reported: the last known figure stays as such, nothing is measured, nothing gets better."""
    scheduled, scheduled_percent = asked_for(facts.owed, curve, period)
    run = 1 if before is None else before.missing_run + 1
    held = before.held if before is not None else None
    figure = before.figure if before is not None else None
    light: Light | None = None
    if rules.missing_run is not None:
        spoken_light = light_of_run(rules.missing_run.runs, run)
        if spoken_light != "green":
            light = spoken_light
            held = light if held is None or _ORDER[light] > _ORDER[held] else held
    last = None if before is None else before.memory.get("at")
    left = periods_left(facts.owed, period)
    return Standing(
        "missing",
        held,
        figure,
        0,
        facts.parts,
        run,
        scheduled,
        percent_done(facts.owed, figure, facts.parts),
        scheduled_percent,
        None,
        before.unmoved if before is not None else 0,
        before.forecast if before is not None else None,
        _needed(facts, figure, left),
        before.reached if before is not None else _NOTHING,
        (Reason("missing_run", light, {"run": run, "last": last}),),
        _kept(facts, before),
    )


_NOTHING: Mapping[Stage, int] = {}


def _kept(facts: Facts, before: Standing | None) -> Mapping[str, Any]:
    """Memory through a missing period; a part that never reported stays unknown until it does."""
    if before is None:
        return {"unknown": facts.unknown} if facts.unknown else {}
    return before.memory


def _remembered(facts: Facts, before: Standing | None) -> dict[str, Any]:
    """Memory of a reported period, without what this period's rules add."""
    memory = dict(before.memory) if before is not None else {}
    memory.pop("unknown", None)
    if facts.unknown:
        memory["unknown"] = facts.unknown
    if facts.figures is not None and facts.figures.money:
        known = {**memory.get("money", {}), **facts.figures.money}
        memory["money"] = {stage: known[stage] for stage in MONEY_STAGES if stage in known}
    return memory


def _unmoved(seen: Seen) -> int:
    """Periods in a row without movement; nothing that is finished, and no level, stands still."""
    before, facts = seen.before, seen.facts
    if seen.finished or facts.owed.kind in LEVELS:
        return 0
    if before is None or before.figure is None:
        return int(not seen.figure and not any(seen.reached.values()))
    moved = seen.figure != before.figure or dict(seen.reached) != dict(before.reached)
    return 0 if moved else before.unmoved + 1


def _foresee(seen: Seen, left: int) -> Forecast | None:
    """The forecast of a count, and its steps into memory."""
    memory, number = seen.memory, seen.period.number
    if seen.facts.owed.kind != "count" or seen.figure is None:
        memory["at"] = number
        return None
    before = seen.before.figure if seen.before is not None else None
    rates = [*memory.get("rates", ()), rate(seen.figure, before, number - memory.get("at", 0))]
    memory["at"] = number
    memory["rates"] = rates
    return forecast(seen.figure, rates, left)


def _needed(facts: Facts, figure: Decimal | None, left: int) -> Decimal | None:
    owed = facts.owed
    if owed.kind != "count" or owed.value is None or figure is None:
        return None
    return needed_from_now(owed.value, figure, left)
