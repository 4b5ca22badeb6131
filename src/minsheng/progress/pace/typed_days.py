"""Planned days of works as an office types them, one a stage, to exact days or to what is to be mended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from minsheng.progress.model import STAGE_WORDS, STAGES, Stage
from minsheng.progress.typed import parse_date


@dataclass(frozen=True, slots=True)
class TypedDays:
    """The day of each stage that has one, or sentences; ``wrong`` are the stages to be mended."""

    days: Mapping[Stage, date]
    problems: tuple[str, ...] = ()
    wrong: frozenset[Stage] = frozenset()


def read_days(texts: Mapping[Stage, str], year: int) -> TypedDays:
    """A stage left empty has no planned day; a later stage is not planned before an earlier one.

    >>> read_days({"started": "3月31日", "completed": ""}, 2026).days
    {'started': datetime.date(2026, 3, 31)}
    """
    days: dict[Stage, date] = {}
    problems: dict[Stage, str] = {}
    for stage in STAGES:
        value = parse_date(texts.get(stage, ""), year)
        if isinstance(value, date):
            days[stage] = value
        elif not value.empty:
            problems[stage] = f"{STAGE_WORDS[stage]}：{value.message}"
    for earlier, later in pairwise(days):
        if days[later] < days[earlier]:
            words = f"{STAGE_WORDS[later]}（{days[later]}）早于{STAGE_WORDS[earlier]}（{days[earlier]}）"
            problems[later] = f"计划{words}，请核对日期。"
    if not days and not problems:
        return TypedDays({}, ("没有填写计划日期，请至少填一个节点。",), frozenset())
    if problems:
        return TypedDays({}, tuple(problems.values()), frozenset(problems))
    return TypedDays(days)
