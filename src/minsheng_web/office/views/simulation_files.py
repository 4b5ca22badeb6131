"""A simulation as a Word paper or an Excel file."""

from collections.abc import Callable, Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from minsheng.papers.simulation_paper import simulation_docx, simulation_xlsx
from minsheng.papers.simulation_tables import SimulationPaper
from minsheng_web.office.screens.simulations import paper_of
from minsheng_web.office.views.programmes_tables import XLSX
from minsheng_web.office.views.simulations import get_simulation
from minsheng_web.office.views.standards import found_standard
from minsheng_web.records.models.standards import SimulationState

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KINDS: Mapping[str, tuple[str, Callable[[SimulationPaper], bytes]]] = {
    "docx": (DOCX, simulation_docx),
    "xlsx": (XLSX, simulation_xlsx),
}


@require_safe
def simulation_file(request: HttpRequest, simulation: int, kind: str) -> HttpResponse:
    """The paper; 404 until the simulation is done."""
    row = get_simulation(request, simulation)
    if row.state != SimulationState.DONE or kind not in KINDS:
        raise Http404
    books, standard = found_standard(row.standard)
    paper = paper_of(row, standard, books.notice_of(standard), books.book.vocabulary)
    content_type, write = KINDS[kind]
    headers = {"Content-Disposition": content_disposition_header(True, f"{paper.title}.{kind}")}
    return HttpResponse(write(paper), content_type=content_type, headers=headers)
