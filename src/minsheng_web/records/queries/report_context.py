"""What report lines are compared with: the reports before, and the same target in other regions."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from minsheng.progress.entry import LineContext
from minsheng.progress.model import Figures
from minsheng_web.records.models import ReportLine, ReportPeriod
from minsheng_web.records.report_values import figures_of, owed_of
from minsheng_web.records.reported import HANDED_IN, period_value

WITH = ("allocation__indicator", "allocation__region", "unit")
"""What lines must have at hand for the duties and the checks."""
_Key = tuple[int, int | None]


def contexts_of(
    lines: Sequence[ReportLine], period: ReportPeriod, among: QuerySet[ReportLine] | None = None
) -> dict[int, LineContext]:
    """By line: its context. ``among``: the lines the person may see, for the other regions; None: no others.

    Two queries, however many lines there are.
    """
    past = _handed_in_before(lines, period)
    others = _others(lines, period, among) if among is not None else {}
    value = period_value(period)
    previous = earlier_period(period)
    contexts = {}
    for line in lines:
        earlier = past.get(part_of(line), [])
        before = next((figures for pk, figures in earlier if previous and pk == previous.pk), None)
        region = line.allocation.region_id
        alike = others.get(line.allocation.indicator_id, ())
        contexts[line.pk] = LineContext(
            owed=owed_of(line.allocation),
            now=figures_of(line),
            before=before,
            history=tuple(figures for _, figures in earlier),
            period=value,
            siblings=tuple((name, figures) for key, name, figures in alike if key != region),
        )
    return contexts


def earlier_period(period: ReportPeriod) -> ReportPeriod | None:
    """The period of the programme just before this one."""
    rows = ReportPeriod.objects.filter(programme=period.programme_id, start__lt=period.start)
    return rows.order_by("-start").first()


def later_period(period: ReportPeriod) -> ReportPeriod | None:
    """The period of the programme just after this one, if it was opened."""
    rows = ReportPeriod.objects.filter(programme=period.programme_id, start__gt=period.start)
    return rows.order_by("start").first()


def last_handed_in(lines: Iterable[ReportLine], period: ReportPeriod) -> dict[_Key, Figures]:
    """By ``part_of``: what was handed in last before the period."""
    return {key: past[-1][1] for key, past in _handed_in_before(lines, period).items()}


def part_of(line: ReportLine) -> _Key:
    """What a line goes on from: its part, whichever unit reports it now; a helper's from its own."""
    return line.allocation_id, line.unit_id if line.cooperating else None


def _handed_in_before(
    lines: Iterable[ReportLine], period: ReportPeriod
) -> dict[_Key, list[tuple[int, Figures]]]:
    """By ``part_of``: the reports of earlier periods, oldest first, each with its period's key."""
    found: dict[_Key, list[tuple[int, Figures]]] = defaultdict(list)
    rows = ReportLine.objects.filter(
        period__programme=period.programme_id,
        period__start__lt=period.start,
        allocation__in={line.allocation_id for line in lines},
        state__in=HANDED_IN,
    )
    for row in rows.order_by("period__start", "pk"):
        found[part_of(row)].append((row.period_id, figures_of(row)))
    return found


def _others(
    lines: Sequence[ReportLine], period: ReportPeriod, among: QuerySet[ReportLine]
) -> dict[int, list[tuple[int, str, Figures]]]:
    """By indicator: region, its name and figures of every line handed in, as far as the person sees them."""
    found: dict[int, list[tuple[int, str, Figures]]] = defaultdict(list)
    rows = among.filter(
        period=period,
        cooperating=False,
        state__in=HANDED_IN,
        allocation__indicator__in={line.allocation.indicator_id for line in lines},
    ).select_related("allocation__region")
    for row in rows.order_by("allocation__region__path", "pk"):
        place = row.allocation
        found[place.indicator_id].append((place.region_id, place.region.name, figures_of(row)))
    return found
