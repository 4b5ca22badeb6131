"""What was frozen when a period was closed, in reach: snapshots, how targets stood, and by which rules."""

from django.db.models import Q, QuerySet

from minsheng_web.records.access.delivery import parts_in_reach, periods_for
from minsheng_web.records.access.posts import Person, any_of, is_administrator, posts_of, reaches_whole
from minsheng_web.records.access.programmes import indicators_for, programmes_for
from minsheng_web.records.models import (
    Closing,
    LightRuleSet,
    OwnCurve,
    PaceCell,
    Region,
    Snapshot,
    SnapshotLine,
    Standing,
)
from minsheng_web.records.models.people import UNIT_ROLES


def snapshots_for(person: Person) -> QuerySet[Snapshot]:
    """Snapshots of those periods; their lines through ``snapshot_lines_for``."""
    rows: QuerySet[Snapshot] = Snapshot.objects.filter(
        period__programme__in=programmes_for(person).order_by()
    )
    return rows


def snapshot_lines_for(person: Person) -> QuerySet[SnapshotLine]:
    """Frozen lines of the parts in reach."""
    return SnapshotLine.objects.filter(parts_in_reach(person, "allocation__"))


def snapshot_lines_in(person: Person, snapshot: Snapshot) -> QuerySet[SnapshotLine]:
    """``snapshot_lines_for`` of one snapshot, whose programme is at hand: of a whole no part is looked at."""
    programme = snapshot.period.programme
    whole = reaches_whole(person, programme.region, programme.pk)
    lines = SnapshotLine.objects.all() if whole else snapshot_lines_for(person)
    return lines.filter(snapshot=snapshot)


def closings_for(person: Person) -> QuerySet[Closing]:
    """Closings of the periods in reach."""
    return Closing.objects.filter(period__in=periods_for(person).order_by())


def light_rules_for(person: Person) -> QuerySet[LightRuleSet]:
    """Rule sets of the programmes in reach: by what one is judged is open."""
    return LightRuleSet.objects.filter(programme__in=programmes_for(person).order_by())


def own_curves_for(person: Person) -> QuerySet[OwnCurve]:
    """What indicators in reach were ever expected to reach by when: as open as the rules of the lights."""
    return OwnCurve.objects.filter(indicator__in=indicators_for(person).order_by())


def standings_for(person: Person) -> QuerySet[Standing]:
    """How the parts in reach stood, period by period; never of a snapshot that is still being written."""
    return Standing.objects.filter(parts_in_reach(person, "allocation__")).exclude(snapshot__digest="")


def standings_in(person: Person, snapshot: Snapshot, region: Region) -> QuerySet[Standing]:
    """``standings_for`` of one snapshot, whose programme is at hand, in the region and under it.

    Of a region reached whole no part's own reach is looked at.
    """
    programme = snapshot.period.programme
    whole = snapshot.digest and reaches_whole(person, region, programme.pk)
    rows = (Standing.objects.all() if whole else standings_for(person)).filter(snapshot=snapshot)
    if region.contains(programme.region):
        return rows
    return rows.filter(allocation__region__path__startswith=region.path)


def pace_cells_for(person: Person) -> QuerySet[PaceCell]:
    """Counted standings of regions whose every part the person reaches; a unit's post reaches none."""
    cells = PaceCell.objects.exclude(snapshot__digest="")
    if is_administrator(person):
        return cells
    parts = []
    for post in posts_of(person):
        if post.role in UNIT_ROLES or post.region is None:
            continue
        inside = Q(region__path__startswith=post.region.path)
        if post.programme_id is not None:
            inside &= Q(snapshot__period__programme=post.programme_id)
        parts.append(inside)
    return cells.filter(any_of(parts))
