"""What report lines are compared with: the reports before; the same target in other regions is elsewhere.py.

The grid, handing in, the check page and a late correction all ask here, so that they say the same of a line.
As many queries for one line as for three hundred. A year's reports are read as plain columns (said_rows.py):
instances of five hundred rows that are only compared with would cost more than all else on the page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from minsheng.progress.entry import LineContext
from minsheng.progress.figures import carry_on
from minsheng.progress.model import Figures
from minsheng_web.records.access import Person
from minsheng_web.records.bulk import Row
from minsheng_web.records.models import ReportLine, ReportPeriod
from minsheng_web.records.queries.elsewhere import ElsewhereOf, figures_beside
from minsheng_web.records.queries.handed_in import HandedIn, Part, Report, handed_in
from minsheng_web.records.queries.said_rows import said_in
from minsheng_web.records.report_values import figures_of, owed_of
from minsheng_web.records.reported import period_value

WITH = ("period", "allocation__indicator", "allocation__region", "unit")
"""What lines must have at hand for the duties and the checks."""


@dataclass(frozen=True, slots=True)
class Past:
    """The reports of one part in the year before a period, the oldest first, as columns of SAID.

    ``state`` is that of the report of the period just before it; empty where there is none.
    """

    said: tuple[Row, ...] = ()
    state: str = ""

    @property
    def history(self) -> tuple[Figures, ...]:
        """What was reported, the oldest first."""
        return tuple(said_in(row) for row in self.said)

    @property
    def figures(self) -> Figures | None:
        """What was reported of the period just before."""
        return said_in(self.said[-1]) if self.state else None

    @property
    def carried(self) -> Figures:
        """What the new period starts with: the last figures known, of whatever period of the year."""
        return carry_on(said_in(self.said[-1]) if self.said else None)


def pasts(lines: Sequence[ReportLine]) -> dict[int, Past]:
    """What was reported before each line, by the line's key. At most three queries."""
    past = PastOf(lines)
    return past.by_line(past.read())


def last_handed_in(lines: Sequence[ReportLine]) -> dict[Part, Figures]:
    """By ``part_of``: what was handed in last before the lines, which need not be saved yet."""
    past = PastOf(lines)
    found = past.by_part(past.read())
    return {part: one.history[-1] for part, one in found.items() if one.said}


class PastOf:
    """What was reported of some lines in the years' periods before them.

    It belongs to the part: whoever reports the part now sees it, also where another unit reported it then.
    """

    def __init__(self, lines: Sequence[ReportLine]) -> None:
        self._lines = tuple(lines)
        self._looks = _looks(lines)
        self._programmes = tuple(sorted({line.period.programme_id for line in lines}))
        self._parts = tuple(sorted({line.allocation_id for line in lines}))

    def read(self) -> HandedIn:
        """All of it, equal as long as nothing of it changed. At most three queries."""
        if not self._parts:
            return HandedIn({})
        starts = [look.start for look in self._looks.values()]
        since = date(min(starts).year, 1, 1)
        return handed_in(self._programmes, self._parts, since=since, before=max(starts))

    def by_line(self, read: HandedIn) -> dict[int, Past]:
        """Of what was ``read`` each line's by its key."""
        return {line.pk: self._of(line, read) for line in self._lines}

    def by_part(self, read: HandedIn) -> dict[Part, Past]:
        """The same by ``part_of``."""
        return {part_of(line): self._of(line, read) for line in self._lines}

    def _of(self, line: ReportLine, read: HandedIn) -> Past:
        return _past(self._looks[line.period_id], part_of(line), read)


def part_of(line: ReportLine) -> Part:
    """What a line goes on from: its part, whichever unit reports it now; a helper's from its own.

    A part is of one programme, so it stands for that too.
    """
    return line.allocation_id, line.unit_id if line.cooperating else None


@dataclass(frozen=True, slots=True)
class _Look:
    """From where one looks back: the period's year and first day, the key of the period just before."""

    year: int
    start: date
    previous: str


def _looks(lines: Sequence[ReportLine]) -> dict[int, _Look]:
    """By period: reckoned once, for lines are many and periods few."""
    found = {}
    for row in {line.period_id: line.period for line in lines}.values():
        period = period_value(row)
        previous = period.previous()
        found[row.pk] = _Look(period.year, period.start, "" if previous is None else previous.key)
    return found


def _past(look: _Look, part: Part, earlier: HandedIn) -> Past:
    found = earlier.made.get((look, part))
    if not isinstance(found, Past):
        found = earlier.made[look, part] = _made_past(look, earlier.by_part.get(part, ()))
    return found


def _made_past(look: _Look, reported: Sequence[Report]) -> Past:
    year = [old for old in reported if old.period.start.year == look.year and old.period.end < look.start]
    if not year:
        return Past()
    last = year[-1]
    return Past(tuple(old.said for old in year), last.state if last.period.key == look.previous else "")


def contexts(
    lines: Sequence[ReportLine],
    person: Person,
    past: Mapping[int, Past] | None = None,
) -> dict[int, LineContext]:
    """The lines as the checks take them, by key. Siblings are reports the person may see."""
    known = pasts(lines) if past is None else past
    elsewhere = ElsewhereOf(lines)
    beside = elsewhere.by_line(elsewhere.read(person))
    return {
        line.pk: LineContext(
            owed=owed_of(line.allocation),
            now=figures_of(line),
            before=known[line.pk].figures,
            history=known[line.pk].history,
            period=period_value(line.period),
            siblings=figures_beside(beside[line.pk]),
        )
        for line in lines
    }


def later_period(period: ReportPeriod) -> ReportPeriod | None:
    """The period of the programme just after this one, if it was opened."""
    rows = ReportPeriod.objects.filter(programme=period.programme_id, start__gt=period.start)
    return rows.order_by("start").first()
