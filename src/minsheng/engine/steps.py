"""The named steps of a run: each told when it begins and how far it is, its rows counted and its seconds taken."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from minsheng.engine.session import Tell

Work = TypeVar("Work")
Clock = Callable[[], float]
Progress = Callable[[str, float | None], None]
"""Is told the Chinese name of the step and how much of it is done, 0 to 1; None where that is unknown."""


@dataclass(frozen=True, slots=True)
class Step(Generic[Work]):
    """``act`` does the step and gives the rows it dealt with."""

    name: str
    chinese: str
    act: Callable[[Work, Tell | None], int]


@dataclass(frozen=True, slots=True)
class StepReport:
    """What a step took."""

    name: str
    rows: int
    seconds: float

    def to_json(self) -> dict[str, str | int | float]:
        return {"step": self.name, "rows": self.rows, "seconds": round(self.seconds, 3)}


def run_steps(
    steps: tuple[Step[Work], ...], work: Work, clock: Clock, progress: Progress | None
) -> tuple[StepReport, ...]:
    """All steps in order. What a step raises ends the run."""
    reports: list[StepReport] = []
    for step in steps:
        start = clock()
        rows = step.act(work, _teller(step.chinese, progress))
        reports.append(StepReport(step.name, rows, clock() - start))
    return tuple(reports)


def _teller(chinese: str, progress: Progress | None) -> Tell | None:
    if progress is None:
        return None
    progress(chinese, None)

    def tell(share: float | None) -> None:
        progress(chinese, share)

    return tell
