"""The same figure for months while the target is not reached: nobody works on it, or nobody counts."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import takewhile

from minsheng.kernel.problem import Severity
from minsheng.progress.entry_line import EntryProblem, EntrySettings, LineContext
from minsheng.progress.model import Kind
from minsheng.progress.periods import periods_in
from minsheng.progress.typed import format_amount

CODES = ("not_moved",)


def check(context: LineContext, settings: EntrySettings) -> Iterator[EntryProblem]:
    """A warning for counts, a notice for rates (measured now and then) and where a difficulty is told."""
    now, owed = context.now.cumulative, context.owed
    if now is None or owed.value is None or _is_reached(owed.kind, now, owed.value):
        return
    still = sum(1 for _ in takewhile(lambda past: past.cumulative == now, reversed(context.history)))
    a_year = periods_in(context.period.year, context.period.cadence)
    if still < -(-settings.still_months * a_year // 12):
        return
    is_told = owed.kind != "count" or bool(context.now.difficulty.strip())
    message = (
        f"累计 {context.say(now)} 连续 {still} 期没有变化，离目标任务 {context.say(owed.value)} 还有"
        f" {context.say(abs(owed.value - now))}：请核对是否漏报；确实没有进展，请填困难问题和下一步打算。"
    )
    severity: Severity = "notice" if is_told else "warning"
    yield EntryProblem("not_moved", severity, "cumulative", message, "有变化", format_amount(now))


def _is_reached(kind: Kind, now: Decimal, value: Decimal) -> bool:
    """Kinds without a number to reach are none of this check's business."""
    if kind == "at_most":
        return now <= value
    return now >= value if kind in ("count", "at_least", "growth") else True
