"""A report line's fields: how a row becomes the rules' figures, what a cell shows, what typed text means."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from minsheng.progress.figures import (
    Unusable,
    format_amount,
    format_money,
    parse_amount,
    parse_date,
    parse_money,
)
from minsheng.progress.model import MONEY_STAGES, STAGES, Figures, Kind, MoneyStage, Owed, Stage
from minsheng_web.records.models import Allocation, ReportLine

MOST_TEXT = 2000
"""Characters a text of one line may have: a page of A4. More is a report of its own."""

TEXTS = ("difficulty", "next_step", "correction")
MONEY_FIELDS: tuple[str, ...] = tuple(f"money.{stage}" for stage in MONEY_STAGES)
STAGE_FIELDS: tuple[str, ...] = tuple(f"stages.{stage}" for stage in STAGES)
FIELDS: tuple[str, ...] = ("amount", "cumulative", "done", *STAGE_FIELDS, *MONEY_FIELDS, *TEXTS)
"""Every field of a line by the name cells and files use. The rules call ``amount`` ``period``."""

FIELD_WORDS: dict[str, str] = {
    "amount": "本期完成",
    "cumulative": "累计完成",
    "done": "是否完成",
    "stages.preparation": "前期",
    "stages.started": "开工",
    "stages.completed": "完工",
    "stages.accepted": "验收",
    "stages.in_use": "投用",
    "money.needed": "所需资金",
    "money.arrived": "到位资金",
    "money.spent": "支出资金",
    "money.paid": "发放资金",
    "difficulty": "困难问题",
    "next_step": "下一步打算",
    "correction": "更正理由",
}
DONE_WORDS: dict[bool, str] = {True: "是", False: "否"}
_YES = frozenset("是 已完成 完成 已达到 达到 有 yes y 1 √ ✓".split())
_NO = frozenset("否 未完成 没有 未达到 不是 no n 0 ×".split())

OF_KIND: dict[Kind, tuple[str, ...]] = {
    "count": ("amount", "cumulative"),
    "at_least": ("cumulative",),
    "at_most": ("cumulative",),
    "standard": ("done", "cumulative"),
    "stages": STAGE_FIELDS,
    "yes_no": ("done",),
    "full_coverage": ("done", "amount", "cumulative"),
    "growth": ("cumulative",),
}
"""The fields by which the progress of each kind is told; money and texts belong to all."""


def fields_of(kind: Kind) -> tuple[str, ...]:
    """Every field a line of the kind has."""
    return (*OF_KIND[kind], *MONEY_FIELDS, *TEXTS)


def kind_of(line: ReportLine) -> Kind:
    """How the line's progress is told."""
    return line.allocation.indicator.kind  # type: ignore[return-value]  # the column's choices are the kinds


def owed_of(allocation: Allocation) -> Owed:
    """What the part owes: what it is asked for, else its share."""
    indicator = allocation.indicator
    value = allocation.share if allocation.asked is None else allocation.asked
    kind: Kind = indicator.kind  # type: ignore[assignment]  # the column's choices are the kinds
    return Owed(kind, indicator.unit, value, allocation.due)


def figures_of(line: ReportLine) -> Figures:
    """The row as the rules take it."""
    money: dict[MoneyStage, int] = {
        stage: fen for stage in MONEY_STAGES if (fen := getattr(line, f"money_{stage}")) is not None
    }
    stages: dict[Stage, date] = {
        stage: date.fromisoformat(line.stages[stage]) for stage in STAGES if line.stages.get(stage)
    }
    return Figures(
        period=line.amount,
        cumulative=line.cumulative,
        done=line.done,
        stages=stages,
        money=money,
        difficulty=line.difficulty,
        next_step=line.next_step,
        correction=line.correction,
    )


def is_untouched(line: ReportLine) -> bool:
    """Whether nobody typed into the line yet: what it holds, if anything, carries on from before."""
    return line.edited_at is None


def value_of(figures: Figures, field: str) -> Any:
    """The value of a field: None (for texts the empty text) where nothing was reported."""
    group, _, name = field.partition(".")
    if group == "money":
        return figures.money.get(name)  # type: ignore[call-overload]
    if group == "stages":
        return figures.stages.get(name)  # type: ignore[call-overload]
    return getattr(figures, "period" if field == "amount" else field)


def set_value(line: ReportLine, field: str, value: Any) -> None:
    """Put a value of ``parse_field`` into the row; the caller saves it."""
    group, _, name = field.partition(".")
    if group == "money":
        setattr(line, f"money_{name}", value)
    elif group == "stages":
        kept = {stage: day for stage, day in line.stages.items() if stage != name}
        line.stages = kept if value is None else {**kept, name: value.isoformat()}
    else:
        setattr(line, field, value)


def shown(value: Any, field: str) -> str:
    """What a cell shows of a value; empty where nothing was reported."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return DONE_WORDS[value]
    if isinstance(value, date):
        return value.isoformat()
    if field in MONEY_FIELDS:
        return format_money(value)
    return format_amount(value) if isinstance(value, Decimal) else str(value)


def _done(text: str) -> bool | Unusable | None:
    word = text.strip().lower()
    if not word:
        return None
    if word in _YES | _NO:
        return word in _YES
    return Unusable(text, "是或否", f"“{text.strip()[:20]}”看不出完成没有：请填“是”或“否”，没有数请留空。")


def _text(text: str) -> str | Unusable:
    plain = text.replace("\r\n", "\n").strip()
    if len(plain) > MOST_TEXT:
        message = f"文字有 {len(plain)} 字，超过 {MOST_TEXT} 字：请只写要点，详细材料另行报送。"
        return Unusable(text, f"不超过 {MOST_TEXT} 字", message)
    return plain


def _amount(text: str, unit: str) -> Decimal | Unusable:
    value = parse_amount(text, unit)
    if isinstance(value, Unusable):
        return value
    if abs(value) >= _AMOUNT_END:
        return Unusable(text, "不超过 14 位的数字", f"“{text.strip()[:20]}”太大了：请核对位数和计量单位。")
    if value != round(value, _PLACES):
        return Unusable(text, "小数不超过 6 位", f"“{text.strip()[:20]}”的小数太多：请保留 6 位以内。")
    return value


def _money(text: str) -> int | Unusable:
    fen = parse_money(text)
    if isinstance(fen, int) and abs(fen) >= _MONEY_END:
        return Unusable(text, "金额（万元）", f"“{text.strip()[:20]}”太大了：这一栏以万元为单位，请核对。")
    return fen


def storable(value: Any) -> bool:
    """Whether a value read elsewhere (a workbook) is one the database can hold."""
    if isinstance(value, bool) or not isinstance(value, Decimal | int | str):
        return True
    if isinstance(value, str):
        return len(value) <= MOST_TEXT
    if isinstance(value, Decimal):
        return abs(value) < _AMOUNT_END and value == round(value, _PLACES)
    return abs(value) < _MONEY_END


_PLACES, _AMOUNT_END, _MONEY_END = 6, Decimal(10**14), 10**17
"""Digits after the point that the database keeps, and where what it holds ends (a thousand 万亿元)."""


@dataclass(frozen=True, slots=True)
class _Told:
    unit: str
    year: int


_PARSERS: dict[str, Callable[[str, _Told], Any]] = {
    "amount": lambda text, told: _amount(text, told.unit),
    "cumulative": lambda text, told: _amount(text, told.unit),
    "done": lambda text, _: _done(text),
    "stages": lambda text, told: parse_date(text, told.year),
    "money": lambda text, _: _money(text),
}


def parse_field(field: str, text: str, *, unit: str, year: int) -> Any:
    """The value of typed text, None where nothing is stated, or why it cannot be used."""
    if field in TEXTS:
        return _text(text)
    value = _PARSERS[field.partition(".")[0]](text, _Told(unit, year))
    return None if isinstance(value, Unusable) and value.empty else value
