"""What one indicator is expected to reach by when: as it is, as its notice says, as it ever was set."""

from dataclasses import dataclass

from minsheng.progress.model import Kind, Owed
from minsheng.progress.pace.curves import Curve
from minsheng.progress.periods import Period, periods_in
from minsheng_web.records.access import Person, indicators_for, own_curves_for
from minsheng_web.records.actions.periods import cadence_of, rule_of
from minsheng_web.records.models import Allocation, Indicator, OwnCurve
from minsheng_web.records.pace_rules import curves_of, notice_curve
from minsheng_web.records.queries.pace_scope import latest_snapshots


@dataclass(frozen=True, slots=True)
class Expected:
    """``notice`` is None where the notice states no milestone; ``set_before`` the newest first.

    ``owed`` is the whole; its value is None where the notice gives every region its own.
    """

    indicator: Indicator
    owed: Owed
    periods: tuple[Period, ...]
    closed: frozenset[str]
    now: Curve
    notice: Curve | None
    set_before: tuple[OwnCurve, ...]

    @property
    def seen(self) -> int:
        return self.set_before[0].number if self.set_before else 0

    @property
    def is_own(self) -> bool:
        """Whether what holds was set by the office."""
        return bool(self.set_before) and self.set_before[0].curve is not None


def expected_of(person: Person, programme: int, indicator: int) -> Expected | None:
    """None out of reach. Six queries."""
    rows = indicators_for(person).filter(programme=programme, pk=indicator)
    row = rows.select_related("programme__region", "target__version").first()
    if row is None:
        return None
    cadence, year = cadence_of(rule_of(row.programme)), row.programme.year
    root = Allocation.objects.filter(indicator=row, above=None).first()
    kind: Kind = row.kind  # type: ignore[assignment]  # the column's choices are the kinds
    return Expected(
        indicator=row,
        owed=Owed(kind, row.unit, None if row.each else row.value, root.due if root else None),
        periods=tuple(Period(cadence, year, number + 1) for number in range(periods_in(year, cadence))),
        closed=frozenset(one.period.key for one in latest_snapshots(person, programme)),
        now=curves_of([row.pk])[row.pk],
        notice=notice_curve(row),
        set_before=tuple(own_curves_for(person).filter(indicator=row).select_related("made_by")),
    )
