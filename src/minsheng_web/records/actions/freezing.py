"""Snapshots: how the lines of a closed period are kept for ever, and asking whether they still are.

A snapshot is begun without digits, filled, and sealed with them; until then nobody sees it.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from minsheng.progress.freeze import digest_of_texts
from minsheng.progress.frozen import FrozenLine
from minsheng_web.records.bulk import copy_rows, insert_rows, read_rows, remove_rows
from minsheng_web.records.models import (
    Closing,
    PaceCell,
    PaceSeal,
    ReportLine,
    ReportPeriod,
    Snapshot,
    SnapshotLine,
    Standing,
    User,
)
from minsheng_web.records.reported import FROZEN_FROM, frozen_from

CHUNK = 1000
"""Lines kept in memory at once, beside the text of each that the digits are made of."""

REMOVED_AT_ONCE = 20_000

LINE_FIELDS = (
    "snapshot", "allocation", "region_name", "unit_name", "indicator_name", "owed", "state", "amount",
    "cumulative", "done", "stages", "money", "difficulty",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Due:
    """A line that is frozen now, and what the parts above it need: its unit and whether that reports now."""

    line: FrozenLine
    is_current: bool


def begin_snapshot(
    *, period: ReportPeriod, number: int, actor: User | None, at: datetime, reason: str = ""
) -> Snapshot:
    """A snapshot without lines and digits, which nobody sees yet."""
    snapshot = Snapshot(period=period, number=number, made_by=actor, made_at=at, reason=reason)
    snapshot.save()
    return snapshot


def lines_due(period: ReportPeriod, indicators: Collection[int], keys: tuple[int, int]) -> list[Due]:
    """The lines of these indicators as they are frozen, in order; their parts' keys lie between ``keys``.

    Cooperating units' lines are left out: what they say is merged in the main line, and would count twice.
    """
    lowest, highest = keys
    rows = ReportLine.objects.filter(
        period=period,
        cooperating=False,
        allocation__gte=lowest,
        allocation__lte=highest,
        allocation__indicator__in=indicators,
    ).order_by("allocation__indicator__position", "allocation__region__path", "pk")
    columns = (*FROZEN_FROM, "unit_id", "allocation__reporting_unit_id")
    return [Due(frozen_from(row), row[-1] == row[-2]) for row in read_rows(rows.values_list(*columns))]


class LineWriter:
    """Writes lines into a snapshot that was begun and keeps what its digits are made of."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._texts: list[str] = []

    def write(self, lines: Iterable[FrozenLine]) -> None:
        """Insert these lines. Inside the caller's transaction."""
        kept = list(lines)
        self._texts += [line.text() for line in kept]
        insert_rows(SnapshotLine, LINE_FIELDS, [_row(self._snapshot.pk, line) for line in kept])

    def seal(self) -> Snapshot:
        """Give the snapshot its digits: from now on it is there. Inside the caller's transaction."""
        return seal_snapshot(self._snapshot, digest_of_texts(self._texts), len(self._texts))


def seal_snapshot(snapshot: Snapshot, digits: str, count: int) -> Snapshot:
    """The one change a snapshot ever sees. Raises ValueError where it was sealed before."""
    rows = Snapshot.unsealed_too.filter(pk=snapshot.pk, digest="")
    if rows.update(digest=digits, line_count=count) != 1:
        raise ValueError(f"snapshot {snapshot.pk} is sealed already")
    snapshot.digest, snapshot.line_count = digits, count
    return snapshot


def freeze_again(
    *, of: Snapshot, changed: FrozenLine, actor: User | None, at: datetime, reason: str
) -> Snapshot:
    """The next snapshot, filled with the lines of the one before, one of them changed. Not sealed yet."""
    snapshot = begin_snapshot(period=of.period, number=of.number + 1, actor=actor, at=at, reason=reason)
    position = of.lines.filter(allocation=changed.allocation).order_by("pk").values_list("pk", flat=True)[0]
    copied = of.lines.order_by("pk")
    copy_rows(copied.filter(pk__lt=position), LINE_FIELDS, snapshot=snapshot.pk)
    insert_rows(SnapshotLine, LINE_FIELDS, [_row(snapshot.pk, changed)])
    copy_rows(copied.filter(pk__gt=position), LINE_FIELDS, snapshot=snapshot.pk)
    return snapshot


def _row(snapshot: int, line: FrozenLine) -> tuple[object, ...]:
    return (
        snapshot,
        line.allocation,
        line.region_name,
        line.unit_name,
        line.indicator_name,
        line.owed,
        line.state,
        line.amount,
        line.cumulative,
        line.done,
        json.dumps(line.stages) if line.stages else "{}",
        json.dumps(line.money) if line.money else "{}",
        line.difficulty,
    )


def drop_unsealed(snapshot_id: int, alive: Callable[[], bool] = lambda: True) -> bool:
    """Take away all that was written of a snapshot nobody ever saw; False where ``alive`` stopped it."""
    unsealed = Snapshot.unsealed_too.filter(pk=snapshot_id, digest="")
    if not unsealed.exists():
        return True
    for model in (PaceCell, PaceSeal, Standing, SnapshotLine):
        rows = model.objects.filter(snapshot=snapshot_id)
        removed = REMOVED_AT_ONCE
        while removed == REMOVED_AT_ONCE:
            with transaction.atomic():
                if not alive():
                    return False
                removed = remove_rows(rows, REMOVED_AT_ONCE)
    with transaction.atomic():
        Closing.objects.filter(snapshot=snapshot_id).update(snapshot=None)
        unsealed.delete()
    return True


def still_digest(snapshot: Snapshot) -> str:
    """The digits made anew of the lines as stored now: the snapshot's own, unless something touched it."""
    return digest_of_texts(line.text() for line in _stored(snapshot))


def texts_but(snapshot: Snapshot, allocation: int) -> list[str]:
    """What the snapshot's digits are made of, without the part's line. A sealed snapshot never changes."""
    texts: list[str] = []
    left_out = False
    for line in _stored(snapshot):
        if line.allocation == allocation and not left_out:
            left_out = True
        else:
            texts.append(line.text())
    return texts


def text_of(snapshot: Snapshot, allocation: int) -> str:
    """That line's own text, as stored."""
    return next(line.text() for line in _stored(snapshot, allocation=allocation))


def _stored(snapshot: Snapshot, **only: int) -> Iterator[FrozenLine]:
    rows = snapshot.lines.filter(**only).order_by("pk").values_list("allocation_id", *LINE_FIELDS[2:])
    return (FrozenLine(*row) for row in rows.iterator(CHUNK))
