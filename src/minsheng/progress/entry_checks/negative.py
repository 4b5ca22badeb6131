"""Less than nothing: only growth may be below nought, and a period's figure in a reasoned correction."""

from collections.abc import Iterator

from minsheng.progress.entry_line import EntryProblem, EntrySettings, LineContext
from minsheng.progress.model import MONEY_STAGES, MONEY_WORDS
from minsheng.progress.typed import format_money

CODES = ("negative",)


def check(context: LineContext, _settings: EntrySettings) -> Iterator[EntryProblem]:
    """A problem for each number below nought."""
    now = context.now
    if context.owed.kind != "growth" and now.cumulative is not None and now.cumulative < 0:
        message = f"累计 {context.say(now.cumulative)} 是负数：累计不会小于 0，请核对后重填。"
        yield EntryProblem("negative", "error", "cumulative", message, "不小于 0", str(now.cumulative))
    if now.period is not None and now.period < 0 and not context.is_corrected:
        message = (
            f"本期完成 {context.say(now.period)} 是负数：如是改正以前多报的数，请填更正理由；否则请重填。"
        )
        yield EntryProblem("negative", "error", "period", message, "不小于 0", str(now.period))
    for stage in MONEY_STAGES:
        fen = now.money.get(stage)
        if fen is not None and fen < 0:
            message = f"{MONEY_WORDS[stage]}资金 {format_money(fen)} 万元是负数：请核对后重填。"
            yield EntryProblem("negative", "error", f"money.{stage}", message, "不小于 0", format_money(fen))
