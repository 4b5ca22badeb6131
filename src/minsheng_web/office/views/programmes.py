"""Pages of one programme: overview, project, text of the notice, versions."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from minsheng.papers.breakdown import Breakdown
from minsheng.plans.model import Measure, Project
from minsheng_web.office.kept_parts import kept_part
from minsheng_web.office.marked_text import Piece, marked, sentences
from minsheng_web.office.screens.lines import Gap, folded, unfolded
from minsheng_web.office.screens.pace_glance import glance_rows
from minsheng_web.office.views.programme_frame import Frame, frame
from minsheng_web.office.words import STATUS_WORDS
from minsheng_web.records.models import PlanVersion, PublishedProject
from minsheng_web.records.queries import programmes as queries


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A measure with its numbers marked."""

    number: int
    line: int
    pieces: tuple[Piece, ...]


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All programmes in reach."""
    context = {"nav": "programmes", "rows": queries.programme_rows(request.user)}
    return render(request, "office/programmes/index.html", context)


@require_safe
def overview(request: HttpRequest, programme: int) -> HttpResponse:
    """Projects by category, with a filter by words, category and status."""
    page = frame(request, programme, "overview")
    chosen = {name: request.GET.get(name, "").strip() for name in ("words", "status", "category")}
    everything = queries.projects_of(page.version)
    filtered = any(chosen.values())
    rows = queries.projects_of(page.version, **chosen) if filtered else everything
    context = {
        **page.context,
        **chosen,
        "filtered": filtered,
        "groups": _by_category(rows),
        "shown": len(rows),
        "figures": _figures(everything),
        "categories": tuple((number, name, len(group)) for number, name, group in _by_category(everything)),
        "statuses": _statuses(everything),
    }
    template = "overview_rows" if request.htmx else "overview"  # type: ignore[attr-defined]  # django-htmx
    return render(request, f"office/programmes/{template}.html", context)


def _by_category(
    rows: tuple[PublishedProject, ...],
) -> tuple[tuple[int | None, str, tuple[PublishedProject, ...]], ...]:
    keyed = groupby(rows, key=lambda row: (row.category_number, row.category_name))
    return tuple((number, name, tuple(group)) for (number, name), group in keyed)


def _statuses(rows: tuple[PublishedProject, ...]) -> tuple[tuple[str, str, int], ...]:
    counted = ((code, word, sum(row.status == code for row in rows)) for code, word in STATUS_WORDS.items())
    return tuple(entry for entry in counted if entry[2])


def _figures(rows: tuple[PublishedProject, ...]) -> dict[str, int]:
    targets = [target for row in rows for target in row.targets.all()]
    leads = {unit.name for row in rows for unit in row.units.all() if unit.part == "lead"}
    regions = {target.region_name for target in targets} - {"", "each"}
    return {
        "projects": len(rows),
        "targets": len(targets),
        "measurable": sum(bool(row.targets.all()) for row in rows),
        "regions": len(regions),
        "units": len(leads),
    }


@require_safe
def project(request: HttpRequest, programme: int, number: int) -> HttpResponse:
    """One project: who answers for it, what is to be reached where, and the sentence of every number."""
    page = frame(request, programme, "overview")
    plan = queries.plan_of(page.version)
    numbers = [project.number for project in plan.projects]
    if number not in numbers:
        raise Http404
    at = numbers.index(number)
    found = plan.projects[at]
    names = {category.number: category.name for category in plan.categories}
    context: dict[str, Any] = {
        **page.context,
        "project": found,
        "category": names.get(found.category, "") if found.category is not None else "",
        "status_word": STATUS_WORDS[found.status],
        "previous": plan.projects[at - 1] if at else None,
        "next": plan.projects[at + 1] if at + 1 < len(plan.projects) else None,
        "glances": glance_rows(request.user, programme=programme, project=number),
        "body": kept_part(
            page.version,
            f"project-{number}{page.context['version_query']}",
            lambda: _body(page, found),
        ),
    }
    return render(request, "office/programmes/project.html", context)


def _body(page: Frame, project: Project) -> SafeString:
    """What the version says of the project."""
    lines = queries.lines_of(page.version)
    context = {
        **page.context,
        "project": project,
        "table": _own_breakdown(page.version, project),
        "sentences": sentences(lines, project.quantities),
        "measures": tuple(_measure(measure, project, lines) for measure in project.measures),
    }
    return render_to_string("office/programmes/project_body.html", context)


def _own_breakdown(version: PlanVersion, project: Project) -> Breakdown:
    """The breakdown of this project alone."""
    whole = queries.breakdown_of(version)
    columns = [at for at, column in enumerate(whole.columns) if column.project == project.number]
    return whole.only(columns)


def _measure(measure: Measure, project: Project, lines: Sequence[str]) -> MeasureLine:
    source = measure.source
    text = lines[source.line - 1] if 1 <= source.line <= len(lines) else ""
    span = text[source.start : source.end]
    if not span or not measure.text.startswith(span.strip()[:4]):
        return MeasureLine(measure.number, source.line, (Piece(measure.text),))
    held = (quantity for quantity in project.quantities if quantity.source.line == source.line)
    return MeasureLine(measure.number, source.line, marked(text, source.start, source.end, held))


@require_safe
def text(request: HttpRequest, programme: int) -> HttpResponse:
    """The notice's text, line by line, every number marked by what it is for; long lists behind it folded."""
    page = frame(request, programme, "text")
    plan = queries.plan_of(page.version)
    by_line: dict[int, list[Any]] = {}
    for project in plan.projects:
        for quantity in project.quantities:
            by_line.setdefault(quantity.source.line, []).append(quantity)
    lines = queries.lines_of(page.version)
    first, last = request.GET.get("first", ""), request.GET.get("last", "")
    part = all(asked.isascii() and asked.isdecimal() and len(asked) < 9 for asked in (first, last))
    numbers = unfolded(lines, int(first), int(last)) if part else folded(lines, plan)
    rows = tuple(
        (None, row)
        if isinstance(row, Gap)
        else (row, marked(lines[row - 1], 0, len(lines[row - 1]), by_line.get(row, ())))
        for row in numbers
    )
    template = "text_lines" if part and request.htmx else "text"  # type: ignore[attr-defined]  # django-htmx
    return render(request, f"office/programmes/{template}.html", {**page.context, "rows": rows})


@require_safe
def versions(request: HttpRequest, programme: int) -> HttpResponse:
    """Who published which version when, from which file, and what the checks said of it."""
    page = frame(request, programme, "versions")
    rows = queries.versions_of(request.user, programme)
    return render(request, "office/programmes/versions.html", {**page.context, "versions": rows})
