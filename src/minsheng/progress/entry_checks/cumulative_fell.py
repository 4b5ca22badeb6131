"""What was reported as done is reported as less, without a word why.

Rates and other levels may fall; counts, deeds and dates of works may not.
"""

from collections.abc import Iterator

from minsheng.progress.entry_line import EntryProblem, EntrySettings, LineContext
from minsheng.progress.model import PERIODS_ADD_UP, STAGE_WORDS, STAGES, Figures
from minsheng.progress.typed import format_amount

CODES = ("cumulative_fell",)


def check(context: LineContext, _settings: EntrySettings) -> Iterator[EntryProblem]:
    """An error for each field that fell; with a reason for the correction nothing."""
    if context.is_corrected:
        return
    yield from _count(context)
    if context.before is not None:
        yield from _deed(context, context.before)
        yield from _works(context, context.before)


def _count(context: LineContext) -> Iterator[EntryProblem]:
    """Against the last figure known, so that a period left out opens no way down."""
    now, last = context.now.cumulative, context.last_cumulative
    if context.owed.kind not in PERIODS_ADD_UP or now is None or last is None or now >= last:
        return
    message = (
        f"累计 {context.say(now)}，比以前报的 {context.say(last)} 少 {context.say(last - now)}："
        "累计只增不减，请核对；确需改正以前的数，请填更正理由。"
    )
    found = format_amount(now)
    yield EntryProblem(
        "cumulative_fell", "error", "cumulative", message, f"不少于 {format_amount(last)}", found
    )


def _deed(context: LineContext, before: Figures) -> Iterator[EntryProblem]:
    if context.owed.kind in ("yes_no", "full_coverage") and before.done and context.now.done is False:
        message = "上期报的是“已完成”，本期是“未完成”：请核对；确需改正，请填更正理由。"
        yield EntryProblem("cumulative_fell", "error", "done", message, "已完成", "未完成")


def _works(context: LineContext, before: Figures) -> Iterator[EntryProblem]:
    if context.owed.kind != "stages":
        return
    for stage in STAGES:
        if stage in before.stages and stage not in context.now.stages:
            day, word = before.stages[stage].isoformat(), STAGE_WORDS[stage]
            message = f"上期报的{word}日期 {day} 没有了：请补上；确需改正，请填更正理由。"
            yield EntryProblem("cumulative_fell", "error", f"stages.{stage}", message, day, "空")
