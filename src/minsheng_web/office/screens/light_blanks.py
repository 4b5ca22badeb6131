"""Parts a rule set may be given that it has not: their shape with no number in it, and what can be chosen."""

from collections.abc import Mapping
from typing import Any

from minsheng.progress.model import MONEY_WORDS
from minsheng.progress.pace.model import LIGHTS
from minsheng.progress.pace.rules import MEASURE_WORDS
from minsheng.progress.pace.rules_check import lights_used, read_rules

Options = tuple[tuple[str, str], ...]


def _bounds(*, included: bool) -> list[dict[str, Any]]:
    return [
        {"light": "red", "over": None, "included": False},
        {"light": "yellow", "over": None, "included": included},
    ]


def _numbers() -> list[list[str | None]]:
    return [["red", None], ["yellow", None]]


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

CHOICES: Mapping[str, tuple[tuple[str, str, Options], ...]] = {
    "progress": (("measure", "怎么算", tuple(MEASURE_WORDS.items())),),
    "money": (
        ("stage", "资金", tuple(MONEY_WORDS.items())),
        ("against", "占", tuple(MONEY_WORDS.items())),
    ),
    "rank": (("by", "名额按", (("places", "名次"), ("share", "占比"))),),
}
"""By the name of the part: (key, word, what it can be)."""


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
    return kept


def in_ladder(stored: dict[str, Any]) -> dict[str, Any]:
    """The set with each light of its parts among the colours in use; what cannot be read stays as it is."""
    rules, _ = read_rules(stored)
    if rules is None:
        return stored
    used = {*rules.ladder, *lights_used(rules)}
    return {**stored, "ladder": [light for light in LIGHTS if light in used]}
