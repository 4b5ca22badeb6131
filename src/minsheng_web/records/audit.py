"""Appending to the audit trail."""

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
