"""Breakdown tables: rows of tab-parted cells to cells of project × indicator × region.

The head stands over two or three rows: categories, projects (numbered), indicators with their unit in
brackets. A merged head cell stands once, with blanks to its right.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from minsheng.kernel.source import Source
from minsheng.plans.columns import is_total, names_region
from minsheng.plans.draft import Draft
from minsheng.plans.grammar.rows import separator
from minsheng.plans.grammar.units import UNIT
from minsheng.plans.list_rows import ListHead, ListRow, list_rows
from minsheng.plans.model import Cell, Comparator, Table

_PROJECT = re.compile(r"^\s*(\d{1,3})\s*(?:[、.]|\s+(?=[\u4e00-\u9fff]))")
_UNIT_BRACKET = re.compile(
    rf"\(\s*(?:单位:)?\s*((?:万|亿)?(?:{UNIT}|%|[\u4e00-\u9fff]、[\u4e00-\u9fff]))\s*\)"
)
_VALUE = re.compile(
    r"^(≥|≤|>|<|约|不少于|不低于|不超过)?\s*(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*%?\s*(以上|左右|以内)?$"
)
_SIGNS: dict[str | None, Comparator] = {
    "≥": "ge", "不少于": "ge", "不低于": "ge", "以上": "ge", "≤": "le", "不超过": "le", "以内": "le",
    ">": "gt", "<": "lt", "左右": "about", "约": "about", None: "eq",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Column:
    """The head of one column."""

    project: int
    indicator: str
    unit: str | None


def read_tables(draft: Draft) -> Draft:
    """Read every run of table rows that numbers its projects in the head, then rows that are projects."""
    tables = [table for rows in draft.table_lines if (table := _read_table(draft, rows)) is not None]
    told = frozenset(cell.project for table in tables for cell in table.cells)
    return replace(draft, tables=(*tables, *_read_lists(draft, told)))


def _read_lists(draft: Draft, told: frozenset[int]) -> Iterator[Table]:
    """Tables whose rows are projects with figures of regions; projects told of elsewhere are left out."""
    statements = {p.number: _words(p.statement) for p in draft.projects if p.number not in told}
    head: ListHead | None = None
    for rows in draft.table_lines:
        cells: list[Cell] = []
        for row in list_rows(draft, rows, head):
            head = row.head
            if _words(row.name) in statements.get(row.number, ""):
                cells.extend(_list_cells(draft, row))
        if cells:
            first = Source(rows[0], 0, len(draft.lines[rows[0] - 1]))
            yield Table(_name(draft, rows[0], []), first, tuple(cells))


def _words(text: str) -> str:
    """A text without blanks and marks, which a page and its normalised lines write differently."""
    return re.sub(r"\W", "", text)


def _list_cells(draft: Draft, row: ListRow) -> Iterator[Cell]:
    indicator, unit = (row.indicator, row.unit) if row.unit else _indicator(row.indicator)
    printed = draft.document.lines[row.line - 1]
    for region, start, text in row.figures:
        value, comparator = _value(text)
        place = Source(row.line, start, start + len(text))
        own_unit = "%" if unit is None and text.endswith("%") else unit
        shown = printed[start : start + len(text)]
        yield Cell(row.number, indicator, own_unit, region, value, shown, place, comparator)


def _read_table(draft: Draft, rows: tuple[int, ...]) -> Table | None:
    grid = [draft.lines[number - 1].split(separator(draft.lines[number - 1])) for number in rows]
    first_data = next((i for i, cells in enumerate(grid) if is_row_name(cells[0], draft.head.region)), None)
    if first_data is None:
        return None
    head = grid[:first_data]
    project_row = max(
        range(len(head)), key=lambda i: sum(bool(_PROJECT.match(c)) for c in head[i]), default=None
    )
    if project_row is None or not any(_PROJECT.match(cell) for cell in head[project_row]):
        return None
    columns = _columns(head, project_row, max(len(cells) for cells in grid))
    cells = [
        _cell(draft, rows[index], position, columns[position], grid[index])
        for index in range(first_data, len(grid))
        for position in columns
    ]
    return Table(
        _name(draft, rows[0], head[:project_row]),
        Source(rows[0], 0, len(draft.lines[rows[0] - 1])),
        tuple(cells),
    )


def is_row_name(text: str, own: str | None) -> bool:
    """Whether a cell names what a row of figures is of: a whole (全市合计) or a region."""
    name = re.sub(r"\s", "", text)
    return is_total(name) or name == own or names_region(name)


def _columns(head: list[list[str]], project_row: int, width: int) -> dict[int, _Column]:
    """What stands in each column: a merged project cell holds for the blanks to its right."""
    names = _padded(head[-1] if len(head) - 1 > project_row else head[project_row], width)
    columns: dict[int, _Column] = {}
    project: int | None = None
    for position, cell in enumerate(_padded(head[project_row], width)):
        match = _PROJECT.match(cell)
        project = int(match.group(1)) if match else project
        if position and project is not None:
            columns[position] = _Column(project, *_indicator(names[position]))
    return columns


def _padded(cells: list[str], width: int) -> list[str]:
    return [*cells, *[""] * (width - len(cells))]


def _cell(draft: Draft, line: int, position: int, column: _Column, cells: list[str]) -> Cell:
    text = cells[position] if position < len(cells) else ""
    printed = draft.document.lines[line - 1]
    start = min(sum(len(cell) + 1 for cell in cells[:position]), len(printed))
    value, comparator = _value(text.strip())
    return Cell(
        project=column.project,
        indicator=column.indicator,
        unit="%" if column.unit is None and text.strip().endswith("%") else column.unit,
        region=re.sub(r"\s", "", cells[0]),
        value=value,
        text=printed[start : start + len(text)].strip(),
        source=Source(line, start, start + len(text)),
        comparator=comparator,
    )


def _indicator(header: str) -> tuple[str, str | None]:
    """Name and unit of an indicator: 送戏演出(场)(每个行政村不少于1场) counts 场."""
    text = re.sub(r"\s", "", header)
    brackets = list(_UNIT_BRACKET.finditer(text))
    if not brackets:
        return text, None
    unit = brackets[-1]
    return text[: unit.start()] + text[unit.end() :], unit.group(1)


def _value(text: str) -> tuple[Decimal | None, Comparator | None]:
    match = _VALUE.match(text)
    if match is None:
        return None, None
    return Decimal(match[2].replace(",", "")), _SIGNS[match[1] or match[3]]


def _name(draft: Draft, line: int, groups: list[list[str]]) -> str:
    """The table's printed title above it and the categories it covers."""
    title = ""
    for number in range(line - 1, 0, -1):
        text = draft.document.lines[number - 1].strip()
        if text and "\t" not in text and text.endswith("表"):
            title = re.sub(r"\s", "", text)
            break
    names = [
        cell.strip() for cells in groups for cell in cells if re.match(r"\s*[一二三四五六七八九十]+、", cell)
    ]
    return ":".join(part for part in (title, ";".join(names)) if part)
