"""Tables of one programme: target × county matrix, the same as a file, and what each unit answers for."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from minsheng.papers.breakdown import Breakdown, Column, Entry
from minsheng.papers.breakdown_xlsx import breakdown_xlsx
from minsheng_web.office.views.programme_frame import frame, version_asked_for
from minsheng_web.records.models import PublishedProject
from minsheng_web.records.queries import programmes as queries

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """An indicator across the regions. ``first`` marks the first indicator of its project."""

    column: Column
    first: bool
    entries: tuple[Entry | None, ...]


@require_safe
def matrix(request: HttpRequest, programme: int) -> HttpResponse:
    """Every indicator with the whole and its county parts, filtered by category, unit and county."""
    page = frame(request, programme, "matrix")
    table = queries.breakdown_of(page.version)
    chosen = {name: request.GET.get(name, "").strip() for name in ("category", "unit")}
    parts_only = request.GET.get("parts") == "1"
    kept = [
        at
        for at, column in enumerate(table.columns)
        if (not chosen["category"] or column.category == chosen["category"])
        and (not chosen["unit"] or chosen["unit"] in column.units.split("、"))
        and (not parts_only or any(row.entries[at] for row in table.rows[1:]))
    ]
    shown = table.only(kept)
    context = {
        **page.context,
        **chosen,
        "parts_only": parts_only,
        "table": shown,
        "groups": _groups(shown),
        "total": len(table.columns),
        "differing": sum(column.difference is not None for column in shown.columns),
        "categories": tuple(dict.fromkeys(column.category for column in table.columns if column.category)),
        "units": tuple(
            dict.fromkeys(unit for column in table.columns for unit in column.units.split("、") if unit)
        ),
    }
    template = "matrix_table" if request.htmx else "matrix"  # type: ignore[attr-defined]  # django-htmx
    return render(request, f"office/programmes/{template}.html", context)


def _groups(table: Breakdown) -> tuple[tuple[str, tuple[MatrixRow, ...]], ...]:
    """Matrix rows by category, in the plan's order."""
    groups: dict[str, list[MatrixRow]] = {}
    last: int | None = None
    for line in table.lines:
        column = line.column
        row = MatrixRow(column, column.project != last, line.entries)
        groups.setdefault(column.category, []).append(row)
        last = column.project
    return tuple((name, tuple(rows)) for name, rows in groups.items())


@require_safe
def breakdown_file(request: HttpRequest, programme: int) -> HttpResponse:
    """The breakdown as an Excel file in the form of an annex."""
    version = version_asked_for(request, programme)
    table = queries.breakdown_of(version)
    name = f"{table.title}（第{version.number}版）.xlsx"
    headers = {"Content-Disposition": content_disposition_header(True, name)}
    return HttpResponse(breakdown_xlsx(table), content_type=XLSX, headers=headers)


@require_safe
def units(request: HttpRequest, programme: int) -> HttpResponse:
    """Units with their counts, and the projects of the one chosen: those it leads, those it helps with."""
    page = frame(request, programme, "units")
    name = request.GET.get("unit", "").strip()
    rows = queries.projects_of_unit(page.version, name) if name else ()
    context = {
        **page.context,
        "units": queries.units_of(page.version),
        "unit": name,
        "leads": tuple(row for row in rows if _has_part(row, name, "lead")),
        "cooperates": tuple(
            row for row in rows if _has_part(row, name, "cooperating") and not _has_part(row, name, "lead")
        ),
    }
    return render(request, "office/programmes/units.html", context)


def _has_part(row: PublishedProject, name: str, part: str) -> bool:
    return any(unit.name == name and unit.part == part for unit in row.units.all())
