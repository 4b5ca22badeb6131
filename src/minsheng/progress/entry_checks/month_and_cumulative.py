"""Last period's cumulative and this period's figure must make this period's cumulative."""

from collections.abc import Iterator
from decimal import Decimal

from minsheng.progress.entry_line import EntryProblem, EntrySettings, LineContext
from minsheng.progress.typed import format_amount

CODES = ("month_and_cumulative_disagree",)


def check(context: LineContext, _settings: EntrySettings) -> Iterator[EntryProblem]:
    """An error where the sum is known; a notice where it is not; a correction explains itself."""
    period, cumulative = context.now.period, context.now.cumulative
    if context.owed.kind != "count" or period is None or cumulative is None or context.is_corrected:
        return
    last = _last(context)
    if last is None:
        yield from _unknown(context, period, cumulative)
    elif last + period != cumulative:
        yield _found(
            context,
            (
                f"上期累计 {context.say(last)} 加本期完成 {context.say(period)}"
                f" 是 {context.say(last + period)}，"
                f"累计填的是 {context.say(cumulative)}，相差 {context.say(abs(cumulative - last - period))}："
                "请核对这两个数；确需改正以前的数，请填更正理由。"
            ),
            last + period,
        )


def _last(context: LineContext) -> Decimal | None:
    """What was done before this period; in the year's first period nothing was."""
    if context.period.is_first:
        return Decimal(0)
    return context.before.cumulative if context.before else None


def _unknown(context: LineContext, period: Decimal, cumulative: Decimal) -> Iterator[EntryProblem]:
    if period > cumulative:
        message = (
            f"本期完成 {context.say(period)} 比累计 {context.say(cumulative)} 还多：请核对是否填反了两格。"
        )
        yield _found(context, message, period)
    elif period != cumulative:
        yield EntryProblem(
            "month_and_cumulative_disagree",
            "notice",
            "cumulative",
            f"没有上期的累计数，本期完成 {context.say(period)} 与累计 {context.say(cumulative)} 无法核对："
            "请审核时对照上期的材料。",
            "上期累计",
            "没有",
        )


def _found(context: LineContext, message: str, expected: Decimal) -> EntryProblem:
    found = format_amount(context.now.cumulative or Decimal(0))
    return EntryProblem(
        "month_and_cumulative_disagree", "error", "cumulative", message, format_amount(expected), found
    )
