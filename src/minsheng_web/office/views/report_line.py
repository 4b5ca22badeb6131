"""One report line: what it says, what was done with it, its evidence; files added, taken and withdrawn."""

import logging

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from minsheng.progress.evidence import ALLOWED, too_large
from minsheng_web.office.screens.report_line import line_page
from minsheng_web.office.uploads import LimitedUpload
from minsheng_web.records.access import evidence_for
from minsheng_web.records.actions.evidence import (
    MOST_WORDS,
    Added,
    add_evidence,
    has_hand,
    withdraw_evidence,
)
from minsheng_web.records.actions.refused import Refused
from minsheng_web.records.file_store import fetch
from minsheng_web.records.models import Evidence, ReportLine
from minsheng_web.records.people import signed_in
from minsheng_web.records.queries.evidence import elsewhere
from minsheng_web.records.queries.report_lines import lines_in_reach

CONFLICT = 409
MOST_FAULTS = 8
"""Files that were not taken, told one by one; the rest as a number."""
_log = logging.getLogger(__name__)


def _line(request: HttpRequest, period: int, line: int) -> ReportLine:
    return get_object_or_404(lines_in_reach(request.user), pk=line, period=period)


def _evidence(request: HttpRequest, period: int, line: int, evidence: int) -> Evidence:
    return get_object_or_404(evidence_for(request.user), pk=evidence, line=line, line__period=period)


@require_http_methods(["GET", "HEAD", "POST"])
def report_line(request: HttpRequest, period: int, line: int) -> HttpResponse:
    """The page of a line; POST adds files, and where one is not taken says why and keeps what was typed."""
    found = _line(request, period, line)
    if request.method != "POST":
        return _page(request, found, ())
    if not has_hand(signed_in(request), found):
        raise PermissionDenied
    faults = _take_in(request, found)
    if faults:
        return _page(request, found, faults)
    return redirect("office:report-line", period=period, line=line)


def _page(request: HttpRequest, line: ReportLine, faults: tuple[str, ...]) -> HttpResponse:
    rest = len(faults) - MOST_FAULTS
    more = (f"另有 {rest} 个文件没有添加。",) if rest > 0 else ()
    context = {
        "nav": "reports",
        "page": line_page(line, signed_in(request)),
        "faults": (*faults[:MOST_FAULTS], *more),
        "note": request.POST.get("note", "")[:MOST_WORDS],
        "reason": request.POST.get("reason", "")[:MOST_WORDS],
        "limit": settings.EVIDENCE_LIMIT_MB,
        "most": settings.EVIDENCE_PER_LINE,
        "allowed": ALLOWED,
    }
    return render(request, "office/reports/line.html", context, status=CONFLICT if faults else 200)


def _take_in(request: HttpRequest, line: ReportLine) -> tuple[str, ...]:
    """Add what was chosen, each file by itself; why some were not."""
    uploads = [one for one in request.FILES.getlist("file") if isinstance(one, LimitedUpload)]
    if not uploads:
        return ("没有选择文件：请选择照片、扫描件或文件，再点“添加”。",)
    outcomes = [_take_one(request, line, upload) for upload in uploads]
    added = [one.evidence for one in outcomes if isinstance(one, Added) and one.created]
    if added:
        messages.success(request, f"已添加 {len(added)} 个佐证材料。")
        _tell_elsewhere(request, added)
    for upload, outcome in zip(uploads, outcomes, strict=True):
        if isinstance(outcome, Added) and not outcome.created:
            _tell_again(request, upload.name or "", outcome.evidence)
    return tuple(dict.fromkeys(one.message for one in outcomes if isinstance(one, Refused)))


def _take_one(request: HttpRequest, line: ReportLine, upload: LimitedUpload) -> Added | Refused:
    name = upload.name or ""
    if upload.too_large:
        return Refused(too_large(name, upload.size or 0, settings.EVIDENCE_LIMIT_MB).message)
    return add_evidence(
        actor=signed_in(request),
        line=line,
        name=name,
        data=upload.read(),
        at=timezone.now(),
        note=request.POST.get("note", ""),
        reason=request.POST.get("reason", ""),
    )


def _tell_again(request: HttpRequest, name: str, there: Evidence) -> None:
    when = timezone.localtime(there.added_at)
    messages.info(
        request,
        f"“{name}”与{there.added_by} {when:%Y-%m-%d %H:%M} 添加的“{there.name}”内容完全相同，没有重复添加。",
    )


def _tell_elsewhere(request: HttpRequest, added: list[Evidence]) -> None:
    used = elsewhere(signed_in(request), added)
    names = [f"“{one.name}”" for one in added if one.sha256 in used]
    if names:
        messages.info(request, f"请核对：{'、'.join(names)}也是其他填报项的佐证，见下面的“同一文件还用在”。")


@require_safe
def evidence_file(request: HttpRequest, period: int, line: int, evidence: int) -> HttpResponse:
    """The file, always as a download: nothing anybody uploaded is opened as a page of this site."""
    found = _evidence(request, period, line, evidence)
    try:
        data = fetch(found.sha256)
    except FileNotFoundError:
        _log.warning("bytes of evidence %s are not in the data folder", found.pk)
        messages.error(request, f"“{found.name}”的原件在服务器上找不到：请联系系统管理员从备份恢复。")
        return redirect("office:report-line", period=period, line=line)
    headers = {
        "Content-Disposition": content_disposition_header(True, found.name),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-cache",
    }
    return HttpResponse(data, content_type=found.content_type, headers=headers)


@require_POST
def evidence_withdraw(request: HttpRequest, period: int, line: int, evidence: int) -> HttpResponse:
    """Take one file back, with the reason; it stays on the page, struck out."""
    found = _evidence(request, period, line, evidence)
    reason = request.POST.get("reason", "")
    outcome = withdraw_evidence(actor=signed_in(request), evidence=found, reason=reason, at=timezone.now())
    if isinstance(outcome, Refused):
        messages.error(request, outcome.message)
    else:
        messages.success(request, f"已撤下“{outcome.name}”，原件和理由留在记录里。")
    return redirect("office:report-line", period=period, line=line)
