"""Places among others by the share of targets on schedule: ties share a place, nobody is forced into one."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TypeVar

from minsheng.progress.model import Kind
from minsheng.progress.pace.measuring import LEVELS
from minsheng.progress.pace.model import Peers, Shown, Standing

ON_SCHEDULE: tuple[Shown, ...] = ("blue", "green")
_HUNDREDTH = Decimal("0.01")

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Score:
    """Targets of one county or unit: ``on_schedule`` of the ``judged``, ``reported`` of which were reported.

    ``judged`` counts the missing ones too: what was not reported is not on schedule. Targets that no rule
    applies to are left out.
    """

    on_schedule: int
    reported: int
    judged: int

    @property
    def share(self) -> Fraction | None:
        """None where nothing was reported."""
        return Fraction(self.on_schedule, self.judged) if self.reported else None


def score(counts: Mapping[Shown, int]) -> Score:
    """The score of so many targets of each light."""
    judged = sum(count for light, count in counts.items() if light != "none")
    return Score(
        on_schedule=sum(counts.get(light, 0) for light in ON_SCHEDULE),
        reported=judged - counts.get("missing", 0),
        judged=judged,
    )


def places(scores: Mapping[Key, Score]) -> dict[Key, int | None]:
    """The place of each by its share; after two third places comes a fifth. None: nothing was reported."""
    return _placed({key: one.share for key, one in scores.items()})


def place_words(place: int | None, placed: int) -> str:
    """第3名，共16个; 未参加排名 where there is no place."""
    return "未参加排名" if place is None else f"第{place}名，共{placed}个"


def peers_of(kind: Kind, standings: Mapping[Key, Standing]) -> dict[Key, Peers]:
    """Siblings of one target beside each other: places by percent done, and the mean of their levels.

    Only who reported this period has a place or a part in the mean. Needed where ``LightRules.needs_peers``:
    judge once, take the peers, put them into the facts, judge again.
    """
    told = {key: one for key, one in standings.items() if one.light != "missing"}
    done = {key: one.percent for key, one in told.items()}
    found = _placed({key: None if share is None else Fraction(share) for key, share in done.items()})
    placed = sum(place is not None for place in found.values())
    mean = _mean(one.figure for one in told.values()) if kind in LEVELS else None
    return {key: Peers(found.get(key), placed, mean) for key in standings}


def _placed(amounts: Mapping[Key, Fraction | None]) -> dict[Key, int | None]:
    order = sorted((amount for amount in amounts.values() if amount is not None), reverse=True)
    first: dict[Fraction, int] = {}
    for place, amount in enumerate(order, 1):
        first.setdefault(amount, place)
    return {key: None if amount is None else first[amount] for key, amount in amounts.items()}


def _mean(figures: Iterable[Decimal | None]) -> Decimal | None:
    known = [figure for figure in figures if figure is not None]
    if not known:
        return None
    return (sum(known, Decimal(0)) / len(known)).quantize(_HUNDREDTH, ROUND_HALF_UP)
