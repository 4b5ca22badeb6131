"""A worker killed by SIGKILL in the middle of a chunk: the closing is taken up again and nothing is there twice."""

import multiprocessing
import os
import signal
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from minsheng_web.records.actions import pace_writing
from minsheng_web.records.actions.closing import close_period, requeue_stalled_closings
from minsheng_web.records.actions.closing_run import run_closing
from minsheng_web.records.actions.freezing import still_digest
from minsheng_web.records.models import Closing, PaceCell, ReportPeriod, Snapshot, SnapshotLine, Standing
from minsheng_web.records.pace_rows import still_standing
from reporting import more_lines

AT = datetime(2023, 4, 16, 1, 0, tzinfo=UTC)


def work_until_the_third_chunk(closing: int, there) -> None:
    """The worker: in the third chunk its lines are written, its standings are not, and it stands still."""
    write, chunks = pace_writing.PaceWriter.write, []

    def slow(self, judged):
        chunks.append(judged)
        if len(chunks) == 3:
            there.send(SnapshotLine.objects.count())
            time.sleep(60)
        write(self, judged)

    pace_writing.PaceWriter.write = slow
    run_closing(closing_id=closing, attempt=0)


@pytest.fixture
def half_written(transactional_db, delivery, monkeypatch) -> Closing:
    """A closing whose worker was killed while it wrote its third chunk of five."""
    monkeypatch.setattr(pace_writing, "CHUNK", 1)
    more_lines(delivery, 4)
    closing = close_period(actor=None, period=delivery.period, at=AT, at_once=0, queue=False)
    connection.close()  # no connection is shared with the child
    processes = multiprocessing.get_context("fork")
    here, there = processes.Pipe()
    worker = processes.Process(target=work_until_the_third_chunk, args=(closing.pk, there))
    worker.start()
    assert here.poll(60)
    assert here.recv() == 4  # two lines of the first chunk, one of each of the next
    os.kill(worker.pid, signal.SIGKILL)
    worker.join()
    assert worker.exitcode == -signal.SIGKILL
    closing.refresh_from_db()
    return closing


@pytest.mark.slow
def test_one_sealed_snapshot_is_left_and_no_part_of_the_other(half_written, delivery):
    closing = half_written
    # What was committed is there, what the dead worker was in the middle of is not; nobody sees either.
    assert (closing.state, closing.attempt, SnapshotLine.objects.count()) == ("writing", 0, 3)
    assert (Snapshot.objects.count(), Snapshot.unsealed_too.count()) == (0, 1)
    assert requeue_stalled_closings(at=timezone.now()) == 0
    assert requeue_stalled_closings(at=timezone.now() + timedelta(minutes=5)) == 1
    closing.refresh_from_db()
    if closing.state == "waiting":
        assert run_closing(closing_id=closing.pk, attempt=1) == "done"
        closing.refresh_from_db()
    assert (closing.state, closing.attempt) == ("done", 1)
    snapshot = Snapshot.unsealed_too.get()
    assert (snapshot, snapshot.line_count, SnapshotLine.objects.count()) == (closing.snapshot, 6, 6)
    assert snapshot.pace.standing_count == Standing.objects.count() == 7
    cells = PaceCell.objects.all()
    assert {cell.snapshot_id for cell in cells} == {snapshot.pk}
    assert sum(cell.nodes for cell in cells) == 7
    assert still_digest(snapshot) == snapshot.digest
    assert still_standing(snapshot) == snapshot.pace.digest
    period = ReportPeriod.objects.get()
    assert (period.closed_at, period.closing_since) == (AT, None)
