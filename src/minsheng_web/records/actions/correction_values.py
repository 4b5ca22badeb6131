"""What people type into a correction: the value the plan holds, or the sentence that says what is wrong."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from minsheng.plans.corrections import HEAD_FIELDS, PROJECT_FIELDS, QUANTITY_FIELDS
from minsheng.plans.model import COMPARATORS, EACH, ROLES, STATUSES
from minsheng.plans.plan_json import number_out

_SCALES = {"": Decimal(1), "百": Decimal(100), "千": Decimal(1000), "万": Decimal(10_000)} | {
    "百万": Decimal(1_000_000),
    "千万": Decimal(10_000_000),
    "亿": Decimal(100_000_000),
    "万亿": Decimal(10) ** 12,
}
_NUMBER = re.compile(r"([+-]?[0-9]+(?:\.[0-9]+)?)\s*(万亿|百万|千万|百|千|万|亿)?")
_WIDE = str.maketrans("０１２３４５６７８９．－，", "0123456789.-,")
_LARGEST = Decimal(10) ** 13
"""Ten thousand 亿: more than any plan promises, less than the columns hold."""
_PARTS = re.compile(r"[、，,;；\n\r\t]+")


@dataclass(frozen=True, slots=True)
class Unusable:
    """A typed value that is none; ``message`` says what to type instead."""

    message: str


def fields_of(anchor: str) -> tuple[str, ...]:
    """The fields that can be corrected at the anchor."""
    if anchor == "head":
        return HEAD_FIELDS
    return PROJECT_FIELDS if anchor.startswith("p:") else QUANTITY_FIELDS


def parse_field(field: str, text: str) -> Any:
    """The field's JSON value of the typed text, or Unusable. Empty text of an optional field is None."""
    text = text.strip()
    return _PARSERS[field](text)


def _number(text: str) -> Any:
    found = _NUMBER.fullmatch(text.translate(_WIDE).replace(",", ""))
    if found is None:
        return Unusable("请填写数字，例如 33000、3.3万 或 12.5，不要带单位。")
    try:
        value = Decimal(found[1]) * _SCALES[found[2] or ""]
    except InvalidOperation:
        return Unusable("请填写数字，例如 33000、3.3万 或 12.5，不要带单位。")
    if abs(value) >= _LARGEST:
        return Unusable("数字过大，请核对位数。")
    if value != value.quantize(Decimal("0.000001")):
        return Unusable("小数最多六位，请核对。")
    return number_out(value)


def _optional_number(text: str) -> Any:
    return _number(text) if text else None


def _whole(smallest: int, largest: int, sentence: str) -> Any:
    def parse(text: str) -> Any:
        plain = text.translate(_WIDE)
        if not plain.isascii() or not plain.isdigit() or not smallest <= int(plain) <= largest:
            return Unusable(sentence)
        return int(plain)

    return parse


def _optional_whole(smallest: int, largest: int, sentence: str) -> Any:
    parse = _whole(smallest, largest, sentence)
    return lambda text: parse(text) if text else None


def _words(limit: int, sentence: str | None) -> Any:
    """Text of at most ``limit`` characters; ``sentence`` is said where it is empty (None: may be empty)."""

    def parse(text: str) -> Any:
        if not text:
            return Unusable(sentence) if sentence else None
        if len(text) > limit:
            return Unusable(f"最多{limit}个字，现有{len(text)}个字。")
        return " ".join(text.split())

    return parse


def _choice(allowed: tuple[str, ...], sentence: str) -> Any:
    return lambda text: text if text in allowed else Unusable(sentence)


def _region(text: str) -> Any:
    if text in ("各县区", "各地", "每个", "每个地区"):
        return EACH
    return _words(50, None)(text)


def _flag(text: str) -> bool:
    return text in ("1", "on", "true")


def _units(text: str) -> Any:
    units = list(dict.fromkeys(part.strip() for part in _PARTS.split(text) if part.strip()))
    long = [unit for unit in units if len(unit) > 100]
    return Unusable("单位名称过长，请用顿号把各单位隔开。") if long else units


def _date(text: str) -> Any:
    if not text:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return Unusable("请按“2023-09-14”的样子填写日期。")


_PARSERS: dict[str, Any] = {
    "value": lambda text: _number(text) if text else Unusable("数值不能为空，请填写数字。"),
    "value_hi": _optional_number,
    "unit": _words(50, "单位不能为空，例如 人、个、公里、%。"),
    "comparator": _choice(COMPARATORS, "请从列表中选择比较词。"),
    "role": _choice(ROLES, "请从列表中选择性质。"),
    "aspiration": _flag,
    "subject": _words(200, None),
    "region": _region,
    "project": _whole(1, 9999, "请选择所属项目。"),
    "status": _choice(STATUSES, "请从列表中选择项目状态。"),
    "lead_units": _units,
    "cooperating_units": _units,
    "headline": _words(500, "项目名称不能为空。"),
    "category": _optional_whole(1, 9999, "请选择类别。"),
    "title": _words(300, "标题不能为空。"),
    "year": _whole(1990, 2100, "请填写四位数年份，例如 2023。"),
    "issuer": _words(200, None),
    "doc_number": _words(100, None),
    "issued_on": _date,
    "declared_total": _optional_whole(1, 9999, "请填写项目总数，例如 50。"),
}


def parse_for(anchor: str, field: str, text: str) -> Any:
    """As parse_field; the head's own region is a name and never 各县区."""
    if anchor == "head" and field == "region":
        return _words(50, "地区不能为空，例如 亳州市。")(text.strip())
    return parse_field(field, text)
