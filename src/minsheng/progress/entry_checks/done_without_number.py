"""Said to be done, but the figures that would show it are not there."""

from collections.abc import Iterator

from minsheng.progress.entry_line import EntryProblem, EntrySettings, LineContext

CODES = ("done_without_number",)


def check(context: LineContext, _settings: EntrySettings) -> Iterator[EntryProblem]:
    """An error where a number is owed; a notice where none is, since people served can still be counted."""
    now, kind = context.now, context.owed.kind
    if not now.done:
        return
    if kind == "count" and now.cumulative is None:
        message = "选了“已完成”，没有填累计数：请填一月以来的累计数。"
        yield EntryProblem("done_without_number", "error", "cumulative", message, "累计数", "空")
    elif kind == "full_coverage" and now.cumulative is None:
        message = "选了“应补尽补”，没有填已办的人数：请补填累计数，便于核对。"
        yield EntryProblem("done_without_number", "notice", "cumulative", message, "累计数", "空")
    elif kind == "stages" and not now.stages:
        message = "选了“已完成”，工程节点一个日期都没有填：请填完工、验收等日期。"
        yield EntryProblem("done_without_number", "error", "stages.completed", message, "节点日期", "空")
