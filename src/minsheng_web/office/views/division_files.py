"""The annex form of a region: downloaded filled, taken back with a sentence for every bad cell."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from minsheng.kernel.problem import Problem
from minsheng.papers.allocation_xlsx import allocation_xlsx
from minsheng.papers.returned_workbook import MOST_BYTES, cell_name
from minsheng_web.office.uploads import LimitedUpload
from minsheng_web.office.views.programme_frame import frame
from minsheng_web.office.views.programmes_tables import XLSX
from minsheng_web.records.access import programmes_for, regions_for
from minsheng_web.records.actions.division_states import Refused
from minsheng_web.records.actions.division_upload import take_form
from minsheng_web.records.duties import may_write
from minsheng_web.records.models import Programme, Region
from minsheng_web.records.people import signed_in
from minsheng_web.records.queries.breakdown import nodes_at
from minsheng_web.records.queries.division_form import node_form


def _place(request: HttpRequest, programme: int, region: int) -> tuple[Programme, Region]:
    """The programme and a region that has a part in reach. Raises Http404 for others."""
    row = programmes_for(request.user).filter(pk=programme).first()
    place = regions_for(request.user).filter(pk=region).first()
    if row is None or place is None or not nodes_at(request.user, row, place).exists():
        raise Http404
    return row, place


@require_safe
def division_form(request: HttpRequest, programme: int, region: int) -> HttpResponse:
    """The region's annex form, filled."""
    row, place = _place(request, programme, region)
    entries = node_form(request.user, row, place, writes=may_write(request.user, place, programme))
    if entries is None:
        raise Http404
    headers = {"Content-Disposition": content_disposition_header(True, f"{entries.form.title}.xlsx")}
    return HttpResponse(allocation_xlsx(entries.form), content_type=XLSX, headers=headers)


@dataclass(frozen=True, slots=True)
class CellProblem:
    """A fault of a file with the cell a clerk looks for; empty where it speaks of the whole file."""

    sheet: str
    cell: str
    problem: Problem


@require_POST
def division_upload(request: HttpRequest, programme: int, region: int) -> HttpResponse:
    """Take a returned form; the answer says what became a draft and what is wrong cell by cell."""
    row, place = _place(request, programme, region)
    user = signed_in(request)
    if not may_write(user, place, programme):
        raise PermissionDenied
    upload = request.FILES.get("file")
    outcome = (
        Refused("没有选择文件。请选择填好的分解表（xlsx），再点“上传”。")
        if not isinstance(upload, LimitedUpload)
        else Refused(f"文件超过 {MOST_BYTES >> 20} MB，没有读取：请删去图片和多余的工作表后再上传。")
        if upload.too_large
        else take_form(actor=user, programme=row, region=place, data=upload.read(), at=timezone.now())
    )
    page = frame(request, programme, "breakdown")
    context = {
        **page.context,
        "place": place,
        "file_name": upload.name if upload else "",
        "refused": outcome if isinstance(outcome, Refused) else None,
        "taken": None if isinstance(outcome, Refused) else outcome,
        "problems": () if isinstance(outcome, Refused) else tuple(map(_cell, outcome.problems)),
    }
    return render(request, "office/breakdown/uploaded.html", context)


def _cell(problem: Problem) -> CellProblem:
    source = problem.sources[0]
    if not source.line:
        return CellProblem("", "", problem)
    return CellProblem(source.document, cell_name(source), problem)
