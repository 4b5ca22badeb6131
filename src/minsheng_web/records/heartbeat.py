"""A sign of life while something long is done: a thread that notes the time in a row every few seconds."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection

log = logging.getLogger(__name__)

BEAT_SECONDS = 5.0


@contextmanager
def beating(beat: Callable[[], object], seconds: float = BEAT_SECONDS) -> Iterator[None]:
    """Call ``beat`` every so many seconds until the block ends. A beat the database refuses is left out."""
    done = threading.Event()

    def run() -> None:
        try:
            while not done.wait(seconds):
                try:
                    beat()
                except DatabaseError:
                    log.warning("a sign of life was not written", exc_info=True)
        finally:
            connection.close()

    thread = threading.Thread(target=run, name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
