"""Snapshots: how the lines of a closed period are kept for ever, and asking whether they still are."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from itertools import islice

from minsheng.progress.freeze import digest
from minsheng.progress.frozen import FrozenLine
from minsheng_web.records.models import ReportLine, ReportPeriod, Snapshot, SnapshotLine, User
from minsheng_web.records.queries.report_context import WITH
from minsheng_web.records.reported import frozen_value, to_be_frozen

CHUNK = 1000
"""Lines kept in memory at once, beside 32 bytes each for the digits."""


def freeze(
    *, period: ReportPeriod, number: int, actor: User | None, at: datetime, reason: str = ""
) -> Snapshot:
    """Snapshot the period's lines as they stand. Inside the transaction that holds the period.

    Cooperating units' lines are left out: what they say is merged in the main line, and would count twice.
    """
    rows = ReportLine.objects.filter(period=period, cooperating=False)
    ordered = rows.select_related(*WITH).order_by(
        "allocation__indicator__position", "allocation__region__path", "pk"
    )
    # Read twice: the digits stand in the snapshot's own row, which is written once and comes first.
    head = Snapshot(period=period, number=number, made_by=actor, made_at=at, reason=reason)
    return _keep(head, lambda: map(to_be_frozen, ordered.iterator(CHUNK)))


def freeze_again(
    *, of: Snapshot, changed: FrozenLine, actor: User | None, at: datetime, reason: str
) -> Snapshot:
    """The next snapshot: the lines of the one before, one of them changed."""

    def lines() -> Iterator[FrozenLine]:
        return (
            changed if line.allocation_id == changed.allocation else frozen_value(line)
            for line in of.lines.order_by("pk").iterator(CHUNK)
        )

    number = of.number + 1
    return _keep(Snapshot(period=of.period, number=number, made_by=actor, made_at=at, reason=reason), lines)


def _keep(snapshot: Snapshot, lines: Callable[[], Iterator[FrozenLine]]) -> Snapshot:
    count = 0

    def rows() -> Iterator[dict[str, object]]:
        nonlocal count
        for line in lines():
            count += 1
            yield line.row()

    snapshot.digest = digest(rows())
    snapshot.line_count = count
    snapshot.save()
    for chunk in _chunks(lines()):
        SnapshotLine.objects.bulk_create(_row(snapshot, line) for line in chunk)
    return snapshot


def _row(snapshot: Snapshot, line: FrozenLine) -> SnapshotLine:
    values = asdict(line)
    allocation = values.pop("allocation")
    return SnapshotLine(snapshot=snapshot, allocation_id=allocation, **values)


def _chunks(lines: Iterable[FrozenLine]) -> Iterator[list[FrozenLine]]:
    rest = iter(lines)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def still_digest(snapshot: Snapshot) -> str:
    """The digits made anew of the lines as stored now: the snapshot's own, unless something touched it."""
    return digest(frozen_value(line).row() for line in snapshot.lines.order_by("pk").iterator(CHUNK))
