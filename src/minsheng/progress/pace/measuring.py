"""What one report line, or the parts of a whole, say of a node: how much is done, and is all of it done."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from minsheng.progress.model import PERIODS_ADD_UP, STAGES, Figures, Kind, Owed, Stage
from minsheng.progress.pace.curves import end_of
from minsheng.progress.pace.model import Facts
from minsheng.progress.periods import Period

DEEDS: tuple[Kind, ...] = ("standard", "yes_no", "full_coverage")
LEVELS: tuple[Kind, ...] = ("at_least", "at_most", "growth")

_HUNDRED = Decimal(100)
_HUNDREDTH = Decimal("0.01")
_NOTHING: dict[Stage, int] = {}


def leaf_facts(owed: Owed, figures: Figures | None, period: Period) -> Facts:
    """The facts of one reporting leaf. A line without the figure of its kind has not been reported."""
    if figures is None:
        return Facts(owed, None, 1, 0, _NOTHING, 1)
    kind = owed.kind
    if kind == "count" or kind in LEVELS:
        if figures.cumulative is None:
            return Facts(owed, None, 1, 0, _NOTHING, 1)
        return Facts(owed, figures, 1, 1, _stages(figures, period) if figures.stages else _NOTHING)
    if kind == "stages":
        return Facts(owed, figures, 1, 1, _stages(figures, period))
    done = _deed(owed, figures)
    if done is None and figures.cumulative is None:
        return Facts(owed, None, 1, 0, _NOTHING, 1)
    return Facts(owed, figures, 1, 1, {**_stages(figures, period), "completed": int(bool(done))})


def _stages(figures: Figures, period: Period) -> dict[Stage, int]:
    """Stages whose day has come. Started, completed, accepted, in use are told apart, none for another."""
    end = end_of(period)
    return {stage: 1 for stage in STAGES if stage in figures.stages and figures.stages[stage] <= end}


def _deed(owed: Owed, figures: Figures) -> bool | None:
    if figures.done is not None:
        return figures.done
    if owed.kind == "standard" and owed.value is not None and figures.cumulative is not None:
        return figures.cumulative >= owed.value
    return None


def measured(facts: Facts) -> Decimal | None:
    """What this period's reports say: the cumulative, the level, or how many parts are completed."""
    if facts.figures is None:
        return None
    if facts.owed.kind in ("stages", "standard", "yes_no"):
        return Decimal(facts.reached.get("completed", 0))
    return facts.figures.cumulative


def is_reported(facts: Facts) -> bool:
    """Whether anybody below reported the figure its kind is told by; 应补尽补 may be told without one."""
    if facts.figures is None or not facts.reported:
        return False
    return facts.figures.cumulative is not None or facts.owed.kind in ("stages", *DEEDS)


def percent_done(owed: Owed, figure: Decimal | None, parts: int) -> Decimal | None:
    """Percent of the whole, in hundredths; of works and deeds of their parts. None of levels."""
    if figure is None or owed.kind in LEVELS:
        return None
    whole = owed.value if owed.kind in PERIODS_ADD_UP else Decimal(parts)
    if not whole:
        return None
    return (figure * _HUNDRED / whole).quantize(_HUNDREDTH, ROUND_HALF_UP)


def is_finished(facts: Facts, percent: Decimal | None) -> bool:
    """Whether all of it is done; levels never are, they are to hold."""
    kind = facts.owed.kind
    if kind == "count":
        return percent is not None and percent >= _HUNDRED
    if kind in LEVELS:
        return False
    return facts.reached.get("completed", 0) >= facts.parts


def is_accepted(facts: Facts) -> bool:
    return facts.reached.get("accepted", 0) >= facts.parts


def at_least_reached(reached: Mapping[Stage, int], stage: Stage) -> int:
    """How many parts stand at a stage or beyond it: what was completed has been started, told or not."""
    return max((reached.get(one, 0) for one in STAGES[STAGES.index(stage) :]), default=0)
