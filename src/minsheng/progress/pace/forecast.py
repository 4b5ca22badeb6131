"""The year's end from the steps so far: at the pace of all, of the slower and of the quicker half.

Steps are kept as whole ten-thousandths, plain JSON that is quick to add up.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, ROUND_UP, Decimal

from minsheng.progress.pace.model import Forecast

LEAST_REPORTS = 3
"""Fewer reports say nothing of how a year goes."""

_PARTS = 10_000
_HUNDREDTH = Decimal("0.01")
_WHOLE = Decimal(1)
_NOUGHT = Decimal(0)


def rate(figure: Decimal, before: Decimal | None, periods: int) -> int:
    """The step since the last report for each of the periods it took; the first counts from January."""
    step = (figure if before is None else figure - before) * _PARTS
    return int((step / periods if periods > 1 else step).to_integral_value(ROUND_HALF_UP))


def forecast(figure: Decimal, rates: Sequence[int], left: int) -> Forecast | None:
    """The year's end of a count with ``left`` periods to go. None on fewer than three reports.

    Never below what is done already: what is done stays done. As many decimals as the figure has, two at
    most: nobody forecasts half a person.
    """
    reports = len(rates)
    if reports < LEAST_REPORTS:
        return None
    if left <= 0:
        return Forecast(figure, figure, figure, reports)
    known = sorted(rates)
    half = reports // 2
    digits = _WHOLE if figure == figure.to_integral_value() else _HUNDREDTH
    low = sum(known[:half]) * left
    middle = sum(known) * left
    high = sum(known[reports - half :]) * left
    return Forecast(
        (figure + Decimal(low) / (half * _PARTS)).quantize(digits, ROUND_HALF_UP) if low > 0 else figure,
        (figure + Decimal(middle) / (reports * _PARTS)).quantize(digits, ROUND_HALF_UP)
        if middle > 0
        else figure,
        (figure + Decimal(high) / (half * _PARTS)).quantize(digits, ROUND_HALF_UP) if high > 0 else figure,
        reports,
    )


def needed_from_now(value: Decimal, figure: Decimal, left: int) -> Decimal:
    """What each of the ``left`` periods has to bring, rounded up; the whole rest where none is left."""
    rest = value - figure
    if rest <= 0:
        return _NOUGHT
    return (rest / left).quantize(_HUNDREDTH, ROUND_UP) if left > 1 else rest
