"""A unit's lines of a period as they stand before handing in."""

from dataclasses import dataclass

from minsheng.progress.entry import check_line
from minsheng.progress.entry_line import EntryProblem, LineContext
from minsheng.progress.handing_in import as_before, stopping
from minsheng_web.records.access import Person, report_lines_for
from minsheng_web.records.models import ReportLine, ReportPeriod
from minsheng_web.records.models.reports import LineState
from minsheng_web.records.queries.report_context import WITH, contexts
from minsheng_web.records.reported import OWING


@dataclass(frozen=True, slots=True)
class HandInRow:
    """A line, what the checks find in it, and which of that stops it."""

    line: ReportLine
    context: LineContext
    findings: tuple[EntryProblem, ...]
    stopping: tuple[EntryProblem, ...]

    @property
    def open(self) -> bool:
        """Still with the unit."""
        return self.line.state in OWING

    @property
    def untouched(self) -> bool:
        return self.line.edited_at is None

    @property
    def may_be_same(self) -> bool:
        """Whether "as last period" says something: nobody typed, and there is something before."""
        known = as_before(self.context.owed.kind, self.context.now, self.context.before, self.context.period)
        return self.untouched and known is not None

    @property
    def may_take_back(self) -> bool:
        state = self.line.state
        straight = state == LineState.VERIFIED and self.line.verified_at is None
        return state == LineState.SUBMITTED or straight


def hand_in_rows(person: Person, period: ReportPeriod, unit: int) -> tuple[HandInRow, ...]:
    """The unit's lines in reach. The same few queries however many there are."""
    rows = report_lines_for(person).filter(period=period, unit=unit)
    lines = list(
        rows.select_related(*WITH, "returned_by").order_by(
            "allocation__indicator__position", "allocation__region__path", "pk"
        )
    )
    known = contexts(lines, person)
    return tuple(_row(line, known[line.pk]) for line in lines)


def _row(line: ReportLine, context: LineContext) -> HandInRow:
    findings = check_line(context)
    return HandInRow(line, context, findings, stopping(findings, context.now))
