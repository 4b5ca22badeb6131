"""Taking files in, cancelling a reading, reading again."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from minsheng_web.records.actions.reading import give_up, stalled
from minsheng_web.records.actions.states import move, without_reading
from minsheng_web.records.audit import record
from minsheng_web.records.duties import may_write
from minsheng_web.records.file_store import keep
from minsheng_web.records.models import Document, Region, User
from minsheng_web.records.models.documents import DocumentState
from minsheng_web.records.tasks import read_document_task

MEGABYTE = 1024 * 1024
MOST_DEATHS = 3
"""Readings in a row that may die before a document is given up: a file must not kill workers for ever."""


@dataclass(frozen=True, slots=True)
class Uploaded:
    """The document of an upload; ``created`` is False where the office had that very file already."""

    document: Document
    created: bool


def upload_document(*, actor: User, office: Region, name: str, data: bytes, at: datetime) -> Uploaded:
    """Keep the file and queue its reading. Raises PermissionDenied for an office out of reach."""
    if not may_write(actor, office):
        raise PermissionDenied
    sha256 = keep(data)
    existing = Document.objects.filter(office=office, sha256=sha256).first()
    if existing is not None:
        return Uploaded(existing, created=False)
    try:
        with transaction.atomic():
            document = Document.objects.create(
                office=office,
                name=_short(name),
                sha256=sha256,
                size=len(data),
                uploaded_by=actor,
                uploaded_at=at,
            )
            record(
                actor=actor,
                action="document.upload",
                row=document,
                new={"name": document.name, "size": document.size, "sha256": sha256},
            )
            read_document_task.enqueue(document.pk, document.attempt)
    except IntegrityError:
        # The same file came in twice at once: the other upload won, and it is the same document.
        return Uploaded(Document.objects.get(office=office, sha256=sha256), created=False)
    document.refresh_from_db()
    return Uploaded(document, created=True)


def refuse_large_upload(*, actor: User, office: Region, name: str, size: int, at: datetime) -> Document:
    """List a file that is larger than the limit, without its bytes, and say so."""
    if not may_write(actor, office):
        raise PermissionDenied
    limit = settings.UPLOAD_LIMIT_MB
    message = (
        f"文件大小 {size / MEGABYTE:.1f} MB，超过 {limit} MB 的上限，没有保存。"
        "请确认选对了文件；扫描件或带图片的文件，可压缩图片或只保留通知正文后重新上传。"
    )
    with transaction.atomic():
        document = Document.objects.create(
            office=office,
            name=_short(name),
            size=size,
            state=DocumentState.REFUSED,
            refusal_code="too_large",
            refusal_message=message,
            uploaded_by=actor,
            uploaded_at=at,
            progress=100,
        )
        record(actor=actor, action="document.refuse", row=document, new={"code": "too_large", "size": size})
    return document


def _short(name: str) -> str:
    return name[-255:] or "未命名文件"


def cancel_reading(*, actor: User, document: Document) -> bool:
    """Stop the reading. False where it had ended before."""
    if not may_write(actor, document.office):
        raise PermissionDenied
    with transaction.atomic():
        for old in (DocumentState.RECEIVED, DocumentState.READING):
            if move(
                document_id=document.pk,
                attempt=document.attempt,
                old=old,
                new=without_reading(document.pk, DocumentState.CANCELLED),
                heartbeat_at=None,
            ):
                record(actor=actor, action="document.cancel", row=document, old={"state": old.value})
                return True
    return False


def read_again(*, actor: User | None, document: Document) -> bool:
    """Queue another reading; corrections stay. False where one is waiting, running or impossible."""
    if actor is not None and not may_write(actor, document.office):
        raise PermissionDenied
    if not document.sha256 or document.state in (DocumentState.RECEIVED, DocumentState.READING):
        return False
    return _queue_again(actor, document.pk, document.attempt, document.state)


def requeue_stalled(*, at: datetime) -> int:
    """Queue again every reading whose worker died; how many. After MOST_DEATHS it is refused instead."""
    queued = 0
    for pk, attempt, deaths in stalled(at=at, seconds=settings.STALL_SECONDS):
        if deaths + 1 >= MOST_DEATHS:
            give_up(document_id=pk, attempt=attempt)
        else:
            queued += _queue_again(None, pk, attempt, DocumentState.READING, deaths=deaths + 1)
    return queued


def _queue_again(actor: User | None, document_id: int, attempt: int, state: str, deaths: int = 0) -> bool:
    with transaction.atomic():
        moved = move(
            document_id=document_id,
            attempt=attempt,
            old=state,
            new=DocumentState.RECEIVED,
            deaths=deaths,
        )
        if moved:
            row = Document.objects.only("pk").get(pk=document_id)
            record(actor=actor, action="document.read_again", row=row, old={"state": state})
            read_document_task.enqueue(document_id, attempt + 1)
    return moved
