"""What one indicator is expected to reach by when: as it is, and how its office sets it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from minsheng.progress.pace.curves import LINE, WAY_WORDS, WAYS, Way
from minsheng.progress.pace.typed_curve import read_shares
from minsheng_web.office.screens import pace_curve as screens
from minsheng_web.office.views.pace_days import planned_days
from minsheng_web.office.views.pace_frame import pace_page
from minsheng_web.office.views.pace_setting import refused, set_as_posted
from minsheng_web.records.duties import may_write
from minsheng_web.records.queries.pace_curve import Expected, expected_of


@require_http_methods(["GET", "HEAD", "POST"])
def pace_curve(request: HttpRequest, programme: int, indicator: int) -> HttpResponse:
    """GET shows the curve in force and a form; POST shows what was typed beside it, or sets it."""
    page = pace_page(request, programme, "pace-trend")
    owner = page.programme
    expected = expected_of(request.user, programme, indicator)
    if expected is None:
        raise Http404
    writes = may_write(request.user, owner.region, programme)
    if request.method == "POST" and not writes:
        raise PermissionDenied
    context = {**page.context, **_stated(expected), "writes": writes}
    if context["works"]:
        return planned_days(request, expected, context)
    if request.method != "POST":
        return render(request, "office/pace/curve.html", context | _form(expected, None))
    return _posted(request, expected, context)


def _stated(expected: Expected) -> dict[str, Any]:
    """What holds, where it comes from, and what was set before."""
    row, target = expected.indicator, expected.indicator.target
    line = ""
    if target is not None:
        text = reverse("office:text", args=[row.programme_id])
        line = f"{text}?version={target.version.number}#line-{target.line}"
    found = expected.notice.milestones if expected.notice else ()
    works = row.kind == screens.WORKS
    return {
        "indicator": row,
        "expected": expected,
        "follows": row.kind in screens.FOLLOWS_CURVE,
        "works": works,
        "no_milestones": "方案没有写明" + ("计划日期。" if works else "到哪个月完成多少。"),
        "now_words": screens.words_of(expected.now, expected.periods, works=works),
        "line": line,
        "milestones": screens.milestones_table(
            "方案写明的节点", found, expected.owed, line, target.line if target else 0
        ),
        "before": screens.before_table("历次设置", expected.set_before, expected.periods, works=works),
        "year": screens.year_table(f"{row.name}全年应完成", expected, None),
    }


def _form(expected: Expected, form: QueryDict | None, wrong: frozenset[int] = frozenset()) -> dict[str, Any]:
    """The form: what holds now, or what was typed."""
    return {
        "way": _way(form) or "" if form is not None else expected.now.way,
        "ways": [(way, WAY_WORDS[way]) for way in WAYS if way != "milestones" or _has_amounts(expected)],
        "fields": screens.share_fields(expected, _typed(form, expected) if form is not None else None, wrong),
        "reason": form.get("reason", "")[:500] if form is not None else "",
        "seen": form.get("seen", "") if form is not None else expected.seen,
    }


def _has_amounts(expected: Expected) -> bool:
    return expected.notice is not None and expected.notice.way == "milestones"


def _typed(form: QueryDict, expected: Expected) -> list[str]:
    return [form.get(f"share.{at + 1}", "")[:30] for at in range(len(expected.periods))]


def _way(form: QueryDict) -> Way | None:
    return next((way for way in WAYS if way == form.get("way")), None)


def _posted(request: HttpRequest, expected: Expected, context: dict[str, Any]) -> HttpResponse:
    form, row = request.POST, expected.indicator
    way = _way(form)
    names = [field.word for field in screens.share_fields(expected, None, frozenset())]
    typed = read_shares(_typed(form, expected), names) if way == "own" else None
    context |= _form(expected, form, typed.wrong if typed else frozenset())
    if way is None or not context["follows"] or way not in dict(context["ways"]):
        return refused(request, context, ("请先选择按哪种进度。",))
    if typed is not None and typed.problems:
        return refused(request, context, typed.problems)
    curve = screens.curve_of_way(expected, way, typed.shares if typed else ())
    shown = curve or expected.notice or LINE
    context["year"] = screens.year_table(f"{row.name}全年应完成（现在和改后）", expected, shown)
    if form.get("act") != "set":
        return render(request, "office/pace/curve.html", {**context, "looked": True})
    return set_as_posted(request, row, curve, context, "进度安排")
