"""A unit's lines as rows of the monthly grid: all that rows are made from, fetched for all at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from minsheng_web.office.screens.report_grid import GridLine, GridRow, by_weight, field_of, grid_row
from minsheng_web.records.access import Person
from minsheng_web.records.duties import may_fill
from minsheng_web.records.models import ReportLine
from minsheng_web.records.models.reports import LineState
from minsheng_web.records.queries.evidence import counts_of
from minsheng_web.records.queries.report_context import pasts, siblings_of
from minsheng_web.records.queries.report_lines import helper_counts
from minsheng_web.records.queries.said_rows import said_by
from minsheng_web.records.report_locks import lock_of
from minsheng_web.records.report_values import is_untouched, kind_of, owed_of
from minsheng_web.records.reported import period_value


@dataclass(frozen=True, slots=True)
class GridGroup:
    """The rows of one project."""

    number: int
    headline: str
    rows: tuple[GridRow, ...]


def grid_rows(lines: Sequence[ReportLine], person: Person) -> tuple[GridRow, ...]:
    """The lines as rows, in their order. As many queries for one as for three hundred.

    ``lines`` are one unit's of one period (``unit_lines``).
    """
    return tuple(map(grid_row, _values(lines, person))) if lines else ()


def grid_groups(lines: Sequence[ReportLine], rows: Sequence[GridRow]) -> tuple[GridGroup, ...]:
    """Rows by project, in the plan's order; ``lines`` are those the rows were made from."""

    def project(pair: tuple[ReportLine, GridRow]) -> tuple[int, str]:
        indicator = pair[0].allocation.indicator
        return indicator.project_number, indicator.project_headline

    pairs = zip(lines, rows, strict=True)
    return tuple(
        GridGroup(number, headline, tuple(row for _, row in some))
        for (number, headline), some in groupby(pairs, key=project)
    )


def _values(lines: Sequence[ReportLine], person: Person) -> list[GridLine]:
    past, helpers, evidence = pasts(lines), helper_counts(lines), counts_of(lines)
    # Only what somebody typed is checked, and only counts are compared with other regions.
    checked = [line for line in lines if not is_untouched(line) and line.cumulative is not None]
    beside = siblings_of([line for line in checked if kind_of(line) == "count"], person)
    period = period_value(lines[0].period)
    several = len({line.allocation.region_id for line in lines}) > 1
    found = []
    for line in lines:
        part, lock = line.allocation, lock_of(line)
        back = line.state == LineState.RETURNED and bool(line.return_reason)
        found.append(
            GridLine(
                key=line.pk,
                period=period,
                name=part.indicator.name,
                owed=owed_of(part),
                comparator=part.indicator.comparator,
                region=part.region.name if several else "",
                cooperating=line.cooperating,
                state=line.state,
                touched=not is_untouched(line),
                said=said_by(line),
                past=past[line.pk],
                beside=beside.get(line.pk, ()),
                lock=lock,
                writes=not lock and may_fill(person, line),
                return_reason=line.return_reason,
                returned=(str(line.returned_by or ""), line.returned_at) if back else ("", None),
                helpers=helpers.get(line.pk, (0, 0)),
                evidence=evidence[line.pk],
            )
        )
    return found


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
