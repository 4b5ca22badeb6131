"""How a long reading is watched from outside."""

from collections.abc import Callable
from dataclasses import dataclass


def _say_nothing(_done: int, _total: int) -> None:
    return


def _go_on() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Watch:
    """``progress(done, total)`` hears of pages or sheets done; ``cancelled()`` is asked now and then."""

    progress: Callable[[int, int], None] = _say_nothing
    cancelled: Callable[[], bool] = _go_on
