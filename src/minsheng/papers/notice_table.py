"""A breakdown table as the rows of a notice's annex: projects over indicators, one row a region."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from minsheng.plans.model import Cell, Comparator, Project, Table

_SIGNS: dict[Comparator | None, str] = {"ge": "≥", "le": "≤", "gt": ">", "lt": "<"}


@dataclass(frozen=True, slots=True)
class NoticeTable:
    """A table ready to print. ``spans`` are the columns of each project; the first column is the region's."""

    title: str
    projects: tuple[str, ...]
    spans: tuple[int, ...]
    indicators: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def grid(self) -> tuple[tuple[str, ...], ...]:
        """All rows with the head, each as wide as the table; a merged cell stands once, blanks after it."""
        head: list[str] = [""]
        for name, span in zip(self.projects, self.spans, strict=True):
            head += [name, *[""] * (span - 1)]
        return (tuple(head), ("名称", *self.indicators), *self.rows)


def notice_table(table: Table, projects: Sequence[Project]) -> NoticeTable:
    """The rows of a table, columns grouped by project in the order of the cells."""
    cells = _placed(cell for cell in table.cells if _says(cell))
    columns = list(dict.fromkeys(column for _, column in cells))
    numbers = list(dict.fromkeys(column.project for column in columns))
    columns = [column for number in numbers for column in columns if column.project == number]
    names = {project.number: project.headline for project in projects}
    return NoticeTable(
        title=_title(table.name),
        projects=tuple(f"{number}、{_inline(names.get(number, ''))}" for number in numbers),
        spans=tuple(sum(column.project == number for column in columns) for number in numbers),
        indicators=tuple(_head(column.indicator, column.unit) for column in columns),
        rows=tuple(
            (region, *(_printed(cells.get((region, column))) for column in columns))
            for region in dict.fromkeys(cell.region for cell in table.cells)
        ),
    )


@dataclass(frozen=True, slots=True)
class _Column:
    """A column; ``again`` counts those before it with the same head."""

    project: int
    indicator: str
    unit: str | None
    again: int


def _placed(cells: Iterable[Cell]) -> dict[tuple[str, _Column], Cell]:
    """Every cell under its region and column."""
    placed: dict[tuple[str, _Column], Cell] = {}
    seen: Counter[tuple[str, int, str, str | None]] = Counter()
    for cell in cells:
        head = (cell.region, cell.project, cell.indicator, cell.unit)
        placed[cell.region, _Column(cell.project, cell.indicator, cell.unit, seen[head])] = cell
        seen[head] += 1
    return placed


def _says(cell: Cell) -> bool:
    return bool(cell.indicator or cell.text)


def _title(name: str) -> str:
    title = _inline(re.split("[:：]", name)[0])
    return title if title.endswith("表") else f"{title or '目标任务'}分解表"


def _head(indicator: str, unit: str | None) -> str:
    return _inline(indicator) + (f"（{unit}）" if unit else "")


def _printed(cell: Cell | None) -> str:
    if cell is None:
        return ""
    if cell.value is None:
        return _inline(cell.text)
    sign = _SIGNS.get(cell.comparator, "")
    return f"{sign}{_plain(cell.value)}{'左右' if cell.comparator == 'about' else ''}"


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _inline(text: str) -> str:
    return re.sub(r"\s+", "", text)
