"""The check page: lines of a period by project and region, what the checks find, and how the parts add up."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from minsheng.progress.entry import check_group, check_line
from minsheng.progress.entry_checks.identical_everywhere import GroupLine
from minsheng.progress.entry_line import EntryProblem, LineContext
from minsheng.progress.figures import RolledUp, roll_up
from minsheng.progress.handing_in import LEVELS
from minsheng.progress.model import Figures, Kind, Owed
from minsheng_web.records.access import Person, allocations_for, report_lines_in
from minsheng_web.records.bulk import exact, read_rows
from minsheng_web.records.duty_rows import accepted_by, handed_in_for_by, verified_by
from minsheng_web.records.models import Allocation, Indicator, ReportLine, ReportPeriod
from minsheng_web.records.models.reports import LineState
from minsheng_web.records.queries.evidence import counts_of
from minsheng_web.records.queries.report_context import WITH, contexts
from minsheng_web.records.queries.said_rows import SAID, said_in
from minsheng_web.records.report_values import owed_of
from minsheng_web.records.reported import HANDED_IN_STATES

LINES_A_PAGE = 100
SUMMED_A_PAGE = 12
"""Targets of one page whose sums are told. More are on it only where a filter leaves few lines of each."""
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


def waiting_for(person: Person, period: ReportPeriod) -> Q:
    """Lines the person has to decide: to verify, to accept, or to hand in for a unit that sent a workbook."""
    verify = Q(state=LineState.SUBMITTED) & verified_by(person, [period])
    accept = Q(state=LineState.VERIFIED, cooperating=False) & accepted_by(person, [period])
    return verify | accept | handed_in_for_by(person, [period])


def shown_lines(person: Person, period: ReportPeriod, show: str, region: str = "") -> QuerySet[ReportLine]:
    """The period's lines in reach: those that wait for the person, or those of a state, or all."""
    lines = report_lines_in(person, [period])
    if show == "waiting":
        lines = lines.filter(waiting_for(person, period))
    elif show in LineState.values:
        lines = lines.filter(state=show)
    return lines.filter(allocation__region__path__startswith=region) if region else lines


def check_page(
    person: Person, period: ReportPeriod, show: str, region: str, page: str | None
) -> tuple[Page[int], tuple[CheckGroup, ...]]:
    """One page of lines by indicator. As many queries for one line as for three hundred."""
    ordered = shown_lines(person, period, show, region).order_by(
        "allocation__indicator__position", "allocation__region__path", "cooperating", "pk"
    )
    found = Paginator(ordered.values_list("pk", flat=True), LINES_A_PAGE).get_page(page)
    keys = list(found)
    lines = list(_with_all(ordered, keys))
    shown = list({line.allocation.indicator_id: line.allocation.indicator for line in lines}.values())
    summed = [indicator.pk for indicator in shown[:SUMMED_A_PAGE]]
    whole = _main_lines(person, period, summed)
    reach = report_lines_in(person, [period]).order_by().filter(pk__in=keys)
    waiting = set(reach.filter(waiting_for(person, period)).values_list("pk", flat=True))
    known, files = contexts(lines, person), counts_of(lines)
    rows = [
        CheckRow(line, known[line.pk], check_line(known[line.pk]), line.pk in waiting, files[line.pk])
        for line in lines
    ]
    sums = _sums(person, rows, summed, {line.allocation: line for line in whole})
    return found, tuple(
        _group(indicator, rows, [line for line in whole if line.indicator == indicator.pk], sums)
        for indicator in shown
    )


def _with_all(ordered: QuerySet[ReportLine], keys: list[int]) -> QuerySet[ReportLine]:
    return ReportLine.objects.filter(pk__in=keys).order_by(*ordered.query.order_by).select_related(
        *WITH, "allocation__region__parent", "returned_by", "accepted_region", "submitted_by", "taken_in_by"
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Main:
    """A reported line among all of its indicator's: read as columns, for a province has thousands."""

    indicator: int
    allocation: int
    region: str
    owed: Owed
    figures: Figures | None
    """None: not handed in; a draft is nobody's word yet."""


def _main_lines(person: Person, period: ReportPeriod, indicators: list[int]) -> list[_Main]:
    if not indicators:
        return []
    kinds = {one.pk: (one.kind, one.unit) for one in Indicator.objects.filter(pk__in=indicators)}
    rows = report_lines_in(person, [period]).filter(cooperating=False, allocation__indicator__in=indicators)
    part = ("indicator", "region__name", "asked", "share")
    columns = ("allocation", "state", *(f"allocation__{name}" for name in part), *SAID)
    ordered = rows.order_by("allocation__region__path", "pk").values_list(*columns)
    found = []
    for allocation, state, indicator, region, asked, share, *said in read_rows(ordered):
        kind, unit = kinds[indicator]
        owed = Owed(kind, unit, exact(share if asked is None else asked))  # type: ignore[arg-type]
        figures = said_in(said) if state in HANDED_IN_STATES else None
        found.append(_Main(indicator, allocation, region, owed, figures))
    return found


def _group(
    indicator: Indicator, rows: Iterable[CheckRow], whole: Iterable[_Main], sums: dict[int, list[Sum]]
) -> CheckGroup:
    together = [GroupLine(line.region, line.owed, line.figures) for line in whole if line.figures is not None]
    own = tuple(row for row in rows if row.line.allocation.indicator_id == indicator.pk)
    return CheckGroup(indicator, own, check_group(together), tuple(sums.get(indicator.pk, ())))


def _sums(
    person: Person, rows: Sequence[CheckRow], indicators: list[int], lines: dict[int, _Main]
) -> dict[int, list[Sum]]:
    """By indicator: the sums of the regions in reach that hold a line shown, from the highest down."""
    parts = allocations_for(person).filter(indicator__in=indicators, active=True)
    above: dict[int, int | None] = {}
    below: dict[int | None, list[_Part]] = defaultdict(list)
    columns = ("pk", "above", "region__name", "indicator__kind")
    for pk, over, name, kind in parts.order_by("region__path", "pk").values_list(*columns):
        above[pk] = over
        below[over].append(_Part(pk, name, kind))
    holding: dict[int, None] = {}
    for row in rows:
        node: int | None = row.line.allocation_id
        while node is not None and node not in holding:
            holding[node] = None
            node = above.get(node)
    told = Allocation.objects.filter(pk__in=[pk for pk in holding if pk in above and below.get(pk)])
    tree = _Tree(below, lines)
    sums: dict[int, list[Sum]] = defaultdict(list)
    for one in told.select_related("region", "indicator").order_by("region__path", "pk"):
        kind = owed_of(one).kind
        if kind not in LEVELS:
            part = _Part(one.pk, one.region.name, kind)
            sums[one.indicator_id].append(Sum(one, tree.rolled(part), tuple(tree.missing(part))))
    return sums


@dataclass(frozen=True, slots=True)
class _Part:
    """A region's part of a target."""

    key: int
    region: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class _Tree:
    """Parts by the part above them, and the line of each part that is reported; what was added is kept."""

    below: dict[int | None, list[_Part]]
    lines: dict[int, _Main]
    added: dict[int, RolledUp] = field(default_factory=dict)

    def _said(self, node: _Part) -> Figures:
        line = self.lines.get(node.key)
        return Figures() if line is None or line.figures is None else line.figures

    def rolled(self, node: _Part) -> RolledUp:
        found = self.added.get(node.key)
        if found is None:
            parts = self.below.get(node.key)
            under = [self.rolled(part) for part in parts] if parts else [self._said(node)]
            found = self.added[node.key] = roll_up(node.kind, under)
        return found

    def missing(self, node: _Part) -> list[str]:
        parts = self.below.get(node.key)
        if parts:
            return [name for part in parts for name in self.missing(part)]
        return [node.region] if self.rolled(node).missing else []
