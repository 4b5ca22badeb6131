"""The days by which works are planned to start, be completed, accepted and in use: an office states them."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from minsheng.progress.model import STAGES, Stage
from minsheng.progress.pace.curves import Curve, planned
from minsheng.progress.pace.typed_days import TypedDays, read_days
from minsheng_web.office.screens import pace_curve as screens
from minsheng_web.office.views.pace_setting import refused, set_as_posted
from minsheng_web.records.queries.pace_curve import Expected

NOTICE, PLANNED = "milestones", "planned"
_LONGEST = 30


def planned_days(request: HttpRequest, expected: Expected, context: dict[str, Any]) -> HttpResponse:
    """The page of works; POST sets the days, or goes back to what the notice says."""
    if request.method == "POST":
        return _posted(request, expected, context)
    form = {
        "way": PLANNED if expected.is_own else NOTICE,
        "days": screens.day_fields(screens.days_of(expected.now), frozenset()),
        "reason": "",
        "seen": expected.seen,
    }
    return render(request, "office/pace/curve.html", context | form)


def _posted(request: HttpRequest, expected: Expected, context: dict[str, Any]) -> HttpResponse:
    form, row = request.POST, expected.indicator
    texts = _typed(form)
    way, seen = form.get("way", ""), form.get("seen", "")
    read = read_days(texts, row.programme.year) if way == PLANNED else TypedDays({})
    context |= {
        "way": way,
        "days": screens.day_fields(texts, read.wrong),
        "reason": form.get("reason", "")[:500],
        "seen": seen,
    }
    if way not in (NOTICE, PLANNED):
        return refused(request, context, ("请先选择按哪种日期。",))
    if read.problems:
        return refused(request, context, read.problems)
    curve: Curve | None = planned(read.days) if way == PLANNED else None
    return set_as_posted(request, row, curve, context, "计划日期")


def _typed(form: QueryDict) -> dict[Stage, str]:
    return {stage: form.get(f"day.{stage}", "")[:_LONGEST] for stage in STAGES}
