"""Appending to the audit trail."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils import timezone

from minsheng_web.records.models import AuditEvent, User


def record(*, actor: User | None, action: str, row: Model, old: Any = None, new: Any = None) -> AuditEvent:
    """Append one event. Call it inside the transaction of the act; ``action`` is dotted (document.upload)."""
    event = AuditEvent(
        at=timezone.now(),
        actor=actor,
        action=action,
        object_type=type(row).__name__,
        object_id=str(row.pk),
        old=old,
        new=new,
    )
    event.save()
    return event


def record_all(
    *, actor: User | None, action: str, rows: Iterable[tuple[Model, Any, Any]], at: datetime
) -> None:
    """Append one event for each (row, old, new) of one act on many rows. Inside its transaction."""
    AuditEvent.objects.bulk_create(
        (
            AuditEvent(
                at=at,
                actor=actor,
                action=action,
                object_type=type(row).__name__,
                object_id=str(row.pk),
                old=old,
                new=new,
            )
            for row, old, new in rows
        ),
        batch_size=500,
    )
