"""A period that brings many times what those before it brought.

A digit slipped, or the cumulative figure was typed into the period's cell.
"""

from collections.abc import Iterator
from decimal import Decimal

from minsheng.progress.entry_line import EntryProblem, EntrySettings, LineContext
from minsheng.progress.typed import format_amount

CODES = ("unlikely_jump",)

_TENTH = Decimal("0.1")


def check(context: LineContext, settings: EntrySettings) -> Iterator[EntryProblem]:
    """A warning against the mean of the earlier periods, where there are enough of them to have one."""
    now, owed = context.now.period, context.owed
    earlier = [figures.period for figures in context.history if figures.period is not None]
    if owed.kind != "count" or now is None or len(earlier) < settings.jump_periods:
        return
    mean = sum(earlier, Decimal(0)) / len(earlier)
    is_small = owed.value is not None and now < owed.value * settings.jump_share
    # After nothing at all the first delivery is no jump.
    if mean <= 0 or is_small or now <= mean * settings.jump_factor:
        return
    usual = context.say(mean.quantize(_TENTH))
    message = (
        f"本期完成 {context.say(now)}，是此前 {len(earlier)} 期平均 {usual} 的"
        f" {format_amount((now / mean).quantize(_TENTH))} 倍：请核对是否多写了一位，或把累计数填进了本期；"
        "确实如此，请在困难问题一栏说明原因。"
    )
    most = format_amount((mean * settings.jump_factor).quantize(_TENTH))
    yield EntryProblem("unlikely_jump", "warning", "period", message, f"不超过 {most}", format_amount(now))
