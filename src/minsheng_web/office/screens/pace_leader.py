"""The leader's page: what fits on one side of A4 and no more."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from minsheng.progress.figures import format_money
from minsheng.progress.model import MONEY_STAGES, MONEY_WORDS
from minsheng.progress.pace.model import SHOWN_WORDS, Shown
from minsheng_web.office.screens.pace_heatmap import counts_in_words
from minsheng_web.office.screens.pace_standing import light_of
from minsheng_web.office.screens.pace_table import Cell, Head, Row, Table
from minsheng_web.records.queries.pace_cells import HeatCell
from minsheng_web.records.queries.pace_targets import TargetRow

MOST_LINES = 16
"""Lines of sentences the list may take, counted in characters; the rest is told as a number."""
CHARACTERS_A_LINE = 62
_WORRYING = frozenset({"red", "orange", "yellow", "missing"})
_COLUMNS: tuple[Shown, ...] = ("red", "orange", "yellow", "green", "blue", "missing")


@dataclass(frozen=True, slots=True)
class Worry:
    """A target in red, orange or yellow, or one nobody reported."""

    light: Shown
    word: str
    name: str
    unit: str
    sentence: str
    link: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A headline figure."""

    name: str
    value: str
    light: str = ""


def worries(rows: Iterable[TargetRow], link: Callable[[int], str]) -> tuple[Worry, ...]:
    """Those that worry, worst first as they come, as many as fit on the page."""
    shown: list[Worry] = []
    lines = 0
    for one in rows:
        light, lead = light_of(one.row), one.row.allocation.indicator.lead_unit
        if light not in _WORRYING:
            continue
        unit = lead.name if lead else ""
        wants = -(-(len(one.name) + len(unit) + len(one.sentence) + 6) // CHARACTERS_A_LINE)
        if lines + wants > MOST_LINES:
            break
        lines += wants
        shown.append(Worry(light, SHOWN_WORDS[light], one.name, unit, one.sentence, link(one.allocation)))
    return tuple(shown)


def figures(total: HeatCell | None) -> tuple[Figure, ...]:
    """Targets, each light, money arrived and spent."""
    if total is None:
        return ()
    found = [Figure("目标", f"{total.nodes}个")]
    found += [
        Figure(SHOWN_WORDS[light], f"{total.counts.get(light, 0)}个", light)
        for light in _COLUMNS
        if light not in {"blue", "orange"} or total.counts.get(light, 0)
    ]
    found += [
        Figure(f"{MONEY_WORDS[stage]}资金", _money(total.money[stage]))
        for stage in MONEY_STAGES
        if stage in total.money
    ]
    return tuple(found)


def _money(fen: int) -> str:
    """亿元 from one 亿 up, else 万元."""
    if abs(fen) < 10_000_000_000:
        return f"{format_money(fen)}万元"
    return f"{(Decimal(fen) / 10_000_000_000).quantize(Decimal('0.01'), ROUND_HALF_UP)}亿元"


def counts_table(title: str, name: str, rows: Sequence[tuple[str, HeatCell, str]]) -> Table:
    """Categories or regions down, lights across; only colours that occur."""
    used = [light for light in _COLUMNS if any(row.counts.get(light) for _, row, _ in rows)]
    heads = (
        Head(name, 20),
        Head("目标", 8, number=True),
        *(Head(SHOWN_WORDS[light], 8, number=True) for light in used),
    )
    lines = []
    for text, row, link in rows:
        cells = [Cell(text, link=link, more=counts_in_words(row)), Cell(number=row.nodes)]
        cells += [_count(row, light) for light in used]
        lines.append(Row(cells))
    return Table(title, heads, lines, style="counts")


def _count(row: HeatCell, light: Shown) -> Cell:
    number = row.counts.get(light, 0)
    return Cell(number=number, light=light if number else None)
