"""Places in a table: theirs first, then the others; figures only of those whose figures may be read."""

from collections.abc import Callable

from minsheng.progress.pace.model import SHOWN_WORDS
from minsheng_web.office.screens.pace_table import Cell, Head, Row, Table
from minsheng_web.records.queries.pace_places import Places


def places_list(title: str, name: str, found: Places, link: Callable[[int], str]) -> Table:
    """One line each. Who has no place reported nothing."""
    heads = (
        Head(name, 24),
        Head("位次", 12),
        *(Head(word, 8, number=True) for word in SHOWN_WORDS.values()),
        Head("目标合计", 10, number=True),
    )
    lines = []
    for row in found.rows:
        place = "不排" if row.place is None else f"第{row.place}名{'（并列）' if row.tied > 1 else ''}"
        counts = [Cell(number=row.cell.counts.get(light, 0)) if row.cell else Cell() for light in SHOWN_WORDS]
        named = Cell(row.name, link=link(row.key) if row.cell else "")
        lines.append(Row((named, Cell(place), *counts, Cell(number=row.cell.nodes if row.cell else None))))
    return Table(title, heads, lines)
