"""Closing a period in three steps: begin, write in chunks, seal. The same for ten lines and for a province.

A small period goes through all three within one transaction; a large one is written by the worker, each chunk
in a short transaction of its own that first asks whether it is still wanted. Until the seal nobody sees it.
"""

import gc
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from minsheng_web.records.actions import judging_ahead
from minsheng_web.records.actions.closing_states import move
from minsheng_web.records.actions.freezing import Due, LineWriter, begin_snapshot, drop_unsealed, lines_due
from minsheng_web.records.actions.pace_judging import Judge, judge_of
from minsheng_web.records.actions.pace_writing import Chunk, Judged, PaceJudge, PaceWriter, chunks_of
from minsheng_web.records.audit import record
from minsheng_web.records.heartbeat import beating
from minsheng_web.records.models import Closing, ReportPeriod, Snapshot, User
from minsheng_web.records.models.pace import ClosingState

log = logging.getLogger(__name__)

Tell = Callable[[int], bool]
"""Told how many parts are written; False where the work is not wanted any more."""


class StoppedError(Exception):
    """The closing was cancelled, or another worker has taken it over: nothing of this chunk is kept."""


def write_snapshot(
    *, period: ReportPeriod, actor: User | None, at: datetime, tell: Tell | None = None
) -> tuple[LineWriter, PaceWriter]:
    """Write lines, standings and cells of snapshot 1; raises StoppedError where ``tell`` says no.

    Without ``tell`` it is all one with the caller's transaction.
    """
    with transaction.atomic(savepoint=tell is not None):
        _go_on(tell, 0)
        snapshot = begin_snapshot(period=period, number=1, actor=actor, at=at)
    judge = judge_of(period)
    lines, pace = LineWriter(snapshot), PaceWriter(snapshot, judge)
    done, chunks = 0, tuple(chunks_of(period.programme_id))
    with _judging(period, snapshot, judge, sum(chunk.parts for chunk in chunks)) as judging:
        for chunk in chunks:
            due = lines_due(period, chunk.indicators, chunk.keys)
            judged = judging(chunk, due)
            done += chunk.parts
            with transaction.atomic(savepoint=tell is not None):
                _go_on(tell, done)
                lines.write(one.line for one in due)
                pace.write(judged)
    return lines, pace


@contextmanager
def _judging(
    period: ReportPeriod, snapshot: Snapshot, judge: Judge, parts: int
) -> Iterator[Callable[[Chunk, Sequence[Due]], Judged]]:
    """Judges chunk after chunk: of a large period ahead, in a process that sees what is committed."""
    if parts < judging_ahead.AHEAD_FROM or connection.in_atomic_block:
        here = PaceJudge(period, snapshot.pk, judge)
        yield lambda chunk, due: here.judge(chunk.indicators, due)
        return
    with judging_ahead.judging_ahead(period.pk, snapshot.pk, judge) as told:
        yield lambda _chunk, _due: next(told)


def _go_on(tell: Tell | None, done: int) -> None:
    if tell is not None and not tell(done):
        raise StoppedError


def seal(
    *, period: ReportPeriod, standing: str, written: tuple[LineWriter, PaceWriter], actor: User | None
) -> Snapshot:
    """The period is closed and its snapshot there. Inside the caller's transaction."""
    lines, pace = written
    snapshot = lines.seal()
    made = pace.seal()
    closing = ReportPeriod.objects.filter(pk=period.pk, closed_at=None)
    closing.update(closed_at=snapshot.made_at, closed_by=actor, closing_since=None)
    new = {
        "standing": standing,
        "lines": snapshot.line_count,
        "digest": snapshot.digest,
        "standings": made.standing_count,
        "pace": made.digest,
    }
    record(actor=actor, action="period.close", row=period, new=new)
    return snapshot


def run_closing(*, closing_id: int, attempt: int) -> str:
    """Close the period for the given attempt; the state it ended in, or ``skipped``. Twice does it once."""
    begun = move(closing_id, attempt, ClosingState.WAITING, ClosingState.WRITING, heartbeat_at=timezone.now())
    if not begun:
        return "skipped"
    try:
        with beating(lambda: _alive(closing_id, attempt)), _without_looking_for_cycles():
            return _run(closing_id, attempt)
    except StoppedError:
        return finish_cancelling(closing_id=closing_id, attempt=attempt)
    except Exception:
        log.exception("closing %s failed", closing_id)
        return give_up(closing_id=closing_id, attempt=attempt, old=ClosingState.WRITING)


@contextmanager
def _without_looking_for_cycles() -> Iterator[None]:
    """Rows and values make none; looking for them among half a million rows takes a tenth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _run(closing_id: int, attempt: int) -> str:
    closing = Closing.objects.select_related("period", "asked_by").get(pk=closing_id)
    period = closing.period
    # What an attempt that died had written is taken away first.
    _drop_halves(period, lambda: _alive(closing_id, attempt))
    written = write_snapshot(
        period=period,
        actor=closing.asked_by,
        at=closing.at,
        tell=lambda done: _alive(closing_id, attempt, progress=done),
    )
    with transaction.atomic():
        values = {"heartbeat_at": None, "progress": closing.total}
        if not move(closing_id, attempt, ClosingState.WRITING, ClosingState.DONE, **values):
            raise StoppedError
        held = ReportPeriod.objects.select_for_update().get(pk=period.pk)
        snapshot = seal(period=held, standing=closing.standing, written=written, actor=closing.asked_by)
        Closing.objects.filter(pk=closing_id).update(snapshot=snapshot)
    return ClosingState.DONE.value


def _drop_halves(period: ReportPeriod, alive: Callable[[], bool]) -> None:
    for pk in Snapshot.unsealed_too.filter(period=period, digest="").values_list("pk", flat=True):
        if not drop_unsealed(pk, alive):
            raise StoppedError


def _alive(closing_id: int, attempt: int, **values: int) -> bool:
    """Leave a sign of life; False where somebody cancelled or a later attempt has taken over."""
    rows = Closing.objects.filter(pk=closing_id, attempt=attempt, state=ClosingState.WRITING)
    return rows.update(heartbeat_at=timezone.now(), **values) == 1


def finish_cancelling(*, closing_id: int, attempt: int) -> str:
    """Take away what was written and open the period again; ``skipped`` where a later attempt goes on."""
    closing = Closing.objects.select_related("period", "asked_by").get(pk=closing_id)
    if closing.attempt != attempt or closing.state != ClosingState.CANCELLING:
        return "skipped"
    _drop_halves(closing.period, lambda: True)
    with transaction.atomic():
        if move(
            closing_id,
            attempt,
            ClosingState.CANCELLING,
            ClosingState.CANCELLED,
            heartbeat_at=None,
            progress=0,
        ):
            ReportPeriod.objects.filter(pk=closing.period_id).update(closing_since=None)
    return ClosingState.CANCELLED.value


def give_up(*, closing_id: int, attempt: int, old: ClosingState) -> str:
    """A closing that went wrong: nothing is kept and the period is open again."""
    closing = Closing.objects.select_related("period").get(pk=closing_id)
    with transaction.atomic():
        if not move(closing_id, attempt, old, ClosingState.FAILED, heartbeat_at=None):
            return "skipped"
        record(actor=None, action="period.close_failed", row=closing.period, new={"attempt": attempt})
    _drop_halves(closing.period, lambda: True)
    ReportPeriod.objects.filter(pk=closing.period_id, closed_at=None).update(closing_since=None)
    return ClosingState.FAILED.value
