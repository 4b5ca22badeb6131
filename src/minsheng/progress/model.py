"""The words of delivery: kinds of targets, stages of works, money, cadences; the values the rules take."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

Kind = Literal["count", "at_least", "at_most", "standard", "stages", "yes_no", "full_coverage", "growth"]
KINDS: tuple[Kind, ...] = (
    "count", "at_least", "at_most", "standard", "stages", "yes_no", "full_coverage", "growth",
)  # fmt: skip
KIND_WORDS: dict[Kind, str] = {
    "count": "累计完成",
    "at_least": "保持不低于",
    "at_most": "控制不高于",
    "standard": "达到标准",
    "stages": "工程节点",
    "yes_no": "是否完成",
    "full_coverage": "应补尽补",
    "growth": "比上年增长",
}
"""How the progress of a target is told. ``count`` adds up over periods and regions; the others do not."""

PERIODS_ADD_UP: tuple[Kind, ...] = ("count", "full_coverage")
"""Kinds whose periods add up to the cumulative figure; that of the others is a level, a date or an answer."""

Stage = Literal["preparation", "started", "completed", "accepted", "in_use"]
STAGES: tuple[Stage, ...] = ("preparation", "started", "completed", "accepted", "in_use")
STAGE_WORDS: dict[Stage, str] = {
    "preparation": "前期",
    "started": "开工",
    "completed": "完工",
    "accepted": "验收",
    "in_use": "投用",
}
"""Stages of works in order; four different things that bulletins blur (domain.md 12.5)."""

MoneyStage = Literal["needed", "arrived", "spent", "paid"]
MONEY_STAGES: tuple[MoneyStage, ...] = ("needed", "arrived", "spent", "paid")
MONEY_WORDS: dict[MoneyStage, str] = {"needed": "所需", "arrived": "到位", "spent": "支出", "paid": "发放"}
"""Money in four stages, whole fen, cumulative from the first of January. More than was needed is normal."""

Cadence = Literal["week", "month", "quarter"]
CADENCES: tuple[Cadence, ...] = ("week", "month", "quarter")
CADENCE_WORDS: dict[Cadence, str] = {"week": "周报", "month": "月报", "quarter": "季报"}


@dataclass(frozen=True, slots=True)
class Owed:
    """What one region owes of one target: ``value`` in ``unit``, None where none is stated (应补尽补)."""

    kind: Kind
    unit: str
    value: Decimal | None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """What one report line holds. None: not reported, never nought.

    ``period`` is what was done in the period, ``cumulative`` since the first of January; for a kind that does
    not add up ``cumulative`` is the level reached and ``period`` stays None. ``done`` belongs to yes_no and
    full_coverage, ``stages`` to works, ``money`` is whole fen.
    """

    period: Decimal | None = None
    cumulative: Decimal | None = None
    done: bool | None = None
    stages: dict[Stage, date] = field(default_factory=dict)
    money: dict[MoneyStage, int] = field(default_factory=dict)
    difficulty: str = ""
    next_step: str = ""
    correction: str = ""
