"""A unit's lines as rows of the monthly grid: all that rows are made from, fetched for all at once."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.utils.safestring import SafeString

from minsheng_web.office.screens.report_grid import GridLine, GridRow, by_weight, field_of, grid_row
from minsheng_web.records.access import Person, posts_of
from minsheng_web.records.bulk import Row
from minsheng_web.records.duties import may_fill
from minsheng_web.records.kept_in_memory import KeptInMemory
from minsheng_web.records.models import Post, ReportLine
from minsheng_web.records.models.reports import LineState
from minsheng_web.records.queries.elsewhere import by_line, elsewhere_of
from minsheng_web.records.queries.handed_in import HandedIn
from minsheng_web.records.queries.report_context import Before, Past
from minsheng_web.records.queries.report_lines import UnitLines
from minsheng_web.records.queries.said_rows import said_by
from minsheng_web.records.report_locks import lock_of
from minsheng_web.records.report_values import kind_of, owed_of
from minsheng_web.records.reported import period_value

KEPT = 48
"""Grids that are kept as they were made, half a megabyte to one each."""


@dataclass(frozen=True, slots=True)
class GridGroup:
    """The rows of one project."""

    number: int
    headline: str
    rows: tuple[GridRow, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The lines as rows, in their order. ``drawn``: what was made of just these rows; it lasts as they do."""

    rows: tuple[GridRow, ...]
    drawn: dict[Hashable, SafeString] = field(default_factory=dict)


class _Question:
    """What is asked besides of the lines of a sheet."""

    def __init__(self, sheet: UnitLines) -> None:
        self.sheet, self.before = sheet, Before(sheet.lines)
        # Only what somebody typed is checked, and only counts are compared with other regions.
        self.compared = [
            line
            for line in sheet.lines
            if _told(line).touched and line.cumulative is not None and kind_of(line) == "count"
        ]
        self.elsewhere = elsewhere_of(self.compared)


@dataclass(frozen=True, slots=True)
class _Around:
    """What a row depends on beside what is stored of the line, and whoever looks."""

    past: Past
    beside: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class _Looked:
    """A look at a sheet: what was asked, what was read, and the grid that came of it."""

    asked: _Question
    earlier: HandedIn
    beside: Sequence[Row]
    grid: Grid


@dataclass(slots=True)
class _Kept:
    """By line what its row was made from, and the row; and the last look."""

    rows: dict[int, tuple[Row, _Around, GridRow]] = field(default_factory=dict)
    last: _Looked | None = None


_kept = KeptInMemory[Hashable, _Kept](KEPT)


def grid_of(sheet: UnitLines, person: Person) -> Grid:
    """The lines as rows; the same grid where nothing changed. As many queries for one as for all."""
    kept = _kept.get((sheet.around, sheet.several, tuple(map(_reach, posts_of(person)))), _Kept)
    last = kept.last
    asked = last.asked if last is not None and last.asked.sheet is sheet else _Question(sheet)
    earlier, beside = asked.before.read(), asked.elsewhere.read(person)
    if last is None or last.asked is not asked or last.earlier is not earlier or last.beside != beside:
        grid = Grid(_rows(asked, earlier, beside, person, kept))
        last = kept.last = _Looked(asked, earlier, beside, grid)
    return last.grid


def _rows(
    asked: _Question, earlier: HandedIn, read: Sequence[Row], person: Person, kept: _Kept
) -> tuple[GridRow, ...]:
    beside, rows = by_line(asked.compared, read), []
    for line in asked.sheet.lines:
        key, columns = line.pk, asked.sheet.columns[line.pk]
        around = _Around(asked.before.of(line, earlier), beside.get(key, ()))
        known = kept.rows.get(key)
        if known is None or known[0] != columns or known[1] != around:
            made = grid_row(_grid_line(line, around, asked.sheet, person))
            known = kept.rows[key] = (columns, around, made)
        rows.append(known[2])
    return tuple(rows)


def _told(line: ReportLine) -> Any:
    """The line with what ``unit_lines`` counts of it."""
    return line


def _reach(post: Post) -> Hashable:
    """What of a post decides whether its holder types into a line."""
    region = "" if post.region is None else post.region.path
    return post.role, region, post.unit_id, post.programme_id


def grid_groups(rows: Iterable[GridRow]) -> tuple[GridGroup, ...]:
    """Rows by project, in the plan's order."""
    return tuple(
        GridGroup(number, headline, tuple(some))
        for (number, headline), some in groupby(rows, key=lambda row: row.line.project)
    )


def _grid_line(line: ReportLine, around: _Around, sheet: UnitLines, person: Person) -> GridLine:
    part, lock, told = line.allocation, lock_of(line), _told(line)
    back = line.state == LineState.RETURNED and bool(line.return_reason)
    return GridLine(
        key=line.pk,
        period=period_value(sheet.period),
        name=part.indicator.name,
        owed=owed_of(part),
        comparator=part.indicator.comparator,
        region=part.region.name if sheet.several else "",
        cooperating=line.cooperating,
        state=line.state,
        touched=told.touched,
        said=said_by(line),
        past=around.past,
        beside=around.beside,
        lock=lock,
        writes=not lock and may_fill(person, line),
        return_reason=line.return_reason,
        returned=(str(line.returned_by or ""), line.returned_at) if back else ("", None),
        helpers=(0, 0) if line.cooperating else (told.helpers, told.handed_in),
        evidence=told.files,
        project=(part.indicator.project_number, part.indicator.project_headline),
    )


def cells_json(row: GridRow) -> dict[str, Any]:
    """A row as the page's script puts it into the cells."""
    cells = (*row.progress, *row.money, row.difficulty, row.next_step, row.correction)
    return {
        "line": row.line.key,
        "values": {cell.field: cell.text for cell in cells},
        "carried": {cell.field: cell.carried for cell in cells},
        "levels": {cell.field: cell.level for cell in cells if cell.level},
        "problems": [
            {"field": field_of(problem), "severity": problem.severity, "message": problem.message}
            for problem in by_weight(row.problems)
        ],
        "gap": row.gap,
        "lock": row.line.lock,
        "asks_reason": row.asks_reason,
        "filled": row.is_filled,
    }
