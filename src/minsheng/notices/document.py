"""A document as numbered lines, or the sentence that says why it is none."""

from dataclasses import dataclass

from minsheng.kernel.problem import Problem


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a file. ``lines[0]`` is line 1. A table row is one line, its cells parted by tabs.

    ``format`` is what the bytes were (``txt``, ``html``, ``docx``, ``pdf``, ``xlsx`` …), ``encoding`` the
    name of the codec a text was read with, "" where the format leaves no choice.
    ``warnings`` are what the bytes themselves leave in doubt: a file cut in the middle is read as far as
    it goes.
    """

    name: str
    format: str
    encoding: str
    lines: tuple[str, ...]
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file cannot be read: what was expected, what was found, what to do. A Chinese sentence."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Body:
    """What a reader of one format found: the lines, and what it leaves in doubt."""

    lines: tuple[str, ...]
    warnings: tuple[Problem, ...] = ()
