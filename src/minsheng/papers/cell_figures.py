"""What a clerk typed into a figure's cell: a number, nothing, a dash, or something that must be told."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Literal

from minsheng.notices.sheet_formats import Form
from minsheng.notices.sheet_values import Value, shown
from minsheng.plans.grammar.numerals import ARABIC, MULTIPLIERS, arabic_value
from minsheng.progress.counting import counts_whole_things

_DASHES = frozenset({"-", "--", "—", "——", "–", "―", "－", "/", "\\", "无", "无任务", "不涉及"})
_NUMBER = re.compile(
    rf"(?P<minus>-)?(?P<digits>{ARABIC})(?P<times>{'|'.join(sorted(MULTIPLIERS, key=len, reverse=True))})?"
    r"(?P<unit>\D*)"
)
_ABOUT = re.compile("约|左右|上下|大概|近|余|多|几|以上|以内|不少于|不低于|[≥≤><~～]")
_LOST = 15
"""Digits a spreadsheet keeps."""


@dataclass(frozen=True, slots=True)
class CellFigure:
    """``none`` is a dash: no task here. ``bad`` says in ``fault`` what was found and what is expected."""

    state: Literal["blank", "none", "value", "bad"]
    value: Decimal | None = None
    fault: str = ""


_BLANK = CellFigure("blank")
_MOST_DIGITS = 13
"""Digits before the point a figure may have: tens of trillions are no target but something pasted wrongly."""


def cell_figure(
    value: Value,
    unit: str,
    form: Form | None = None,
    *,
    fault: str = "",
    below_nought: bool = False,
) -> CellFigure:
    """Read one cell of a column that counts in ``unit``. ``fault``: why it gives no value."""
    if fault:
        return _bad(fault)
    if value is None or value == "":
        return _BLANK
    if isinstance(value, bool | date | datetime | time | timedelta):
        kind = "是非值" if isinstance(value, bool) else "日期"
        return _bad(f"是{kind}（{shown(value)}），应当是一个数")
    figure = _text(value, unit) if isinstance(value, str) else _number(value, unit, form)
    return _within(figure, unit, below_nought=below_nought)


def _bad(fault: str) -> CellFigure:
    return CellFigure("bad", fault=fault)


def _number(value: int | float, unit: str, form: Form | None) -> CellFigure:
    number = Decimal(f"{value:.{_LOST}g}") if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        return _bad(f"是 {value}，应当是一个数")
    if form is not None and form[0]:
        if unit != "%":
            return _bad(f"是百分数（{shown(value, form)}），这一列按{unit or '数值'}填写")
        number *= 100
    return CellFigure("value", _tidy(number))


def _text(text: str, unit: str) -> CellFigure:
    flat = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    if not flat:
        return _BLANK
    if flat in _DASHES:
        return CellFigure("none")
    said = f"“{text.strip()}”"
    match = _NUMBER.fullmatch(flat)
    if match is None:
        if _ABOUT.search(flat) and re.search(r"\d", flat):
            return _bad(f"是约数或范围（{said}），应当是一个确定的数，如 {re.findall(ARABIC, flat)[0]}")
        return _bad(f"是文字（{said}），应当是一个数；没有任务的填“—”，不改的留空")
    return _counted(match, unit, said)


def _counted(match: re.Match[str], unit: str, said: str) -> CellFigure:
    own = unicodedata.normalize("NFKC", unit)
    times, after = match["times"], match["unit"]
    if (times or "") + after == own and after != own:
        times, after = None, own  # 2.2万人次 where the column counts in 万人次
    if after not in {"", own}:
        if _ABOUT.search(after):
            return _bad(f"是约数或范围（{said}），应当是一个确定的数，如 {match['digits']}")
        return _bad(f"写了单位“{after}”（{said}），这一列按{unit or '数值'}填写，请换算后只填数字")
    if times and own.startswith(tuple("万亿千百")):
        return _bad(f"写了“{times}”（{said}），而这一列的单位已经是{unit}，请换算后只填数字")
    value = arabic_value(match["digits"], times)
    return CellFigure("value", _tidy(-value if match["minus"] else value))


def _within(figure: CellFigure, unit: str, *, below_nought: bool) -> CellFigure:
    value = figure.value
    if value is None:
        return figure
    if value.adjusted() >= _MOST_DIGITS:
        return _bad("太大了，不像是任务数，应当是实际的数，请核对是否粘错了内容")
    if value < 0 and not below_nought:
        return _bad(f"是负数（{value:f}），应当是 0 或正数")
    if counts_whole_things(unit) and value != value.to_integral_value():
        return _bad(f"是 {value:f}，{unit}只能按整数计，应当是整数")
    return figure


def _tidy(value: Decimal) -> Decimal:
    """No exponent and no noughts at the end."""
    return Decimal(int(value)) if value == value.to_integral_value() else value.normalize()
