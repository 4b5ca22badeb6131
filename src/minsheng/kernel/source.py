"""Where a value was read: the address every figure keeps."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """A span of one line of a document.

    ``line`` is 1-based in the document's numbered text; ``start`` and ``end`` are 0-based character
    offsets in that line, ``end`` exclusive. A whole line is ``start=0, end=len(line)``.
    """

    line: int
    start: int = 0
    end: int = 0
    document: str = ""

    def overlaps(self, other: "Source") -> bool:
        """Whether both speak of at least one common character."""
        return self.line == other.line and self.start < other.end and other.start < self.end
