"""Parts a rule set may be given that it has not: their shape with no number in it, and what can be chosen."""

from collections.abc import Mapping
from typing import Any

from minsheng.progress.model import MONEY_WORDS, STAGE_WORDS, STAGES
from minsheng.progress.pace.model import LIGHT_WORDS, LIGHTS
from minsheng.progress.pace.rules import MEASURE_WORDS
from minsheng.progress.pace.rules_check import lights_used, read_rules

Options = tuple[tuple[str, str], ...]


def _bounds(*, included: bool) -> list[dict[str, Any]]:
    return [
        {"light": "red", "over": None, "included": False},
        {"light": "orange", "over": None, "included": False},
        {"light": "yellow", "over": None, "included": included},
    ]


def _numbers() -> list[list[str | None]]:
    return [["red", None], ["orange", None], ["yellow", None]]


BLANKS: Mapping[str, dict[str, Any]] = {
    "progress": {"measure": "points", "bounds": _bounds(included=True), "stated_month": None},
    "task": {"runs": _numbers(), "rolled_up_only": False},
    "level": {"runs": _numbers()},
    "start": {"runs": _numbers(), "stages": ["started", "completed"]},
    "money": {
        "stage": "paid", "against": "arrived", "required": "rate", "bounds": _bounds(included=False),
        "rate": None, "months": None,
    },
    "deadline": {"days": _numbers()},
    "growth": {"short": "yellow", "falling": "red", "with_mean": True},
    "rank": {"by": "places", "lead": None, "tails": _numbers(), "lead_light": "blue", "middle": None},
    "done": {"light": "blue", "accepted": True},
    "missing_run": {"runs": _numbers()},
}  # fmt: skip
"""By the name of the part, as JSON. Figures are the office's to state: none stands here."""

_LIGHTS: Options = tuple((light, LIGHT_WORDS[light]) for light in LIGHTS)

_REQUIRED: Options = (("rate", "固定比例"), ("months", "按月均匀用完"), ("schedule", "同目标的序时进度"))

CHOICES: Mapping[str, tuple[tuple[str, str, Options], ...]] = {
    "progress": (("measure", "怎么算", tuple(MEASURE_WORDS.items())),),
    "money": (
        ("stage", "资金", tuple(MONEY_WORDS.items())),
        ("against", "占", tuple(MONEY_WORDS.items())),
        (
            "required",
            "要求",
            (("rate", "固定比例"), ("months", "按月均匀用完"), ("schedule", "同目标的序时进度")),
        ),
    ),
    "growth": (("short", "低于计划或平均亮", _LIGHTS), ("falling", "下降亮", _LIGHTS)),
    "rank": (
        ("by", "名额按", (("places", "名次"), ("share", "占比"))),
        ("lead_light", "前列亮", _LIGHTS),
        ("middle", "中间亮", (("", "不亮灯"), *_LIGHTS)),
    ),
    "done": (("light", "完成亮", _LIGHTS),),
}
"""Of a part that is added, by its name: (key, word, what it can be)."""

CHECKS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "task": (("rolled_up_only", "只评汇总的行"),),
    "start": tuple((f"stages.{stage}", STAGE_WORDS[stage]) for stage in STAGES),
    "growth": (("with_mean", "也与同级平均比"),),
    "done": (("accepted", "还要通过验收"),),
}
"""Of any part: (key, word) of what is so or not."""

WHOLE = frozenset({"stated_month", "months"})
"""Numbers that are counts, and may be left open."""


def is_ticked(part: Mapping[str, Any], key: str) -> bool:
    """Whether a check of the part stands; stages are ticked one by one."""
    name, _, stage = key.partition(".")
    return stage in part[name] if stage else bool(part[name])


def opened(part: Mapping[str, Any]) -> dict[str, Any]:
    """The part with a place for every stage that can be ticked."""
    if "stages" not in part:
        return dict(part)
    return {**part, "stages": {stage: stage in part["stages"] for stage in STAGES}}


def closed(part: Mapping[str, Any]) -> dict[str, Any]:
    """The part with the stages that are ticked, as the set has them."""
    if "stages" not in part:
        return dict(part)
    return {**part, "stages": [stage for stage in STAGES if part["stages"][stage]]}


def without_empty(part: Mapping[str, Any]) -> dict[str, Any]:
    """The part with the lights a number was typed for; nobody leads where no place was given."""
    kept = dict(part)
    for key in ("runs", "days", "tails"):
        if key in kept:
            kept[key] = [one for one in kept[key] if one[1] is not None]
    if "bounds" in kept:
        kept["bounds"] = [one for one in kept["bounds"] if one["over"] is not None]
    if "lead" in kept:
        kept["lead"] = kept["lead"] or "0"
    if "required" in kept:  # the number of another way to require it says nothing
        kept |= {
            key: None for key, way in (("rate", "rate"), ("months", "months")) if kept["required"] != way
        }
    return kept


def in_ladder(stored: dict[str, Any]) -> dict[str, Any]:
    """The set with each light of its parts among the colours in use; what cannot be read stays as it is."""
    rules, _ = read_rules(stored)
    if rules is None:
        return stored
    used = {*rules.ladder, *lights_used(rules)}
    return {**stored, "ladder": [light for light in LIGHTS if light in used]}
