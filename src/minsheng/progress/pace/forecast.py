"""The year's end from the steps so far: at the pace of all, of the slower and of the quicker half."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, ROUND_UP, Decimal

from minsheng.progress.pace.model import Forecast

LEAST_REPORTS = 3
"""Fewer reports say nothing of how a year goes."""

_HUNDREDTH = Decimal("0.01")
_TEN_THOUSANDTH = Decimal("0.0001")
_WHOLE = Decimal(1)
_NOUGHT = Decimal(0)


def rate(figure: Decimal, before: Decimal | None, periods: int) -> Decimal:
    """The step since the last report for each of the periods it took; the first counts from January."""
    step = figure if before is None else figure - before
    return (step / max(periods, 1)).quantize(_TEN_THOUSANDTH, ROUND_HALF_UP)


def forecast(figure: Decimal, rates: Sequence[str], left: int) -> Forecast | None:
    """The year's end of a count with ``left`` periods to go. None on fewer than three reports.

    Never below what is done already: what is done stays done.
    """
    reports = len(rates)
    if reports < LEAST_REPORTS:
        return None
    if left <= 0:
        return Forecast(figure, figure, figure, reports)
    known = sorted(map(Decimal, rates))
    half = reports // 2
    low = sum(known[:half], _NOUGHT) * left / half
    middle = sum(known, _NOUGHT) * left / reports
    high = sum(known[reports - half :], _NOUGHT) * left / half
    return Forecast(_at_least(figure, low), _at_least(figure, middle), _at_least(figure, high), reports)


def _at_least(figure: Decimal, more: Decimal) -> Decimal:
    """As many decimals as the figure has, two at most: nobody forecasts half a person."""
    step = _WHOLE if figure == figure.to_integral_value() else _HUNDREDTH
    return (figure + max(more, _NOUGHT)).quantize(step, ROUND_HALF_UP)


def needed_from_now(value: Decimal, figure: Decimal, left: int) -> Decimal:
    """What each of the ``left`` periods has to bring, rounded up; the whole rest where none is left."""
    rest = value - figure
    if rest <= 0:
        return _NOUGHT
    return (rest / left).quantize(_HUNDREDTH, ROUND_UP) if left > 1 else rest
