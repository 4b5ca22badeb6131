"""One cell of the monthly grid: made here and not in a template, for a page has five hundred of them."""

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from minsheng_web.office.screens.report_grid import GridCell, GridRow

register = template.Library()


@register.simple_tag
def grid_cell(row: GridRow, cell: GridCell) -> SafeString:
    """The cell as a field where the person may type, else as text. Every value is escaped."""
    made = _field(row, cell) if row.writes else _still(cell)
    return mark_safe(made)  # noqa: S308 - put together from escaped values below


def _level(cell: GridCell) -> str:
    return f" has-{cell.level}" if cell.level else ""


def _still(cell: GridCell) -> str:
    said = ""
    if cell.text:
        said = str(escape(cell.text)).replace("\n", "<br>")
    elif cell.carried:
        said = f'<span class="quiet" title="上期的数，本期还没有填">{escape(cell.carried)}</span>'
    return f'<span class="cell-still{_level(cell)}">{said}</span>'


def _field(row: GridRow, cell: GridCell) -> str:
    text = escape(cell.text)
    indicator = escape(row.line.allocation.indicator.name)
    known = (
        f'data-field="{cell.field}" data-col="{cell.column}" data-was="{text}"',
        f'aria-label="{indicator}：{escape(cell.label)}" aria-describedby="notes-{row.line.pk}"',
    )
    if cell.shape == "choice":
        return _choice(cell, *known)
    if cell.shape == "text":
        area = f'<textarea class="cell{_level(cell)}" rows="1" {known[0]} {known[1]}>\n{text}</textarea>'
        return f'{area}<span class="print-only print-text">{text}</span>'
    keys = ' inputmode="decimal"' if cell.shape == "number" else ""
    values = f'value="{text}" placeholder="{escape(cell.carried)}"{keys} autocomplete="off"'
    return f'<input class="cell is-{cell.shape}{_level(cell)}" {known[0]} {values} {known[1]}>'


def _choice(cell: GridCell, data: str, label: str) -> str:
    carries = bool(cell.carried and not cell.text)
    first = f"上期：{escape(cell.carried)}" if carries else "未报"
    options = "".join(
        f'<option value="{word}"{" selected" if word == cell.text else ""}>{word}</option>' for word in "是否"
    )
    classes = f"cell{_level(cell)}{' is-carried' if carries else ''}"
    return f'<select class="{classes}" {data} {label}><option value="">{first}</option>{options}</select>'
