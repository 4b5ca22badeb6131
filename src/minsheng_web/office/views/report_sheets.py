"""Reports as Excel sheets: one downloaded filled, one or a hundred handed back in one go."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from minsheng.papers.report_xlsx import report_xlsx
from minsheng_web.office.uploads import LimitedUpload
from minsheng_web.office.views.programmes_tables import XLSX
from minsheng_web.office.views.report_scope import tell
from minsheng_web.office.views.reports import lines_of
from minsheng_web.records.access import periods_for, sheet_batches_for
from minsheng_web.records.actions.report_flow import Seen, submit_for
from minsheng_web.records.actions.sheet_batches import cancel_batch, upload_sheets
from minsheng_web.records.models import ReportPeriod, SheetBatch, User
from minsheng_web.records.models.sheets import BatchState
from minsheng_web.records.people import signed_in
from minsheng_web.records.queries.report_sheets import lines_to_take, sheet_of, to_hand_in_for

WAITING = (BatchState.RECEIVED, BatchState.WORKING)
MOST_FILES = 500
"""Workbooks of one form: a province's counties several times over."""
SHOWN = 20
"""Earlier batches listed."""


@require_safe
def sheet_file(request: HttpRequest, period: int, unit: int) -> HttpResponse:
    """The unit's report sheet, filled with what stands."""
    sheet = sheet_of(lines_of(request, period, unit))
    name = f"{sheet.unit_name}{sheet.period.name}填报表.xlsx"
    headers = {"Content-Disposition": content_disposition_header(True, name)}
    return HttpResponse(report_xlsx(sheet), content_type=XLSX, headers=headers)


def _period(request: HttpRequest, period: int) -> ReportPeriod:
    return get_object_or_404(periods_for(request.user).select_related("programme__region"), pk=period)


@require_http_methods(["GET", "HEAD", "POST"])
def sheets(request: HttpRequest, period: int) -> HttpResponse:
    """Handing workbooks in: several in one form, for the units the person takes them in for."""
    found, person = _period(request, period), signed_in(request)
    lines = lines_to_take(person, found)
    if not lines:
        raise PermissionDenied
    if request.method == "POST":
        return _take_in(request, person, found)
    context = {
        "nav": "reports",
        "period": found,
        "units": sorted({line.unit.name for line in lines}),
        "batches": sheet_batches_for(person).filter(period=found)[:SHOWN],
        "limit": settings.UPLOAD_LIMIT_MB,
    }
    return render(request, "office/reports/sheets.html", context)


def _take_in(request: HttpRequest, person: User, period: ReportPeriod) -> HttpResponse:
    uploads = [one for one in request.FILES.getlist("file") if isinstance(one, LimitedUpload)]
    large = [one.name for one in uploads if one.too_large]
    files = [(one.name or "", one.read()) for one in uploads if not one.too_large]
    for name in large:
        limit = settings.UPLOAD_LIMIT_MB
        messages.error(request, f"“{name}”超过 {limit} MB，不像填报表，没有读入：请核对是否选错了文件。")
    if len(files) > MOST_FILES:
        messages.error(request, f"一次选了 {len(files)} 份，超过 {MOST_FILES} 份：请分几次交。")
    elif files:
        batch = upload_sheets(actor=person, period=period, files=files, at=timezone.now())
        return redirect("office:report-batch", period=period.pk, batch=batch.pk)
    elif not large:
        messages.error(
            request, "没有选择文件。请选择一份或多份从系统下载、已经填好的填报表（xlsx），再点“交回”。"
        )
    return redirect("office:report-sheets", period=period.pk)


def _batch(request: HttpRequest, period: int, batch: int) -> SheetBatch:
    rows = sheet_batches_for(request.user).select_related("period__programme__region", "uploaded_by")
    return get_object_or_404(rows, pk=batch, period=period)


def _standing(request: HttpRequest, found: SheetBatch) -> dict[str, object]:
    taken = [one for one in found.results if one["taken"]]
    return {
        "nav": "reports",
        "period": found.period,
        "batch": found,
        "waiting": found.state in WAITING,
        "mine": found.uploaded_by_id == request.user.pk,
        "total": len(found.files),
        "taken": len(taken),
        "refused": len(found.results) - len(taken),
        "written": sum(one["written"] for one in taken),
        "conflicts": sum(len(one["conflicts"]) for one in taken),
        "problems": sum(len(one["problems"]) for one in taken),
        "to_hand_in": len(to_hand_in_for(request.user, found)),
    }


@require_safe
def batch(request: HttpRequest, period: int, batch: int) -> HttpResponse:
    """What came of each workbook; while they are worked on, how far it has come."""
    return render(request, "office/reports/batch.html", _standing(request, _batch(request, period, batch)))


@require_GET
def batch_progress(request: HttpRequest, period: int, batch: int) -> HttpResponse:
    """The part of the page that is polled; sends the browser on once the work is done."""
    found = _batch(request, period, batch)
    if found.state not in WAITING:
        response = HttpResponse(status=200)
        response["HX-Redirect"] = request.path.removesuffix("progress/")
        return response
    return render(request, "office/reports/_batch_progress.html", _standing(request, found))


@require_POST
def batch_cancel(request: HttpRequest, period: int, batch: int) -> HttpResponse:
    """Stop the work."""
    found = _batch(request, period, batch)
    if cancel_batch(actor=signed_in(request), batch=found):
        messages.info(request, "已取消，这一批文件一格都没有写入。")
    else:
        messages.info(request, "这一批已经处理完，没有可取消的。")
    return redirect("office:report-batch", period=period, batch=batch)


@require_POST
def batch_hand_in(request: HttpRequest, period: int, batch: int) -> HttpResponse:
    """Hand in for their units what the batch's workbooks brought; what has errors stays and is told."""
    found, person = _batch(request, period, batch), signed_in(request)
    if found.uploaded_by_id != person.pk:
        raise PermissionDenied
    lines = [Seen(*line) for line in to_hand_in_for(person, found).items()]
    if lines:
        outcome = submit_for(actor=person, period=found.period, lines=lines, at=timezone.now())
        tell(request, "submit_for", outcome)
    else:
        messages.info(request, "这一批没有可以代为提交的：可能已经提交，或填报单位又自己改过。")
    return redirect("office:report-batch", period=period, batch=batch)
