"""Parts of targets, report lines, their evidence and periods in reach."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from minsheng_web.records.access.posts import (
    NOTHING,
    Person,
    any_of,
    inside_post,
    is_administrator,
    posts_of,
    reaches_whole,
)
from minsheng_web.records.access.programmes import programmes_for
from minsheng_web.records.models import (
    Allocation,
    Evidence,
    Indicator,
    Post,
    ReportLine,
    ReportPeriod,
    SheetBatch,
    Unit,
)
from minsheng_web.records.models.people import UNIT_ROLES


def allocations_for(person: Person) -> QuerySet[Allocation]:
    """Parts of the person's regions; of a unit's post, those it reports, leads, helps or has a part below."""
    return Allocation.objects.filter(parts_in_reach(person, ""))


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
        return NOTHING
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


def with_lines(person: Person, periods: Sequence[ReportPeriod]) -> Q:
    """Those of the periods that have a line in reach: the first line found is enough."""
    whole = [one.pk for one in periods if reaches_whole(person, one.programme.region, one.programme_id)]
    rest = [one for one in periods if one.pk not in whole]
    having = Q(Exists(ReportLine.objects.filter(period=OuterRef("pk")).order_by()), pk__in=whole)
    if rest:
        having |= Q(Exists(report_lines_in(person, rest).filter(period=OuterRef("pk")).order_by()))
    return having


def sheet_batches_for(person: Person) -> QuerySet[SheetBatch]:
    """Workbooks the person handed in, while their period is in reach; results quote figures."""
    if is_administrator(person):
        return SheetBatch.objects.all()
    return SheetBatch.objects.filter(uploaded_by=person.pk, period__in=periods_for(person).order_by())


def parts_in_reach(person: Person, prefix: str) -> Q:
    """Rows whose part (behind ``prefix``) the person reaches (``allocations_for``)."""
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
