"""What an action gives back where it wrote nothing."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refused:
    """Why nothing was written and what to do, as a sentence."""

    message: str
