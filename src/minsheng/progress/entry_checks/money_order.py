"""Money in the wrong order: more spent than arrived, more paid than spent, or a sum that fell.

More arrived than was needed is normal. Sums are cumulative from January, like counts.
"""

from collections.abc import Iterator

from minsheng.progress.entry_line import EntryProblem, EntrySettings, LineContext
from minsheng.progress.model import MONEY_STAGES, MONEY_WORDS, MoneyStage
from minsheng.progress.typed import format_money

CODES = ("money_order",)


def check(context: LineContext, _settings: EntrySettings) -> Iterator[EntryProblem]:
    """Warnings of order, errors of sums that fell without a reason."""
    money = context.now.money
    yield from _more(money, "spent", "arrived")
    yield from _more(money, "paid", "spent" if "spent" in money else "arrived")
    if context.before is None or context.is_corrected:
        return
    for stage in MONEY_STAGES[1:]:
        now, last = money.get(stage), context.before.money.get(stage)
        if now is not None and last is not None and now < last:
            message = (
                f"{MONEY_WORDS[stage]}资金累计 {format_money(now)} 万元，比上期的 {format_money(last)} 万元少"
                f" {format_money(last - now)} 万元：请核对；确需改正或有资金收回，请填更正理由。"
            )
            expected = f"不少于 {format_money(last)}"
            yield EntryProblem("money_order", "error", f"money.{stage}", message, expected, format_money(now))


def _more(money: dict[MoneyStage, int], later: MoneyStage, earlier: MoneyStage) -> Iterator[EntryProblem]:
    now, most = money.get(later), money.get(earlier)
    if now is None or most is None or now <= most:
        return
    message = (
        f"{MONEY_WORDS[later]}资金 {format_money(now)} 万元，多于{MONEY_WORDS[earlier]}资金"
        f" {format_money(most)} 万元：请核对单位和口径；有垫付的，请在困难问题一栏说明。"
    )
    expected = f"不超过 {format_money(most)}"
    yield EntryProblem("money_order", "warning", f"money.{later}", message, expected, format_money(now))
