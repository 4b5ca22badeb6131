"""Words that every clause of a sentence is made of."""

from dataclasses import dataclass
from decimal import Decimal

from minsheng.progress.figures import format_amount
from minsheng.progress.model import STAGE_WORDS, STAGES, Cadence, Owed, Stage
from minsheng.progress.pace.model import Standing
from minsheng.progress.pace.rules import LightRules
from minsheng.progress.periods import Period

PERIOD_HERE: dict[Cadence, str] = {"week": "本周", "month": "本月", "quarter": "本季度"}

PERIOD_UNITS: dict[Cadence, str] = {"week": "周", "month": "个月", "quarter": "个季度"}

_TOLD_STAGES: tuple[Stage, ...] = ("started", "completed", "accepted", "in_use")


@dataclass(frozen=True, slots=True)
class Told:
    """What a sentence is made from."""

    standing: Standing
    owed: Owed
    rules: LightRules
    period: Period

    @property
    def cadence(self) -> Cadence:
        return self.period.cadence


def until(period: Period) -> str:
    """截至6月底; of a week its last day."""
    end = period.end
    return f"截至{end.month}月{end.day}日" if period.cadence == "week" else f"截至{end.month}月底"


def amount(value: Decimal | None, owed: Owed) -> str:
    """An amount with its unit; amounts asked for are shown to hundredths."""
    return "不明" if value is None else f"{format_amount(value)}{owed.unit}"


def percent(value: Decimal | None) -> str:
    return "不明" if value is None else f"{format_amount(value)}%"


def stages_told(told: Told) -> str:
    """Started, completed, accepted, in use: how many of each, because one is not the other."""
    standing = told.standing
    reached = standing.reached
    works = told.owed.kind == "stages"
    if not works and not any(stage in reached for stage in STAGES if stage != "completed"):
        return ""
    if not works:
        return "、".join(_so_many(standing, stage) for stage in _TOLD_STAGES if reached.get(stage))
    if standing.parts == 1:
        yes = [STAGE_WORDS[stage] for stage in _TOLD_STAGES if reached.get(stage)]
        no = [STAGE_WORDS[stage] for stage in _TOLD_STAGES if not reached.get(stage)]
        texts = ["已" + "、已".join(yes)] if yes else []
        return "，".join([*texts, "未" + "、未".join(no)] if no else texts)
    counts = "、".join(f"{STAGE_WORDS[stage]}{reached.get(stage, 0)}个" for stage in _TOLD_STAGES)
    return f"{counts}（共{standing.parts}个）"


def _so_many(standing: Standing, stage: Stage) -> str:
    word = STAGE_WORDS[stage]
    return f"已{word}" if standing.parts == 1 else f"{standing.parts}处中{standing.reached[stage]}处已{word}"


def running(run: int, cadence: Cadence, what: str) -> str:
    """本月到期未开工, 已连续3个月到期未开工."""
    return f"{PERIOD_HERE[cadence]}{what}" if run == 1 else f"已连续{run}{PERIOD_UNITS[cadence]}{what}"
