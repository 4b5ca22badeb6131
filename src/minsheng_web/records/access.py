"""The only way to rows: everything a person may see follows from the posts they hold.

A post sees its region's subtree, narrowed to its unit and its programme where it has them; besides, a plan
from above in which its regions have a part. An administrator sees everything and changes only accounts. Who
holds no post sees nothing. What a post may change: duties.py.
"""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from minsheng_web.records.models import (
    Allocation,
    Closing,
    Document,
    Evidence,
    Holding,
    Indicator,
    Invitation,
    LightRuleSet,
    OwnCurve,
    PaceCell,
    PlanVersion,
    Post,
    Programme,
    Region,
    ReportLine,
    ReportPeriod,
    SheetBatch,
    Simulation,
    Snapshot,
    SnapshotLine,
    StandardEdit,
    StandardVersionRow,
    Standing,
    Unit,
    User,
)
from minsheng_web.records.models.people import UNIT_ROLES, Role
from minsheng_web.records.prepared import Prepared

Person = User | AnonymousUser
_KEPT = "_posts_of_this_request"
_NONE = Q(pk__in=[])
_DRAFTS = (Role.OFFICE, Role.PUBLISHER)
_ALL = tuple(role for role in Role if role != Role.ADMINISTRATOR)


_held_by = Prepared[Post](
    lambda user: Post.objects.filter(holdings__user=user, holdings__until=None).select_related(
        "region", "unit"
    )
)


def posts_of(person: Person) -> tuple[Post, ...]:
    """The posts held now, fetched once per user object (one request)."""
    if not isinstance(person, User) or not person.is_active:
        return ()
    kept: tuple[Post, ...] | None = getattr(person, _KEPT, None)
    if kept is None:
        kept = tuple(_held_by(person.pk))
        setattr(person, _KEPT, kept)
    return kept


def with_posts(person: User, posts: Sequence[Post]) -> User:
    """The person with these posts at hand, as if they had been fetched."""
    setattr(person, _KEPT, tuple(posts))
    return person


def forget_posts(person: User) -> None:
    """Make the next look at the posts ask the database again."""
    if hasattr(person, _KEPT):
        delattr(person, _KEPT)


def is_administrator(person: Person) -> bool:
    """Whether one of the posts is an administrator's."""
    return any(post.role == Role.ADMINISTRATOR for post in posts_of(person))


def any_of(parts: list[Q]) -> Q:
    """Rows that meet one of the conditions; none where there is no condition."""
    return reduce(or_, parts) if parts else _NONE


def _within(person: Person, roles: tuple[str, ...], path: str, programme: str | None = None) -> Q:
    """Rows whose region path (field ``path``) lies in a subtree the person holds one of the roles for.

    A post for one programme reaches only rows that name it in the field ``programme``.
    """
    if is_administrator(person):
        return Q()
    parts = []
    for post in posts_of(person):
        if post.role not in roles or post.region is None:
            continue
        if post.programme_id is None:
            parts.append(Q(**{f"{path}__startswith": post.region.path}))
        elif programme is not None:
            parts.append(Q(**{f"{path}__startswith": post.region.path, programme: post.programme_id}))
    return any_of(parts)


def _part_in(person: Person) -> Q:
    """Programmes from above in which the person's regions have a part."""
    given = Allocation.objects.filter(indicator__programme=OuterRef("pk"), active=True)
    parts = []
    for post in posts_of(person):
        if post.region is not None:
            inside = Q(Exists(given.filter(region__path__startswith=post.region.path)))
            parts.append(inside if post.programme_id is None else inside & Q(pk=post.programme_id))
    return any_of(parts)


def regions_for(person: Person) -> QuerySet[Region]:
    """Regions the person holds any post for, with everything under them."""
    return Region.objects.filter(_within(person, _ALL, "path"))


def units_for(person: Person) -> QuerySet[Unit]:
    """Units of those regions."""
    return Unit.objects.filter(_within(person, _ALL, "region__path"))


def people_for(person: Person) -> QuerySet[User]:
    """Who holds or held a post of those regions; the administrator sees everybody."""
    if is_administrator(person):
        return User.objects.all()
    held = holdings_for(person).filter(user=OuterRef("pk")).order_by()
    return User.objects.filter(Exists(held))


def posts_for(person: Person) -> QuerySet[Post]:
    """The posts there are in those regions, held or not."""
    return Post.objects.filter(_within(person, _ALL, "region__path"))


def holdings_for(person: Person) -> QuerySet[Holding]:
    """Who holds or held those posts."""
    return Holding.objects.filter(_within(person, _ALL, "post__region__path"))


def invitations_for(person: Person) -> QuerySet[Invitation]:
    """Invitations to those posts."""
    return Invitation.objects.filter(_within(person, _ALL, "post__region__path"))


def documents_for(person: Person) -> QuerySet[Document]:
    """Uploads of the offices the person works or publishes for; others see none, for they are drafts."""
    return Document.objects.filter(_within(person, _DRAFTS, "office__path"))


def programmes_for(person: Person) -> QuerySet[Programme]:
    """Published programmes of the person's regions, and those from above they have a part in."""
    if is_administrator(person):
        return Programme.objects.all()
    return Programme.objects.filter(_within(person, _ALL, "region__path", "pk") | _part_in(person))


def plan_versions_for(person: Person) -> QuerySet[PlanVersion]:
    """Published versions of those programmes."""
    return PlanVersion.objects.filter(programme__in=programmes_for(person).order_by())


def indicators_for(person: Person) -> QuerySet[Indicator]:
    """Indicators of those programmes: what is promised is open to all who deliver it."""
    return Indicator.objects.filter(programme__in=programmes_for(person).order_by())


def allocations_for(person: Person) -> QuerySet[Allocation]:
    """Parts of the person's regions; of a unit's post, those it reports, leads, helps or has a part below."""
    return Allocation.objects.filter(_parts(person, ""))


def report_lines_for(person: Person) -> QuerySet[ReportLine]:
    """Report lines of those parts; a unit sees its own, those it leads, and its counterparts' below."""
    if is_administrator(person):
        return ReportLine.objects.all()
    parts = []
    for post in posts_of(person):
        inside = inside_post(post, "allocation__")
        if inside is None:
            continue
        if post.role in UNIT_ROLES:
            inside &= (
                Q(unit=post.unit_id)
                | Q(unit__above=post.unit_id)
                | Q(allocation__indicator__lead_unit=post.unit_id)
            )  # fmt: skip
        parts.append(inside)
    return ReportLine.objects.filter(any_of(parts))


def evidence_for(person: Person) -> QuerySet[Evidence]:
    """Evidence of those lines, withdrawn or not: asked line by line, for a file is on few of a million."""
    lines = report_lines_for(person).filter(pk=OuterRef("line")).order_by()
    return Evidence.objects.filter(Exists(lines))


def report_lines_in(person: Person, periods: Sequence[ReportPeriod]) -> QuerySet[ReportLine]:
    """``report_lines_for`` of these periods, whose programmes and their regions are at hand.

    The same rows, found faster: of a programme that lies whole in a post's region no part is looked at, and
    the units below a unit are named instead of joined.
    """
    lines = ReportLine.objects.filter(period__in=[period.pk for period in periods])
    if is_administrator(person):
        return lines
    if periods and all(reaches_whole(person, one.programme.region, one.programme_id) for one in periods):
        return lines
    parts = []
    for post in posts_of(person):
        inside = inside_post_in(post, periods)
        parts.append(inside & _of_unit(post) if post.role in UNIT_ROLES else inside)
    return lines.filter(any_of(parts))


def inside_post_in(post: Post, periods: Sequence[ReportPeriod]) -> Q:
    """Report lines of these periods in the post's region and programme (``inside_post``)."""
    inside = inside_post(post, "allocation__")
    if inside is None or post.region is None:
        return _NONE
    mine = [period for period in periods if post.programme_id in (None, period.programme_id)]
    whole = [period.pk for period in mine if post.region.contains(period.programme.region)]
    parts = [Q(period__in=whole)] if whole else []
    rest = [period.pk for period in mine if period.pk not in whole]
    # A part lies below its programme's region: elsewhere there is nothing to look for.
    near = [p.pk for p in mine if p.pk in rest and p.programme.region.contains(post.region)]
    return any_of([*parts, Q(period__in=near) & inside] if near else parts)


def _of_unit(post: Post) -> Q:
    """Lines of the post's unit, of its counterparts below, and of what it leads; the two are asked once."""
    own, led = units_below(post), led_by(post)
    return Q(unit__in=own) | led_lines(led) if led else Q(unit__in=own)


def led_lines(led: list[int]) -> Q:
    """Report lines of these indicators: their parts are named, so that an index finds the lines."""
    return Q(allocation__in=Allocation.objects.filter(indicator__in=led).order_by().values("pk"))


def units_below(post: Post) -> list[int]:
    """The post's unit and its counterparts one level down; asked once for each post object (one request)."""
    return _once(post, "_units", Unit.objects.filter(Q(pk=post.unit_id) | Q(above=post.unit_id)))


def led_by(post: Post) -> list[int]:
    """The indicators the post's unit leads; asked once for each post object."""
    return _once(post, "_led", Indicator.objects.filter(lead_unit=post.unit_id))


def _once(post: Post, name: str, rows: QuerySet[Any]) -> list[int]:
    kept: list[int] | None = getattr(post, name, None)
    if kept is None:
        kept = list(rows.order_by("pk").values_list("pk", flat=True))
        setattr(post, name, kept)
    return kept


def periods_for(person: Person) -> QuerySet[ReportPeriod]:
    """Report periods of the programmes in reach."""
    return ReportPeriod.objects.filter(programme__in=programmes_for(person).order_by())


def sheet_batches_for(person: Person) -> QuerySet[SheetBatch]:
    """Workbooks the person handed in, while their period is in reach; results quote figures."""
    if is_administrator(person):
        return SheetBatch.objects.all()
    return SheetBatch.objects.filter(uploaded_by=person.pk, period__in=periods_for(person).order_by())


def snapshots_for(person: Person) -> QuerySet[Snapshot]:
    """Snapshots of those periods; their lines through ``snapshot_lines_for``."""
    rows: QuerySet[Snapshot] = Snapshot.objects.filter(
        period__programme__in=programmes_for(person).order_by()
    )
    return rows


def snapshot_lines_for(person: Person) -> QuerySet[SnapshotLine]:
    """Frozen lines of the parts in reach."""
    return SnapshotLine.objects.filter(_parts(person, "allocation__"))


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
    return Standing.objects.filter(_parts(person, "allocation__")).exclude(snapshot__digest="")


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


def reaches_whole(person: Person, region: Region, programme: int) -> bool:
    """Whether the person reaches every part of the programme in the region, so that cells may be read."""
    return is_administrator(person) or any(
        post.role not in UNIT_ROLES
        and post.region is not None
        and post.region.contains(region)
        and post.programme_id in (None, programme)
        for post in posts_of(person)
    )


def standard_versions_for(person: Person) -> QuerySet[StandardVersionRow]:
    """Approved editions of standards: policy, open to everyone signed in."""
    rows: QuerySet[StandardVersionRow] = StandardVersionRow.objects.all()
    return rows if isinstance(person, User) and person.is_active else rows.none()


def standard_edits_for(person: Person) -> QuerySet[StandardEdit]:
    """Proposed editions: what was decided is open; drafts and what waits are for offices."""
    if not isinstance(person, User) or not person.is_active:
        return StandardEdit.objects.none()
    if is_administrator(person) or any(post.role == Role.OFFICE for post in posts_of(person)):
        return StandardEdit.objects.all()
    return StandardEdit.objects.filter(state__in=("approved", "refused"))


def simulations_for(person: Person) -> QuerySet[Simulation]:
    """Simulations the person ran: the rosters behind them are personal data, so nobody else sees any."""
    return (
        Simulation.objects.filter(asked_by=person.pk)
        if isinstance(person, User)
        else Simulation.objects.none()
    )


def inside_post(post: Post, prefix: str) -> Q | None:
    """Allocations (behind ``prefix``) in the post's region and programme."""
    if post.region is None:
        return None
    inside = Q(**{f"{prefix}region__path__startswith": post.region.path})
    if post.programme_id is not None:
        inside &= Q(**{f"{prefix}indicator__programme": post.programme_id})
    return inside


def _parts(person: Person, prefix: str) -> Q:
    if is_administrator(person):
        return Q()
    parts = []
    for post in posts_of(person):
        inside = inside_post(post, prefix)
        if inside is None:
            continue
        if post.role in UNIT_ROLES:
            helped = Indicator.objects.filter(cooperating_units=post.unit_id).order_by()
            inside &= (
                Q(**{f"{prefix}reporting_unit": post.unit_id})
                | Q(**{f"{prefix}reporting_unit__above": post.unit_id})
                | Q(**{f"{prefix}indicator__lead_unit": post.unit_id})
                | Q(**{f"{prefix}indicator__in": helped})
            )
        parts.append(inside)
    return any_of(parts)
