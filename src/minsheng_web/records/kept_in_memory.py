"""What never changes and takes a while to make, kept in a process's memory: what was used last of it."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Generic, TypeVar
from weakref import WeakSet

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class KeptInMemory(Generic[Key, Value]):
    """Up to ``most`` values, shared by all who ask; the key tells all a value depends on.

    Nobody changes a value; what is added to one is only what follows from it.
    With ``seconds`` each is made anew after that long: for what may change in a small way, as a name does.
    """

    def __init__(self, most: int, *, seconds: float = float("inf")) -> None:
        self._most, self._seconds = most, seconds
        self._kept: OrderedDict[Key, tuple[float, Value]] = OrderedDict()
        self._lock = Lock()
        _every.add(self)

    def get(self, key: Key, make: Callable[[], Value]) -> Value:
        """The value of the key, made where it is not kept."""
        with self._lock:
            until, value = self._kept.get(key, (0.0, None))
            if value is not None and time.monotonic() < until:
                self._kept.move_to_end(key)
                return value
        # Outside the lock: it asks the database, and two who make the same make no harm.
        made = make()
        with self._lock:
            self._kept[key] = (time.monotonic() + self._seconds, made)
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made

    def forget(self) -> None:
        """Begin anew."""
        with self._lock:
            self._kept.clear()


_every: "WeakSet[KeptInMemory[Any, Any]]" = WeakSet()


def forget_everything() -> None:
    """Begin anew: for tests, whose databases use the same keys again."""
    for kept in tuple(_every):
        kept.forget()
