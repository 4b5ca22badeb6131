"""The very same figure in several regions whose shares differ: an average was filled in."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from minsheng.progress.entry_line import EntryProblem, EntrySettings, LineContext
from minsheng.progress.model import Figures, Owed
from minsheng.progress.typed import format_amount

CODES = ("identical_everywhere",)


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One region's line of a target that several regions share."""

    region: str
    owed: Owed
    now: Figures


def check(context: LineContext, settings: EntrySettings) -> Iterator[EntryProblem]:
    """A notice on the line itself. The others' shares are not known here: a share just met is left alone."""
    owed, value = context.owed, context.now.cumulative
    if owed.kind != "count" or value is None or value <= settings.identical_above or value == owed.value:
        return
    same = [region for region, figures in context.siblings if figures.cumulative == value]
    if len(same) + 1 >= settings.identical_regions:
        message = (
            f"累计 {context.say(value)} 与{_names(same)}完全相同："
            "请核对是否按平均数填报，应填本地实际完成数。"
        )
        yield _found("notice", message, value)


def check_group(lines: Sequence[GroupLine], settings: EntrySettings) -> tuple[EntryProblem, ...]:
    """A warning for every figure that enough regions of different shares have in common."""
    alike: dict[Decimal, list[GroupLine]] = defaultdict(list)
    for line in lines:
        value = line.now.cumulative
        if line.owed.kind == "count" and value is not None and value > settings.identical_above:
            alike[value].append(line)
    return tuple(
        _of_group(value, same)
        for value, same in sorted(alike.items())
        if len(same) >= settings.identical_regions and _shares_differ(same)
    )


def _shares_differ(lines: Sequence[GroupLine]) -> bool:
    return len({line.owed.value for line in lines if line.owed.value is not None}) > 1


def _of_group(value: Decimal, same: Sequence[GroupLine]) -> EntryProblem:
    unit = same[0].owed.unit
    message = (
        f"{_names([line.region for line in same])}等 {len(same)} 个地区的累计都是"
        f" {format_amount(value)}{unit}，"
        "而各地的目标任务并不相同：请核对是否按平均数填报，应填各地实际完成数。"
    )
    return _found("warning", message, value)


def _found(severity: str, message: str, value: Decimal) -> EntryProblem:
    return EntryProblem(
        "identical_everywhere",
        "warning" if severity == "warning" else "notice",
        "cumulative",
        message,
        "各地实际完成数",
        format_amount(value),
    )


def _names(regions: Sequence[str]) -> str:
    return "、".join(regions[:4])
