"""The rows of the monthly grid as HTML: made here and not in a template, for a page has five hundred cells.

Every value is escaped where it is put in. What was made of a row stays with it.
"""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from minsheng_web.office.addresses import address
from minsheng_web.office.screens.report_grid import (
    STATE_CHIPS,
    GridCell,
    GridLine,
    GridRow,
)
from minsheng_web.records.models.reports import LineState


def rows_html(rows: Iterable[GridRow], period: int, unit: int, *, one_lock: bool) -> SafeString:
    """The rows one below the other. ``one_lock``: the page's head tells why they cannot be typed into."""
    made = []
    for row in rows:
        html = row.drawn.get(one_lock)
        if html is None:
            html = row.drawn[one_lock] = _row(row, period, unit, one_lock)
        made.append(html)
    return mark_safe("".join(made))  # noqa: S308 - put together from escaped values below


def _row(row: GridRow, period: int, unit: int, one_lock: bool) -> str:
    line = row.line
    head = f'<tr class="line{" is-open" if row.writes else ""}" data-line="{line.key}" id="line-{line.key}">'
    cells = (_name(line), _known(row), _progress(row), _pace(row), _money(row), _words(row))
    notes = _notes(row, period, unit, one_lock)
    return f"{head}\n{''.join(cells)}{_state(row, period)}</tr>\n{notes}\n"


def _name(line: GridLine) -> str:
    unit = f'<span class="quiet">（{escape(line.owed.unit)}）</span>' if line.owed.unit else ""
    region = f' <span class="quiet small">{escape(line.region)}</span>' if line.region else ""
    helps = ' <span class="chip chip-grey">配合</span>' if line.cooperating else ""
    name = f'<span class="indicator">{escape(line.name)}</span>'
    return f'<th scope="row" class="stick">{name}{unit}{region}{helps}</th>'


def _known(row: GridRow) -> str:
    waits = '<small class="waits">未接收</small>' if row.last_waits else ""
    target = f'<td class="num" data-label="目标任务">{escape(row.target)}</td>'
    return f'{target}<td class="num" data-label="上期累计">{escape(row.last)}{waits}</td>'


def _progress(row: GridRow) -> str:
    if row.line.owed.kind == "count":
        return "".join(_number(row, cell) for cell in row.progress)
    cells = "".join(_labelled(row, cell, cell.label) for cell in row.progress)
    return f'<td colspan="2" class="entry entry-kind">{cells}</td>'


def _labelled(row: GridRow, cell: GridCell, label: str) -> str:
    said = f"<span>{escape(label)}</span>{_cell(row, cell)}"
    return f'<label class="kind-cell kind-{cell.shape}">{said}</label>'


def _number(row: GridRow, cell: GridCell, after: str = "") -> str:
    return f'<td class="num entry" data-label="{escape(cell.label)}{after}">{_cell(row, cell)}</td>'


def _pace(row: GridRow) -> str:
    each = f"<small>每期需 {escape(row.each)}</small>" if row.each else ""
    said = f'{escape(row.pace)}<small class="gap">{escape(row.gap)}</small>{each}' if row.pace else "—"
    return f'<td class="num pace" data-label="序时应完成">{said}</td>'


def _money(row: GridRow) -> str:
    return "".join(_number(row, cell, "（万元）") for cell in row.money)


def _words(row: GridRow) -> str:
    cells = (("困难问题", row.difficulty), ("下一步打算", row.next_step))
    return "".join(f'<td class="entry words" data-label="{n}">{_cell(row, c)}</td>' for n, c in cells)


def _state(row: GridRow, period: int) -> str:
    line, name = row.line, escape(row.line.name)
    state = LineState(line.state)
    chip = f'<span class="chip {STATE_CHIPS[state]}">{state.label}</span>'
    repeat = ""
    if row.may_repeat:
        hidden = " hidden" if row.is_filled else ""
        known = f'data-repeat="{line.key}" aria-label="{name}：与上期相同"{hidden}'
        classes = "btn btn-sm btn-outline-secondary no-print repeat"
        repeat = f'<button type="button" class="{classes}" {known}>与上期相同</button>'
    where = address("report-line", period, line.key)
    whose = f'<span class="visually-hidden">{name}：</span>'
    files = f'<a class="evidence-link" href="{where}">{whose}佐证({line.evidence})</a>'
    return f'<td class="state" data-label="状态">{chip}{repeat}{files}</td>'


def _notes(row: GridRow, period: int, unit: int, one_lock: bool) -> str:
    line = row.line
    told = row.problems or line.lock or line.return_reason or line.helpers[0] or row.asks_reason
    lock = f'<li class="note-lock">{escape(line.lock)}</li>' if line.lock and not one_lock else ""
    problems = "".join(
        f'<li class="note-{p.severity}" data-problem>{escape(p.message)}</li>' for p in row.problems
    )
    notes = f'<ul class="note-list" id="notes-{line.key}">{_returned(line)}{lock}{problems}</ul>'
    label = _labelled(row, row.correction, "更正理由")
    reason = f'<div class="reason"{"" if row.asks_reason else " hidden"}>{label}</div>'
    head = f'<tr class="notes" id="notes-row-{line.key}"{"" if told else " hidden"}>'
    return f'{head}<td colspan="13">{notes}{_helpers(line, period, unit)}{reason}</td></tr>'


def _returned(line: GridLine) -> str:
    if line.state != LineState.RETURNED or not line.return_reason:
        return ""
    by, at = line.returned
    when = f" {timezone.localtime(at):%-m月%-d日 %H:%M}" if at else ""
    who = f'<span class="quiet">（{escape(by)}{when}）</span>' if by else ""
    return f'<li class="note-error"><b>退回理由</b>　{escape(line.return_reason)}{who}</li>'


def _helpers(line: GridLine, period: int, unit: int) -> str:
    count, said = line.helpers
    if not count:
        return ""
    link = ""
    if line.writes and said:
        link = f'<a href="{address("report-merge", period, unit, line.key)}">查看并合并</a>'
    return f'<p class="helpers">配合单位 {count} 家，已报 {said} 家。{link}</p>'


def _cell(row: GridRow, cell: GridCell) -> str:
    """The cell as a field where the person may type, else as text."""
    return _field(row.line, cell) if row.writes else _still(cell)


def _level(cell: GridCell) -> str:
    return f" has-{cell.level}" if cell.level else ""


def _still(cell: GridCell) -> str:
    said = ""
    if cell.text:
        said = str(escape(cell.text)).replace("\n", "<br>")
    elif cell.carried:
        said = f'<span class="quiet" title="上期的数，本期还没有填">{escape(cell.carried)}</span>'
    return f'<span class="cell-still{_level(cell)}">{said}</span>'


def _field(line: GridLine, cell: GridCell) -> str:
    text = escape(cell.text)
    known = (
        f'data-field="{cell.field}" data-col="{cell.column}" data-was="{text}"',
        f'aria-label="{escape(line.name)}：{escape(cell.label)}" aria-describedby="notes-{line.key}"',
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
