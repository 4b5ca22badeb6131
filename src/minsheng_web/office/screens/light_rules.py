"""A rule set as fields of a form and back: every bound can be changed, every part left out or added.

A field's name is its place in the set's JSON (``progress.bounds.0.over``). What a form sends is put into the
set it was made from, so a form changes numbers but not the shape; a part the set has not starts from a blank.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from minsheng.progress.model import MONEY_WORDS, STAGE_WORDS
from minsheng.progress.pace.model import ASPECT_WORDS, LIGHT_WORDS
from minsheng.progress.pace.rules import MEASURE_WORDS, PARTS, LightRules
from minsheng_web.office.screens.light_blanks import (
    BLANKS,
    CHECKS,
    CHOICES,
    WHOLE,
    Options,
    closed,
    in_ladder,
    is_ticked,
    opened,
    without_empty,
)

USE = "use."
_BEYOND = {(False, False): "超过", (False, True): "达到", (True, False): "不到", (True, True): "不超过"}
"""(the lower the worse, included) → the word before a bound."""
_NAME = "name"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to set: ``kind`` number, check or choice (of ``options``); ``light`` colours its label."""

    name: str
    before: str
    after: str
    kind: Literal["number", "check", "choice"]
    value: str
    light: str = ""
    options: Options = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a set. ``about`` says what its numbers are; ``used``: whether it is in the set.

    ``added``: the set it starts from has no such part.
    """

    name: str
    word: str
    about: str
    used: bool
    fields: tuple[Field, ...]
    added: bool = False


def parts_of(rules: LightRules) -> tuple[Part, ...]:
    """The parts a set has."""
    stored = rules.to_json()
    return tuple(_part(name, stored[name]) for name in PARTS if name in stored)


def edited_parts(rules: LightRules, form: Mapping[str, str]) -> tuple[Part, ...]:
    """Every part there can be, as it is edited: those of the set and blank ones, with what was typed."""
    stored = rules.to_json()
    found = []
    for name in PARTS:
        one = _part(name, _shape(stored, name, form), added=name not in stored)
        if form:
            fields = tuple(replace(field, value=form.get(field.name, "")) for field in one.fields)
            one = replace(one, used=f"{USE}{name}" in form, fields=fields)
        found.append(one)
    return tuple(found)


def _part(name: str, part: Mapping[str, Any], *, added: bool = False) -> Part:
    words: dict[str, str] = dict(ASPECT_WORDS)  # type: ignore[arg-type]  # the keys are told as plain text
    choices = _choices(name, part) if added else ()
    return Part(
        name, words[name], about(name, part), not added, (*choices, *_fields(name, part, added=added)), added
    )


def _shape(stored: Mapping[str, Any], name: str, form: Mapping[str, str]) -> dict[str, Any]:
    """The part of the set, or a blank one whose numbers are told as the form chose (%, 名)."""
    if name in stored:
        return dict(stored[name])
    part = deepcopy(BLANKS[name])
    for key, _, options in CHOICES.get(name, ()):
        chosen = form.get(f"{name}.{key}", "")
        part[key] = chosen if chosen in dict(options) else part[key]
    return part


def _choices(name: str, part: Mapping[str, Any]) -> tuple[Field, ...]:
    return tuple(
        Field(f"{name}.{key}", word, "", "choice", part[key] or "", "", options)
        for key, word, options in CHOICES.get(name, ())
    )


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
        "task": "当期任务没有完成，连续几期" + ("（只评汇总的行）" if part.get("rolled_up_only") else ""),
        "level": "应保持的水平没有保持，连续几期",
        "start": f"到了计划节点（{stages}）没有到，算上本期连续几期",
        "deadline": "期末离时限还剩几天以内（0为到期，负数为超期天数）没有完成",
        "growth": "增速低于计划" + ("或者平均" if part.get("with_mean") else "") + "、下降",
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
        "months": f"{part['months'] or '几'}个月内均匀用完",
        "schedule": "目标的序时进度",
    }[part["required"]]
    return f"{pair}，比{required}低百分之几"


def words_of(rules: LightRules) -> tuple[str, ...]:
    """The set in sentences, as it is stated on the page."""
    said = []
    for part in parts_of(rules):
        told = (one for one in part.fields if one.kind == "number" and one.name.split(".")[-1] not in WHOLE)
        numbers = "；".join(_said(field) for field in told if field.value)
        said.append(f"{part.word}：{part.about}{'：' + numbers if numbers else ''}。")
    return tuple(said)


def _said(field: Field) -> str:
    return f"{field.before}{field.value}{field.after}"


def _fields(name: str, part: Mapping[str, Any], *, added: bool) -> Iterator[Field]:
    yield from _settings(name, part, added=added)
    below = part.get("measure") == "done"
    for at, bound in enumerate(part.get("bounds", ())):
        light, key = bound["light"], f"{name}.bounds.{at}"
        word = _BEYOND[below, bool(bound["included"])]
        yield Field(
            f"{key}.over",
            f"{LIGHT_WORDS[light]}{word}",
            _unit(name, part),
            "number",
            _text(bound["over"]),
            light,
        )
        yield Field(f"{key}.included", "含本数", "", "check", "1" if bound["included"] else "", light)
    for at, (light, number) in enumerate(part.get("runs", ())):
        yield Field(f"{name}.runs.{at}.1", f"{LIGHT_WORDS[light]}连续", "期", "number", _text(number), light)
    for at, (light, number) in enumerate(part.get("days", ())):
        yield Field(
            f"{name}.days.{at}.1", f"{LIGHT_WORDS[light]}剩", "天以内", "number", _text(number), light
        )
    if name == "rank":
        unit = "名" if part["by"] == "places" else "%"
        yield Field(
            "rank.lead",
            f"{LIGHT_WORDS[part['lead_light']]}前",
            unit,
            "number",
            _text(part["lead"]),
            part["lead_light"],
        )
        for at, (light, number) in enumerate(part["tails"]):
            yield Field(f"rank.tails.{at}.1", f"{LIGHT_WORDS[light]}末", unit, "number", _text(number), light)


def _settings(name: str, part: Mapping[str, Any], *, added: bool) -> Iterator[Field]:
    """What a part counts, and by what, before its bounds."""
    for key, word in CHECKS.get(name, ()):
        yield Field(f"{name}.{key}", word, "", "check", "1" if is_ticked(part, key) else "")
    if name == "progress":
        month = _text(part["stated_month"])
        yield Field("progress.stated_month", "界限按", "月写明（不填：各期同一界限）", "number", month)
    if name == "money" and (added or part["required"] == "rate"):
        way = "（固定比例时填，不填则不评资金）" if added else "（不填则不评资金）"
        yield Field("money.rate", "要求达到", f"%{way}", "number", part["rate"] or "")
    if name == "money" and (added or part["required"] == "months"):
        way = "（按月均匀时填）" if added else ""
        yield Field("money.months", "均匀用完", f"个月{way}", "number", _text(part["months"]))


def _text(number: object) -> str:
    return "" if number is None else str(number)


def _unit(name: str, part: Mapping[str, Any]) -> str:
    return "个百分点" if name == "progress" and part["measure"] == "points" else "%"


def typed_rules(base: LightRules, form: Mapping[str, str]) -> dict[str, Any]:
    """The JSON of a set with what a form says put in; numbers that are none stay as typed, to be refused."""
    stored = base.to_json()
    stored[_NAME] = form.get(_NAME, "").strip()
    added = [name for name in PARTS if name not in stored and f"{USE}{name}" in form]
    for part in edited_parts(base, form):
        if not part.used:
            stored.pop(part.name, None)
            continue
        stored[part.name] = opened(stored.get(part.name) or deepcopy(BLANKS[part.name]))
        for field in part.fields:
            text = field.value.strip()
            _put(stored, field.name.split("."), bool(text) if field.kind == "check" else text)
        stored[part.name] = closed(stored[part.name])
    for name in added:
        stored[name] = without_empty(stored[name])
    return in_ladder(stored) if added else stored


def _put(stored: Any, path: list[str], value: str | bool) -> None:
    *way, last = path
    for step in way:
        stored = stored[int(step)] if isinstance(stored, list) else stored[step]
    key: int | str = int(last) if isinstance(stored, list) else last
    stored[key] = _like(0 if key in WHOLE else stored[key], value)


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
