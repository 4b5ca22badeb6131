"""Report lines with what they are compared with. As many queries for one line as for three hundred."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from minsheng.progress.entry import LineContext
from minsheng.progress.figures import carry_on
from minsheng.progress.model import Figures
from minsheng.progress.periods import Period, period_of
from minsheng_web.records.access import Person, report_lines_for
from minsheng_web.records.models import ReportLine, ReportPeriod
from minsheng_web.records.models.reports import LineState
from minsheng_web.records.report_values import figures_of, owed_of

REPORTED = (LineState.SUBMITTED, LineState.VERIFIED, LineState.ACCEPTED)
"""States in which a line's figures are a report; those of a draft or of one sent back are not."""

_AT_HAND = (
    "period__programme__region",
    "allocation__indicator__lead_unit",
    "allocation__region",
    "unit__region",
    "unit__above",
    "edited_by",
    "returned_by",
    "accepted_region",
)


def lines_in_reach(person: Person) -> QuerySet[ReportLine]:
    """Lines the person may see, with all that rules and pages ask of them."""
    return with_all(report_lines_for(person))


def with_all(lines: QuerySet[ReportLine]) -> QuerySet[ReportLine]:
    """The same lines, each with its period, part, indicator and unit."""
    return lines.select_related(*_AT_HAND)


def period_of_row(period: ReportPeriod) -> Period:
    """The calendar's period of a row."""
    return Period.parse(period.key) or period_of(period.end, "month")


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
    """What was reported before each line, by the line's key. One query.

    It belongs to the part: whoever reports the part now sees it, also where another unit reported it then.
    """
    earlier: dict[tuple[int, int, int | None], list[ReportLine]] = defaultdict(list)
    for old in _earlier(lines):
        earlier[old.period.programme_id, old.allocation_id, _helper(old)].append(old)
    return {line.pk: _past(line, earlier[_key(line)]) for line in lines}


def _earlier(lines: Sequence[ReportLine]) -> Iterable[ReportLine]:
    if not lines:
        return ()
    return (
        ReportLine.objects.filter(
            allocation__in={line.allocation_id for line in lines},
            period__programme__in={line.period.programme_id for line in lines},
            period__start__lt=max(line.period.start for line in lines),
            state__in=REPORTED,
        )
        .select_related("period")
        .order_by("period__start", "pk")
    )


def _key(line: ReportLine) -> tuple[int, int, int | None]:
    return line.period.programme_id, line.allocation_id, _helper(line)


def _helper(line: ReportLine) -> int | None:
    """The unit of a line that helps; a main line goes on whichever unit reports it."""
    return line.unit_id if line.cooperating else None


def _past(line: ReportLine, reported: Sequence[ReportLine]) -> Past:
    period = period_of_row(line.period)
    year = [old for old in reported if old.period.start.year == period.year and old.period.end < period.start]
    previous = period.previous()
    last = year[-1] if year and previous is not None and year[-1].period.key == previous.key else None
    return Past(tuple(figures_of(old) for old in year), last)


def contexts(
    lines: Sequence[ReportLine], person: Person, past: Mapping[int, Past] | None = None
) -> dict[int, LineContext]:
    """The lines as the checks take them, by key. Siblings are reports the person may see. Two queries."""
    known = pasts(lines) if past is None else past
    beside = _siblings(lines, person)
    return {
        line.pk: LineContext(
            owed=owed_of(line.allocation),
            now=figures_of(line),
            before=known[line.pk].figures,
            history=known[line.pk].history,
            period=period_of_row(line.period),
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
            state__in=REPORTED,
        )
        for row in rows.select_related("allocation__region"):
            found[row.period_id, row.allocation.above_id].append(row)
    return found


def contributions(lines: Sequence[ReportLine]) -> dict[int, tuple[ReportLine, ...]]:
    """The helping units' lines of main lines already in reach, by the main line's key. One query."""
    mains = {(line.period_id, line.allocation_id): line.pk for line in lines if not line.cooperating}
    found: dict[int, list[ReportLine]] = {key: [] for key in mains.values()}
    if mains:
        rows = ReportLine.objects.filter(
            cooperating=True,
            period__in={period for period, _ in mains},
            allocation__in={allocation for _, allocation in mains},
        )
        for row in with_all(rows).order_by("unit__name", "pk"):
            main = mains.get((row.period_id, row.allocation_id))
            if main is not None:
                found[main].append(row)
    return {key: tuple(rows) for key, rows in found.items()}


def filled() -> Q:
    """Lines somebody typed a number, a deed or a date into."""
    told = (
        Q(cumulative__isnull=False)
        | Q(amount__isnull=False)
        | Q(done__isnull=False)
        | ~Q(stages={})
    )  # fmt: skip
    return Q(edited_at__isnull=False) & told
