"""Periods of a programme: how far each has come, who is late, its snapshots and how two of them differ."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, QuerySet

from minsheng.progress.deadlines import days_late
from minsheng.progress.frozen import Difference, FrozenLine, differences
from minsheng.progress.periods import PERIOD_STATE_WORDS, PeriodState, state_on
from minsheng_web.records.access import (
    Person,
    periods_for,
    report_lines_for,
    report_lines_in,
    snapshot_lines_for,
    snapshots_for,
)
from minsheng_web.records.models import Reminder, ReportPeriod, Snapshot, SnapshotLine
from minsheng_web.records.models.reports import LineState
from minsheng_web.records.reported import OWING, frozen_value, period_value


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
    """The programme's periods, newest first. Three queries however many there are."""
    periods = list(
        periods_for(person).filter(programme=programme).select_related("programme__region").order_by("-start")
    )
    counted = report_lines_in(person, periods).filter(cooperating=False).order_by()
    counts: dict[int, Counter[str]] = {period.pk: Counter() for period in periods}
    for period, state, number in counted.values_list("period", "state").annotate(number=Count("pk")):
        counts[period][state] = number
    frozen = snapshots_for(person).filter(period__in=periods).order_by()
    numbers = dict(frozen.values_list("period").annotate(number=Count("pk")))
    return tuple(
        PeriodRow(p, state_of(p, today), _standing(p.name, counts[p.pk]), numbers.get(p.pk, 0))
        for p in periods
    )


def standings(person: Person, period: ReportPeriod) -> tuple[tuple[Standing, ...], tuple[Standing, ...]]:
    """How far the units have come, and the regions. One query."""
    rows = (
        report_lines_for(person)
        .filter(period=period)
        .order_by("unit__region__path", "unit")
        .values_list("unit", "unit__name", "unit__region__name", "state")
        .annotate(number=Count("pk"))
    )
    units: dict[int, tuple[str, str, Counter[str]]] = {}
    regions: dict[str, Counter[str]] = {}
    for unit, name, region, state, number in rows:
        units.setdefault(unit, (name, region, Counter()))[2][state] += number
        regions.setdefault(region, Counter())[state] += number
    return (
        tuple(_standing(name, counts, region, unit) for unit, (name, region, counts) in units.items()),
        tuple(_standing(region, counts) for region, counts in regions.items()),
    )


def late_units(person: Person, period: ReportPeriod, today: date) -> tuple[LateUnit, ...]:
    """Units with lines that are not handed in, those that owe most first. Two queries."""
    rows = (
        report_lines_for(person)
        .filter(period=period, state__in=OWING)
        .order_by("unit__region__path", "unit")
        .values_list("unit", "unit__name", "unit__region__name", "state")
        .annotate(number=Count("pk"))
    )
    owing: dict[int, tuple[str, str, Counter[str]]] = {}
    for unit, name, region, state, number in rows:
        owing.setdefault(unit, (name, region, Counter()))[2][state] += number
    reminders = Reminder.objects.filter(period=period, unit__in=owing).order_by()
    last = dict(reminders.values_list("unit").annotate(at=Max("sent_at")))
    days = days_late(period.due_on, today)
    found = (
        LateUnit(unit, name, region, counts.total(), counts[LineState.RETURNED], days, last.get(unit))
        for unit, (name, region, counts) in owing.items()
    )
    return tuple(sorted(found, key=lambda late: -late.owing))


def snapshots_of(person: Person, period: ReportPeriod) -> tuple[Snapshot, ...]:
    """The period's snapshots, the newest first."""
    rows = snapshots_for(person).filter(period=period).select_related("made_by")
    return tuple(rows.order_by("-number"))


def frozen_lines(person: Person, snapshot: Snapshot) -> QuerySet[SnapshotLine]:
    """A snapshot's lines in reach, as they were frozen."""
    return snapshot_lines_for(person).filter(snapshot=snapshot).order_by("pk")


def compare_snapshots(person: Person, before: Snapshot, after: Snapshot) -> tuple[Difference, ...]:
    """What changed between two snapshots, as far as the person reaches."""
    return tuple(differences(_values(person, before), _values(person, after)))


def _values(person: Person, snapshot: Snapshot) -> Iterable[FrozenLine]:
    return map(frozen_value, frozen_lines(person, snapshot).iterator(1000))
