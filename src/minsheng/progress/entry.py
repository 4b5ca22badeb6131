"""Is a report line sound: every check, in the order its findings are shown.

A line with an error cannot be handed in; a warning asks for a second look; a notice is for whoever verifies.
"""

from collections.abc import Sequence

from minsheng.progress.entry_checks import (
    beyond_whole,
    cumulative_fell,
    done_without_number,
    fraction_of_whole,
    identical_everywhere,
    money_order,
    month_and_cumulative,
    negative,
    not_moved,
    rate_over_whole,
    stage_order,
    unlikely_jump,
    value_missing,
)
from minsheng.progress.entry_checks.identical_everywhere import GroupLine
from minsheng.progress.entry_line import EntryCheck, EntryProblem, EntrySettings, LineContext

__all__ = (
    "ENTRY_CHECKS",
    "EntryProblem",
    "EntrySettings",
    "GroupLine",
    "LineContext",
    "check_group",
    "check_line",
)

ENTRY_CHECKS: tuple[EntryCheck, ...] = (
    value_missing.check,
    done_without_number.check,
    negative.check,
    fraction_of_whole.check,
    rate_over_whole.check,
    cumulative_fell.check,
    month_and_cumulative.check,
    beyond_whole.check,
    unlikely_jump.check,
    not_moved.check,
    stage_order.check,
    money_order.check,
    identical_everywhere.check,
)

_USUAL = EntrySettings()


def check_line(context: LineContext, settings: EntrySettings = _USUAL) -> tuple[EntryProblem, ...]:
    """Everything the checks find in one line."""
    return tuple(problem for check in ENTRY_CHECKS for problem in check(context, settings))


def check_group(lines: Sequence[GroupLine], settings: EntrySettings = _USUAL) -> tuple[EntryProblem, ...]:
    """What is odd of one target over its regions, seen together."""
    return identical_everywhere.check_group(lines, settings)
