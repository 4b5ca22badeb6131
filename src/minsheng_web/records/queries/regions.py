"""What the pages of regions read."""

from django.db.models import Count, Q, QuerySet

from minsheng_web.records.access import Person, regions_for
from minsheng_web.records.models import Region

MOST = 500
SMALL = ("town", "village")


def regions_shown(person: Person) -> tuple[Region, ...]:
    """Regions in reach down to the county, with how many lie straight below; the top ones are always shown.

    Who holds posts in towns alone sees those. ``depth`` is how far a region lies below the first ones.
    """
    held = regions_for(person)
    rows = tuple(_counted(held.exclude(level__in=SMALL)).order_by("path")[:MOST])
    rows = rows or tuple(_counted(held).order_by("path")[:MOST])
    least = min((row.path.count("/") for row in rows), default=0)
    for row in rows:
        row.depth = min(row.path.count("/") - least, 4)  # type: ignore[attr-defined]  # for the page
    return rows


def regions_straight_below(person: Person, region: Region) -> QuerySet[Region]:
    """The regions straight below, with how many lie below each."""
    return _counted(regions_for(person).filter(parent=region)).order_by("code", "path")


def region_in_reach(person: Person) -> QuerySet[Region]:
    """Regions in reach with the one above."""
    return regions_for(person).select_related("parent")


def _counted(rows: QuerySet[Region]) -> QuerySet[Region]:
    return rows.annotate(
        below=Count("children", distinct=True),
        towns=Count("children", filter=Q(children__level__in=SMALL), distinct=True),
    )
