"""What a pace page looks at: a programme, a closed period as it was frozen, a region in reach, filters."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from minsheng.progress.pace.rules import LightRules
from minsheng.progress.periods import Period
from minsheng_web.records.access import (
    Person,
    indicators_for,
    is_administrator,
    posts_of,
    reaches_whole,
    regions_for,
    snapshots_for,
)
from minsheng_web.records.models import PaceSeal, Programme, Region, ReportPeriod, Snapshot
from minsheng_web.records.prepared_reach import PreparedFor
from minsheng_web.records.reported import period_value


@dataclass(frozen=True, slots=True)
class PaceAsked:
    """The filters of an address. Empty: the last closed period, the person's own region, everything."""

    period: str = ""
    region: int | None = None
    category: str = ""
    unit: int | None = None
    project: int | None = None


@dataclass(frozen=True, slots=True)
class PaceView:
    """What is looked at. ``counted``: the person reaches all of the region, so the cells may be read."""

    person: Person
    programme: Programme
    period: ReportPeriod
    snapshot: Snapshot
    seal: PaceSeal
    region: Region
    counted: bool
    asked: PaceAsked

    @property
    def rules(self) -> LightRules:
        """The rules the standings were judged by."""
        return LightRules.from_json(self.seal.rules)

    @property
    def period_value(self) -> Period:
        return period_value(self.period)

    def indicator_filter(self, prefix: str) -> Q:
        """Rows (whose indicator is behind ``prefix``) of the category, lead unit and project asked for."""
        asked = self.asked
        found = Q()
        if asked.category:
            found &= Q(**{f"{prefix}category_name": asked.category})
        if asked.unit is not None:
            found &= Q(**{f"{prefix}lead_unit": asked.unit})
        if asked.project is not None:
            found &= Q(**{f"{prefix}project_number": asked.project})
        return found


@dataclass(frozen=True, slots=True)
class Named:
    """Something to choose."""

    key: int
    name: str


@dataclass(frozen=True, slots=True)
class PaceChoices:
    """What the filters offer. ``periods`` are (key, name), the newest first; ``regions`` those below."""

    periods: tuple[tuple[str, str], ...]
    above: Named | None
    regions: tuple[Named, ...]
    categories: tuple[str, ...]
    units: tuple[Named, ...]
    projects: tuple[Named, ...]


def latest_snapshots(person: Person, programme: int) -> tuple[Snapshot, ...]:
    """The newest snapshot with standings of every closed period, in order of time. One query."""
    rows = snapshots_for(person).filter(period__programme=programme, pace__isnull=False)
    found: dict[int, Snapshot] = {}
    for snapshot in rows.select_related("period").order_by("period__start", "number"):
        found[snapshot.period_id] = snapshot
    return tuple(found.values())


def find_view(person: Person, programme: Programme, asked: PaceAsked) -> PaceView | None:
    """What the address asks for of a programme in reach; None out of reach, or where nothing is closed yet.

    At most two queries, with the programme's region at hand.
    """
    region = _region(person, programme, asked.region)
    snapshot = _snapshot(person, programme.pk, asked.period)
    if region is None or snapshot is None:
        return None
    snapshot.period.programme = programme
    counted = reaches_whole(person, region, programme.pk)
    return PaceView(person, programme, snapshot.period, snapshot, snapshot.pace, region, counted, asked)


def _snapshot(person: Person, programme: int, key: str) -> Snapshot | None:
    return next(iter(_newest(person, programme, key or None)), None)


def _newest_snapshot(person: Person, programme: int, key: str | None) -> QuerySet[Snapshot]:
    rows = snapshots_for(person).filter(period__programme=programme, pace__isnull=False)
    if key is not None:
        rows = rows.filter(period__key=key)
    newest = rows.select_related("period", "pace__before", "pace__rule_set")
    # The digits of every target are for recomputing alone, and many.
    return newest.defer("pace__parts").order_by("-period__start", "-number")[:1]


_newest = PreparedFor[Snapshot](_newest_snapshot)


def _region(person: Person, programme: Programme, asked: int | None) -> Region | None:
    """The region asked for, if it is in reach; else the highest of the person's own in the programme."""
    if asked is not None:
        return next(iter(_inside(person, programme.region.path, asked)), None)
    return own_region(person, programme)


_inside = PreparedFor[Region](
    lambda person, path, key: regions_for(person).filter(path__startswith=path, pk=key)
)


def own_region(person: Person, programme: Programme) -> Region | None:
    """The highest of the person's own regions in the programme; no query where the posts are at hand."""
    if is_administrator(person):
        return programme.region
    own = [
        post.region
        for post in posts_of(person)
        if post.region is not None and post.programme_id in (None, programme.pk)
    ]
    if any(region.contains(programme.region) for region in own):
        return programme.region
    below = [region for region in own if programme.region.contains(region)]
    return min(below, key=lambda region: (region.path.count("/"), region.path), default=None)


def regions_below(view: PaceView) -> QuerySet[Region]:
    """The regions under the one looked at, in reach."""
    return regions_for(view.person).filter(parent=view.region).order_by("path")


def pace_choices(view: PaceView) -> PaceChoices:
    """What the filters of a page offer. Four queries."""
    person, programme = view.person, view.programme
    rows = indicators_for(person).filter(programme=programme).order_by("position")
    columns = ("project_number", "project_headline", "category_name", "lead_unit_id", "lead_unit__name")
    projects: dict[int, str] = {}
    categories: dict[str, None] = {}
    units: dict[int, str] = {}
    for number, headline, category, unit, name in rows.values_list(*columns):
        projects.setdefault(number, headline)
        if category:
            categories[category] = None
        if unit is not None:
            units[unit] = name
    periods = reversed(latest_snapshots(person, programme.pk))
    inside = regions_for(person).filter(path__startswith=programme.region.path)
    above = inside.filter(children=view.region).first()
    return PaceChoices(
        periods=tuple((one.period.key, one.period.name) for one in periods),
        above=None if above is None else Named(above.pk, above.name),
        regions=tuple(Named(pk, name) for pk, name in regions_below(view).values_list("pk", "name")),
        categories=tuple(categories),
        units=tuple(Named(pk, name) for pk, name in units.items()),
        projects=tuple(Named(number, headline) for number, headline in projects.items()),
    )
