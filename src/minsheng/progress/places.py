"""The place of each among its like, by its lights: ties share a place and the next ones skip."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)

RULE_WORDS = (
    "按绿灯和蓝灯占比从高到低排；占比相同的，红灯占比低的在前，再看未报占比；"
    "仍相同的并列，后面的名次顺延。不评的目标不计。"
)
"""How places are made, as pages state it."""


@dataclass(frozen=True, slots=True)
class Lit:
    """Targets by light: ``good`` green and blue, ``red``, ``missing``, ``rated`` all but those not rated."""

    good: int
    red: int
    missing: int
    rated: int


@dataclass(frozen=True, slots=True)
class Placed:
    """The ``place`` among ``of``; ``shared``: with how many others."""

    place: int
    of: int
    shared: int = 0

    @property
    def words(self) -> str:
        """第3名（并列），共16个."""
        return f"第{self.place}名{'（并列）' if self.shared else ''}，共{self.of}个"


def places(lit: Mapping[Key, Lit]) -> dict[Key, Placed]:
    """Everybody with something rated has a place; who has nothing rated has none."""
    scores = {key: _score(one) for key, one in lit.items() if one.rated > 0}
    order = sorted(scores.values())
    return {
        key: Placed(order.index(score) + 1, len(order), order.count(score) - 1)
        for key, score in scores.items()
    }


def _score(one: Lit) -> tuple[Fraction, Fraction, Fraction]:
    """Less is better."""
    return (
        -Fraction(one.good, one.rated),
        Fraction(one.red, one.rated),
        Fraction(one.missing, one.rated),
    )
