"""What the calendar does by itself: open what has begun, close what is over. The worker asks every minute."""

from datetime import date, datetime

from django.core.cache import cache
from django.db.models import Exists, OuterRef

from minsheng_web.records.actions.closing import close_due
from minsheng_web.records.actions.periods import open_periods
from minsheng_web.records.models import DivisionVersion, Programme, ReportingRule

_A_DAY = 24 * 60 * 60


def keep_calendar(*, today: date, at: datetime) -> int:
    """Open and close; how many periods were. Closed first: what opens then starts from what was frozen."""
    return close_due(today=today, at=at) + open_due(today=today, at=at)


def open_due(*, today: date, at: datetime) -> int:
    """Open, for every programme that is broken down or has a rule, what has begun; how many."""
    issued = DivisionVersion.objects.filter(node__indicator__programme=OuterRef("pk"))
    ruled = ReportingRule.objects.filter(programme=OuterRef("pk"))
    running = Programme.objects.filter(Exists(issued) | Exists(ruled), year__gte=today.year - 1)
    return sum(
        len(open_periods(programme=programme, today=today, at=at))
        for programme in running.select_related("region").order_by("pk")
    )


def first_visit(*, today: date, at: datetime) -> None:
    """Open what has begun when the first page of a day is asked for: a site without the worker lives too.

    Once a day in each process. Closing is left to the worker or a person: a look at a page freezes nothing.
    """
    if cache.add(f"calendar-{today.isoformat()}", 1, _A_DAY):
        open_due(today=today, at=at)
