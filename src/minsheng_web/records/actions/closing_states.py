"""The states of a large period's closing and the moves between them, by compare-and-set."""

from typing import Any

from minsheng_web.records.models import Closing
from minsheng_web.records.models.pace import ClosingState

MOVES: dict[str, frozenset[str]] = {
    ClosingState.WAITING: frozenset({ClosingState.WRITING, ClosingState.CANCELLED, ClosingState.FAILED}),
    ClosingState.WRITING: frozenset(
        {ClosingState.DONE, ClosingState.CANCELLING, ClosingState.FAILED, ClosingState.WAITING}
    ),
    ClosingState.CANCELLING: frozenset({ClosingState.CANCELLED}),
}
UNDER_WAY = (ClosingState.WAITING, ClosingState.WRITING, ClosingState.CANCELLING)


def move(closing_id: int, attempt: int, old: str, new: str, **values: Any) -> bool:
    """Move one closing on; False, and nothing changed, where it is no longer in ``old`` at ``attempt``.

    A move back to ``waiting`` begins the next attempt. Raises ValueError for a move the table does not hold.
    """
    if new not in MOVES.get(old, ()):
        raise ValueError(f"no move from {old!r} to {new!r}")
    if new == ClosingState.WAITING:
        values |= {"attempt": attempt + 1, "progress": 0, "heartbeat_at": None}
    rows = Closing.objects.filter(pk=closing_id, state=old, attempt=attempt)
    return rows.update(state=new, **values) == 1
