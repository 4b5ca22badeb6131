"""A frozen period: its lines, whether its digits still hold, two snapshots side by side, the file."""

from collections.abc import Iterable

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from minsheng.papers.snapshot_xlsx import SnapshotTable, snapshot_xlsx
from minsheng_web.office.views.programmes_tables import XLSX
from minsheng_web.office.views.report_scope import is_key, period_or_404
from minsheng_web.records.access import report_lines_in, snapshots_for
from minsheng_web.records.actions.freezing import still_digest
from minsheng_web.records.duties import may_write
from minsheng_web.records.models import Snapshot, SnapshotLine
from minsheng_web.records.models.reports import LineState
from minsheng_web.records.queries import periods as queries
from minsheng_web.records.reported import frozen_value

LINES_A_PAGE = 300
CHECKED_AT_ONCE = 20_000
"""Lines whose digits are made anew at every look, in about a second; more only when asked."""
FROZEN_WORDS: dict[str, str] = {str(state): str(word) for state, word in LineState.choices} | {
    str(LineState.DRAFT): "未报",
    str(LineState.RETURNED): "未报（已退回）",
}
"""States as a closed period says them: nobody is still at it."""


def _snapshot(request: HttpRequest, key: int) -> Snapshot:
    rows = snapshots_for(request.user).select_related("period__programme__region", "made_by")
    return get_object_or_404(rows, pk=key)


@require_safe
def snapshot_page(request: HttpRequest, snapshot: int) -> HttpResponse:
    """The lines in reach as they were frozen."""
    found = _snapshot(request, snapshot)
    period = found.period
    asked = found.line_count <= CHECKED_AT_ONCE or request.GET.get("verify") == "1"
    lines = Paginator(queries.frozen_lines(request.user, found), LINES_A_PAGE).get_page(
        request.GET.get("page")
    )
    others = queries.snapshots_of(request.user, period)
    writes = may_write(request.user, period.programme.region, period.programme_id)
    context = {
        "nav": "programmes",
        "snapshot": found,
        "period": period,
        "programme": period.programme,
        "page": lines,
        "rows": _rows(request, found, lines.object_list, writes and others[0].pk == found.pk),
        "others": others,
        "earlier": next((other for other in others if other.number < found.number), None),
        "holds": still_digest(found) == found.digest if asked else None,
    }
    return render(request, "office/periods/snapshot.html", context)


def _rows(
    request: HttpRequest, snapshot: Snapshot, lines: Iterable[SnapshotLine], correctable: bool
) -> tuple[tuple[SnapshotLine, str, int | None], ...]:
    """Each line with its state's word and, where it may be corrected, the key of its report line."""
    keys: dict[int, int] = {}
    if correctable:
        shown = [line.allocation_id for line in lines]
        mine = report_lines_in(request.user, [snapshot.period]).filter(cooperating=False)
        reports = mine.filter(allocation__in=shown)
        keys = dict(reports.order_by().values_list("allocation_id", "pk"))
    words = FROZEN_WORDS
    return tuple((line, words.get(line.state, line.state), keys.get(line.allocation_id)) for line in lines)


@require_safe
def snapshot_file(request: HttpRequest, snapshot: int) -> HttpResponse:
    """The same lines as an Excel file, with the digits in its head."""
    found = _snapshot(request, snapshot)
    title = f"{found.period.programme.title}{found.period.name}第{found.number}次快照"
    made = timezone.localtime(found.made_at).strftime("%Y-%m-%d %H:%M")
    table = SnapshotTable(
        title=title,
        note=f"{made} 形成　校验码 {found.digest}",
        words=FROZEN_WORDS,
        lines=map(frozen_value, queries.frozen_lines(request.user, found).iterator(1000)),
    )
    headers = {"Content-Disposition": content_disposition_header(True, f"{title}.xlsx")}
    return HttpResponse(snapshot_xlsx(table), content_type=XLSX, headers=headers)


@require_safe
def compare(request: HttpRequest, period: int) -> HttpResponse:
    """What two snapshots of a period hold differently (``?a=1&b=2``, by number; the last two by default)."""
    found = period_or_404(request, period)
    by_number = {row.number: row for row in queries.snapshots_of(request.user, found)}
    if not by_number:
        raise Http404
    latest = max(by_number)
    before = by_number.get(_number(request, "a", max(latest - 1, 1)))
    after = by_number.get(_number(request, "b", latest))
    if before is None or after is None:
        raise Http404
    context = {
        "nav": "programmes",
        "period": found,
        "programme": found.programme,
        "before": before,
        "after": after,
        "snapshots": tuple(by_number.values()),
        "differences": queries.compare_snapshots(request.user, before, after),
        "words": FROZEN_WORDS,
    }
    return render(request, "office/periods/compare.html", context)


def _number(request: HttpRequest, name: str, otherwise: int) -> int:
    text = request.GET.get(name, "")
    if not text:
        return otherwise
    return int(text) if is_key(text) else 0
