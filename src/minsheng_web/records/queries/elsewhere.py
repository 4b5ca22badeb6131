"""The same target in other regions, as handed in there: what a report is compared with."""

from collections import defaultdict
from collections.abc import Sequence

from minsheng.progress.model import Figures
from minsheng_web.records.access import Person, report_lines_for
from minsheng_web.records.bulk import Row
from minsheng_web.records.models import ReportLine
from minsheng_web.records.prepared_reach import PreparedFor
from minsheng_web.records.queries.said_rows import SAID, said_in
from minsheng_web.records.reported import HANDED_IN


class ElsewhereOf:
    """What other regions reported of the targets of some lines."""

    def __init__(self, lines: Sequence[ReportLine]) -> None:
        self._lines = tuple(lines)
        self._periods = tuple(sorted({line.period_id for line in lines}))
        above = {line.allocation.above_id for line in lines}
        self._above = tuple(sorted(key for key in above if key is not None))

    def read(self, person: Person) -> list[Row]:
        """What the person may see of it, as columns. One query at most."""
        return _handed_in.plain(person, self._periods, self._above) if self._above else []

    def by_line(self, read: Sequence[Row]) -> dict[int, tuple[Row, ...]]:
        """Of what was ``read`` each line's by its key: the region's name and columns of SAID."""
        found: dict[tuple[int, int | None], list[Row]] = defaultdict(list)
        for row in read:
            found[row[0], row[1]].append(row)
        told: dict[int, tuple[Row, ...]] = {}
        for line in self._lines:
            same = () if line.cooperating else found.get((line.period_id, line.allocation.above_id), ())
            told[line.pk] = tuple(tuple(row[3:]) for row in same if row[2] != line.allocation_id)
        return told


_handed_in = PreparedFor[Row](
    lambda person, periods, above: (
        report_lines_for(person)
        .filter(period__in=periods, allocation__above__in=above, cooperating=False, state__in=HANDED_IN)
        .order_by("allocation__region__path", "pk")
        .values_list("period", "allocation__above", "allocation", "allocation__region__name", *SAID)
    )
)


def figures_beside(rows: Sequence[Row]) -> tuple[tuple[str, Figures], ...]:
    """One line's rows as the checks take them."""
    return tuple((row[0], said_in(row[1:])) for row in rows)
