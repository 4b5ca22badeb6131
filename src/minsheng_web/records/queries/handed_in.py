"""What was handed in of a few parts in the periods of a year, by part, as plain columns.

A closed period changes by a late correction alone, which makes a new snapshot: what was read of it stands
until then and is kept, for a unit's year is looked at again with every cell its people fill in.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

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
class Earlier:
    """A period of the year."""

    pk: int
    key: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Report:
    """What was said of a part for one period: ``said`` are columns of SAID."""

    period: Earlier
    state: str
    said: Row


@dataclass(frozen=True, slots=True)
class HandedIn:
    """The reports by part, the oldest first. ``made``: what was made of them before; it lasts as they do."""

    by_part: Mapping[Part, Sequence[Report]]
    made: dict[Hashable, object] = field(default_factory=dict, compare=False)


def _of_the_year(programmes: tuple[int, ...], since: date, before: date) -> QuerySet[Any]:
    periods = ReportPeriod.objects.filter(programme__in=programmes, start__gte=since, start__lt=before)
    newest = Snapshot.objects.filter(period=OuterRef("pk")).order_by("-number")
    rows = periods.annotate(
        newest_number=Subquery(newest.values("number")[:1]),
        newest_digest=Subquery(newest.values("digest")[:1]),
    ).order_by("start", "pk")
    return rows.values_list("pk", "key", "start", "end", "closed_at", "newest_number", "newest_digest")


_periods = Prepared[tuple[int, str, date, date, datetime | None, int | None, str | None]](_of_the_year)
_read = Prepared[Row](
    lambda periods, parts: (
        ReportLine.objects.filter(period__in=periods, allocation__in=parts, state__in=HANDED_IN)
        .order_by("pk")
        .values_list("period", "allocation", "unit", "cooperating", "state", *SAID)
    )
)
_kept = KeptInMemory[Hashable, HandedIn](KEPT)


def handed_in(programmes: Collection[int], parts: Collection[int], *, since: date, before: date) -> HandedIn:
    """What was handed in of the parts in the programmes' periods that begin from ``since`` to ``before``.

    One query where nothing of it is open and it is kept, at most three.
    """
    asked = tuple(sorted(parts))
    closed, read_anew, stamps = [], [], []
    for pk, key, start, end, closed_at, *stamp in _periods(tuple(sorted(programmes)), since, before):
        period = Earlier(pk, key, start, end)
        if closed_at is None or len(asked) > MOST_PARTS:
            read_anew.append(period)
        else:
            closed.append(period)
            stamps.append((pk, *stamp))
    if not closed:
        return HandedIn(_grouped(read_anew, asked))
    kept = _kept.get((asked, tuple(stamps)), lambda: HandedIn(_grouped(closed, asked)))
    return HandedIn(_together(kept.by_part, _grouped(read_anew, asked))) if read_anew else kept


def _grouped(periods: Sequence[Earlier], parts: tuple[int, ...]) -> dict[Part, list[Report]]:
    """One query, none where there is nothing to ask for."""
    known = {period.pk: period for period in periods}
    found: dict[Part, list[Report]] = defaultdict(list)
    for period, part, unit, helps, state, *said in (
        _read.plain(tuple(known), parts) if known and parts else ()
    ):
        found[part, unit if helps else None].append(Report(known[period], state, tuple(said)))
    return {part: _in_time(reports) for part, reports in found.items()}


def _together(
    one: Mapping[Part, Sequence[Report]], other: Mapping[Part, Sequence[Report]]
) -> Mapping[Part, Sequence[Report]]:
    return {part: _in_time([*one.get(part, ()), *other.get(part, ())]) for part in {*one, *other}}


def _in_time(reports: Iterable[Report]) -> list[Report]:
    return sorted(reports, key=lambda report: report.period.start)
