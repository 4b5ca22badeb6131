"""Reading with a program library in a process of its own, which has limits of memory and of silence.

Libraries written in C or Rust read formats that strangers made: what makes one of them run away, or takes
it down, ends that process and nothing else.
"""

import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import IO, Any

from minsheng.kernel.problem import Problem
from minsheng.kernel.source import Source
from minsheng.notices.document import Body, Refusal
from minsheng.notices.refusals import refuse
from minsheng.notices.watch import Watch

SILENCE = 12.0
"""Seconds a process may say nothing. It speaks after every page."""

_TICK = 0.2
_MOST_CHARACTERS = 60_000_000


def read_in_child(
    job: str, data: bytes, kind_name: str, watch: Watch, silence: float = SILENCE
) -> Body | Refusal:
    """The lines that ``job`` (a key of ``child_reader.JOBS``) finds in the bytes, or why there are none."""
    with tempfile.TemporaryDirectory(prefix="minsheng-") as folder:
        path = Path(folder) / "file"
        path.write_bytes(data)
        with _started(job, path) as process:
            return _collect(process, kind_name, watch, silence)


@contextmanager
def _started(job: str, path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The process, which does not outlive the block."""
    command = [sys.executable, "-m", "minsheng.notices.child_reader", job, str(path)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and module, on a file we wrote
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd=path.parent,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process that leads its own session, and all it has started."""
    if hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
    if process.stdout:
        process.stdout.close()


def _collect(
    process: subprocess.Popen[bytes], kind_name: str, watch: Watch, silence: float
) -> Body | Refusal:
    """What the process says, line by line as JSON, until it says that it has done."""
    lines: list[str] = []
    problems: list[Problem] = []
    characters = 0
    for said in _said(process, watch, silence):
        if said is None:
            return refuse("reading_cancelled")
        if "lines" in said:
            lines += said["lines"]
            characters += sum(map(len, said["lines"]))
            if characters > _MOST_CHARACTERS:
                return refuse("unpacks_too_large", kind=kind_name)
        elif "progress" in said:
            watch.progress(*said["progress"])
        elif "problem" in said:
            problems.append(_problem(said["problem"]))
        elif "refusal" in said:
            return refuse(said["refusal"], **({"kind": kind_name} | said["facts"]))
        elif said.get("done"):
            return Body(tuple(lines), tuple(problems))
    return refuse("reader_stopped", kind=kind_name)


def _said(process: subprocess.Popen[bytes], watch: Watch, silence: float) -> Iterator[dict[str, Any] | None]:
    """Each message; None once the reading was cancelled. Ends when the process ends or stays silent."""
    assert process.stdout is not None  # noqa: S101 - it was started with a pipe
    messages: queue.Queue[bytes | None] = queue.Queue()
    Thread(target=_pump, args=(process.stdout, messages), daemon=True).start()
    waited = 0.0
    while waited < silence:
        if watch.cancelled():
            yield None
            return
        try:
            message = messages.get(timeout=_TICK)
        except queue.Empty:
            waited += _TICK
            continue
        if message is None:
            return
        waited = 0.0
        yield json.loads(message)


def _pump(stream: IO[bytes], messages: "queue.Queue[bytes | None]") -> None:
    with suppress(OSError, ValueError):  # closed because the process was stopped
        for line in stream:
            if line.endswith(b"\n"):
                messages.put(line)
    messages.put(None)


def _problem(said: dict[str, Any]) -> Problem:
    """A problem as the process wrote it down."""
    return Problem(**{**said, "sources": tuple(Source(**source) for source in said["sources"])})
