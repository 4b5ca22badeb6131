"""What was handed in of a few parts in the periods of a year, as plain columns.

A closed period changes by a late correction alone, which makes a new snapshot: what was read of it stands
until then and is kept, for a unit's year is read again with every cell its people fill in.
"""

import hashlib
from collections.abc import Collection, Sequence

from django.core.cache import cache

from minsheng_web.records.bulk import Row
from minsheng_web.records.models import ReportLine, ReportPeriod, Snapshot
from minsheng_web.records.prepared import Prepared
from minsheng_web.records.queries.said_rows import SAID
from minsheng_web.records.reported import HANDED_IN

KEPT_SECONDS = 600
MOST_PARTS = 400
"""More than one unit reports; what is asked of more parts is read each time."""

_read = Prepared[Row](
    lambda periods, parts: (
        ReportLine.objects.filter(period__in=periods, allocation__in=parts, state__in=HANDED_IN)
        .order_by()
        .values_list("pk", "period", "allocation", "unit", "cooperating", "state", *SAID)
    )
)
_stamps = Prepared[tuple[int, int, str]](
    lambda periods: (
        Snapshot.objects.filter(period__in=periods)
        .order_by("period", "number")
        .values_list("period", "number", "digest")
    )
)


def handed_in_rows(periods: Sequence[ReportPeriod], parts: Collection[int]) -> list[Row]:
    """Columns ("pk", "period", "allocation", "unit", "cooperating", "state", *SAID), in no order.

    Two queries, three where closed and open periods are asked for.
    """
    asked = tuple(sorted(parts))
    closed = tuple(sorted(period.pk for period in periods if period.closed_at is not None))
    if not closed or len(asked) > MOST_PARTS:
        return _read.plain(tuple(period.pk for period in periods), asked)
    still_open = tuple(period.pk for period in periods if period.closed_at is None)
    return [*_kept(closed, asked), *(_read.plain(still_open, asked) if still_open else ())]


def _kept(closed: tuple[int, ...], parts: tuple[int, ...]) -> list[Row]:
    told = repr((closed, parts, _stamps(closed)))
    key = f"handed-in:{hashlib.sha256(told.encode()).hexdigest()}"
    rows: list[Row] | None = cache.get(key)
    if rows is None:
        rows = _read.plain(closed, parts)
        cache.set(key, rows, KEPT_SECONDS)
    return rows
