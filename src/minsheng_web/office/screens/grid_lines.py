"""A unit's lines as rows of the monthly grid: all that rows are made from, fetched for all at once."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Protocol, cast

from django.urls import get_script_prefix
from django.utils.safestring import SafeString

from minsheng.progress.periods import PeriodState
from minsheng_web.office.screens.report_grid import GridLine, GridRow, by_weight, field_of, grid_row
from minsheng_web.records.access import Person, posts_of
from minsheng_web.records.bulk import Row
from minsheng_web.records.duties import may_fill
from minsheng_web.records.kept_in_memory import KeptInMemory
from minsheng_web.records.models import Post, ReportLine
from minsheng_web.records.models.reports import LineState
from minsheng_web.records.queries.elsewhere import ElsewhereOf
from minsheng_web.records.queries.handed_in import HandedIn
from minsheng_web.records.queries.report_context import Past, PastOf
from minsheng_web.records.queries.report_lines import UnitLines
from minsheng_web.records.queries.said_rows import said_by
from minsheng_web.records.report_locks import lock_of
from minsheng_web.records.report_values import kind_of, owed_of
from minsheng_web.records.reported import period_value

KEPT = 48
"""Grids that are kept as they were made, up to a megabyte each."""


@dataclass(frozen=True, slots=True)
class GridGroup:
    """The rows of one project."""

    number: int
    headline: str
    rows: tuple[GridRow, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The lines as rows, in their order; it lasts until one of them changes.

    ``drawn``: by the state of the period the page's body. Whatever else that depended on belongs in the key.
    """

    rows: tuple[GridRow, ...]
    drawn: dict[PeriodState, SafeString] = field(default_factory=dict)

    @property
    def writes(self) -> bool:
        """Whether the person may type into one of them now."""
        return any(row.writes for row in self.rows)


class _Told(Protocol):
    """What ``unit_lines`` tells of a line besides its columns."""

    touched: bool
    files: int
    helpers: int
    handed_in: int


class _Question:
    """What is asked further about the lines of a sheet."""

    def __init__(self, sheet: UnitLines) -> None:
        self.sheet, self.past = sheet, PastOf(sheet.lines)
        # Only what somebody typed is checked, and only counts are compared with other regions.
        compared = [
            line
            for line in sheet.lines
            if cast("_Told", line).touched and line.cumulative is not None and kind_of(line) == "count"
        ]
        self.elsewhere = ElsewhereOf(compared)


@dataclass(frozen=True, slots=True)
class _Compared:
    """What a row depends on beside what is stored of the line, and whoever looks."""

    past: Past
    beside: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class _Looked:
    """A look at a sheet: what was asked further, what was read, and the grid that came of it."""

    question: _Question
    past: HandedIn
    beside: Sequence[Row]
    grid: Grid


@dataclass(slots=True)
class _Kept:
    """By line what its row was made from, and the row; and the last look.

    Two who look at once may each make a row: whoever reads one compares what it was made from first.
    """

    rows: dict[int, tuple[Row, _Compared, GridRow]] = field(default_factory=dict)
    last: _Looked | None = None


_kept = KeptInMemory[Hashable, _Kept](KEPT)


def grid_of(sheet: UnitLines, person: Person) -> Grid:
    """The lines as rows; the same grid where nothing changed. As many queries for one as for all."""
    looks = (get_script_prefix(), sheet.around, sheet.several, tuple(map(_reach, posts_of(person))))
    kept = _kept.get(looks, _Kept)
    last = kept.last
    question = last.question if last is not None and last.question.sheet is sheet else _Question(sheet)
    past, beside = question.past.read(), question.elsewhere.read(person)
    if last is None or last.question is not question or (last.past, last.beside) != (past, beside):
        grid = Grid(_rows(question, past, beside, person, kept))
        last = kept.last = _Looked(question, past, beside, grid)
    return last.grid


def _rows(
    question: _Question, past: HandedIn, beside: Sequence[Row], person: Person, kept: _Kept
) -> tuple[GridRow, ...]:
    sheet, rows = question.sheet, []
    pasts, elsewhere = question.past.by_line(past), question.elsewhere.by_line(beside)
    for line in sheet.lines:
        key, columns = line.pk, sheet.columns[line.pk]
        compared = _Compared(pasts[key], elsewhere.get(key, ()))
        known = kept.rows.get(key)
        if known is None or known[0] != columns or known[1] != compared:
            made = grid_row(_grid_line(line, compared, sheet, person))
            known = kept.rows[key] = (columns, compared, made)
        rows.append(known[2])
    return tuple(rows)


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


def _grid_line(line: ReportLine, compared: _Compared, sheet: UnitLines, person: Person) -> GridLine:
    part, lock, told = line.allocation, lock_of(line), cast("_Told", line)
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
        past=compared.past,
        beside=compared.beside,
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
