"""What will be asked by when: the curve in force beside one looked at, milestones, those set before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.timezone import localtime

from minsheng.papers.breakdown import digits
from minsheng.progress.model import STAGE_WORDS, STAGES, Kind, Owed, Stage
from minsheng.progress.pace.curves import HUNDRED, WAY_WORDS, Curve, Milestone, Way, asked_for
from minsheng.progress.periods import Period
from minsheng_web.office.screens.pace_table import NOTHING, Cell, Head, Row, Table
from minsheng_web.office.screens.pace_targets import month_word
from minsheng_web.records.models import OwnCurve
from minsheng_web.records.queries.pace_curve import Expected

FOLLOWS_CURVE: tuple[Kind, ...] = ("count",)
"""Kinds of target whose amount grows through the year. Works follow the days of their stages."""

WORKS: Kind = "stages"


@dataclass(frozen=True, slots=True)
class DayField:
    """A stage's field of its planned day."""

    stage: Stage
    word: str
    value: str
    wrong: bool


@dataclass(frozen=True, slots=True)
class ShareField:
    """A period's field in the row of own shares; ``at`` counts from 1."""

    at: int
    name: str
    word: str
    value: str
    wrong: bool


def curve_of_way(expected: Expected, way: Way, shares: tuple[Decimal, ...]) -> Curve | None:
    """The curve of a choice; None: what the notice says. The notice's days of stages always hold."""
    if way == "milestones":
        return None
    stages = tuple(one for one in expected.notice.milestones if one.stage) if expected.notice else ()
    return Curve(way, stages, shares if way == "own" else ())


def percents(owed: Owed, curve: Curve, periods: Sequence[Period]) -> tuple[Decimal | None, ...]:
    """Cumulative percent by period; also of an unknown amount, unless amounts are asked for."""
    amounts = any(one.amount is not None for one in curve.milestones)
    counted = owed if owed.value or amounts else replace(owed, value=HUNDRED)
    return tuple(asked_for(counted, curve, period)[1] for period in periods)


def share_fields(expected: Expected, typed: Sequence[str] | None, wrong: frozenset[int]) -> list[ShareField]:
    """The row of fields: what was typed, else what holds now."""
    now = percents(expected.owed, expected.now, expected.periods)
    texts = typed if typed is not None else ["" if one is None else digits(one) for one in now]
    return [
        ShareField(at + 1, f"share.{at + 1}", month_word(period.name), texts[at], at in wrong)
        for at, period in enumerate(expected.periods)
    ]


def days_of(curve: Curve) -> dict[Stage, str]:
    """The last day a curve names for each stage, as it is typed."""
    named = sorted((one.until, one.stage) for one in curve.milestones if one.stage)
    return {stage: f"{until:%Y-%m-%d}" for until, stage in named}


def day_fields(texts: Mapping[Stage, str], wrong: frozenset[Stage]) -> list[DayField]:
    """One for each stage of works."""
    return [DayField(one, STAGE_WORDS[one], texts.get(one, ""), one in wrong) for one in STAGES]


def year_table(title: str, expected: Expected, other: Curve | None) -> Table:
    """Period by period what is asked for now and, where one is looked at, what would be asked for."""
    curves = [("现在" if other else "应完成", "expected", expected.now)]
    if other is not None:
        curves.append(("改为", "done", other))
    value = expected.owed.value
    heads = [Head("填报期", 14)]
    for word, series, _ in curves:
        heads.append(Head(f"{word}（累计%）", 14, number=True, marks={"series": series}))
        if value:
            heads.append(Head(f"{word}（{expected.owed.unit or '数量'}）", 16, number=True))
    heads.append(Head("填报期状态", 12))
    lines = []
    for period in expected.periods:
        cells = [Cell(month_word(period.name))]
        for _, _, curve in curves:
            cells += _asked(expected.owed, curve, period)
        lines.append(Row([*cells, Cell("已关闭" if period.key in expected.closed else NOTHING)]))
    return Table(title, heads, lines, chart="line", marks={"unit": "累计%"})


def _asked(owed: Owed, curve: Curve, period: Period) -> list[Cell]:
    percent = Cell(number=percents(owed, curve, [period])[0])
    return [percent, Cell(number=asked_for(owed, curve, period)[0])] if owed.value else [percent]


def milestones_table(
    title: str, milestones: Sequence[Milestone], owed: Owed, line: str, number: int
) -> Table:
    """The milestones a notice states, each with the words it was read from; ``line``: where they stand."""
    heads = (Head("到哪天", 14), Head("应完成", 24), Head("方案里的话", 60), Head("出处", 10))
    rows = [
        Row(
            (
                Cell(f"{one.until:%Y-%m-%d}"),
                Cell(milestone_words(one, owed)),
                Cell(one.text),
                Cell(f"第{number}行", link=line) if line else Cell(NOTHING),
            )
        )
        for one in milestones
    ]
    return Table(title, heads, rows)


def milestone_words(one: Milestone, owed: Owed) -> str:
    """开工100%, 50%, 12所."""
    stage = STAGE_WORDS[one.stage] if one.stage else ""
    if one.share is not None:
        return f"{stage}{digits(one.share)}%"
    return stage if one.amount is None else f"{stage}{digits(one.amount)}{owed.unit}"


def words_of(curve: Curve, periods: Sequence[Period], *, works: bool = False) -> str:
    """One line: 按自定进度：1月5%，2月10% …; of works the days of their stages."""
    word = WAY_WORDS[curve.way]
    if works and not curve.milestones:
        return "没有计划日期，不评节点"
    if works:
        return "计划" + "，".join(_stage_words(one) for one in curve.milestones)
    if curve.way != "own":
        return word
    named = zip(periods, curve.shares, strict=False)
    return f"{word}：" + "，".join(f"{month_word(period.name)}{digits(share)}%" for period, share in named)


def _stage_words(one: Milestone) -> str:
    """开工不晚于2026-03-31; a share only where it is not the whole."""
    part = "" if one.share is None or one.share == HUNDRED else f"{digits(one.share)}%"
    return f"{STAGE_WORDS[one.stage] if one.stage else ''}{part}不晚于{one.until:%Y-%m-%d}"


def before_table(
    title: str, rows: Sequence[OwnCurve], periods: Sequence[Period], *, works: bool = False
) -> Table:
    """Every one that was set, the newest first."""

    def words(stored: dict[str, Any] | None) -> str:
        if stored is None:
            return "按方案写的"
        return words_of(Curve.from_json(stored), periods, works=works)

    heads = (Head("第几次", 8), Head("安排", 60), Head("设置", 20), Head("理由", 40))
    lines = [
        Row(
            (
                Cell(f"第{one.number}次"),
                Cell(words(one.curve)),
                Cell(f"{localtime(one.made_at):%Y-%m-%d %H:%M}　{one.made_by or ''}"),
                Cell(one.reason),
            )
        )
        for one in rows
    ]
    return Table(title, heads, lines)


def stored(curve: Curve | None) -> dict[str, Any] | None:
    """As the action takes it."""
    return None if curve is None else curve.to_json()
