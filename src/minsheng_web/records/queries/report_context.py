"""What report lines are compared with: the reports before, and the same target in other regions.

The grid, handing in, the check page and a late correction all ask here, so that they say the same of a line.
As many queries for one line as for three hundred.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from minsheng.progress.entry import LineContext
from minsheng.progress.figures import carry_on
from minsheng.progress.model import Figures
from minsheng_web.records.access import Person, report_lines_for
from minsheng_web.records.models import ReportLine, ReportPeriod
from minsheng_web.records.report_values import figures_of, owed_of
from minsheng_web.records.reported import HANDED_IN, period_value

WITH = ("period", "allocation__indicator", "allocation__region", "unit")
"""What lines must have at hand for the duties and the checks."""
_SAID = (
    "period", "allocation", "unit", "cooperating", "state", "amount", "cumulative", "done", "stages",
    "money_needed", "money_arrived", "money_spent", "money_paid", "difficulty", "next_step", "correction",
)  # fmt: skip
_Part = tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class Past:
    """The reports of one part before a period: ``before`` is the line of the period just before it."""

    history: tuple[Figures, ...] = ()
    before: ReportLine | None = None

    @property
    def figures(self) -> Figures | None:
        return None if self.before is None else figures_of(self.before)

    @property
    def carried(self) -> Figures:
        """What the new period starts with: the last figures known, of whatever period of the year."""
        return carry_on(self.history[-1] if self.history else None)


def pasts(lines: Sequence[ReportLine]) -> dict[int, Past]:
    """What was reported before each line, by the line's key. Two queries.

    It belongs to the part: whoever reports the part now sees it, also where another unit reported it then.
    """
    earlier = _by_part(lines)
    return {line.pk: _past(line, earlier.get(part_of(line), ())) for line in lines}


def last_handed_in(lines: Sequence[ReportLine]) -> dict[_Part, Figures]:
    """By ``part_of``: what was handed in last before the lines, which need not be saved yet. Two queries."""
    earlier = _by_part(lines)
    found = {part_of(line): _past(line, earlier.get(part_of(line), ())).history for line in lines}
    return {part: history[-1] for part, history in found.items() if history}


def part_of(line: ReportLine) -> _Part:
    """What a line goes on from: its part, whichever unit reports it now; a helper's from its own.

    A part is of one programme, so it stands for that too.
    """
    return line.allocation_id, line.unit_id if line.cooperating else None


def _by_part(lines: Sequence[ReportLine]) -> dict[_Part, list[ReportLine]]:
    found: dict[_Part, list[ReportLine]] = defaultdict(list)
    for old in _earlier(lines):
        found[part_of(old)].append(old)
    return found


def _earlier(lines: Sequence[ReportLine]) -> Iterable[ReportLine]:
    """What was handed in for these parts in the periods before. One period object for all lines of it."""
    if not lines:
        return ()
    periods = ReportPeriod.objects.filter(
        programme__in={line.period.programme_id for line in lines},
        start__lt=max(line.period.start for line in lines),
    ).in_bulk()
    if not periods:
        return ()
    rows = ReportLine.objects.filter(
        period__in=list(periods),
        allocation__in={line.allocation_id for line in lines},
        state__in=HANDED_IN,
    ).only(*_SAID)
    found = []
    for row in rows.order_by():
        row.period = periods[row.period_id]
        found.append(row)
    return sorted(found, key=lambda row: (row.period.start, row.pk))


def _past(line: ReportLine, reported: Sequence[ReportLine]) -> Past:
    period = period_value(line.period)
    year = [old for old in reported if old.period.start.year == period.year and old.period.end < period.start]
    previous = period.previous()
    last = year[-1] if year and previous is not None and year[-1].period.key == previous.key else None
    return Past(tuple(figures_of(old) for old in year), last)


def contexts(
    lines: Sequence[ReportLine], person: Person, past: Mapping[int, Past] | None = None
) -> dict[int, LineContext]:
    """The lines as the checks take them, by key. Siblings are reports the person may see. Three queries."""
    known = pasts(lines) if past is None else past
    beside = _siblings(lines, person)
    return {
        line.pk: LineContext(
            owed=owed_of(line.allocation),
            now=figures_of(line),
            before=known[line.pk].figures,
            history=known[line.pk].history,
            period=period_value(line.period),
            siblings=()
            if line.cooperating
            else tuple(
                (other.allocation.region.name, figures_of(other))
                for other in beside[line.period_id, line.allocation.above_id]
                if other.allocation_id != line.allocation_id
            ),
        )
        for line in lines
    }


def _siblings(lines: Sequence[ReportLine], person: Person) -> dict[tuple[int, int | None], list[ReportLine]]:
    found: dict[tuple[int, int | None], list[ReportLine]] = defaultdict(list)
    above = {line.allocation.above_id for line in lines} - {None}
    if above:
        rows = report_lines_for(person).filter(
            period__in={line.period_id for line in lines},
            allocation__above__in=above,
            cooperating=False,
            state__in=HANDED_IN,
        )
        with_place = ("allocation__above", "allocation__region__name")
        for row in rows.select_related("allocation__region").only(*_SAID, *with_place):
            found[row.period_id, row.allocation.above_id].append(row)
    return found


def later_period(period: ReportPeriod) -> ReportPeriod | None:
    """The period of the programme just after this one, if it was opened."""
    rows = ReportPeriod.objects.filter(programme=period.programme_id, start__gt=period.start)
    return rows.order_by("start").first()
