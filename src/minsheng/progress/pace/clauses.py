"""What each rule says of a node, as a clause: its numbers, and the bounds that made the light."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from minsheng.progress.figures import format_amount, format_money
from minsheng.progress.model import MONEY_WORDS, STAGE_WORDS, Stage
from minsheng.progress.pace.aspects import bound_now
from minsheng.progress.pace.bands import band, band_under, run_band
from minsheng.progress.pace.model import LIGHT_WORDS, Aspect, Light, Reason
from minsheng.progress.pace.rules import Bound
from minsheng.progress.pace.telling import (
    PERIOD_HERE,
    PERIOD_UNITS,
    Told,
    amount,
    percent,
    running,
    stages_told,
    until,
)


def measure_clause(told: Told) -> str:
    """What was to be done and what was, before any rule."""
    standing, owed = told.standing, told.owed
    when = until(told.period)
    if owed.kind == "count":
        share = f"（{percent(standing.percent)}）" if standing.percent is not None else ""
        done = f"实际完成{amount(standing.figure, owed)}{share}"
        if standing.scheduled is None:
            return f"{when}，{done}"
        return f"{when}{asked_clause(told)}，{done}"
    if owed.kind in ("at_least", "at_most", "growth"):
        return f"{when}，{_level(told)}"
    if owed.kind == "stages":
        return f"{when}，{stages_told(told)}"
    return f"{when}，{_deed(told)}"


def asked_clause(told: Told) -> str:
    standing = told.standing
    return f"应完成{percent(standing.scheduled_percent)}（{amount(standing.scheduled, told.owed)}）"


def _level(told: Told) -> str:
    owed, standing = told.owed, told.standing
    words = {"at_least": "应不低于", "at_most": "应控制在", "growth": "计划比上年增长"}
    whole = ""
    if standing.parts > 1:
        whole = "各处中最高为" if owed.kind == "at_most" else "各处中最低为"
    done = f"实际{whole}{amount(standing.figure, owed)}"
    if owed.value is None:
        return done
    within = "以内" if owed.kind == "at_most" else ""
    return f"{words[owed.kind]}{amount(owed.value, owed)}{within}，{done}"


def _deed(told: Told) -> str:
    owed, standing = told.owed, told.standing
    done = standing.reached.get("completed", 0)
    figure = ""
    if owed.kind == "full_coverage" and standing.figure is not None:
        figure = f"累计{amount(standing.figure, owed)}，"
    if standing.parts > 1:
        return f"{figure}{standing.parts}处中{done}处已完成"
    return figure + ("已完成" if done else "尚未完成")


def _progress(told: Told, reason: Reason) -> str:
    rule = told.rules.progress
    if rule is None or reason.light is None:
        return ""
    if rule.measure == "done":
        now = tuple(Bound(one.light, bound_now(rule, one, told.period), one.included) for one in rule.bounds)
        return f"{told.period.end.month}月底{band_under(now, reason.light, '%')}"
    behind = Decimal(str(reason.numbers["behind"]))
    unit = "个百分点" if rule.measure == "points" else "%"
    word = "落后" if rule.measure == "points" else "差额"
    stated = band(rule.bounds, reason.light, word, unit)
    return f"{_distance(behind, rule.measure == 'points')}（{stated}）"


def _distance(behind: Decimal, in_points: bool) -> str:
    if not behind:
        return "与序时进度持平"
    size = format_amount(abs(behind))
    if in_points:
        return f"{'落后' if behind > 0 else '超过序时进度'}{size}个百分点"
    return f"比应完成数{'少' if behind > 0 else '多'}{size}%"


def _task(told: Told, reason: Reason) -> str:
    rule = told.rules.task
    asked, step = (Decimal(str(reason.numbers[name])) for name in ("asked", "step"))
    here = PERIOD_HERE[told.cadence]
    text = f"{here}任务{amount(asked, told.owed)}，完成{amount(step, told.owed)}"
    run = int(reason.numbers["run"] or 0)
    if rule is None or not run or reason.light is None:
        return f"{text}，当期任务已完成"
    unit = PERIOD_UNITS[told.cadence]
    stated = run_band(rule.runs, reason.light, "未完成", unit)
    return f"{text}，{running(run, told.cadence, '未完成当期任务')}" + (f"（{stated}）" if stated else "")


def _level_rule(told: Told, reason: Reason) -> str:
    rule = told.rules.level
    run = int(reason.numbers["run"] or 0)
    if rule is None or not run or reason.light is None:
        return "达到要求"
    unit = PERIOD_UNITS[told.cadence]
    stated = run_band(rule.runs, reason.light, "未达到", unit)
    return running(run, told.cadence, "未达到要求") + (f"（{stated}）" if stated else "")


def _start(told: Told, reason: Reason) -> str:
    rule = told.rules.start
    run = int(reason.numbers["run"] or 0)
    if rule is None or not run or reason.light is None:
        return "已到期的节点都已达到"
    stage: Stage = reason.numbers["stage"]  # type: ignore[assignment]
    word = STAGE_WORDS[stage]
    day = date.fromisoformat(str(reason.numbers["until"]))
    parts = told.standing.parts
    at = reason.numbers["at"]
    so_far = f"目前{parts}个中{at}个已{word}" if parts > 1 else f"目前未{word}"
    unit = PERIOD_UNITS[told.cadence]
    stated = run_band(rule.runs, reason.light, f"未{word}", unit)
    text = f"计划{day.month}月{day.day}日前{word}，{so_far}，{running(run, told.cadence, f'到期未{word}')}"
    return text + (f"（{stated}）" if stated else "")


def _money(told: Told, reason: Reason) -> str:
    rule = told.rules.money
    if rule is None or reason.light is None:
        return ""
    numbers = reason.numbers
    part, whole = (f"{format_money(int(numbers[name] or 0))}万元" for name in ("part", "whole"))
    rate, required, short = (Decimal(str(numbers[name])) for name in ("rate", "required", "short"))
    text = (
        f"资金{MONEY_WORDS[rule.stage]}{part}，为{MONEY_WORDS[rule.against]}{whole}的{percent(rate)}，"
        f"应达到{percent(required)}"
    )
    gap = f"，比应达到的少{percent(short)}" if short > 0 else "，已达到"
    return f"{text}{gap}（{band(rule.bounds, reason.light, '差额', '%')}）"


def _deadline(told: Told, reason: Reason) -> str:
    rule = told.rules.deadline
    left = int(reason.numbers["left"] or 0)
    due = told.owed.due or date(told.period.year, 12, 31)
    year = "" if due.year == told.period.year else f"{due.year}年"
    when = f"{year}{due.month}月{due.day}日"
    done = reason.light == "green" and told.standing.percent is not None and told.standing.percent >= 100
    if done:
        return "已完成"
    if left > 0:
        text = f"离完成时限（{when}）还有{left}天"
    else:
        text = f"完成时限（{when}）已到" if not left else f"已超过完成时限（{when}）{-left}天"
        text += "，尚未全部完成" if told.standing.parts > 1 else "，尚未完成"
    if rule is None or reason.light in (None, "green"):
        return text
    days = next((days for light, days in rule.days if light == reason.light), 0)
    return f"{text}（{_days_band(days)}为{LIGHT_WORDS[reason.light]}）"


def _days_band(days: int) -> str:
    if days > 0:
        return f"剩余不超过{days}天"
    return "到期未完成" if not days else f"超期{-days}天及以上"


def _growth(told: Told, reason: Reason) -> str:
    figure = told.standing.figure
    mean, plan = reason.numbers["mean"], reason.numbers["plan"]
    against = f"，平均为{format_amount(Decimal(str(mean)))}{told.owed.unit}" if mean is not None else ""
    if figure is not None and figure < 0:
        return f"比上年下降{against}（下降为{_name(reason.light)}）"
    under = [
        word
        for word, number in (("计划", plan), ("平均", mean))
        if number is not None and figure is not None and figure < Decimal(str(number))
    ]
    if under:
        return f"没有下降但低于{'和'.join(under)}{against}（低于计划或平均为{_name(reason.light)}）"
    return f"不低于计划{against and '，也不低于平均'}{against}"


def _rank(told: Told, reason: Reason) -> str:
    rule = told.rules.rank
    text = f"在{reason.numbers['placed']}个有数的地方中列第{reason.numbers['place']}名"
    if rule is None or reason.light is None:
        return f"{text}，不在前列也不在末位"
    if reason.light == rule.lead_light:
        return f"{text}（{_places('前', rule.lead, rule.by)}为{_name(reason.light)}）"
    tail = next((number for light, number in rule.tails if light == reason.light), None)
    return text if tail is None else f"{text}（{_places('末', tail, rule.by)}为{_name(reason.light)}）"


def _places(word: str, number: Decimal, by: str) -> str:
    return f"{word}{format_amount(number)}{'名' if by == 'places' else '%'}"


def _done(_: Told, reason: Reason) -> str:
    if reason.numbers["accepted"]:
        return "已全部完成并通过验收"
    return "已全部完成" if reason.light else "已全部完成，尚未全部通过验收"


def _name(light: Light | None) -> str:
    return "不评" if light is None else LIGHT_WORDS[light]


CLAUSES: dict[Aspect, Callable[[Told, Reason], str]] = {
    "progress": _progress,
    "task": _task,
    "level": _level_rule,
    "start": _start,
    "money": _money,
    "deadline": _deadline,
    "growth": _growth,
    "rank": _rank,
    "done": _done,
}
