"""Half a person, a third of a canteen: the number was meant in 万, or typed wrong."""

from collections.abc import Iterator

from minsheng.progress.entry_line import EntryProblem, EntrySettings, LineContext

CODES = ("fraction_of_whole",)


def check(context: LineContext, settings: EntrySettings) -> Iterator[EntryProblem]:
    """A problem for each figure with a fraction, where the unit is one of whole things."""
    if context.owed.kind != "count" or context.owed.unit not in settings.whole_units:
        return
    for field, word in (("period", "本期完成"), ("cumulative", "累计")):
        value = context.now.period if field == "period" else context.now.cumulative
        if value is not None and value != value.to_integral_value():
            message = (
                f"{word} {context.say(value)} 不是整数，而“{context.owed.unit}”没有零头："
                "如果是以万计，请写成 3.3万 这样的形式，否则请核对后重填。"
            )
            yield EntryProblem("fraction_of_whole", "error", field, message, "整数", str(value))
