"""Importing files: the list with its upload form, the wait while a file is read."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from minsheng_web.office.uploads import LimitedUpload
from minsheng_web.office.views.proofreading import screen
from minsheng_web.records.access import documents_for, is_administrator
from minsheng_web.records.actions.documents import (
    Uploaded,
    cancel_reading,
    read_again,
    refuse_large_upload,
    upload_document,
)
from minsheng_web.records.duties import may_write, offices_for
from minsheng_web.records.models import Document, Region, User
from minsheng_web.records.models.documents import DocumentState
from minsheng_web.records.people import signed_in
from minsheng_web.records.queries.documents import document_list

PAGE = 50
WAITING = frozenset({DocumentState.RECEIVED, DocumentState.READING})


def get_document(request: HttpRequest, document_id: int) -> Document:
    """The document if the person may see it; else 404, as if it did not exist."""
    return get_object_or_404(
        documents_for(request.user).select_related("office", "uploaded_by"), pk=document_id
    )


@require_http_methods(["GET", "POST"])
def documents(request: HttpRequest) -> HttpResponse:
    """The uploads of the person's offices; POST takes files in."""
    user = signed_in(request)
    offices = offices_for(user)
    if not offices and not is_administrator(user):
        raise PermissionDenied
    if request.method == "POST":
        return _take_in(request, user, offices)
    page = Paginator(document_list(user), PAGE).get_page(request.GET.get("page"))
    context = {
        "nav": "documents",
        "offices": offices,
        "page": page,
        "limit": settings.UPLOAD_LIMIT_MB,
        "waiting": any(document.state in WAITING for document in page),
    }
    template = (
        "office/imports/_rows.html" if request.headers.get("HX-Request") else "office/imports/list.html"
    )
    return render(request, template, context)


def _take_in(request: HttpRequest, user: User, offices: tuple[Region, ...]) -> HttpResponse:
    if not offices:
        raise PermissionDenied
    office = next((office for office in offices if str(office.pk) == request.POST.get("office")), None)
    if office is None:
        if len(offices) > 1 or request.POST.get("office"):
            messages.error(request, "请先选择文件归属的办公室，再重新选择文件。")
            return redirect("office:documents")
        office = offices[0]
    uploads = request.FILES.getlist("file")
    taken = [_take_one(request, user, office, upload) for upload in uploads]
    large = _announced_large(request, user, office)
    if large is not None:
        taken.append(large)
    if not taken:
        messages.error(request, "没有选择文件。请选择或拖入一份通知（docx、pdf、xlsx、txt 等），再点“上传”。")
    if len(taken) == 1 and taken[0].state != DocumentState.REFUSED:
        return redirect("office:document", document_id=taken[0].pk)
    return redirect("office:documents")


def _take_one(request: HttpRequest, user: User, office: Region, upload: object) -> Document:
    if not isinstance(upload, LimitedUpload):
        raise TypeError(f"upload handler of another kind: {upload!r}")
    name, now = upload.name or "未命名文件", timezone.now()
    if upload.too_large:
        document = refuse_large_upload(actor=user, office=office, name=name, size=upload.size or 0, at=now)
        messages.error(request, f"“{document.name}”：{document.refusal_message}")
        return document
    uploaded = upload_document(actor=user, office=office, name=name, data=upload.read(), at=now)
    _tell(request, uploaded, name)
    return uploaded.document


def _tell(request: HttpRequest, uploaded: Uploaded, name: str) -> None:
    document = uploaded.document
    if not uploaded.created:
        when = timezone.localtime(document.uploaded_at)
        messages.info(
            request,
            f"“{name}”与 {when:%Y-%m-%d %H:%M} 上传的“{document.name}”内容完全相同，没有重复导入，"
            "已为您打开原来的那份，更正记录都在。",
        )
    elif document.state == DocumentState.REFUSED:
        messages.error(request, f"“{document.name}”：{document.refusal_message}")


def _announced_large(request: HttpRequest, user: User, office: Region) -> Document | None:
    """A file the browser knew to be too large and did not send: only its name and size came."""
    name, size = request.POST.get("large_name", ""), request.POST.get("large_size", "")
    if not name or not size.isdigit() or int(size) <= settings.UPLOAD_LIMIT_MB * 1024 * 1024:
        return None
    document = refuse_large_upload(
        actor=user, office=office, name=name, size=min(int(size), 2**60), at=timezone.now()
    )
    messages.error(request, f"“{document.name}”：{document.refusal_message}")
    return document


@require_GET
def document(request: HttpRequest, document_id: int) -> HttpResponse:
    """The proofreading screen; while there is nothing to proofread, how far the reading has come."""
    found = get_document(request, document_id)
    if found.state == DocumentState.READ:
        return screen(request, found)
    return render(request, "office/imports/document.html", _standing(request, found))


@require_GET
def document_progress(request: HttpRequest, document_id: int) -> HttpResponse:
    """The part of the page that is polled; sends the browser on once the text is read."""
    found = get_document(request, document_id)
    if found.state == DocumentState.READ:
        response = HttpResponse(status=200)
        response["HX-Redirect"] = request.path.removesuffix("progress/")
        return response
    return render(request, "office/imports/_progress.html", _standing(request, found))


def _standing(request: HttpRequest, found: Document) -> dict[str, object]:
    since = found.heartbeat_at or found.uploaded_at
    idle = (timezone.now() - since).total_seconds()
    return {
        "nav": "documents",
        "document": found,
        "waiting": found.state in WAITING,
        "worker_missing": found.state == DocumentState.RECEIVED and idle > settings.STALL_SECONDS,
        "writes": may_write(request.user, found.office),
    }


@require_POST
def document_cancel(request: HttpRequest, document_id: int) -> HttpResponse:
    """Stop the reading."""
    found = get_document(request, document_id)
    if cancel_reading(actor=signed_in(request), document=found):
        messages.info(request, "已取消识读，文件仍保存在列表中，可随时重新识读。")
    else:
        messages.info(request, "识读已经结束，没有可取消的任务。")
    return redirect("office:document", document_id=found.pk)


@require_POST
def document_read_again(request: HttpRequest, document_id: int) -> HttpResponse:
    """Read the same bytes once more; corrections stay."""
    found = get_document(request, document_id)
    if read_again(actor=signed_in(request), document=found):
        messages.info(request, "已开始重新识读，原有更正会自动保留。")
    else:
        messages.error(request, "这份文件正在识读，或者没有保存原件，不能重新识读。")
    return redirect("office:document", document_id=found.pk)
