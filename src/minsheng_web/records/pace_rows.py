"""Standings as rows and back, and the digits of a snapshot's standings."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Context, Decimal
from itertools import groupby
from typing import Any

from minsheng.progress.freeze import digest, digest_of_texts, row_text
from minsheng.progress.model import Owed
from minsheng.progress.pace.model import (
    Forecast,
    Reason,
    reached_from_json,
    reached_to_json,
    reasons_from_json,
    reasons_to_json,
)
from minsheng.progress.pace.model import Standing as Value
from minsheng_web.records.models import Snapshot, Standing

FORM = "minsheng standings 1"
"""First line of the text the digits are made of; it never changes."""

FIELDS = (
    "allocation", "indicator", "kind", "unit", "owed", "due", "light", "held", "figure", "reported", "parts",
    "missing_run", "scheduled", "percent", "scheduled_percent", "gap", "unmoved", "forecast_low",
    "forecast_middle", "forecast_high", "forecast_reports", "needed", "reached", "reasons", "memory",
)  # fmt: skip
"""Columns of a standing beside its snapshot, in the order of ``row_of``."""

_FIFTEEN = Context(prec=15)
_PLACES = 6


def kept(value: Decimal | None) -> Decimal | None:
    """The amount as every database gives it back: six places, fifteen digits."""
    return None if value is None else _FIFTEEN.plus(round(value, _PLACES))


def compact(value: object) -> str:
    """JSON as stored in a text column; empty for what is empty."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) if value else ""


def row_of(allocation: int, indicator: int, owed: Owed, standing: Value) -> tuple[Any, ...]:
    """The columns of ``FIELDS``."""
    forecast = standing.forecast
    told: tuple[Decimal | None, ...] = (None, None, None)
    if forecast is not None:
        told = (kept(forecast.low), kept(forecast.middle), kept(forecast.high))
    return (
        allocation,
        indicator,
        owed.kind,
        owed.unit,
        kept(owed.value),
        None if owed.due is None else owed.due.isoformat(),
        standing.light,
        standing.held or "",
        kept(standing.figure),
        standing.reported,
        standing.parts,
        standing.missing_run,
        kept(standing.scheduled),
        kept(standing.percent),
        kept(standing.scheduled_percent),
        kept(standing.gap),
        standing.unmoved,
        *told,
        None if forecast is None else forecast.reports,
        kept(standing.needed),
        compact(reached_to_json(standing.reached)),
        compact(reasons_to_json(standing.reasons)),
        compact(dict(standing.memory)),
    )


def parsed(text: str, otherwise: Any) -> Any:
    """A text column's JSON."""
    return json.loads(text) if text else otherwise


def value_of(row: Standing) -> Value:
    """The stored row as the value it was made of."""
    forecast = None
    if row.forecast_reports is not None:
        forecast = Forecast(row.forecast_low, row.forecast_middle, row.forecast_high, row.forecast_reports)
    return Value(
        light=row.light,  # type: ignore[arg-type]
        held=row.held or None,  # type: ignore[arg-type]
        figure=row.figure,
        reported=row.reported,
        parts=row.parts,
        missing_run=row.missing_run,
        scheduled=row.scheduled,
        percent=row.percent,
        scheduled_percent=row.scheduled_percent,
        gap=row.gap,
        unmoved=row.unmoved,
        forecast=forecast,
        needed=row.needed,
        reached=reached_from_json(parsed(row.reached, {})),
        reasons=reasons_of(row.reasons),
        memory=parsed(row.memory, {}),
    )


def reasons_of(text: str) -> tuple[Reason, ...]:
    """The reasons of a stored standing."""
    return reasons_from_json(parsed(text, []))


def owed_of_row(row: Standing) -> Owed:
    """What the part owed then."""
    return Owed(row.kind, row.unit, row.owed, row.due)  # type: ignore[arg-type]


BEFORE = (
    "allocation_id", "light", "held", "figure", "reported", "parts", "missing_run", "scheduled", "percent",
    "scheduled_percent", "gap", "unmoved", "needed", "reached", "memory",
    "forecast_low", "forecast_middle", "forecast_high", "forecast_reports",
)  # fmt: skip


def before_of(row: Sequence[Any]) -> Value:
    """The columns of ``BEFORE`` as the fold's "period before", which needs no reasons."""
    return Value(  # type: ignore[call-arg]  # a row's slice is as long as it is
        row[1],
        row[2] or None,
        *row[3:12],
        None if row[18] is None else Forecast(*row[15:19]),
        row[12],
        reached_from_json(json.loads(row[13])) if row[13] else {},
        (),
        json.loads(row[14]) if row[14] else {},
    )


def digits_of(rows: Iterable[Sequence[Any]]) -> tuple[int, str]:
    """(count, digits) of one indicator's standings, given as columns of ``FIELDS``."""
    texts = [row_text(dict(zip(FIELDS, row, strict=True))) for row in rows]
    return len(texts), digest_of_texts(texts, FORM)


def digits_of_parts(parts: Mapping[str, Sequence[Any]]) -> str:
    """The digits of a snapshot's standings, from those of each indicator."""
    return digest(({"indicator": key, "count": one[0], "digest": one[1]} for key, one in parts.items()), FORM)


def still_standing(snapshot: Snapshot) -> str:
    """The digits made anew of the standings as stored now: the seal's own, unless something touched them."""
    rows = Standing.objects.filter(snapshot=snapshot).order_by("indicator_id", "pk").values_list(*FIELDS)
    place = FIELDS.index("indicator")
    parts = {
        str(indicator): digits_of(_plain(mine))
        for indicator, mine in groupby(rows.iterator(2000), key=lambda row: row[place])
    }
    return digits_of_parts(parts)


def _plain(rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    for row in rows:
        yield [value.isoformat() if isinstance(value, date) else value for value in row]
