"""Opening what the calendar says has begun, of every programme."""

from datetime import date, datetime

from django.db.models import Exists, OuterRef

from minsheng_web.records.actions.periods import open_periods
from minsheng_web.records.models import DivisionVersion, Programme, ReportingRule


def open_due(*, today: date, at: datetime) -> int:
    """Open, for every programme that is broken down or has a rule, what has begun; how many."""
    issued = DivisionVersion.objects.filter(node__indicator__programme=OuterRef("pk"))
    ruled = ReportingRule.objects.filter(programme=OuterRef("pk"))
    running = Programme.objects.filter(Exists(issued) | Exists(ruled), year__gte=today.year - 1)
    return sum(
        len(open_periods(programme=programme, today=today, at=at))
        for programme in running.select_related("region").order_by("pk")
    )
