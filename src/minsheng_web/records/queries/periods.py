"""Periods of a programme: how far each has come, who is late, its snapshots and how two of them differ."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.cache import cache
from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, Q, QuerySet

from minsheng.progress.deadlines import days_late
from minsheng.progress.frozen import Difference, FrozenLine, differences
from minsheng.progress.periods import PERIOD_STATE_WORDS, PeriodState, state_on
from minsheng_web.records.access import (
    Person,
    periods_for,
    report_lines_in,
    snapshot_lines_in,
    snapshots_for,
)
from minsheng_web.records.line_places import reaches_all, units_of
from minsheng_web.records.models import (
    Region,
    Reminder,
    ReportLine,
    ReportPeriod,
    Snapshot,
    SnapshotLine,
    Unit,
)
from minsheng_web.records.models.reports import LineState
from minsheng_web.records.queries.report_units import units_with
from minsheng_web.records.reported import OWING, frozen_value, period_value

KEPT_SECONDS = 24 * 60 * 60
ROWS_A_PAGE = 50
"""Units or regions shown at a time."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How many lines stand in which state; ``name`` of the unit, region or period they belong to."""

    name: str
    counts: tuple[tuple[LineState, int], ...]
    place: str = ""
    unit: int | None = None

    @property
    def total(self) -> int:
        return sum(number for _, number in self.counts)

    @property
    def accepted(self) -> int:
        return dict(self.counts)[LineState.ACCEPTED]

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(number for _, number in self.counts)


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A period as the list shows it."""

    period: ReportPeriod
    state: PeriodState
    standing: Standing
    snapshots: int

    @property
    def state_word(self) -> str:
        return PERIOD_STATE_WORDS[self.state]


@dataclass(frozen=True, slots=True)
class LateUnit:
    """A unit that still has lines with it: how many, how many days late, when it was last reminded."""

    unit: int
    unit_name: str
    region_name: str
    owing: int
    returned: int
    days: int
    reminded_at: datetime | None


def state_of(period: ReportPeriod, today: date) -> PeriodState:
    """How the period stands today."""
    return state_on(period_value(period), today, period.due_on, period.closed_at is not None)


def _standing(name: str, counts: Counter[str], place: str = "", unit: int | None = None) -> Standing:
    return Standing(name, tuple((state, counts[state]) for state in LineState), place, unit)


def period_rows(person: Person, programme: int, today: date) -> tuple[PeriodRow, ...]:
    """The programme's periods, newest first. Three queries however many there are.

    A closed period is as its snapshot says, so of one reached whole the counts are kept.
    """
    periods = list(
        periods_for(person).filter(programme=programme).select_related("programme__region").order_by("-start")
    )
    frozen: dict[int, list[str]] = defaultdict(list)
    snapshots = snapshots_for(person).filter(period__in=periods).order_by("number")
    for period, pk, digest in snapshots.values_list("period", "pk", "digest"):
        frozen[period].append(f"period-lines:{period}:{pk}:{digest}")
    keys = {
        p.pk: frozen[p.pk][-1] for p in periods if p.closed_at and frozen[p.pk] and reaches_all(person, p)
    }
    known: dict[str, Counter[str]] = cache.get_many(keys.values())
    counts = {pk: known[key] for pk, key in keys.items() if key in known}
    left = [period for period in periods if period.pk not in counts]
    lines = report_lines_in(person, left).filter(cooperating=False).order_by()
    counts |= {period.pk: Counter() for period in left} | _by_state(lines, "period")
    cache.set_many({key: counts[pk] for pk, key in keys.items() if key not in known}, KEPT_SECONDS)
    return tuple(
        PeriodRow(p, state_of(p, today), _standing(p.name, counts[p.pk]), len(frozen[p.pk])) for p in periods
    )


def unit_standings(
    person: Person, period: ReportPeriod, page: str | None
) -> tuple[Page[Unit], tuple[Standing, ...]]:
    """How far the units have come, one page of them. Three queries."""
    lines = report_lines_in(person, [period]).order_by()
    units = units_with(lines, every=reaches_all(person, period))
    found = Paginator(units, ROWS_A_PAGE).get_page(page)
    shown = list(found)
    counts = _by_state(lines.filter(unit__in=[unit.pk for unit in shown]), "unit")
    return found, tuple(_standing(one.name, counts[one.pk], one.region.name, one.pk) for one in shown)


def region_standings(
    person: Person, period: ReportPeriod, page: str | None
) -> tuple[Page[Region], tuple[Standing, ...]]:
    """How far the regions' units have come, one page of regions. Three queries."""
    lines = report_lines_in(person, [period]).order_by()
    units = units_of(lines, every=reaches_all(person, period)).order_by()
    regions = Region.objects.filter(pk__in=units.values("region")).order_by("path")
    found = Paginator(regions, ROWS_A_PAGE).get_page(page)
    shown = list(found)
    counts = _by_state(lines.filter(unit__region__in=[one.pk for one in shown]), "unit__region")
    return found, tuple(_standing(one.name, counts[one.pk]) for one in shown)


def _by_state(lines: QuerySet[ReportLine], key: str) -> dict[int, Counter[str]]:
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for of, state, number in lines.values_list(key, "state").annotate(number=Count("pk")):
        counts[of][state] = number
    return counts


class _Counted(Paginator[Any]):
    """Pages of rows whose number is known already."""

    def __init__(self, rows: QuerySet[ReportLine, tuple[Any, ...]], number: int) -> None:
        super().__init__(rows, ROWS_A_PAGE)
        self.count = number


def late_page(
    person: Person, period: ReportPeriod, today: date, page: str | None
) -> tuple[Page[Any], tuple[LateUnit, ...]]:
    """Units with lines that are not handed in, those that owe most first, one page. Three queries."""
    owing = report_lines_in(person, [period]).filter(state__in=OWING)
    units = units_of(owing, every=reaches_all(person, period))
    found = _Counted(_late(person, period), units.count()).get_page(page)
    return found, _late_units(period, list(found), today)


def late_units(person: Person, period: ReportPeriod, today: date) -> tuple[LateUnit, ...]:
    """All of them, for a file. Two queries."""
    return _late_units(period, list(_late(person, period)), today)


def _late(person: Person, period: ReportPeriod) -> QuerySet[ReportLine, tuple[Any, ...]]:
    owing = report_lines_in(person, [period]).filter(state__in=OWING).order_by()
    returned = Count("pk", filter=Q(state=LineState.RETURNED))
    rows: QuerySet[ReportLine, tuple[Any, ...]] = (
        owing.values_list("unit", "unit__name", "unit__region__name")
        .annotate(owing=Count("pk"), returned=returned)
        .order_by("-owing", "unit__region__path", "unit")
    )
    return rows


def _late_units(period: ReportPeriod, rows: Sequence[tuple[Any, ...]], today: date) -> tuple[LateUnit, ...]:
    reminders = Reminder.objects.filter(period=period, unit__in=[row[0] for row in rows]).order_by()
    last = dict(reminders.values_list("unit").annotate(at=Max("sent_at")))
    days = days_late(period.due_on, today)
    return tuple(
        LateUnit(unit, name, region, owing, returned, days, last.get(unit))
        for unit, name, region, owing, returned, *_ in rows
    )


def snapshots_of(person: Person, period: ReportPeriod) -> tuple[Snapshot, ...]:
    """The period's snapshots, the newest first."""
    rows = snapshots_for(person).filter(period=period).select_related("made_by", "period__programme__region")
    return tuple(rows.order_by("-number"))


def frozen_lines(person: Person, snapshot: Snapshot) -> QuerySet[SnapshotLine]:
    """A snapshot's lines in reach, as they were frozen."""
    return snapshot_lines_in(person, snapshot).order_by("pk")


def compare_snapshots(person: Person, before: Snapshot, after: Snapshot) -> tuple[Difference, ...]:
    """What changed between two snapshots, as far as the person reaches."""
    if before.pk == after.pk:
        return ()
    return tuple(differences(_values(person, before), _values(person, after)))


def _values(person: Person, snapshot: Snapshot) -> Iterable[FrozenLine]:
    return map(frozen_value, frozen_lines(person, snapshot).iterator(1000))
