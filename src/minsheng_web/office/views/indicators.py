"""Which targets of a programme are followed, how, and what a newer version of the plan says otherwise."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from minsheng.progress.model import KIND_WORDS
from minsheng_web.office.screens.indicators import indicators_screen
from minsheng_web.office.views.programme_frame import frame
from minsheng_web.records.access import indicators_for, programmes_for, units_for
from minsheng_web.records.actions.division_states import Refused
from minsheng_web.records.actions.indicator_changes import take_changes
from minsheng_web.records.actions.indicator_words import IndicatorWords, follow, set_words, words_of
from minsheng_web.records.actions.indicators import require_programme, take_up_targets
from minsheng_web.records.duties import may_write
from minsheng_web.records.models import Indicator, Programme
from minsheng_web.records.people import signed_in


def _programme(request: HttpRequest, programme: int) -> Programme:
    rows = programmes_for(request.user).select_related("region")
    return get_object_or_404(rows, pk=programme)


@require_safe
def indicators(request: HttpRequest, programme: int) -> HttpResponse:
    """Every indicator with its kind and units, and what the newest plan says otherwise."""
    page = frame(request, programme, "indicators")
    row = page.version.programme
    writes = may_write(request.user, row.region, programme)
    screen = indicators_screen(row, request.GET.get("page"), writes=writes)
    context = {**page.context, "screen": screen, "writes": writes}
    return render(request, "office/breakdown/indicators.html", context)


@require_POST
def indicators_take_up(request: HttpRequest, programme: int) -> HttpResponse:
    """Take up the targets of the newest version that are not followed yet."""
    row = _programme(request, programme)
    done = take_up_targets(actor=signed_in(request), programme=row, at=timezone.now())
    if not done.made:
        messages.info(request, "方案的目标都已在跟踪，没有新增。")
    else:
        drafts = f"，其中 {done.drafts} 个按方案写明的数拟好了分解草稿" if done.drafts else ""
        messages.success(request, f"新增 {done.made} 个跟踪指标{drafts}。")
    if done.unknown:
        names = "、".join(done.unknown)
        messages.warning(
            request, f"方案里的{names}还没有登记为下级地区，没有列入草稿；登记后可再“按方案填入”。"
        )
    return redirect("office:indicators", programme)


@require_POST
def indicators_follow(request: HttpRequest, programme: int) -> HttpResponse:
    """Follow the indicators that are ticked, rest those that are not."""
    row = _programme(request, programme)
    begun, resting = follow(
        actor=signed_in(request),
        programme=row,
        shown=_keys(request.POST, "shown"),
        ticked=_keys(request.POST, "follow"),
    )
    messages.success(request, f"已保存：恢复跟踪 {begun} 个，停止跟踪 {resting} 个。")
    page = _keys(request.POST, "page")
    shown = f"?page={page[0]}" if page and page[0] > 1 else ""
    return redirect(f"{reverse('office:indicators', args=(programme,))}{shown}")


@require_POST
def indicators_changes(request: HttpRequest, programme: int) -> HttpResponse:
    """Take over what the newest version says of the indicators chosen."""
    row = _programme(request, programme)
    version = _keys(request.POST, "number")
    done = take_changes(
        actor=signed_in(request),
        programme=row,
        indicators=_keys(request.POST, "take"),
        version=version[0] if version else 0,
    )
    if done.stale:
        messages.warning(request, "没有改动：方案又发布了新版，请核对下面现在的变化后再确认。")
    elif not done.taken:
        messages.info(request, "没有选择要采用的变化。")
    else:
        messages.success(
            request, f"已按新版方案改了 {done.taken} 个指标。目标数变了的，已下达的分解需要调整。"
        )
    return redirect("office:indicators", programme)


def _keys(form: QueryDict, name: str) -> list[int]:
    texts = form.getlist(name)
    if not all(text.isascii() and text.isdecimal() and len(text) < 18 for text in texts):
        raise BadRequest(name)
    return [int(text) for text in texts]


@require_http_methods(["GET", "HEAD", "POST"])
def indicator(request: HttpRequest, programme: int, indicator: int) -> HttpResponse:
    """How one indicator is followed; POST saves it."""
    rows = indicators_for(request.user).filter(programme=programme)
    row = get_object_or_404(rows.select_related("programme__region", "target", "lead_unit"), pk=indicator)
    require_programme(signed_in(request), row.programme)
    if request.method != "POST":
        return _indicator_page(request, row, words_of(row), None)
    words = _words(request.POST, "")
    try:
        outcome = set_words(
            actor=signed_in(request), indicator=row, words=words, seen=_words(request.POST, "was_")
        )
    except ValueError as error:
        raise BadRequest(str(error)) from None
    if isinstance(outcome, Refused):
        return _indicator_page(request, row, words, outcome)
    messages.success(request, f"已保存“{outcome.name}”。")
    return redirect("office:indicators", programme)


def _words(form: QueryDict, prefix: str) -> IndicatorWords:
    lead = _keys(form, f"{prefix}lead_unit") if form.get(f"{prefix}lead_unit") else []
    return IndicatorWords(
        kind=form.get(f"{prefix}kind", ""),
        name=form.get(f"{prefix}name", "").strip(),
        unit=form.get(f"{prefix}unit", "").strip(),
        lead_unit=lead[0] if lead else None,
        cooperating=tuple(sorted(set(_keys(form, f"{prefix}cooperating")))),
        due=_date(form.get(f"{prefix}due", "")),
    )


def _hidden(now: IndicatorWords) -> list[tuple[str, str]]:
    """What the person is shown, as the form carries it."""
    return [
        ("was_kind", now.kind),
        ("was_name", now.name),
        ("was_unit", now.unit),
        ("was_lead_unit", str(now.lead_unit or "")),
        ("was_due", now.due.isoformat() if now.due else ""),
        *(("was_cooperating", str(key)) for key in now.cooperating),
    ]


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadRequest("due") from None


def _indicator_page(
    request: HttpRequest, row: Indicator, words: IndicatorWords, refused: Refused | None
) -> HttpResponse:
    page = frame(request, row.programme_id, "indicators")
    now = words_of(row)
    context = {
        **page.context,
        "indicator": row,
        "words": words,
        "was": _hidden(now),
        "refused": refused,
        "kinds": tuple(KIND_WORDS.items()),
        "units": tuple(
            units_for(request.user).filter(region=row.programme.region_id, active=True).order_by("name")
        ),
    }
    return render(request, "office/breakdown/indicator.html", context, status=409 if refused else 200)
