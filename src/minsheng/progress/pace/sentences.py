"""One plain sentence for a light, with its numbers: made from stored values alone, for ever the same."""

from decimal import ROUND_CEILING, Decimal

from minsheng.progress.model import KIND_WORDS, Owed
from minsheng.progress.pace.clauses import CLAUSES, asked_clause, measure_clause
from minsheng.progress.pace.measuring import LEVELS
from minsheng.progress.pace.model import LIGHT_WORDS, LIGHTS, SHOWN_WORDS, Reason, Standing
from minsheng.progress.pace.rules import LightRules
from minsheng.progress.pace.telling import (
    PERIOD_HERE,
    Told,
    amount,
    percent,
    stages_told,
    until,
)
from minsheng.progress.periods import Period


def sentence(standing: Standing, owed: Owed, rules: LightRules, period: Period) -> str:
    """The light and why, in one sentence."""
    told = Told(standing, owed, rules, period)
    if standing.light == "missing":
        return f"未报：{_missing(told)}。"
    measure, *others = [
        clause for clause in (measure_clause(told), *_rule_clauses(told), *_notes(told)) if clause
    ]
    text = f"{measure}，{'；'.join(others)}" if others else measure
    return f"{SHOWN_WORDS[standing.light]}：{text}。"


def _rule_clauses(told: Told) -> list[str]:
    """What the rules said: the worst first; a green beside a worse light is left out."""
    lit = [reason for reason in told.standing.reasons if reason.aspect in CLAUSES]
    lit.sort(key=_badness, reverse=True)
    found = [(reason, CLAUSES[reason.aspect](told, reason)) for reason in lit]
    telling = [clause for reason, clause in found if clause and _is_telling(reason, lit)]
    if telling or told.standing.light != "none":
        return telling
    return [f"{told.rules.name}目前没有可以用来评“{KIND_WORDS[told.owed.kind]}”类指标的内容"]


def _badness(reason: Reason) -> int:
    return -1 if reason.light is None else LIGHTS.index(reason.light)


def _is_telling(reason: Reason, lit: list[Reason]) -> bool:
    """Greens are told only where nothing is worse, and of several greens the first."""
    if reason.aspect in ("done", "rank") or reason.light not in ("green", None):
        return True
    return reason is lit[0]


def _notes(told: Told) -> list[str]:
    standing = told.standing
    notes = [stages_told(told) if told.owed.kind != "stages" else ""]
    unknown = standing.memory.get("unknown", 0)
    late = standing.parts - standing.reported - unknown
    if standing.parts > 1 and late > 0:
        notes.append(f"{standing.parts}个填报单位中{late}个{PERIOD_HERE[told.cadence]}未报，按上次数字计入")
    if standing.parts > 1 and unknown:
        notes.append(f"{standing.parts}个填报单位中{unknown}个从未上报，没有计入")
    held = next((reason for reason in standing.reasons if reason.aspect == "held"), None)
    if held is not None:
        names = {str(light): word for light, word in LIGHT_WORDS.items()}
        earned, earlier = names.get(str(held.numbers["earned"])), names[str(held.numbers["from"])]
        better = f"已达到{earned}标准" if earned else f"已不在{earlier}之列"
        notes.append(f"此前为{earlier}，{PERIOD_HERE[told.cadence]}{better}，按规则先转为黄灯")
    return notes


def _missing(told: Told) -> str:
    standing, here = told.standing, PERIOD_HERE[told.cadence]
    who = f"{standing.parts}个填报单位{here}都没有上报" if standing.parts > 1 else f"{here}没有上报"
    clauses = [f"{until(told.period)}，{who}"]
    if standing.missing_run > 1:
        clauses[0] += f"，已连续{standing.missing_run}期未报"
    clauses.append(_last_known(told))
    if told.owed.kind == "count" and standing.scheduled is not None:
        clauses.append(f"此时{asked_clause(told)}")
    worse = standing.reasons[0].light if standing.reasons else None
    if worse is not None:
        clauses.append(f"连续未报，按规则记为{LIGHT_WORDS[worse]}，补报后再评")
    elif standing.held is not None:
        clauses.append(f"最近一次为{LIGHT_WORDS[standing.held]}")
    return "；".join(clause for clause in clauses if clause)


def _last_known(told: Told) -> str:
    standing = told.standing
    number = standing.memory.get("at")
    if number is None:
        return "此前也没有上报过，完成情况不明"
    when = until(Period(told.cadence, told.period.year, number))
    if standing.figure is None:
        return f"最近一次上报是{when}"
    if told.owed.kind in LEVELS:
        return f"最近一次上报（{when}）为{amount(standing.figure, told.owed)}"
    if told.owed.kind == "count":
        share = f"（{percent(standing.percent)}）" if standing.percent is not None else ""
        return f"最近一次上报（{when}）累计完成{amount(standing.figure, told.owed)}{share}"
    return f"最近一次上报是{when}"


def outlook(standing: Standing, owed: Owed, period: Period) -> str:
    """What the year's end may bring and what is needed from now on; empty where nothing can be said."""
    unit = {"week": "周", "month": "月", "quarter": "季度"}[period.cadence]
    clauses = []
    foreseen = standing.forecast
    if foreseen is not None:
        low, high = amount(foreseen.low, owed), amount(foreseen.high, owed)
        span = f"{low}至{high}，居中{amount(foreseen.middle, owed)}" if foreseen.low != foreseen.high else low
        clauses.append(f"按已上报{foreseen.reports}次的进度推算，到期末累计{span}")
    if standing.needed:
        needed = amount(_whole_up(standing.needed, owed), owed)
        clauses.append(f"从现在起每{unit}还需完成{needed}才能按时完成")
    elif standing.needed is not None:
        clauses.append("任务已经完成")
    return f"{'；'.join(clauses)}。" if clauses else ""


__all__ = ("outlook", "sentence")


def _whole_up(needed: Decimal, owed: Owed) -> Decimal:
    """Nobody can do a tenth of a case: where the target is whole, so is what is needed, rounded up."""
    is_whole = owed.value is not None and owed.value == owed.value.to_integral_value()
    return needed.to_integral_value(ROUND_CEILING) if is_whole else needed
