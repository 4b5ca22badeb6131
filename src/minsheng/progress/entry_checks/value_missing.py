"""Nothing was filled in where the kind asks for something.

An empty cell is not "no change": whoever did nothing this period says 0, and silence stays silence.
"""

from collections.abc import Iterator

from minsheng.progress.entry_line import EntryProblem, EntrySettings, LineContext

CODES = ("value_missing",)


def check(context: LineContext, _settings: EntrySettings) -> Iterator[EntryProblem]:
    """A problem for the one field that is missing."""
    now, kind = context.now, context.owed.kind
    if kind == "count":
        yield from _count(context)
    elif kind in ("at_least", "at_most", "growth") and now.cumulative is None:
        yield _missing(
            "cumulative", "没有填现在达到的数：请填到本期末为止的水平，没有统计请在困难问题一栏说明。"
        )
    elif kind == "standard" and now.done is None and now.cumulative is None:
        yield _missing("done", "没有填是否达到标准：请选“是”或“否”，或填现在执行的标准。")
    elif kind == "yes_no" and now.done is None:
        yield _missing("done", "没有填是否完成：请选“是”或“否”。")
    elif kind == "full_coverage" and now.done is None and now.cumulative is None:
        yield _missing("done", "没有填是否应补尽补：请选“是”或“否”，并填已办的人数。")
    elif kind == "stages" and not (now.stages or now.difficulty.strip() or now.next_step.strip()):
        message = "工程节点一个日期都没有填：请填已完成的节点；还没有开始，请在下一步打算一栏写明安排。"
        yield EntryProblem("value_missing", "warning", "stages.preparation", message, "至少一个节点的日期")


def _count(context: LineContext) -> Iterator[EntryProblem]:
    now, before = context.now, context.before
    if now.period is None and now.cumulative is None and not now.done:
        yield _missing(
            "period", "本期完成和累计都没有填：没有变化请在本期填 0，还没有数请在困难问题一栏说明。"
        )
    elif now.cumulative is None and now.period is not None:
        message = f"填了本期完成 {context.say(now.period)}，没有填累计：请填一月以来的累计数。"
        yield _missing("cumulative", message)
    elif now.period is None and before is not None and now.cumulative == before.cumulative:
        last = context.say(now.cumulative) if now.cumulative is not None else ""
        message = f"本期完成没有填，累计还是上期的 {last}：没有变化请填 0，有进展请填本期数。"
        yield _missing("period", message)


def _missing(field: str, message: str) -> EntryProblem:
    return EntryProblem("value_missing", "error", field, message, "填写", "空")
