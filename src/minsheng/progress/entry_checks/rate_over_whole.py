"""A rate above 100%: rarely true (毛入学率), mostly a count typed into a column of rates."""

from collections.abc import Iterator
from decimal import Decimal

from minsheng.progress.entry_line import EntryProblem, EntrySettings, LineContext

CODES = ("rate_over_100",)

_WHOLES = {"%": Decimal(100), "％": Decimal(100), "‰": Decimal(1000)}


def check(context: LineContext, _settings: EntrySettings) -> Iterator[EntryProblem]:
    """A warning, unless the target itself asks for more than the whole; growth has no upper end."""
    owed, value = context.owed, context.now.cumulative
    whole = _WHOLES.get(owed.unit)
    if owed.kind not in ("at_least", "at_most") or whole is None or value is None:
        return
    # A target of 100以上 is a gross rate: it may be passed.
    is_open = owed.value is not None and owed.value > whole
    if value > whole and not is_open:
        message = (
            f"现在达到 {context.say(value)}，超过了{context.say(whole)}："
            "请核对是否把人数填进了比率；确实可以超过的，请在困难问题一栏说明算法。"
        )
        yield EntryProblem("rate_over_100", "warning", "cumulative", message, f"不超过{whole}", str(value))
