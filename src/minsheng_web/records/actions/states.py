"""The states of an upload and the moves between them, by compare-and-set."""

from typing import Any

from minsheng_web.records.models import Document, Reading
from minsheng_web.records.models.documents import DocumentState

MOVES: dict[str, frozenset[str]] = {
    DocumentState.RECEIVED: frozenset({DocumentState.READING, DocumentState.CANCELLED, DocumentState.READ}),
    DocumentState.READING: frozenset(
        {DocumentState.READ, DocumentState.REFUSED, DocumentState.CANCELLED, DocumentState.RECEIVED}
    ),
    DocumentState.READ: frozenset({DocumentState.RECEIVED}),
    DocumentState.REFUSED: frozenset({DocumentState.RECEIVED}),
    DocumentState.CANCELLED: frozenset({DocumentState.RECEIVED}),
}


def without_reading(document_id: int, otherwise: DocumentState) -> DocumentState:
    """Where a document goes whose reading came to nothing: an earlier reading of it still stands."""
    stands = Reading.objects.filter(document_id=document_id).exists()
    return DocumentState.READ if stands else otherwise


def move(*, document_id: int, attempt: int, old: str, new: str, **values: Any) -> bool:
    """Move one document on. False, and nothing changed, where it is no longer in ``old`` at ``attempt``.

    A move back to ``received`` begins the next attempt. Raises ValueError for a move the table does not hold.
    """
    if new not in MOVES[old]:
        raise ValueError(f"no move from {old!r} to {new!r}")
    if new == DocumentState.RECEIVED:
        values |= {"attempt": attempt + 1, "progress": 0, "heartbeat_at": None}
    rows = Document.objects.filter(pk=document_id, state=old, attempt=attempt)
    return rows.update(state=new, **values) == 1
