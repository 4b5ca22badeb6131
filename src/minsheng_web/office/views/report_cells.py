"""Posts of the grid: cells as they are typed, and rows without a change. Answers are JSON for its script."""

import json
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from minsheng.progress.figures import Unusable
from minsheng_web.office.screens.grid_lines import cells_json, grid_of
from minsheng_web.office.views.reports import lines_of
from minsheng_web.records.actions.report_lines import (
    Cell,
    Conflict,
    Locked,
    Outcome,
    as_last_period,
    save_cells,
)
from minsheng_web.records.models import ReportLine, User
from minsheng_web.records.people import signed_in
from minsheng_web.records.queries.report_lines import unit_lines
from minsheng_web.records.report_values import fields_of, kind_of

MOST_CELLS = 2_000
"""Cells of one post: the page sends a pasted block in smaller ones."""


@require_POST
def cells(request: HttpRequest, period: int, unit: int) -> HttpResponse:
    """Save what was typed: ``cells`` is a JSON list of {line, field, shown, text}."""
    lines = {line.pk: line for line in lines_of(request, period, unit)}
    typed = _cells(request, lines)
    actor, now = signed_in(request), timezone.now()
    outcomes = save_cells(actor=actor, cells=typed, at=now)
    told = [_told(cell, outcome) for cell, outcome in zip(typed, outcomes, strict=True)]
    return _answer(request, {cell.line for cell in typed}, actor, told, (period, unit))


@require_POST
def as_before(request: HttpRequest, period: int, unit: int) -> HttpResponse:
    """Nothing changed since the last period: of the line named ``line``, else of all that tell nothing."""
    lines = lines_of(request, period, unit)
    asked = request.POST.get("line", "")
    chosen = [line for line in lines if not asked or str(line.pk) == asked]
    actor = signed_in(request)
    saved = as_last_period(actor=actor, lines=chosen, at=timezone.now())
    told = [{"line": one.line.pk, "outcome": "saved", "changed": list(one.changed)} for one in saved]
    return _answer(request, {one.line.pk for one in saved}, actor, told, (period, unit))


def _cells(request: HttpRequest, lines: dict[int, ReportLine]) -> list[Cell]:
    """The cells of the post, each made sure to be one of a line in reach."""
    try:
        given = json.loads(request.POST.get("cells", ""))
        found = [
            Cell(int(one["line"]), str(one["field"]), str(one["shown"]), str(one["text"])) for one in given
        ]
    except (ValueError, TypeError, KeyError):
        raise BadRequest("cells") from None
    if len(found) > MOST_CELLS or not found:
        raise BadRequest("cells")
    for cell in found:
        line = lines.get(cell.line)
        if line is None or cell.field not in fields_of(kind_of(line)):
            raise BadRequest("cells")
    return found


def _told(cell: Cell, outcome: Outcome) -> dict[str, Any]:
    """One cell's outcome as the page shows it."""
    told: dict[str, Any] = {"line": cell.line, "field": cell.field, "typed": cell.text}
    if isinstance(outcome, Conflict):
        who = str(outcome.by) if outcome.by else "其他人"
        when = f" {timezone.localtime(outcome.at):%H:%M}" if outcome.at else ""
        message = f"{who}{when} 已填“{outcome.now or '空'}”，您填的是“{cell.text or '空'}”，没有覆盖。"
        return told | {"outcome": "conflict", "now": outcome.now, "message": message}
    if isinstance(outcome, Unusable):
        return told | {"outcome": "unusable", "message": outcome.message}
    if isinstance(outcome, Locked):
        return told | {"outcome": "locked", "message": outcome.message}
    return told | {"outcome": "saved", "changed": list(outcome.changed)}


def _answer(
    request: HttpRequest, changed: Iterable[int], actor: User, told: list[dict[str, Any]], of: tuple[int, int]
) -> JsonResponse:
    """The outcomes, and every line they touched as it stands now."""
    wanted = set(changed)
    sheet = unit_lines(request.user, *of)
    rows = () if sheet is None else grid_of(sheet.only(wanted), actor).rows
    return JsonResponse(
        {
            "cells": told,
            "lines": [cells_json(row) for row in rows],
            "at": f"{timezone.localtime():%H:%M}",
        }
    )
