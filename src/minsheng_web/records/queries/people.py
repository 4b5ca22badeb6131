"""What the pages of people read. Every query starts from access; none changes with the number of rows."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from minsheng_web.records.access import (
    Person,
    holdings_for,
    invitations_for,
    people_for,
    posts_for,
    programmes_for,
    regions_for,
    units_for,
)
from minsheng_web.records.duties import may_appoint
from minsheng_web.records.models import (
    DivisionProposal,
    Document,
    Holding,
    Invitation,
    Post,
    Programme,
    Region,
    ReportLine,
    Unit,
    User,
)
from minsheng_web.records.models.people import UNIT_ROLES, Role
from minsheng_web.records.queries.search import terms_of


def people_found(person: Person, words: str = "", role: str = "", state: str = "") -> QuerySet[User]:
    """People in reach whose name, user name, unit or region holds all the words; their posts now at hand."""
    now = (
        holdings_for(person)
        .filter(until=None)
        .select_related("post__region", "post__unit", "post__programme")
    )
    rows = people_for(person)
    for term in terms_of(words):
        held = now.order_by().filter(
            Q(post__unit__name__icontains=term)
            | Q(post__unit__former_names__name__icontains=term)
            | Q(post__region__name__icontains=term),
            user=OuterRef("pk"),
        )
        rows = rows.filter(Q(display_name__icontains=term) | Q(username__icontains=term) | Exists(held))
    if role in Role.values:
        rows = rows.filter(Exists(now.order_by().filter(user=OuterRef("pk"), post__role=role)))
    if state in ("active", "stopped"):
        rows = rows.filter(is_active=state == "active")
    return rows.prefetch_related(Prefetch("holdings", queryset=now, to_attr="held")).order_by(
        "display_name", "pk"
    )


def open_invitations(person: Person, at: datetime) -> tuple[Invitation, ...]:
    """Invitations nobody used yet, newest first, at most 100; ``expired`` says which have run out."""
    rows = invitations_for(person).filter(used_at=None, withdrawn_at=None)
    found = tuple(rows.select_related("post__region", "post__unit", "post__programme", "made_by")[:100])
    for one in found:
        one.expired = one.expires_at <= at  # type: ignore[attr-defined]  # for the page
        one.mine = may_appoint(person, one.post.role, one.post.region)  # type: ignore[attr-defined]  # as above
    return found


def holdings_of(person: Person, user: User) -> tuple[Holding, ...]:
    """What the user holds and held within the person's reach, the newest first."""
    rows = holdings_for(person).filter(user=user).order_by("-since", "-pk")
    return tuple(rows.select_related("post__region", "post__unit", "post__programme")[:200])


def holders_of(post: Post) -> tuple[Holding, ...]:
    """Who holds and held the post, the newest first."""
    return tuple(post.holdings.select_related("user").order_by("-since", "-pk")[:100])


def post_in_reach(person: Person) -> QuerySet[Post]:
    """Posts in reach with what their page shows."""
    return posts_for(person).select_related("region", "unit", "programme")


@dataclass(frozen=True, slots=True)
class Choices:
    """What a form that makes a post may choose from."""

    roles: tuple[tuple[str, str], ...]
    regions: tuple[Region, ...]
    units: tuple[Unit, ...]
    programmes: tuple[Programme, ...]


def seat_choices(person: Person) -> Choices:
    """Roles the person may give somewhere, regions down to the town, units and programmes in reach."""
    regions = tuple(regions_for(person).exclude(level="village").order_by("path")[:2000])
    roles = tuple(
        (role.value, role.label)
        for role in Role
        if any(may_appoint(person, role, one) for one in (*regions, None))
    )
    units = tuple(
        units_for(person).filter(active=True).select_related("region").order_by("region__path", "pk")[:3000]
    )
    programmes = tuple(programmes_for(person).order_by("-year", "region__path")[:60])
    return Choices(roles, regions, units, programmes)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits at a post, and how often."""

    words: str
    count: int


def waiting_at(post: Post) -> tuple[Waiting, ...]:
    """What whoever takes the post over finds waiting: it stays with the post. At most four queries."""
    if post.region is None:
        return ()
    if post.role in UNIT_ROLES:
        return _shown(_unit_waits(post))
    return _shown(_office_waits(post)) if post.role == Role.OFFICE else ()


def _shown(counted: tuple[tuple[str, int], ...]) -> tuple[Waiting, ...]:
    return tuple(Waiting(words, count) for words, count in counted if count)


def _lines(post: Post) -> QuerySet[ReportLine]:
    lines = ReportLine.objects.filter(period__closed_at=None).order_by()
    if post.programme_id is not None:
        lines = lines.filter(period__programme=post.programme_id)
    return lines


def _unit_waits(post: Post) -> tuple[tuple[str, int], ...]:
    lines, unit = _lines(post), post.unit_id
    above = Q(allocation__indicator__lead_unit=unit) | Q(unit__above=unit)
    return (
        ("项待填报", lines.filter(unit=unit, state="draft").count()),
        ("项被退回、待更正", lines.filter(unit=unit, state="returned").count()),
        ("项待审核", lines.filter(above, state="submitted").exclude(unit=unit).count()),
    )


def _office_waits(post: Post) -> tuple[tuple[str, int], ...]:
    path = post.region.path if post.region else ""
    proposals = DivisionProposal.objects.filter(node__region__path__startswith=path)
    if post.programme_id is not None:
        proposals = proposals.filter(node__indicator__programme=post.programme_id)
    documents = Document.objects.filter(office=post.region, versions=None).exclude(state="cancelled")
    return (
        (
            "项填报待接收",
            _lines(post).filter(state="verified", allocation__region__path__startswith=path).count(),
        ),
        ("份拟分解草稿", proposals.filter(state="draft", node__region=post.region).count()),
        ("份任务分解待审批", proposals.filter(state="waiting").exclude(node__region=post.region).count()),
        ("份导入文件未发布", 0 if post.programme_id else documents.count()),
    )
