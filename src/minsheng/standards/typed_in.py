"""Values as an official types them (yuan, percent, days, words), read into what rows and parameters hold."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from minsheng.standards.parameters import read_day
from minsheng.standards.vocabulary import Column, Parameter, Unit

_NUMBER = re.compile(r"^\d{1,15}(\.\d+)?$")
_TRUTHS = {"true": True, "false": False}
YES_NO = (("true", "是"), ("false", "否"))


@dataclass(frozen=True, slots=True)
class Unread:
    """What was typed is no such value: how to write it, in one sentence."""

    message: str


def typed_column(text: str, column: Column) -> Any:
    """A cell of a row; None where nothing was typed. Whether it lies in its domain is the rule's to say."""
    text = text.strip()
    if not text:
        return None
    if column.type == "fen":
        return fen_of(text)
    if column.type == "int":
        return _whole(text)
    if column.type == "bool":
        return _TRUTHS.get(text, Unread("请选“是”或“否”。"))
    if column.type in {"date", "month"}:
        return _day(text, column)
    return text


def typed_parameter(text: str, parameter: Parameter) -> int | Unread | None:
    """A dated figure; None where nothing was typed."""
    return typed_figure(text, parameter.unit) if text.strip() else None


def typed_figure(text: str, unit: Unit | str) -> int | Unread:
    """A figure in its unit: yuan for fen, percent for hundredths of a percent, else a whole number."""
    if unit == "fen":
        return fen_of(text.strip())
    return _percent(text.strip()) if unit == "basis_points" else _whole(text.strip())


def shown_figure(value: int, unit: Unit | str) -> str:
    """The same figure as it would be typed."""
    if unit in {"fen", "basis_points"}:
        whole, rest = divmod(value, 100)
        return f"{whole}{f'.{rest:02d}'.rstrip('0') if rest else ''}"
    return str(value)


def fen_of(text: str) -> int | Unread:
    """Yuan as typed, as whole fen."""
    return _hundredths(text, "请写金额，单位元，如 1100 或 1100.50。", "金额最多写到分（两位小数）。")


def _percent(text: str) -> int | Unread:
    return _hundredths(text.removesuffix("%"), "请写百分数，如 80 或 80.5。", "百分数最多写两位小数。")


def _hundredths(text: str, unread: str, too_fine: str) -> int | Unread:
    plain = text.replace(",", "").replace("，", "")
    if not _NUMBER.match(plain):
        return Unread(unread)
    found = Decimal(plain) * 100
    return int(found) if found == found.to_integral_value() else Unread(too_fine)


def _whole(text: str) -> int | Unread:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 15 else Unread("请写整数。")


def _day(text: str, column: Column) -> str | Unread:
    day = read_day(f"{text}-01" if column.type == "month" and len(text) == 7 else text)
    if day is not None:
        return day.isoformat()
    return Unread("请写月份，如 2023-07。" if column.type == "month" else "请写日期，如 2023-07-01。")
