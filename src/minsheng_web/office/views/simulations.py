"""Simulations: asking for one, one's own list, how far one is, what it found."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from minsheng.standards.changes import Pair
from minsheng.standards.model import Standard
from minsheng_web.office.screens import simulations as screens
from minsheng_web.office.screens.simulation_form import (
    COUNT_ROWS,
    MORE,
    MOST_ROWS,
    UNIT_WORDS,
    SimulateForm,
    read,
    simulate_form,
)
from minsheng_web.office.uploads import RosterUpload, RosterUploadHandler
from minsheng_web.office.views.standards import found_standard
from minsheng_web.records.access import simulations_for
from minsheng_web.records.actions.simulations import ask_simulation, cancel_simulation
from minsheng_web.records.duties import may_simulate
from minsheng_web.records.models import Simulation
from minsheng_web.records.models.standards import SimulationState
from minsheng_web.records.people import signed_in
from minsheng_web.records.queries.standards import Shelf, shelf
from minsheng_web.records.roster_store import SUFFIXES, path_of, remove
from minsheng_web.records.simulation_request import pair_of

WAITING = (SimulationState.WAITING, SimulationState.RUNNING)
MOST_LISTED = 50
LARGEST_FIGURES = 1_000_000
"""Bytes of a file of regional figures: a province's are some hundred lines."""


@csrf_exempt
def simulate(request: HttpRequest, standard: str) -> HttpResponse:
    """The form; its files go straight to disk: the handler is set before the token is looked for in it."""
    request.upload_handlers = [RosterUploadHandler(request)]
    answer: HttpResponse = _simulate(request, standard)
    return answer


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def _simulate(request: HttpRequest, standard: str) -> HttpResponse:
    books, found = found_standard(standard)
    if not may_simulate(signed_in(request)):
        _drop_uploads(request)
        raise PermissionDenied
    compiled, vocabulary = books.compiled[found.id], books.book.vocabulary
    posted = {key: str(value) for key, value in request.POST.items()}
    form = simulate_form(compiled, vocabulary, posted, timezone.localdate().isoformat())
    if request.method == "POST" and MORE in posted:
        form.files_dropped = bool(request.FILES)
        _drop_uploads(request)
    elif request.method == "POST":
        taken = _take(request, books, found, form)
        if taken is not None:
            return redirect("office:simulation", simulation=taken.pk)
    context = {
        "nav": "standards",
        "standard": found,
        "notice": books.notice_of(found),
        "form": form,
        "limit": settings.ROSTER_LIMIT_MB,
        "kinds": ",".join(SUFFIXES),
        "days": settings.ROSTER_DAYS,
        "more": len(form.counts) < MOST_ROWS,
        "step": COUNT_ROWS,
    }
    status = 422 if form.faults else 200
    return render(request, "office/standards/simulate.html", context, status=status)


def _take(request: HttpRequest, books: Shelf, found: Standard, form: SimulateForm) -> Simulation | None:
    """Ask for it; None, and nothing kept of the files, where something is wrong."""
    compiled, vocabulary = books.compiled[found.id], books.book.vocabulary
    read(form, compiled, vocabulary, _figures_text(request, form))
    roster = _roster(request, form)
    if form.asked is not None:
        rule = compiled.rule_on(date.fromisoformat(form.asked.as_of))
        pair = pair_of(form.asked, rule, vocabulary) if rule else None
        if not isinstance(pair, Pair):
            form.faults.append(pair.message if pair else "这一天标准不在执行期内。")
    if form.faults or form.asked is None or form.chosen is None:
        _drop_uploads(request)
        return None
    unit = UNIT_WORDS[form.chosen.unit]
    return ask_simulation(
        actor=signed_in(request),
        standard=found.id,
        name=f"{form.chosen.label}改为{form.value.typed.strip()}{unit}",
        asked=form.asked,
        roster=roster,
        at=timezone.now(),
    )


def _roster(request: HttpRequest, form: SimulateForm) -> tuple[str, str, int] | None:
    if form.source == "counts":
        return None
    upload = request.FILES.get("roster")
    if not isinstance(upload, RosterUpload):
        form.faults.append("没有选择名册：请选择一份名册，或改为填写人数。")
    elif upload.too_large:
        form.faults.append(f"名册超过{settings.ROSTER_LIMIT_MB}MB：请存成parquet，或只留算式用到的几列。")
    elif not upload.key:
        form.faults.append("名册只能是 csv、xlsx 或 parquet，请另存为其中一种。")
    else:
        return upload.key, upload.name or "名册", upload.size or 0
    return None


def _figures_text(request: HttpRequest, form: SimulateForm) -> str:
    """The text of a file of regional figures, which is no personal data and is not kept as a file."""
    upload = request.FILES.get("figures")
    if not isinstance(upload, RosterUpload):
        return ""
    text = ""
    if not upload.key.endswith(".csv") or (upload.size or 0) > LARGEST_FIGURES:
        form.faults.append("分地区的数请存成 csv，列为 name、region、from、value、standard。")
    else:
        try:
            text = path_of(upload.key).read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            form.faults.append("分地区的数请存成 UTF-8 的 csv。")
    remove(upload.key)
    upload.key = ""
    return text


def _drop_uploads(request: HttpRequest) -> None:
    for upload in request.FILES.values():
        if isinstance(upload, RosterUpload):
            remove(upload.key)


@require_safe
def simulation_list(request: HttpRequest) -> HttpResponse:
    """The person's own simulations."""
    user = signed_in(request)
    rows = simulations_for(user)[:MOST_LISTED]
    books = shelf()
    listed = [(row, books.standard(row.standard)) for row in rows]
    context = {"nav": "standards", "rows": listed, "simulates": may_simulate(user)}
    return render(request, "office/standards/simulations.html", context)


def get_simulation(request: HttpRequest, pk: int) -> Simulation:
    """One's own; anybody else's is not there."""
    return get_object_or_404(simulations_for(request.user), pk=pk)


@require_safe
def simulation(request: HttpRequest, simulation: int) -> HttpResponse:
    """How far it is, or what it found."""
    row = get_simulation(request, simulation)
    context = _standing(row)
    if row.state == SimulationState.DONE:
        books, standard = found_standard(row.standard)
        paper = screens.paper_of(row, standard, books.notice_of(standard), books.book.vocabulary)
        context |= {"paper": paper, "tables": screens.shown_tables(paper)}
    return render(request, "office/standards/simulation.html", context)


@require_safe
def simulation_progress(request: HttpRequest, simulation: int) -> HttpResponse:
    """The part that is polled; the page is loaded anew once it has ended."""
    row = get_simulation(request, simulation)
    if row.state not in WAITING:
        response = HttpResponse(status=200)
        response["HX-Redirect"] = request.path.removesuffix("progress/")
        return response
    return render(request, "office/standards/_simulation_progress.html", _standing(row))


def _standing(row: Simulation) -> dict[str, Any]:
    books, standard = found_standard(row.standard)
    since = row.heartbeat_at or row.asked_at
    idle = (timezone.now() - since).total_seconds()
    notice = books.notice_of(standard)
    return {
        "nav": "standards",
        "row": row,
        "standard": standard,
        "notice": notice,
        "waiting": row.state in WAITING,
        "worker_missing": row.state == SimulationState.WAITING and idle > settings.STALL_SECONDS,
        "tried": screens.tried_words(row, standard, notice),
    }


@require_POST
def simulation_cancel(request: HttpRequest, simulation: int) -> HttpResponse:
    """Stop it."""
    row = get_simulation(request, simulation)
    if cancel_simulation(actor=signed_in(request), simulation=row, at=timezone.now()):
        messages.info(request, "已取消，名册已经删除。" if row.roster_key else "已取消。")
    else:
        messages.info(request, "已经算完，没有可取消的。")
    return redirect("office:simulation", simulation=row.pk)
