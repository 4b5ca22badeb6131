"""Pages of one process answered few at a time, so that they do not stand in each other's way."""

from collections.abc import Callable, Iterable
from threading import BoundedSemaphore
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

AT_ONCE = 2
"""Python runs one thread at a time: with one asking the database and one running, more only wait."""
PATIENCE_SECONDS = 0.5
"""So long a page waits at most: two that take long (a large table to download) stop nobody."""


class InTurn:
    """The application, ``AT_ONCE`` pages let in; what brings a body may come slowly and is not counted."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._places = BoundedSemaphore(AT_ONCE)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self._application(environ, start_response)
        placed = self._places.acquire(timeout=PATIENCE_SECONDS)
        try:
            return self._application(environ, start_response)
        finally:
            if placed:
                self._places.release()
