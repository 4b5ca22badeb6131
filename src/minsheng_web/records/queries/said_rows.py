"""What a report line says, read as plain columns: for lines that are compared with and never written."""

import json
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from minsheng.progress.model import MONEY_STAGES, STAGES, Figures
from minsheng_web.records.bulk import Row, exact
from minsheng_web.records.models import ReportLine

SAID = (
    "amount", "cumulative", "done", "stages", *(f"money_{stage}" for stage in MONEY_STAGES),
    "difficulty", "next_step", "correction",
)  # fmt: skip
"""The columns of a line that ``said_in`` takes, in order."""
_KEPT = 8192
"""Rows kept as figures: closed months do not change, and a unit's year is read at every look at its grid."""
_SIXTH = Decimal("0.000001")
_MONEY = slice(4, 4 + len(MONEY_STAGES))


def said_by(line: ReportLine) -> Row:
    """The same columns of an instance; the text of ``stages`` may differ from the database's."""
    stages = json.dumps(line.stages) if line.stages else "{}"
    money = (line.money_needed, line.money_arrived, line.money_spent, line.money_paid)
    texts = (line.difficulty, line.next_step, line.correction)
    return (line.amount, line.cumulative, line.done, stages, *money, *texts)


def said_in(row: Row) -> Figures:
    """The figures in the columns of SAID as ``bulk.read_rows`` gives them. They are shared: never written."""
    return _figures(tuple(row))


@lru_cache(maxsize=_KEPT)
def _figures(row: tuple[Any, ...]) -> Figures:
    stages = json.loads(row[3]) if row[3] and row[3] != "{}" else {}
    return Figures(
        period=_amount(row[0]),
        cumulative=_amount(row[1]),
        done=None if row[2] is None else bool(row[2]),
        stages={stage: date.fromisoformat(stages[stage]) for stage in STAGES if stages.get(stage)},
        money={s: fen for s, fen in zip(MONEY_STAGES, row[_MONEY], strict=True) if fen is not None},
        difficulty=row[8],
        next_step=row[9],
        correction=row[10],
    )


def _amount(value: Any) -> Decimal | None:
    """With the digits the database keeps, as an instance has it."""
    amount = exact(value)
    return None if amount is None else amount.quantize(_SIXTH)
