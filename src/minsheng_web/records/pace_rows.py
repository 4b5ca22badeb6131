"""Standings as rows and back, and the digits of a snapshot's standings."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Context, Decimal
from itertools import groupby
from typing import Any

from minsheng.progress.freeze import digest, digest_of_texts
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
from minsheng_web.records.bulk import exact
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
_DIGITS = 15


def amount_text(value: Decimal | None) -> str | None:
    """The amount as every database gives it back, six places and fifteen digits, in one spelling."""
    if value is None:
        return None
    text = str(value)
    dot = text.find(".")
    if len(text) > _DIGITS or "E" in text or (dot >= 0 and len(text) - dot - 1 > _PLACES):
        text = f"{_FIFTEEN.plus(round(value, _PLACES)):f}"
        dot = text.find(".")
    if dot >= 0:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "0", "") else text


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def _encode() -> Callable[[object], str]:
    """``_ENCODER.encode`` with Python's own quick encoder made once, not anew for every value."""
    make = getattr(json.encoder, "c_make_encoder", None)
    if make is None:
        return _ENCODER.encode
    quoted = getattr(json.encoder, "encode_basestring")  # noqa: B009 - the quick one where there is one
    quick = make(None, _ENCODER.default, quoted, None, ":", ",", False, False, True)
    return lambda value: "".join(quick(value, 0))


_encoded = _encode()


def compact(value: object) -> str:
    """JSON as stored in a text column; empty for what is empty."""
    return _encoded(value) if value else ""


def row_of(allocation: int, indicator: int, owed: Owed, standing: Value) -> tuple[Any, ...]:
    """The columns of ``FIELDS``."""
    forecast = standing.forecast
    told: tuple[str | None, ...] = (None, None, None)
    if forecast is not None:
        told = (amount_text(forecast.low), amount_text(forecast.middle), amount_text(forecast.high))
    return (
        allocation,
        indicator,
        owed.kind,
        owed.unit,
        amount_text(owed.value),
        None if owed.due is None else owed.due.isoformat(),
        standing.light,
        standing.held or "",
        amount_text(standing.figure),
        standing.reported,
        standing.parts,
        standing.missing_run,
        amount_text(standing.scheduled),
        amount_text(standing.percent),
        amount_text(standing.scheduled_percent),
        amount_text(standing.gap),
        standing.unmoved,
        *told,
        None if forecast is None else forecast.reports,
        amount_text(standing.needed),
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
    """Columns of ``BEFORE`` (``read_rows``) as the fold's "period before", which needs no reasons."""
    return Value(  # type: ignore[call-arg]  # a row's slice is as long as it is
        row[1],
        row[2] or None,
        exact(row[3]),
        *row[4:7],
        exact(row[7]),
        exact(row[8]),
        exact(row[9]),
        exact(row[10]),
        row[11],
        _forecast_of(row[15:19]),
        exact(row[12]),
        reached_from_json(json.loads(row[13])) if row[13] else {},
        (),
        json.loads(row[14]) if row[14] else {},
    )


def _forecast_of(row: Sequence[Any]) -> Forecast | None:
    low, middle, high = map(exact, row[:3])
    return None if low is None or middle is None or high is None else Forecast(low, middle, high, row[3])


def digits_of(rows: Iterable[Sequence[Any]]) -> tuple[int, str]:
    """(count, digits) of one indicator's standings, given as columns of ``FIELDS``."""
    texts = [_encoded(row) for row in rows]
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
    """Stored columns as ``row_of`` gave them."""
    for row in rows:
        yield [_PLAIN.get(type(value), _same)(value) for value in row]


def _same(value: Any) -> Any:
    return value


_PLAIN: dict[type, Callable[[Any], Any]] = {Decimal: amount_text, date: date.isoformat}
