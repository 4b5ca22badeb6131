"""The check page: lines of a period by project and region, what the checks find, and how the parts add up."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from minsheng.progress.entry import check_group, check_line
from minsheng.progress.entry_checks.identical_everywhere import GroupLine
from minsheng.progress.entry_line import EntryProblem, LineContext
from minsheng.progress.figures import RolledUp, roll_up
from minsheng.progress.handing_in import LEVELS
from minsheng.progress.model import Figures, Kind
from minsheng_web.records.access import Person, allocations_for, report_lines_for
from minsheng_web.records.duty_rows import accepted_by, handed_in_for_by, verified_by
from minsheng_web.records.models import Allocation, Indicator, ReportLine, ReportPeriod
from minsheng_web.records.models.reports import LineState
from minsheng_web.records.queries.evidence import counts_of
from minsheng_web.records.queries.report_context import WITH, contexts
from minsheng_web.records.report_values import figures_of, owed_of
from minsheng_web.records.reported import HANDED_IN

INDICATORS_A_PAGE = 12
_PLACES = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One line with what it is compared with. ``waits``: it is the person's to decide now.

    ``evidence``: how many files stand as its evidence.
    """

    line: ReportLine
    context: LineContext
    findings: tuple[EntryProblem, ...]
    waits: bool
    evidence: int

    @property
    def percent(self) -> Decimal | None:
        return percent_of(self.context.now.cumulative, self.context.owed.value)

    @property
    def untouched(self) -> bool:
        """Nobody has typed yet: that is no fault of the figures."""
        return self.line.state == LineState.DRAFT and self.line.edited_at is None


@dataclass(frozen=True, slots=True)
class Sum:
    """What the parts of one region make together, and the parts that are missing in it, by name."""

    allocation: Allocation
    rolled: RolledUp
    missing: tuple[str, ...]

    @property
    def percent(self) -> Decimal | None:
        return percent_of(self.rolled.cumulative, owed_of(self.allocation).value)


@dataclass(frozen=True, slots=True)
class CheckGroup:
    """An indicator: its lines, what is odd of them together, its sums from the highest region down."""

    indicator: Indicator
    rows: tuple[CheckRow, ...]
    findings: tuple[EntryProblem, ...]
    sums: tuple[Sum, ...]


def percent_of(done: Decimal | None, owed: Decimal | None) -> Decimal | None:
    """Per cent done, cut off, so that 99.96 is never shown as all; None where either is not known."""
    if done is None or not owed:
        return None
    return (done * 100 / owed).quantize(_PLACES, ROUND_DOWN)


def waiting_for(person: Person) -> Q:
    """Lines the person has to decide: to verify, to accept, or to hand in for a unit that sent a workbook."""
    verify = Q(state=LineState.SUBMITTED) & verified_by(person)
    accept = Q(state=LineState.VERIFIED, cooperating=False) & accepted_by(person)
    return verify | accept | handed_in_for_by(person)


def shown_lines(person: Person, period: ReportPeriod, show: str, region: str = "") -> QuerySet[ReportLine]:
    """The period's lines in reach: those that wait for the person, or those of a state, or all."""
    lines = report_lines_for(person).filter(period=period)
    if show == "waiting":
        lines = lines.filter(waiting_for(person))
    elif show in LineState.values:
        lines = lines.filter(state=show)
    return lines.filter(allocation__region__path__startswith=region) if region else lines


def check_page(
    person: Person, period: ReportPeriod, show: str, region: str, page: str | None
) -> tuple[Page[Indicator], tuple[CheckGroup, ...]]:
    """One page of indicators with their lines. As many queries for one line as for three hundred."""
    chosen = shown_lines(person, period, show, region)
    indicators = Indicator.objects.filter(pk__in=chosen.order_by().values("allocation__indicator"))
    found = Paginator(indicators.order_by("position", "pk"), INDICATORS_A_PAGE).get_page(page)
    keys = [indicator.pk for indicator in found]
    ordered = chosen.filter(allocation__indicator__in=keys).select_related(
        *WITH, "allocation__region__parent", "returned_by", "accepted_region", "submitted_by", "taken_in_by"
    )
    lines = list(
        ordered.order_by("allocation__indicator__position", "allocation__region__path", "cooperating", "pk")
    )
    whole = _main_lines(person, period, keys)
    waiting = set(
        report_lines_for(person)
        .filter(waiting_for(person), pk__in=[line.pk for line in lines])
        .values_list("pk", flat=True)
    )
    known, files = contexts(lines, person), counts_of(lines)
    rows = [
        CheckRow(line, known[line.pk], check_line(known[line.pk]), line.pk in waiting, files[line.pk])
        for line in lines
    ]
    sums = _sums(person, keys, whole)
    return found, tuple(_group(indicator, rows, whole, sums) for indicator in found)


def _main_lines(person: Person, period: ReportPeriod, indicators: list[int]) -> list[ReportLine]:
    rows = report_lines_for(person).filter(
        period=period, cooperating=False, allocation__indicator__in=indicators
    )
    return list(rows.select_related(*WITH).order_by("allocation__region__path", "pk"))


def _group(
    indicator: Indicator,
    rows: Iterable[CheckRow],
    whole: Iterable[ReportLine],
    sums: dict[int, list[Sum]],
) -> CheckGroup:
    together = [
        GroupLine(line.allocation.region.name, owed_of(line.allocation), figures_of(line))
        for line in whole
        if line.allocation.indicator_id == indicator.pk and line.state in HANDED_IN
    ]
    own = tuple(row for row in rows if row.line.allocation.indicator_id == indicator.pk)
    return CheckGroup(indicator, own, check_group(together), tuple(sums.get(indicator.pk, ())))


def _sums(person: Person, indicators: list[int], whole: Sequence[ReportLine]) -> dict[int, list[Sum]]:
    """By indicator: the sum of every region in reach that has parts, from the highest down."""
    parts = allocations_for(person).filter(indicator__in=indicators, active=True)
    nodes = list(parts.select_related("region", "indicator").order_by("region__path", "pk"))
    below: dict[int | None, list[Allocation]] = defaultdict(list)
    for node in nodes:
        below[node.above_id].append(node)
    tree = _Tree(below, {line.allocation_id: line for line in whole})
    sums: dict[int, list[Sum]] = defaultdict(list)
    for node in nodes:
        kind = owed_of(node).kind
        if kind not in LEVELS and below[node.pk]:
            sums[node.indicator_id].append(
                Sum(node, tree.rolled(kind, node), tuple(tree.missing(kind, node)))
            )
    return sums


@dataclass(frozen=True, slots=True)
class _Tree:
    """Parts by the part above them, and the line of each part that is reported."""

    below: dict[int | None, list[Allocation]]
    lines: dict[int, ReportLine]

    def _said(self, node: Allocation) -> Figures:
        """What was handed in; a draft is nobody's word yet."""
        line = self.lines.get(node.pk)
        return figures_of(line) if line is not None and line.state in HANDED_IN else Figures()

    def rolled(self, kind: Kind, node: Allocation) -> RolledUp:
        parts = self.below.get(node.pk)
        if not parts:
            return roll_up(kind, [self._said(node)])
        return roll_up(kind, [self.rolled(kind, part) for part in parts])

    def missing(self, kind: Kind, node: Allocation) -> list[str]:
        parts = self.below.get(node.pk)
        if parts:
            return [name for part in parts for name in self.missing(kind, part)]
        return [node.region.name] if self.rolled(kind, node).missing else []
