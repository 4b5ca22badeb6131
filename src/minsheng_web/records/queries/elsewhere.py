"""The same target in other regions, as handed in there: what a report is compared with."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from minsheng.progress.model import Figures
from minsheng_web.records.access import Person, report_lines_for
from minsheng_web.records.bulk import Row
from minsheng_web.records.models import ReportLine
from minsheng_web.records.prepared_reach import PreparedFor
from minsheng_web.records.queries.said_rows import SAID, said_in
from minsheng_web.records.reported import HANDED_IN


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What is asked for some lines: their periods, and the targets their parts are of."""

    periods: tuple[int, ...]
    above: tuple[int, ...]

    def read(self, person: Person) -> list[Row]:
        """The reports handed in that the person may see, as columns. One query at most."""
        return _beside.plain(person, self.periods, self.above) if self.above else []


def elsewhere_of(lines: Sequence[ReportLine]) -> Elsewhere:
    """What to ask for the lines."""
    above = {line.allocation.above_id for line in lines if line.allocation.above_id}
    return Elsewhere(tuple(sorted({line.period_id for line in lines})), tuple(sorted(above)))


_beside = PreparedFor[Row](
    lambda person, periods, above: (
        report_lines_for(person)
        .filter(period__in=periods, allocation__above__in=above, cooperating=False, state__in=HANDED_IN)
        .order_by("allocation__region__path", "pk")
        .values_list("period", "allocation__above", "allocation", "allocation__region__name", *SAID)
    )
)


def by_line(lines: Sequence[ReportLine], read: Sequence[Row]) -> dict[int, tuple[Row, ...]]:
    """By line what was ``read`` of its target in other regions: each its name and columns of SAID."""
    found: dict[tuple[int, int], list[Row]] = defaultdict(list)
    for row in read:
        found[row[0], row[1]].append(row)
    return {line.pk: _others(line, found) for line in lines}


def _others(line: ReportLine, found: Mapping[tuple[int, int], list[Row]]) -> tuple[Row, ...]:
    above = line.allocation.above_id
    if line.cooperating or above is None:
        return ()
    rows = found.get((line.period_id, above), ())
    return tuple(tuple(row[3:]) for row in rows if row[2] != line.allocation_id)


def figures_beside(rows: Sequence[Row]) -> tuple[tuple[str, Figures], ...]:
    """One line's rows as the checks take them."""
    return tuple((row[0], said_in(row[1:])) for row in rows)
