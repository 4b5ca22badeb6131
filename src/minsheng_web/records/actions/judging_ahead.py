"""The judging of a large closing in a process of its own: while one chunk is written the next is judged.

What is judged is shut and does not change, so reading it apart is safe. The other process
(``conf/commands/judging.py``) gets a ``Job`` as one line of JSON and gives a ``Judged`` for each chunk, in
the order of ``chunks_of``. It ends when its pipe is closed, whoever closed it.
"""

import gc
import json
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import IO, Any

from django.db import connection

from minsheng.progress.pace.rules import LightRules
from minsheng_web.records.actions.freezing import lines_due
from minsheng_web.records.actions.pace_judging import Judge
from minsheng_web.records.actions.pace_writing import Judged, PaceJudge, chunks_of
from minsheng_web.records.models import ReportPeriod, Snapshot

AHEAD_FROM = 20_000
"""Parts from which on a second process is worth its start."""
_OTHER = "minsheng_web.conf.commands.judging"


@dataclass(frozen=True, slots=True)
class Job:
    """What the other process is told: keys of rows, the rules as JSON, and the database they are in."""

    database: str
    period: int
    snapshot: int
    before: int | None
    rules: dict[str, Any]


@contextmanager
def judging_ahead(period: int, snapshot: int, judge: Judge) -> Iterator[Iterator[Judged]]:
    """What each chunk comes to. Raises EOFError where the other process ended before its time."""
    before = None if judge.before is None else judge.before.pk
    job = Job(_database(), period, snapshot, before, judge.rules.to_json())
    command, pipe = [sys.executable, "-m", _OTHER], subprocess.PIPE
    # It finds its modules where this process found them.
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    other = subprocess.Popen(command, stdin=pipe, stdout=pipe, env=environment)  # noqa: S603 - our own module
    with other:
        if other.stdin is None or other.stdout is None:
            raise EOFError
        try:
            other.stdin.write(json.dumps(asdict(job)).encode() + b"\n")
            other.stdin.flush()
            yield _told(other.stdout)
        finally:
            # What it may still have to say is not wanted any more.
            other.kill()


def _database() -> str:
    return str(connection.settings_dict["NAME"])


def _told(stream: IO[bytes]) -> Iterator[Judged]:
    while True:
        judged: Judged = pickle.load(stream)  # noqa: S301 - from our own process
        yield judged


def tell_judged(job: Job, stream: IO[bytes]) -> None:
    """The other process: judge every chunk and tell each as soon as it is known."""
    gc.disable()
    try:
        for judged in _judged(job):
            pickle.dump(judged, stream, pickle.HIGHEST_PROTOCOL)
            stream.flush()
    except BrokenPipeError:
        # Nobody listens any more; Python would say so once again on leaving.
        os._exit(0)


def _judged(job: Job) -> Iterator[Judged]:
    period = ReportPeriod.objects.get(pk=job.period)
    before = None if job.before is None else Snapshot.objects.get(pk=job.before)
    pace = PaceJudge(period, job.snapshot, Judge(period, before, None, LightRules.from_json(job.rules)))
    for chunk in chunks_of(period.programme_id):
        yield pace.judge(chunk.indicators, lines_due(period, chunk.indicators, chunk.keys))
