"""What is wrong with a value, said so that an official can act on it."""

from dataclasses import dataclass
from typing import Literal

from minsheng.kernel.source import Source

Severity = Literal["error", "warning", "notice"]


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault in data. It is returned beside the value, never raised.

    ``message`` is one Chinese sentence that says what is wrong and what to do; ``expected`` and
    ``found`` are what was compared, as text; ``sources`` are the places it speaks of, the main one first.
    """

    code: str
    severity: Severity
    message: str
    sources: tuple[Source, ...]
    project: int | None = None
    expected: str | None = None
    found: str | None = None

    def __post_init__(self) -> None:
        if not self.sources:
            raise ValueError(f"problem {self.code!r} names no source")
