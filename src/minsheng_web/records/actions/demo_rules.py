"""What the office of the demo's city decides at the year's start: rules for the lights, curves, works."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from minsheng_web.records.actions.indicator_words import set_words, words_of
from minsheng_web.records.actions.pace_rules import NotAdopted, adopt_rules, set_curve
from minsheng_web.records.actions.refused import Refused
from minsheng_web.records.models import Indicator, Programme, User


def read_decisions(path: Path, written_for: str, year: int) -> dict[str, Any]:
    """The file beside the notice, for another year."""
    text = path.read_text(encoding="utf-8").replace(written_for, str(year))
    found: dict[str, Any] = yaml.safe_load(text)
    return found


def decide(*, office: User, programme: Programme, told: dict[str, Any], at: datetime) -> None:
    """Adopt rules, set curves, follow works by their stages. Raises ValueError for what is refused."""
    adopted = adopt_rules(
        actor=office, programme=programme, rules=told["rules"], reason=told["reason"], at=at
    )
    outcomes: list[object] = [adopted]
    rows = {row.name: row for row in Indicator.objects.filter(programme=programme)}
    for name in told["works"]:
        seen = words_of(rows[name])
        words = replace(seen, kind="stages")
        outcomes.append(set_words(actor=office, indicator=rows[name], words=words, seen=seen))
    for one in told["curves"]:
        curve, reason = one["curve"], one["reason"]
        row = rows[one["indicator"]]
        outcomes.append(set_curve(actor=office, indicator=row, curve=curve, reason=reason, at=at))
    for outcome in outcomes:
        if isinstance(outcome, NotAdopted | Refused):
            raise ValueError(str(outcome))  # noqa: TRY004 - it is the sample that is bad
