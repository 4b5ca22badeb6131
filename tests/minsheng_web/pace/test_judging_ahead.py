"""A large closing judged in a process of its own comes to the same digits; whoever ends early ends it whole."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from minsheng_web.records.actions import judging_ahead, pace_writing
from minsheng_web.records.actions.closing import close_here, close_period
from minsheng_web.records.actions.closing_run import run_closing
from minsheng_web.records.actions.freezing import still_digest
from minsheng_web.records.models import PaceCell, Snapshot, SnapshotLine, Standing
from minsheng_web.records.pace_rows import still_standing
from reporting import february, more_lines

AT = datetime(2023, 4, 16, 1, 0, tzinfo=UTC)
pytestmark = pytest.mark.slow


@pytest.fixture
def seen_by_others(monkeypatch, tmp_path):
    """The tests' SQLite lives in memory, where no other process sees it: that gets a copy to read."""
    if connection.vendor == "sqlite":

        def copied() -> str:
            path = str(tmp_path / "copy.sqlite3")
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [path])
            return path

        monkeypatch.setattr(judging_ahead, "_database", copied)


def of(rows, *fields):
    return sorted(rows.values_list(*fields), key=repr)


@pytest.mark.django_db(transaction=True)
def test_the_same_digits_as_judged_here(delivery, monkeypatch, seen_by_others):
    february(delivery)
    more_lines(delivery, 4)
    monkeypatch.setattr(close_period, "__kwdefaults__", close_period.__kwdefaults__ | {"at_once": 0})
    asked = []
    ahead = judging_ahead.judging_ahead
    monkeypatch.setattr(judging_ahead, "judging_ahead", lambda *job: asked.append(job) or ahead(*job))
    monkeypatch.setattr(judging_ahead, "AHEAD_FROM", 0)
    snapshot = close_here(actor=None, period=delivery.period, at=AT)
    assert isinstance(snapshot, Snapshot)
    assert len(asked) == 1
    assert snapshot.line_count == SnapshotLine.objects.filter(snapshot=snapshot).count() == 6
    assert snapshot.pace.standing_count == Standing.objects.filter(snapshot=snapshot).count() == 7
    assert still_digest(snapshot) == snapshot.digest
    # Judged anew here, from the frozen lines.
    assert still_standing(snapshot) == snapshot.pace.digest
    lights = of(Standing.objects.filter(snapshot=snapshot), "allocation__region__name", "light")
    cells = of(PaceCell.objects.filter(snapshot=snapshot), "region__name", "nodes", "worst", "parts")
    assert sum(number for _, number, _, _ in cells) == len(lights) == 7


@pytest.mark.django_db(transaction=True)
def test_a_judging_that_dies_leaves_the_period_open(delivery, monkeypatch):
    more_lines(delivery, 4)
    monkeypatch.setattr(judging_ahead, "AHEAD_FROM", 0)
    monkeypatch.setattr(judging_ahead, "_OTHER", "minsheng_web.no_such_module")
    closing = close_period(actor=None, period=delivery.period, at=AT, at_once=0, queue=False)
    assert run_closing(closing_id=closing.pk, attempt=closing.attempt) == "failed"
    delivery.period.refresh_from_db()
    assert (delivery.period.closing_since, delivery.period.closed_at) == (None, None)
    assert (Snapshot.unsealed_too.count(), SnapshotLine.objects.count(), Standing.objects.count()) == (
        0,
        0,
        0,
    )


@pytest.mark.django_db(transaction=True)
def test_a_cancelled_closing_ends_the_judging(delivery, monkeypatch):
    more_lines(delivery, 4)
    monkeypatch.setattr(pace_writing, "CHUNK", 1)
    monkeypatch.setattr(judging_ahead, "AHEAD_FROM", 0)
    monkeypatch.setattr("minsheng_web.records.actions.closing_run._alive", lambda *_a, **_k: False)
    closing = close_period(actor=None, period=delivery.period, at=AT, at_once=0, queue=False)
    assert run_closing(closing_id=closing.pk, attempt=closing.attempt) == "skipped"
    assert Snapshot.objects.count() == 0
