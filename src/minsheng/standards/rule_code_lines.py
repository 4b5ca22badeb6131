"""The lines of one Python function that keeps values in local names, by slot."""

from collections.abc import Iterator
from contextlib import contextmanager


class Lines:
    """``v0``, ``v1`` and so on are the values by slot; ``kept`` is what the function returns."""

    def __init__(self, name: str, arguments: str) -> None:
        self.lines = [f"def {name}({arguments}):"]
        self.slots = 0
        self._depth = 1

    def line(self, text: str) -> None:
        self.lines.append("    " * self._depth + text)

    def keep(self, value: str) -> int:
        """A new slot with a value."""
        slot = self.slots
        self.slots += 1
        self.line(f"v{slot} = {value}")
        return slot

    def kept(self) -> str:
        return f"({''.join(f'v{slot}, ' for slot in range(self.slots))})"

    @contextmanager
    def under(self, condition: str) -> Iterator[None]:
        """Lines that may not be reached: what they keep is None before."""
        start, first = len(self.lines), self.slots
        self.line(f"if {condition}:")
        self._depth += 1
        yield
        self._depth -= 1
        if self.slots > first:
            unset = " = ".join(f"v{slot}" for slot in range(first, self.slots))
            self.lines.insert(start, "    " * self._depth + f"{unset} = None")
