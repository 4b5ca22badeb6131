"""Ruled tables on a page: ruling lines to cells, cells and characters to rows of tab-parted text."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from minsheng.notices.pdf_page import Char, Edge, printed_lines
from minsheng.notices.tidying import glued

_LEAST_EDGES = 6
_MOST_EDGES = 3000
_SNAP = 3.0

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table of at least two rows and columns. Every row has ``columns`` cells, merged ones blank."""

    box: Box
    columns: int
    rows: tuple[str, ...]


def ruled_tables(chars: Sequence[Char], edges: list[Edge]) -> list[RuledTable]:
    """The tables of a page. Frames around text, and the line under a letterhead, are none."""
    if not _LEAST_EDGES <= len(edges) <= _MOST_EDGES:
        return []
    from pdfplumber.table import (  # noqa: PLC0415 - half a second, for pages with ruling lines only
        cells_to_tables,
        edges_to_intersections,
        intersections_to_cells,
        merge_edges,
    )

    merged: Any = merge_edges(edges, _SNAP, _SNAP, _SNAP, _SNAP)
    crossings: Any = edges_to_intersections(merged, _SNAP, _SNAP)
    groups: list[list[Box]] = cells_to_tables(intersections_to_cells(crossings))
    tables = [table for cells in groups if (table := _table(cells, chars)) is not None]
    return sorted(tables, key=lambda table: table.box[1])


def outside(chars: Sequence[Char], tables: Sequence[RuledTable]) -> list[Char]:
    """The characters that stand in none of the tables."""
    if not tables:
        return list(chars)
    return [char for char in chars if not any(_within(char, table.box) for table in tables)]


def _table(cells: list[Box], chars: Sequence[Char]) -> RuledTable | None:
    tops = _grid(cell[1] for cell in cells)
    lefts = _grid(cell[0] for cell in cells)
    if len(tops) < 2 or len(lefts) < 2:
        return None
    box = (
        min(c[0] for c in cells), min(c[1] for c in cells), max(c[2] for c in cells), max(c[3] for c in cells)
    )  # fmt: skip
    grid = [[""] * len(lefts) for _ in tops]
    own = [char for char in chars if _within(char, box)]
    for cell in cells:
        inside = [char for char in own if _within(char, cell)]
        if inside:
            text = glued(line.text.replace("\t", " ") for line in printed_lines(inside))
            grid[_place(tops, cell[1])][_place(lefts, cell[0])] = text
    rows = tuple("\t".join(row) for row in grid if any(row))
    return RuledTable(box, len(lefts), rows) if len(rows) > 1 else None


def _grid(places: Any) -> list[float]:
    """Places, those a hair apart taken as one."""
    grid: list[float] = []
    for place in sorted(places):
        if not grid or place - grid[-1] > _SNAP:
            grid.append(place)
    return grid


def _place(grid: list[float], place: float) -> int:
    return min(range(len(grid)), key=lambda index: abs(grid[index] - place))


def _within(char: Char, box: Box) -> bool:
    across, down = (char[0] + char[2]) / 2, (char[1] + char[3]) / 2
    return box[0] <= across <= box[2] and box[1] <= down <= box[3]
