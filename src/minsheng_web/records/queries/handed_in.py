"""What was handed in of a few parts in the periods of a year, by part, as plain columns.

A closed period changes by a late correction alone, which makes a new snapshot: what was read of it stands
until then and is kept, for a unit's year is looked at again with every cell its people fill in.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from minsheng_web.records.bulk import Row
from minsheng_web.records.kept_in_memory import KeptInMemory
from minsheng_web.records.models import ReportLine, ReportPeriod, Snapshot
from minsheng_web.records.prepared import Prepared
from minsheng_web.records.queries.said_rows import SAID
from minsheng_web.records.reported import HANDED_IN

KEPT = 64
"""Units whose year is kept, some half a megabyte each."""
MOST_PARTS = 400
"""More than one unit reports; what is asked of more parts is read each time."""

Part = tuple[int, int | None]
"""A part, and its helping unit where a helper's own lines are meant."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was said of a part for one period: ``said`` are columns of SAID."""

    period: ReportPeriod
    state: str
    said: Row


@dataclass(frozen=True, slots=True)
class HandedIn:
    """The reports by part, the oldest first. ``made``: what was made of them before; it lasts as they do."""

    by_part: Mapping[Part, Sequence[Report]]
    made: dict[Hashable, object] = field(default_factory=dict)


_read = Prepared[Row](
    lambda periods, parts: (
        ReportLine.objects.filter(period__in=periods, allocation__in=parts, state__in=HANDED_IN)
        .order_by("pk")
        .values_list("period", "allocation", "unit", "cooperating", "state", *SAID)
    )
)
_stamps = Prepared[tuple[int, int, str]](
    lambda periods: (
        Snapshot.objects.filter(period__in=periods)
        .order_by("period", "number")
        .values_list("period", "number", "digest")
    )
)
_kept = KeptInMemory[Hashable, HandedIn](KEPT)


def handed_in(periods: Sequence[ReportPeriod], parts: Collection[int]) -> HandedIn:
    """What was handed in of the parts in the periods. At most three queries, one where it is kept."""
    asked = tuple(sorted(parts))
    ordered = sorted(periods, key=lambda period: period.start)
    closed = [period for period in ordered if period.closed_at is not None]
    if not closed or len(asked) > MOST_PARTS:
        return HandedIn(_grouped(ordered, asked))
    keys = tuple(period.pk for period in closed)
    kept = _kept.get((keys, asked, tuple(_stamps(keys))), lambda: HandedIn(_grouped(closed, asked)))
    still_open = [period for period in ordered if period.closed_at is None]
    return HandedIn(_together(kept.by_part, _grouped(still_open, asked))) if still_open else kept


def _grouped(periods: Sequence[ReportPeriod], parts: tuple[int, ...]) -> dict[Part, list[Report]]:
    """``periods`` in order of time. One query."""
    known = {period.pk: period for period in periods}
    found: dict[Part, list[Report]] = defaultdict(list)
    for period, part, unit, helps, state, *said in _read.plain(tuple(known), parts):
        found[part, unit if helps else None].append(Report(known[period], state, tuple(said)))
    return {part: _in_time(reports) for part, reports in found.items()}


def _together(
    one: Mapping[Part, Sequence[Report]], other: Mapping[Part, Sequence[Report]]
) -> Mapping[Part, Sequence[Report]]:
    return {part: _in_time([*one.get(part, ()), *other.get(part, ())]) for part in {*one, *other}}


def _in_time(reports: Iterable[Report]) -> list[Report]:
    return sorted(reports, key=lambda report: report.period.start)
