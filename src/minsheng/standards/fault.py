"""What is wrong in the files of standards, said so that whoever keeps them can mend it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault: where it stands, what is wrong, how it is mended. It is returned, never raised."""

    file: str
    line: int
    code: str
    what: str
    mend: str

    @property
    def message(self) -> str:
        return f"{self.what}。改法：{self.mend}。"

    def __str__(self) -> str:
        return f"{self.file}:{self.line}：{self.message}"


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file of standards, at which faults are told."""

    file: str
    line: int

    def fault(self, code: str, what: str, mend: str) -> Fault:
        return Fault(self.file, self.line, code, what, mend)
