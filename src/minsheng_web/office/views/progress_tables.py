"""A published progress table from Excel: its percentages and totals worked out again. Nothing is stored."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from minsheng.kernel.problem import Problem
from minsheng.papers.progress_table import ProgressTable, read_progress_table
from minsheng.progress.published_differences import differences
from minsheng.progress.published_table import Difference, Printed, PublishedFigure

SHOWN = 500
"""Rows a page shows; a table of a province has fewer."""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One region's figures, and whether one of them does not follow from the others."""

    figure: PublishedFigure
    differs: bool


@require_http_methods(["GET", "HEAD", "POST"])
def progress_table(request: HttpRequest) -> HttpResponse:
    """The form, and what was found in the file that was given."""
    context: dict[str, object] = {"nav": "programmes"}
    if request.method == "POST":
        upload = request.FILES.get("file")
        if upload is None:
            context["fault"] = "请选择一个 Excel 文件（.xlsx 或 .xls）。"
        else:
            context |= _result(upload.name or "", read_progress_table(upload.read()))
    return render(request, "office/periods/progress_table.html", context)


def _result(name: str, table: ProgressTable) -> dict[str, object]:
    found = differences(table.figures)
    rows = [_row(figure, found) for figure in table.figures]
    return {
        "file": name,
        "problems": table.problems,
        "differences": found,
        "rows": rows[:SHOWN],
        "more": max(0, len(rows) - SHOWN),
        "count": len(rows),
        "percents": sum(row.figure.percent is not None for row in rows),
        "fault": _only_fault(table.problems) if not rows else "",
    }


def _row(figure: PublishedFigure, found: tuple[Difference, ...]) -> FigureRow:
    printed = [p.source for p in (figure.target, figure.done, figure.percent) if isinstance(p, Printed)]
    return FigureRow(figure, any(difference.source in printed for difference in found))


def _only_fault(problems: tuple[Problem, ...]) -> str:
    return problems[0].message if problems else ""
