"""The units and regions that have report lines, found without reading the lines of a whole province.

Where the person reaches the whole programme nearly every unit has a line: asking each for its first one is
quickest. Where a few lines are in reach those are named, and the units are theirs.
"""

from django.db.models import Exists, OuterRef, QuerySet

from minsheng_web.records.access import Person, reaches_whole
from minsheng_web.records.models import Allocation, Region, ReportLine, ReportPeriod, Unit

Lines = QuerySet[ReportLine]


def reaches_all(person: Person, period: ReportPeriod) -> bool:
    """Whether every line of the period is in reach; its programme and region are at hand."""
    return reaches_whole(person, period.programme.region, period.programme_id)


def units_of(lines: Lines, *, every: bool) -> QuerySet[Unit]:
    """Units that report one of the lines. ``every``: the lines are most of their period's."""
    if every:
        return Unit.objects.filter(Exists(lines.order_by().filter(unit=OuterRef("pk"))))
    return Unit.objects.filter(pk__in=lines.order_by().values("unit"))


def regions_reported(lines: Lines, *, every: bool) -> QuerySet[Region]:
    """Regions one of the lines is of."""
    if every:
        mine = lines.order_by().filter(allocation=OuterRef("pk"))
        held = Allocation.objects.filter(Exists(mine), region=OuterRef("pk")).order_by()
        return Region.objects.filter(Exists(held))
    return Region.objects.filter(pk__in=lines.order_by().values("allocation__region"))
