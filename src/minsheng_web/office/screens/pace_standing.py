"""A stored standing in words and cells: its sentence, its figures, the four stages of works side by side."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from minsheng.progress.figures import format_amount
from minsheng.progress.model import Stage
from minsheng.progress.pace.model import SHOWN_WORDS, Forecast, Shown
from minsheng_web.office.screens.pace_table import NOTHING, Cell
from minsheng_web.records.models import Standing
from minsheng_web.records.pace_rows import value_of

TOLD_STAGES: tuple[tuple[Stage, str], ...] = (
    ("started", "开工"),
    ("completed", "完工"),
    ("accepted", "验收"),
    ("in_use", "投用"),
)
"""Four different things, each in a column of its own."""
_TENTH = Decimal("0.1")


def light_of(row: Standing) -> Shown:
    light: Any = row.light
    return light  # type: ignore[no-any-return]  # the column's choices are the lights


def light_word(row: Standing) -> str:
    return SHOWN_WORDS[light_of(row)]


def tenth(value: Decimal | None) -> Decimal | None:
    """To one place behind the point, as bulletins write percentages."""
    return None if value is None else value.quantize(_TENTH, ROUND_HALF_UP)


def percent_cell(value: Decimal | None) -> Cell:
    """36.5%; unknown stays unknown."""
    return Cell(number=tenth(value), unit="%")


def points_words(gap: Decimal | None) -> str:
    """超前 3 或 落后 14 个百分点."""
    if gap is None:
        return ""
    if not gap:
        return "与序时持平"
    word = "超前" if gap > 0 else "落后"
    return f"{word}{format_amount(tenth(abs(gap)) or Decimal(0))}个百分点"


def forecast_of(row: Standing) -> Forecast | None:
    return value_of(row).forecast


def forecast_words(row: Standing) -> str:
    """580—640人（据5次上报）."""
    found = forecast_of(row)
    if found is None:
        return ""
    low, high = (_whole(value) for value in (found.low, found.high))
    text = low if low == high else f"{low}—{high}"
    return f"{text}{row.unit}（据{found.reports}次上报）"


def _whole(value: Decimal) -> str:
    return format_amount(
        value.quantize(Decimal(1), ROUND_HALF_UP) if abs(value) >= 100 else tenth(value) or value
    )


def amount_words(value: Decimal | None, unit: str) -> str:
    return "" if value is None else f"{format_amount(value)}{unit}"


def stage_cells(row: Standing) -> tuple[Cell, ...]:
    """Started, completed, accepted, in use: each by itself, of how many."""
    if row.kind != "stages":
        return tuple(Cell(NOTHING) for _ in TOLD_STAGES)
    reached = value_of(row).reached
    return tuple(Cell(f"{reached.get(stage, 0)}/{row.parts}") for stage, _ in TOLD_STAGES)
