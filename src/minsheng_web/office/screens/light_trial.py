"""What other rules would have shown: lights before and after month by month, and which change."""

from collections.abc import Mapping

from minsheng.progress.pace.model import SHOWN_WORDS
from minsheng_web.office.screens.pace_table import SHORT_WORDS, Cell, Head, Row, Table
from minsheng_web.records.queries.pace_trial import Tried

MOST = 200


def trial_table(tried: Tried, names: Mapping[str, str]) -> Table:
    """Per period: as it was and as it would have been."""
    heads = (
        Head("填报期", 14),
        *(
            Head(f"{word}{when}", 10, number=True)
            for word in SHOWN_WORDS.values()
            for when in ("（原）", "（试）")
        ),
        Head("有变化", 10, number=True),
    )
    trial = tried.trial
    lines = []
    for key in sorted(trial.was):
        pairs = ((trial.was[key][light], trial.would_be[key][light]) for light in SHOWN_WORDS)
        counts = [Cell(number=number) for pair in pairs for number in pair]
        lines.append(Row((Cell(names.get(key, key)), *counts, Cell(number=trial.changed[key]))))
    return Table("试算：各期亮灯数（原规则和试算规则）", heads, lines)


def changes_table(tried: Tried) -> Table:
    """Those whose light would be another, the first of them."""
    heads = (Head("填报期", 14), Head("地区", 14), Head("目标", 40), Head("原", 8), Head("试算", 8))
    lines = []
    for change in tried.trial.changes[:MOST]:
        region, name = tried.names.get(change.key, ("", ""))
        after = change.would_be.light
        lines.append(
            Row(
                (
                    Cell(change.period.name),
                    Cell(region),
                    Cell(name),
                    Cell(SHORT_WORDS[change.was], light=change.was),
                    Cell(SHORT_WORDS[after], light=after),
                )
            )
        )
    return Table("试算：灯会不同的目标", heads, lines)
