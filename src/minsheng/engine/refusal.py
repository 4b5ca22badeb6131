"""Why a file cannot be used: one Chinese sentence. Inside the engine it is raised, a run hands it back as a value."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is wrong with what was given, and what to do."""

    message: str


class RefusedError(Exception):
    """Carries a ``Refusal`` out of a step; the run catches it."""

    @property
    def refusal(self) -> Refusal:
        return Refusal(str(self))
