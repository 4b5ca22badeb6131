"""Whether the figures of a returned form keep the rules: parts make the whole, levels are strong enough."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from minsheng.kernel.problem import Problem
from minsheng.papers.allocation_form import AllocationCell, AllocationForm, FormColumn
from minsheng.papers.allocation_places import Layout
from minsheng.papers.returned_workbook import cell_name
from minsheng.progress.allocation import Division, Part
from minsheng.progress.allocation_rules import problems_of

_TOLD_BY_CELL = frozenset({"part_negative", "part_fractional"})


def sum_problems(
    layout: Layout, form: AllocationForm, cells: Iterable[AllocationCell], spoilt: set[str]
) -> Iterator[Problem]:
    """Each column as it would stand with what came back; columns with an unreadable cell are left alone."""
    came: dict[str, list[AllocationCell]] = {}
    for cell in cells:
        came.setdefault(cell.column, []).append(cell)
    for column in form.columns:
        position = layout.columns.get(column.key)
        if position is None or column.key in spoilt:
            continue
        division = as_division(form, column, came.get(column.key, ()))
        source = layout.sheet.source(layout.whole_row or 0, position)
        where = f"《{layout.sheet.name}》{cell_name(source)} 一列，《{column.indicator}》："
        for problem in problems_of(division):
            if problem.code not in _TOLD_BY_CELL:
                yield replace(problem, message=where + problem.message, sources=(source,))


def as_division(form: AllocationForm, column: FormColumn, came: Iterable[AllocationCell]) -> Division:
    """A column as it stands once the cells that came back, its own among them, are put over what stood."""
    shares: dict[str, Decimal | None] = dict(column.shares)
    asked: dict[str, Decimal | None] = dict(column.asked)
    reserve = column.reserve
    for cell in came:
        if cell.column == column.key and cell.region is not None:
            (asked if cell.asked else shares)[cell.region] = cell.value
        elif cell.column == column.key and cell.value is not None:
            reserve = cell.value
    parts = []
    for region in form.regions:
        share, more = shares.get(region.key), asked.get(region.key)
        if share is not None or more is not None:
            parts.append(Part(region.name, share or Decimal(0), more))
    return Division(column.whole, column.unit, column.kind, tuple(parts), reserve)
