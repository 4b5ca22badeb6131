"""What never changes and takes a while to make, kept in a process's memory: what was used last of it."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Generic, TypeVar
from weakref import WeakSet

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class KeptInMemory(Generic[Key, Value]):
    """Up to ``most`` values, which are shared and never written. The key tells all a value depends on."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Key, Value] = OrderedDict()
        self._lock = Lock()
        _every.add(self)

    def get(self, key: Key, make: Callable[[], Value]) -> Value:
        """The value of the key, made where it is not kept."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        # Outside the lock: it asks the database, and two who make the same make no harm.
        made = make()
        with self._lock:
            self._kept[key] = made
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
