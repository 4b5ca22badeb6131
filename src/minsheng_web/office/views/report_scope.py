"""What the pages of reports share: the period in reach, the keys a form carries, what was done in words."""

from collections.abc import Iterable

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from minsheng_web.records.access import periods_for
from minsheng_web.records.actions.report_flow import Outcome, Seen
from minsheng_web.records.actions.report_moves import ACT_WORDS, Act
from minsheng_web.records.models import ReportLine, ReportPeriod

MOST_SENTENCES = 5
"""Refusals told one by one; the rest as a number."""


def period_or_404(request: HttpRequest, key: int) -> ReportPeriod:
    """The period if the person may see it; else 404, as if it did not exist."""
    rows = periods_for(request.user).select_related("programme__region", "closed_by")
    return get_object_or_404(rows, pk=key)


def is_key(text: str) -> bool:
    """Whether the text is a row's key."""
    return text.isascii() and text.isdecimal() and len(text) < 18


def seen_lines(request: HttpRequest) -> list[Seen]:
    """The ticked lines, each ``key:revision`` as it was shown. Raises BadRequest for anything else."""
    return [_seen(text) for text in dict.fromkeys(request.POST.getlist("line"))]


def _seen(text: str) -> Seen:
    key, _, revision = text.partition(":")
    if not is_key(key) or not is_key(revision):
        raise BadRequest("line")
    return Seen(int(key), int(revision))


def keys_of(request: HttpRequest, name: str) -> list[int]:
    """Row keys posted under a name."""
    texts = request.POST.getlist(name)
    if not all(map(is_key, texts)):
        raise BadRequest(name)
    return [int(text) for text in texts]


def tell(request: HttpRequest, act: Act, outcome: Outcome) -> None:
    """Say on the next page what moved and what did not."""
    if outcome.message:
        messages.error(request, outcome.message)
        return
    if outcome.moved:
        messages.success(request, f"已{ACT_WORDS[act]} {len(outcome.moved)} 项。")
    if not outcome.stopped:
        return
    names = _names(stopped.pk for stopped in outcome.stopped)
    for stopped in outcome.stopped[:MOST_SENTENCES]:
        why = "；".join(problem.message for problem in stopped.findings) or f"{stopped.message}。"
        messages.warning(request, f"没有{ACT_WORDS[act]}：{names[stopped.pk]}。{why}")
    rest = len(outcome.stopped) - MOST_SENTENCES
    if rest > 0:
        messages.warning(request, f"另有 {rest} 项没有{ACT_WORDS[act]}，原因见各行。")


def _names(keys: Iterable[int]) -> dict[int, str]:
    rows = ReportLine.objects.filter(pk__in=list(keys)).select_related(
        "allocation__region", "allocation__indicator"
    )
    return {row.pk: f"{row.allocation.region.name} {row.allocation.indicator.name}" for row in rows}
