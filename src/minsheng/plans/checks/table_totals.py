"""The total row of a breakdown table (全市合计) against its rows by region.

A table may show the total and the reader's own row only; then the row must not be larger than the total.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from minsheng.kernel.problem import Problem
from minsheng.plans.checks.units import additive, plain
from minsheng.plans.model import Cell, Plan, Table

CODES = ("table_sum_differs", "table_row_exceeds")

_NOTHING = ("", "—", "-", "/", "无")
_TOTAL = re.compile(r"合\s*计|总\s*计|全[市省县区州]")


def check(plan: Plan, _lines: tuple[str, ...]) -> tuple[Problem, ...]:
    """A problem for each column whose rows contradict its total."""
    return tuple(problem for table in plan.tables for problem in _columns(table))


def _columns(table: Table) -> Iterator[Problem]:
    columns: dict[tuple[int, str], list[Cell]] = {}
    for cell in table.cells:
        columns.setdefault((cell.project, cell.indicator), []).append(cell)
    for cells in columns.values():
        totals = [cell for cell in cells if _TOTAL.search(cell.region)]
        rows = [cell for cell in cells if not _TOTAL.search(cell.region)]
        # Headers cut off at a page edge make two columns look like one: then there are two totals.
        if len(totals) == 1 and rows and additive((cells[0].unit or "").lstrip("万亿")):
            yield from _column(totals[0], rows)


def _column(total: Cell, rows: Sequence[Cell]) -> Iterator[Problem]:
    if total.value is None or total.comparator not in (None, "eq"):
        return
    for row in rows:
        if row.value is not None and row.value > total.value:
            yield _exceeds(total, row)
            return
    unknown = any(row.value is None and row.text.strip() not in _NOTHING for row in rows)
    if len(rows) < 2 or unknown:
        return
    found = sum((row.value for row in rows if row.value is not None), Decimal(0))
    if found != total.value and any(row.value is not None for row in rows):
        yield _differs(total, rows, found, found - total.value)


def _exceeds(total: Cell, row: Cell) -> Problem:
    return Problem(
        code="table_row_exceeds",
        severity="error",
        message=(
            f"分解表第{row.source.line}行：“{row.indicator}”{row.region}为{row.text}，大于第{total.source.line}行"
            f"{total.region}的{total.text}。请核对其中哪一个数写错。"
        ),
        sources=(row.source, total.source),
        project=total.project,
        expected=f"不大于{total.text}",
        found=row.text,
    )


def _differs(total: Cell, rows: Sequence[Cell], found: Decimal, gap: Decimal) -> Problem:
    unit = total.unit or ""
    terms = "＋".join(f"{row.region}{row.text}" for row in rows if row.value is not None)
    stated = plain(found - gap)
    return Problem(
        code="table_sum_differs",
        severity="error",
        message=(
            f"分解表第{total.source.line}行：“{total.indicator}”{total.region}为{stated}{unit}，"
            f"各行相加{terms}＝{plain(found)}{unit}，{'多' if gap > 0 else '少'}{plain(abs(gap))}{unit}。"
            "请核对合计或各行数字。"
        ),
        sources=(total.source, *dict.fromkeys(row.source for row in rows)),
        project=total.project,
        expected=f"{stated}{unit}",
        found=f"{plain(found)}{unit}",
    )
