"""Closing by the worker: cancelled with nothing kept, killed in the middle and taken up again, refused meanwhile."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from minsheng_web.records.actions import closing_run, pace_writing
from minsheng_web.records.actions.closing import (
    NotClosed,
    cancel_closing,
    close_due,
    close_here,
    close_period,
    requeue_stalled_closings,
)
from minsheng_web.records.actions.closing_run import run_closing
from minsheng_web.records.actions.closing_states import move
from minsheng_web.records.actions.freezing import still_digest
from minsheng_web.records.actions.report_flow import Seen, submit
from minsheng_web.records.models import (
    AuditEvent,
    Closing,
    PaceCell,
    ReportLine,
    ReportPeriod,
    Snapshot,
    SnapshotLine,
    Standing,
)
from minsheng_web.records.pace_rows import still_standing
from reporting import more_lines

AT = datetime(2023, 4, 16, 1, 0, tzinfo=UTC)


@pytest.fixture
def large(delivery, monkeypatch):
    """Five indicators, each written in a chunk of its own."""
    monkeypatch.setattr(pace_writing, "CHUNK", 1)
    more_lines(delivery, 4)
    return delivery


def begin(delivery) -> Closing:
    made = close_period(
        actor=delivery.house.people["own"], period=delivery.period, at=AT, at_once=0, queue=False
    )
    assert isinstance(made, Closing)
    return made


def written() -> list[int]:
    models = (SnapshotLine, Standing, PaceCell)
    return [Snapshot.unsealed_too.count(), *(model.objects.count() for model in models)]


def dies_after(monkeypatch, chunks: int) -> None:
    """The worker goes away in the middle, without a word."""
    alive, left = closing_run._alive, [chunks]

    def dying(*key, **values):
        if "progress" in values:
            left[0] -= 1
            if left[0] < 0:
                raise SystemExit
        return alive(*key, **values)

    monkeypatch.setattr(closing_run, "_alive", dying)


def test_small_and_large_come_to_the_same(large):
    closing = begin(large)
    assert run_closing(closing_id=closing.pk, attempt=0) == "done"
    closing.refresh_from_db()
    snapshot = closing.snapshot
    large.period.refresh_from_db()
    assert (large.period.closed_at, large.period.closing_since) == (AT, None)
    assert (snapshot.line_count, snapshot.pace.standing_count, closing.percent) == (6, 7, 100)
    assert (still_digest(snapshot), still_standing(snapshot)) == (snapshot.digest, snapshot.pace.digest)
    event = AuditEvent.objects.get(action="period.close")
    assert (event.new["lines"], event.new["digest"]) == (6, snapshot.digest)
    assert run_closing(closing_id=closing.pk, attempt=0) == "skipped"


def test_nothing_moves_and_nobody_sees_half_while_it_is_written(large):
    begin(large)
    outcome = submit(
        actor=large.house.people["local"], period=large.period, lines=[Seen(large.line.pk)], at=AT
    )
    assert "正在关闭" in outcome.message
    again = close_period(actor=large.house.people["own"], period=large.period, at=AT)
    assert isinstance(again, NotClosed)
    assert "正在关闭" in again.message
    half = Snapshot(period=large.period, number=1, made_at=AT)
    half.save()
    assert not Snapshot.objects.exists()


def test_cancelling_leaves_the_period_open_and_nothing_kept(large, monkeypatch):
    closing = begin(large)
    read, chunks = closing_run.lines_due, []

    def cancelled_on_the_way(*asked):
        chunks.append(asked)
        if len(chunks) == 3:
            assert written()[:3] == [1, 3, 4]
            assert cancel_closing(actor=large.house.people["own"], closing=closing)
        return read(*asked)

    monkeypatch.setattr(closing_run, "lines_due", cancelled_on_the_way)
    assert run_closing(closing_id=closing.pk, attempt=0) == "cancelled"
    assert len(chunks) == 3
    assert written() == [0, 0, 0, 0]
    large.period.refresh_from_db()
    assert (large.period.closed_at, large.period.closing_since) == (None, None)
    assert not cancel_closing(actor=large.house.people["own"], closing=closing)
    assert close_due(today=AT.date(), at=AT) == 0


def test_what_waits_is_cancelled_at_once(large):
    closing = begin(large)
    assert cancel_closing(actor=large.house.people["own"], closing=closing)
    assert run_closing(closing_id=closing.pk, attempt=0) == "skipped"
    large.period.refresh_from_db()
    assert large.period.closing_since is None
    assert isinstance(close_here(actor=None, period=large.period, at=AT), Snapshot)


@pytest.mark.parametrize("who", ["county", "lead", "auditor", "sister"])
def test_only_the_programmes_office_cancels(large, who):
    closing = begin(large)
    with pytest.raises(PermissionDenied):
        cancel_closing(actor=large.house.people[who], closing=closing)


def test_a_killed_worker_is_taken_up_again(large, monkeypatch):
    closing = begin(large)
    with monkeypatch.context() as patch:
        dies_after(patch, 3)
        with pytest.raises(SystemExit):
            run_closing(closing_id=closing.pk, attempt=0)
    assert written()[0] == 1
    assert written()[1] > 0
    Closing.objects.filter(pk=closing.pk).update(heartbeat_at=AT - timedelta(hours=1))
    assert requeue_stalled_closings(at=AT) == 1
    closing.refresh_from_db()
    if closing.state == "waiting":
        run_closing(closing_id=closing.pk, attempt=1)
        closing.refresh_from_db()
    assert (closing.state, closing.attempt) == ("done", 1)
    assert written()[0] == 1
    assert still_digest(closing.snapshot) == closing.snapshot.digest
    assert still_standing(closing.snapshot) == closing.snapshot.pace.digest
    assert ReportPeriod.objects.get(pk=large.period.pk).closed_at == AT


def test_a_worker_that_only_seemed_dead_writes_nothing_more(large):
    closing = begin(large)
    move(closing.pk, 0, "waiting", "writing")
    move(closing.pk, 0, "writing", "waiting")
    assert not closing_run._alive(closing.pk, 0, progress=5)
    assert run_closing(closing_id=closing.pk, attempt=0) == "skipped"
    assert run_closing(closing_id=closing.pk, attempt=1) == "done"


def test_what_goes_wrong_leaves_the_period_open(large, monkeypatch):
    closing = begin(large)

    def broken(*_args):
        raise RuntimeError("out of order")

    monkeypatch.setattr(pace_writing.PaceWriter, "write", broken)
    assert run_closing(closing_id=closing.pk, attempt=0) == "failed"
    assert written() == [0, 0, 0, 0]
    large.period.refresh_from_db()
    assert (large.period.closed_at, large.period.closing_since) == (None, None)
    assert ReportLine.objects.filter(period=large.period).count() == 6


def test_after_three_deaths_it_is_given_up(large):
    closing = begin(large)
    Closing.objects.filter(pk=closing.pk).update(
        state="writing", attempt=2, heartbeat_at=AT - timedelta(hours=1)
    )
    assert requeue_stalled_closings(at=AT) == 0
    closing.refresh_from_db()
    assert closing.state == "failed"
    large.period.refresh_from_db()
    assert large.period.closing_since is None
