"""The form that mends one thing: its fields, what stands in them, what is wrong with what was typed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from minsheng.plans.model import COMPARATORS, ROLES, STATUSES, Plan
from minsheng_web.office.screens.figures import COMPARATOR_SIGNS, COMPARATOR_WORDS, grouped, typed
from minsheng_web.office.words import ROLE_WORDS, STATUS_WORDS, region_word
from minsheng_web.records.actions.correction_values import fields_of

FIELD_LABELS: dict[str, str] = {
    "value": "数值",
    "value_hi": "上限",
    "unit": "单位",
    "comparator": "比较",
    "role": "性质",
    "aspiration": "力争",
    "subject": "指标",
    "region": "地区",
    "project": "所属项目",
    "status": "状态",
    "lead_units": "牵头单位",
    "cooperating_units": "配合单位",
    "headline": "项目名称",
    "category": "类别",
    "title": "标题",
    "year": "年度",
    "issuer": "发文机关",
    "doc_number": "文号",
    "issued_on": "成文日期",
    "declared_total": "项目总数",
}
_HINTS = {
    "value": "可写 33000 或 3.3万",
    "value_hi": "区间（2—3个）才填",
    "region": "全市总数留空",
    "lead_units": "多个单位用顿号隔开",
    "cooperating_units": "多个单位用顿号隔开",
    "issued_on": "如 2023-09-14",
    "doc_number": "如 亳民生〔2023〕2号",
    "declared_total": "标题里的“50项”",
}
_WIDE = frozenset({"title", "headline", "lead_units", "cooperating_units", "issuer", "subject", "project"})
_LONG = frozenset({"title", "headline", "lead_units", "cooperating_units"})


@dataclass(frozen=True, slots=True)
class Field:
    """One input. ``was`` is the JSON of the value shown when the form was made."""

    name: str
    text: str
    was: str
    options: tuple[tuple[str, str], ...] = ()
    fault: str = ""
    dispute: str = ""

    @property
    def label(self) -> str:
        """What the input is called."""
        return FIELD_LABELS[self.name]

    @property
    def hint(self) -> str:
        """A word of help below the input."""
        return _HINTS.get(self.name, "")

    @property
    def wide(self) -> bool:
        """Whether it takes a whole row."""
        return self.name in _WIDE

    @property
    def long(self) -> bool:
        """Whether it is a text of several lines."""
        return self.name in _LONG

    @property
    def is_flag(self) -> bool:
        """Whether it is a tick."""
        return self.name == "aspiration"


@dataclass(frozen=True, slots=True)
class Editor:
    """The form. ``kind`` is quantity, project, head or add; ``notice`` is said above the fields."""

    kind: str
    anchor: str
    heading: str
    fields: tuple[Field, ...]
    text: str = ""
    line: int | None = None
    start: int = 0
    end: int = 0
    sentence: str = ""
    notice: str = ""
    notice_level: str = "info"
    extra: Mapping[str, Any] = field(default_factory=dict)


def shown(name: str, value: Any) -> str:
    """A value as a sentence tells it."""
    if name == "aspiration":
        return "是" if value else "否"
    if value is None or value == []:
        return "（空）"
    if name in ("value", "value_hi"):
        return grouped(Decimal(str(value)))
    words: dict[str, Mapping[Any, str]] = {
        "role": ROLE_WORDS,
        "status": STATUS_WORDS,
        "comparator": COMPARATOR_WORDS,
    }
    if name in words:
        return words[name].get(value, str(value))
    return region_word(value) if name == "region" else typed(value)


def options_for(name: str, plan: Plan) -> tuple[tuple[str, str], ...]:
    """The choices of a field that is chosen from a list."""
    if name == "role":
        return tuple((role, ROLE_WORDS[role]) for role in ROLES)
    if name == "comparator":
        return tuple((code, f"{COMPARATOR_SIGNS[code]}　{COMPARATOR_WORDS[code]}") for code in COMPARATORS)
    if name == "status":
        return tuple((status, STATUS_WORDS[status]) for status in STATUSES)
    if name == "project":
        return tuple((str(p.number), f"{p.number}　{p.headline[:24]}") for p in plan.projects)
    if name == "category":
        named = tuple((str(c.number), f"{c.number}　{c.name}") for c in plan.categories)
        return (("", "（未归类）"), *named)
    return ()


def make_fields(
    anchor: str,
    plan: Plan,
    values: Mapping[str, Any],
    *,
    texts: Mapping[str, str] | None = None,
    faults: Mapping[str, str] | None = None,
    disputes: Mapping[str, str] | None = None,
) -> tuple[Field, ...]:
    """The fields at the anchor. ``values`` are what stands; ``texts``, where given, is what was typed."""
    return tuple(
        Field(
            name=name,
            text=typed(values.get(name)) if texts is None else texts.get(name, ""),
            was=json.dumps(values.get(name), ensure_ascii=False),
            options=options_for(name, plan),
            fault=(faults or {}).get(name, ""),
            dispute=(disputes or {}).get(name, ""),
        )
        for name in fields_of(anchor)
    )
