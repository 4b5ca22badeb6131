"""A table of pace once: as markup for the page (charts.js draws from it) and as rows for Excel.

Markup is put together here and not in a template: a heat map of a province has a thousand cells.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from html import escape
from urllib.parse import urlencode

from django.utils.safestring import SafeString, mark_safe

from minsheng.papers.breakdown import digits
from minsheng.papers.pace_xlsx import Lit, PaceColumn, PaceSheet, Value
from minsheng.progress.pace.model import SHOWN_WORDS, Shown

SHORT_WORDS: dict[Shown, str] = {name: word.removesuffix("灯") for name, word in SHOWN_WORDS.items()}
NOTHING = " "
"""The text of a cell that stands empty because nothing belongs there."""
EMPTY = "—"
"""What is shown where nothing is known: never nought."""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column. ``marks`` are data attributes for the chart; ``link`` leads deeper."""

    text: str
    width: int = 12
    number: bool = False
    link: str = ""
    marks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: a text, or a number with ``unit`` behind it, or a light with its words; ``more`` on hover.

    ``note`` is a line under the text; ``mark`` a number for the chart alone.
    """

    text: str = ""
    number: Decimal | int | None = None
    unit: str = ""
    light: Shown | None = None
    small: str = ""
    link: str = ""
    more: str = ""
    note: str = ""
    mark: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A line of cells; the first is its name. ``group``: a heading over the lines that follow."""

    cells: Sequence[Cell]
    group: bool = False
    marks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """``chart`` names how charts.js draws it; empty: not at all."""

    title: str
    heads: Sequence[Head]
    rows: Sequence[Row]
    chart: str = ""
    marks: Mapping[str, str] = field(default_factory=dict)
    style: str = ""

    def drawn(self) -> "Drawn":
        """The same as the page needs it, ready to be kept."""
        return Drawn(self.title, bool(self.rows), self.html())

    def html(self) -> SafeString:
        """The table element. Every text is escaped here."""
        marks = dict(self.marks)
        if self.chart:
            marks |= {"chart": self.chart, "title": self.title}
        parts = [f'<table class="sheet pace-table {escape(self.style)}"{_marks(marks)}><thead><tr>']
        parts += map(_head, self.heads)
        parts.append("</tr></thead><tbody>")
        numbers = [head.number for head in self.heads]
        for row in self.rows:
            if row.group:
                parts.append(_group(row, len(self.heads)))
                continue
            parts.append(f"<tr{_marks(row.marks)}>" if row.marks else "<tr>")
            for at, cell in enumerate(row.cells):
                parts.append(_cell(cell, "th" if at == 0 else "td", numbers[at]))
            parts.append("</tr>")
        parts.append("</tbody></table>")
        return mark_safe("".join(parts))  # noqa: S308 - every text and attribute above is escaped

    def sheet(self, note: str) -> PaceSheet:
        """The same as values for Excel."""
        columns = [PaceColumn(head.text, head.width) for head in self.heads]
        rows = ([_value(cell) for cell in row.cells] for row in self.rows)
        return PaceSheet(self.title, note, columns, rows)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A table in markup; ``rows``: it has some."""

    title: str
    rows: bool
    html: SafeString


def light_cell(light: Shown, small: str = "", link: str = "", more: str = "") -> Cell:
    """A light by its short word: a colour never stands alone."""
    return Cell(SHORT_WORDS[light], light=light, small=small, link=link, more=more)


def amount_cell(number: Decimal | int | None, unit: str = "") -> Cell:
    return Cell(number=number, unit=unit)


def query(values: Mapping[str, str | int | None]) -> str:
    """``?a=1&b=2`` of what is set; empty where nothing is."""
    text = urlencode({key: value for key, value in values.items() if value not in {None, ""}})
    return f"?{text}" if text else ""


def _marks(marks: Mapping[str, str]) -> str:
    return "".join(
        f' data-{name}="{escape(value)}"' if value else f" data-{name}" for name, value in marks.items()
    )


def _head(head: Head) -> str:
    text = escape(head.text)
    if head.link:
        text = f'<a href="{escape(head.link)}">{text}</a>'
    kind = ' class="num"' if head.number else ""
    return f'<th scope="col"{kind}{_marks(head.marks)}>{text}</th>'


def _group(row: Row, columns: int) -> str:
    first = row.cells[0]
    return (
        f'<tr class="group" data-skip><th scope="rowgroup" colspan="{columns}">{escape(first.text)}</th></tr>'
    )


def _cell(cell: Cell, tag: str, is_number: bool) -> str:
    text = _text(cell)
    if cell.small:
        text += f"<small>{escape(cell.small)}</small>"
    more = f' title="{escape(cell.more)}"' if cell.more else ""
    if cell.link:
        text = f'<a href="{escape(cell.link)}"{more}>{text}</a>'
        more = ""
    if cell.note:
        text += f'<span class="told">{escape(cell.note)}</span>'
    marks = _class(cell, is_number)
    if cell.light is not None:
        marks += f' data-light="{cell.light}"'
    value = cell.number if cell.mark is None else cell.mark
    if value is not None:
        marks += f' data-value="{value}"'
    scope = ' scope="row"' if tag == "th" else ""
    return f"<{tag}{scope}{marks}{more}>{text}</{tag}>"


def _text(cell: Cell) -> str:
    if cell.number is not None:
        return escape(digits(Decimal(cell.number)) + cell.unit)
    if cell.text == NOTHING:
        return ""
    return escape(cell.text) or f'<span class="quiet">{EMPTY}</span>'


def _class(cell: Cell, is_number: bool) -> str:
    if cell.light is not None:
        return f' class="lit lit-{cell.light}"'
    return ' class="num"' if is_number else ""


def _value(cell: Cell) -> Value:
    if cell.light is not None:
        return Lit(cell.light, cell.text + cell.small)
    if cell.number is not None:
        return cell.number
    text = cell.text.strip() + (f"\n{cell.note}" if cell.note else "")
    return text or None
