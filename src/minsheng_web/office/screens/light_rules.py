"""A rule set as fields of a form and back: every bound can be changed, every part left out.

A field's name is its place in the set's JSON (``progress.bounds.0.over``). What a form sends is put into the
set it was made from, so a form can change numbers but never the shape.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from minsheng.progress.model import MONEY_WORDS, STAGE_WORDS
from minsheng.progress.pace.model import ASPECT_WORDS, LIGHT_WORDS
from minsheng.progress.pace.rules import MEASURE_WORDS, PARTS, LightRules

USE = "use."
_NAME = "name"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to set: ``kind`` number or check; ``light`` colours its label."""

    name: str
    before: str
    after: str
    kind: Literal["number", "check"]
    value: str
    light: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a set. ``about`` says what its numbers are; ``used``: whether it is in the set."""

    name: str
    word: str
    about: str
    used: bool
    fields: tuple[Field, ...]


def parts_of(rules: LightRules, left_out: frozenset[str] = frozenset()) -> tuple[Part, ...]:
    """The parts of a set as they are edited."""
    stored = rules.to_json()
    words: dict[str, str] = dict(ASPECT_WORDS)  # type: ignore[arg-type]  # the keys are told as plain text
    found = []
    for name in PARTS:
        if name in stored:
            part = stored[name]
            fields = tuple(_fields(name, part))
            found.append(Part(name, words[name], about(name, part), name not in left_out, fields))
    return tuple(found)


def about(name: str, part: Mapping[str, Any]) -> str:
    """What the numbers of a part are, in words."""
    stages = "、".join(STAGE_WORDS[stage] for stage in part.get("stages", ()))
    words = {
        "progress": _progress_words,
        "money": _money_words,
    }
    if name in words:
        return words[name](part)
    return {
        "task": "当期任务没有完成，连续几期",
        "level": "应保持的水平没有保持，连续几期",
        "start": f"到了计划节点（{stages}）没有到，算上本期连续几期",
        "deadline": "期末离时限还剩几天以内（0为到期，负数为超期天数）没有完成",
        "growth": "增速低于计划或者平均、下降",
        "rank": "同级中完成比例的位次",
        "done": "全部完成" + ("并通过验收" if part.get("accepted") else ""),
        "missing_run": "连续几期没有上报，下次上报时按什么灯起算",
    }[name]


def _progress_words(part: Mapping[str, Any]) -> str:
    month = part.get("stated_month")
    words: str = MEASURE_WORDS[part["measure"]]
    return words + (f"（界限按{month}月写明，其他月份按月折算）" if month else "")


def _money_words(part: Mapping[str, Any]) -> str:
    pair = f"{MONEY_WORDS[part['stage']]}资金占{MONEY_WORDS[part['against']]}资金的比例"
    required = {
        "rate": "要求达到的比例",
        "months": f"{part['months']}个月内均匀用完",
        "schedule": "目标的序时进度",
    }[part["required"]]
    return f"{pair}，比{required}低百分之几"


def words_of(rules: LightRules) -> tuple[str, ...]:
    """The set in sentences, as it is stated on the page."""
    said = []
    for part in parts_of(rules):
        numbers = "；".join(_said(field) for field in part.fields if field.kind == "number" and field.value)
        said.append(f"{part.word}：{part.about}{'：' + numbers if numbers else ''}。")
    return tuple(said)


def _said(field: Field) -> str:
    return f"{field.before}{field.value}{field.after}"


def _fields(name: str, part: Mapping[str, Any]) -> Iterator[Field]:
    below = part.get("measure") == "done"
    for at, bound in enumerate(part.get("bounds", ())):
        light, key = bound["light"], f"{name}.bounds.{at}"
        word = "不到" if below else "超过"
        yield Field(
            f"{key}.over", f"{LIGHT_WORDS[light]}{word}", _unit(name, part), "number", bound["over"], light
        )
        yield Field(f"{key}.included", "含本数", "", "check", "1" if bound["included"] else "", light)
    if name == "money" and part["required"] == "rate":
        yield Field("money.rate", "要求达到", "%（不填则不评资金）", "number", part["rate"] or "")
    for at, (light, number) in enumerate(part.get("runs", ())):
        yield Field(f"{name}.runs.{at}.1", f"{LIGHT_WORDS[light]}连续", "期", "number", str(number), light)
    for at, (light, number) in enumerate(part.get("days", ())):
        yield Field(f"{name}.days.{at}.1", f"{LIGHT_WORDS[light]}剩", "天以内", "number", str(number), light)
    if name == "rank":
        unit = "名" if part["by"] == "places" else "%"
        yield Field(
            "rank.lead",
            f"{LIGHT_WORDS[part['lead_light']]}前",
            unit,
            "number",
            part["lead"],
            part["lead_light"],
        )
        for at, (light, number) in enumerate(part["tails"]):
            yield Field(f"rank.tails.{at}.1", f"{LIGHT_WORDS[light]}末", unit, "number", number, light)


def _unit(name: str, part: Mapping[str, Any]) -> str:
    return "个百分点" if name == "progress" and part["measure"] == "points" else "%"


def typed_rules(base: LightRules, form: Mapping[str, str]) -> dict[str, Any]:
    """The JSON of a set with what a form says put in; numbers that are none stay as typed, to be refused."""
    stored = base.to_json()
    stored[_NAME] = form.get(_NAME, "").strip()
    for part in parts_of(base):
        if f"{USE}{part.name}" not in form:
            del stored[part.name]
            continue
        for field in part.fields:
            text = form.get(field.name, "").strip()
            _put(stored, field.name.split("."), bool(text) if field.kind == "check" else text)
    return stored


def _put(stored: Any, path: list[str], value: str | bool) -> None:
    *way, last = path
    for step in way:
        stored = stored[int(step)] if isinstance(stored, list) else stored[step]
    key: int | str = int(last) if isinstance(stored, list) else last
    stored[key] = _like(stored[key], value)


def _like(old: object, value: str | bool) -> object:
    """What was typed in the type it had: a count stays a whole number."""
    if isinstance(value, bool):
        return value
    if not value:
        return None
    if isinstance(old, int) and not isinstance(old, bool):
        return int(value) if value.lstrip("-").isascii() and value.lstrip("-").isdecimal() else value
    try:
        return format(Decimal(value), "f")
    except InvalidOperation:
        return value
