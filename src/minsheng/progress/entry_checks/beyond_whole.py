"""More was done than is owed. That is normal and never cut off; whoever verifies should know."""

from collections.abc import Iterator

from minsheng.progress.entry_line import EntryProblem, EntrySettings, LineContext
from minsheng.progress.typed import format_amount

CODES = ("beyond_whole",)


def check(context: LineContext, _settings: EntrySettings) -> Iterator[EntryProblem]:
    """A notice when the cumulative figure passes the target."""
    owed, done = context.owed, context.now.cumulative
    if owed.kind != "count" or owed.value is None or done is None or done <= owed.value:
        return
    message = (
        f"累计 {context.say(done)}，超过目标任务 {context.say(owed.value)}，"
        f"多 {context.say(done - owed.value)}："
        "超额完成照实填报；如是多写了一位，请改正。"
    )
    expected = format_amount(owed.value)
    yield EntryProblem("beyond_whole", "notice", "cumulative", message, expected, format_amount(done))
