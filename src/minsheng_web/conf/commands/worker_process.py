"""The background worker as a child process: started, watched, started again when it dies."""

import subprocess
import sys
import threading
from collections.abc import Callable

WATCH_SECONDS = 5.0
STOP_SECONDS = 10.0


class WorkerProcess:
    """One worker that reads uploads. ``every_round`` is called each few seconds beside it."""

    def __init__(self, every_round: Callable[[], None], watch_seconds: float = WATCH_SECONDS) -> None:
        self._every_round = every_round
        self._watch_seconds = watch_seconds
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._watcher = threading.Thread(target=self._watch, name="worker-watcher", daemon=True)

    def start(self) -> None:
        """Start the worker and the thread that watches it."""
        self._launch()
        self._watcher.start()

    def stop(self) -> None:
        """Let the worker finish what it is doing, then end it."""
        self._stopping.set()
        self._watcher.join(timeout=self._watch_seconds + STOP_SECONDS)
        process = self._process
        if process is None or process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    @property
    def pid(self) -> int | None:
        """The process of the worker, None before the start."""
        return self._process.pid if self._process else None

    def _launch(self) -> None:
        # A session of its own: Ctrl-C goes to the server, which then ends the worker in order. The pipe to
        # its stdin tells the worker when the server is gone without a word.
        self._process = subprocess.Popen(
            [sys.executable, "-m", "minsheng_web.conf.commands.worker"],
            stdin=subprocess.PIPE,
            start_new_session=True,
        )

    def _watch(self) -> None:
        while not self._stopping.wait(self._watch_seconds):
            if self._process is not None and self._process.poll() is not None:
                self._launch()
            self._every_round()
