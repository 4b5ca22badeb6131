"""Handing returned workbooks in: keeping them, queueing the work, cancelling it, starting it again."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction

from minsheng_web.records.actions.report_sheets import run_batch
from minsheng_web.records.actions.sheet_states import move
from minsheng_web.records.audit import record
from minsheng_web.records.file_store import keep
from minsheng_web.records.models import ReportPeriod, SheetBatch, User
from minsheng_web.records.models.sheets import BatchState
from minsheng_web.records.queries.report_sheets import lines_to_take
from minsheng_web.records.tasks import take_sheets_task

AT_ONCE = 3
"""So many workbooks are taken in while the person waits; more go to the worker."""

MOST_ATTEMPTS = 3
"""Times a batch is begun before it is given up: it must not kill workers for ever."""


def upload_sheets(
    *, actor: User, period: ReportPeriod, files: Sequence[tuple[str, bytes]], at: datetime
) -> SheetBatch:
    """Keep the workbooks and take them in. Raises PermissionDenied for who has no line to take in."""
    if not lines_to_take(actor, period):
        raise PermissionDenied
    kept = [
        {"name": name, "sha256": keep(data), "size": len(data)}
        for name, (_, data) in zip(_names(files), files, strict=True)
    ]
    with transaction.atomic():
        batch = SheetBatch.objects.create(period=period, files=kept, uploaded_by=actor, uploaded_at=at)
        record(actor=actor, action="sheets.upload", row=batch, new={"files": [one["name"] for one in kept]})
        if len(files) > AT_ONCE:
            take_sheets_task.enqueue(batch.pk, batch.attempt)
    if len(files) <= AT_ONCE:
        run_batch(batch_id=batch.pk, attempt=batch.attempt)
    batch.refresh_from_db()
    return batch


def _names(files: Sequence[tuple[str, bytes]]) -> list[str]:
    """The files' names, each once: results are told by name."""
    names: list[str] = []
    for name, _ in files:
        short = name[-200:] or "未命名文件"
        count = 1
        unique = short
        while unique in names:
            count += 1
            unique = f"{short}（{count}）"
        names.append(unique)
    return names


def cancel_batch(*, actor: User, batch: SheetBatch) -> bool:
    """Stop the work before anything of it is written. False where it had ended before."""
    if batch.uploaded_by_id != actor.pk:
        raise PermissionDenied
    with transaction.atomic():
        for old in (BatchState.RECEIVED, BatchState.WORKING):
            if move(batch.pk, batch.attempt, old, BatchState.CANCELLED, heartbeat_at=None):
                record(actor=actor, action="sheets.cancel", row=batch, old={"state": old.value})
                return True
    return False


def requeue_stalled_batches(*, at: datetime) -> int:
    """Queue again every batch whose worker died; how many. After MOST_ATTEMPTS it is given up instead."""
    since = at - timedelta(seconds=settings.STALL_SECONDS)
    rows = SheetBatch.objects.filter(state=BatchState.WORKING, heartbeat_at__lt=since)
    queued = 0
    for pk, attempt in rows.values_list("pk", "attempt"):
        if attempt + 1 >= MOST_ATTEMPTS:
            move(pk, attempt, BatchState.WORKING, BatchState.FAILED, heartbeat_at=None)
            continue
        with transaction.atomic():
            if move(pk, attempt, BatchState.WORKING, BatchState.RECEIVED):
                take_sheets_task.enqueue(pk, attempt + 1)
                queued += 1
    return queued
