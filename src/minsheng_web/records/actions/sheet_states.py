"""The states of a batch of returned workbooks and the moves between them, by compare-and-set."""

from typing import Any

from minsheng_web.records.models import SheetBatch
from minsheng_web.records.models.sheets import BatchState

MOVES: dict[str, frozenset[str]] = {
    BatchState.RECEIVED: frozenset({BatchState.WORKING, BatchState.CANCELLED}),
    BatchState.WORKING: frozenset(
        {BatchState.DONE, BatchState.CANCELLED, BatchState.FAILED, BatchState.RECEIVED}
    ),
}


def move(batch_id: int, attempt: int, old: str, new: str, **values: Any) -> bool:
    """Move one batch on; False, and nothing changed, where it is no longer in ``old`` at ``attempt``.

    A move back to ``received`` begins the next attempt. Raises ValueError for a move the table does not hold.
    """
    if new not in MOVES.get(old, ()):
        raise ValueError(f"no move from {old!r} to {new!r}")
    if new == BatchState.RECEIVED:
        values |= {"attempt": attempt + 1, "progress": 0, "heartbeat_at": None}
    rows = SheetBatch.objects.filter(pk=batch_id, state=old, attempt=attempt)
    return rows.update(state=new, **values) == 1
