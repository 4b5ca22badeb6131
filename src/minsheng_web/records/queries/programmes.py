"""What the programme pages read. Every query starts from access; none changes with the number of rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from minsheng.papers.breakdown import Breakdown
from minsheng.plans.model import Plan
from minsheng_web.records.access import Person, documents_for, plan_versions_for, programmes_for
from minsheng_web.records.kept_plans import kept_plan
from minsheng_web.records.models import (
    Document,
    PlanVersion,
    Programme,
    PublishedProject,
    PublishedTarget,
    PublishedUnit,
)
from minsheng_web.records.models.documents import DocumentState
from minsheng_web.records.prepared_reach import PreparedFor

_HEAVY = ("plan", "lines", "findings")


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """A programme as lists show it: its newest version and what that holds."""

    programme: Programme
    version: PlanVersion
    projects: int
    targets: int


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit of a version and in how many projects it leads or cooperates."""

    name: str
    leads: int
    cooperates: int


def newest_versions(person: Person) -> QuerySet[PlanVersion]:
    """The newest version of every programme the person may see, without its JSON."""
    later = PlanVersion.objects.filter(programme=OuterRef("programme"), number__gt=OuterRef("number"))
    return (
        plan_versions_for(person)
        .filter(~Exists(later))
        .select_related("programme__region", "published_by")
        .defer(*_HEAVY)
    )


_newest = PreparedFor[PlanVersion](
    lambda person: newest_versions(person).order_by("-programme__year", "programme__region__path")
)


def programme_rows(person: Person) -> tuple[ProgrammeRow, ...]:
    """Every programme the person may see, newest year first. Three queries however many there are.

    What a version holds never changes: its numbers are kept, and then it is one query.
    """
    versions = _newest(person)
    held = _held(versions)
    return tuple(ProgrammeRow(version.programme, version, *held[_kept_as(version)]) for version in versions)


def _held(versions: Sequence[PlanVersion]) -> dict[str, tuple[int, int]]:
    """Projects and targets of each version."""
    kept: dict[str, tuple[int, int]] = cache.get_many([_kept_as(version) for version in versions])
    new = [version for version in versions if _kept_as(version) not in kept]
    if new:
        keys = [version.pk for version in new]
        projects = _counts(PublishedProject.objects.filter(version__in=keys))
        targets = _counts(PublishedTarget.objects.filter(version__in=keys, role="target"))
        counted = {_kept_as(one): (projects.get(one.pk, 0), targets.get(one.pk, 0)) for one in new}
        cache.set_many(counted)
        kept |= counted
    return kept


def _kept_as(version: PlanVersion) -> str:
    return f"version-holds-{version.pk}-{version.published_at.timestamp()}"


def _counts(rows: QuerySet[PublishedProject] | QuerySet[PublishedTarget]) -> dict[int, int]:
    counted = rows.order_by().values("version").annotate(number=Count("pk"))
    return {row["version"]: row["number"] for row in counted}


def find_version(person: Person, programme: int, number: int | None = None) -> PlanVersion | None:
    """A version of a programme, the newest unless numbered; None out of the person's reach."""
    return next(iter(_versions(person, programme, number)), None)


def _version(person: Person, programme: int, number: int | None) -> QuerySet[PlanVersion]:
    versions = (
        plan_versions_for(person)
        .filter(programme=programme)
        .select_related("programme__region", "published_by", "document")
        .defer(*_HEAVY, "document__lines")
    )
    if number is not None:
        versions = versions.filter(number=number)
    return versions.order_by("-number")[:1]


_versions = PreparedFor[PlanVersion](_version)


def versions_of(person: Person, programme: int) -> tuple[PlanVersion, ...]:
    """All versions of a programme, newest first, with findings; ``earlier`` is the key of that before."""
    before = PlanVersion.objects.filter(programme=OuterRef("programme"), number__lt=OuterRef("number"))
    return tuple(
        plan_versions_for(person)
        .filter(programme=programme)
        .annotate(earlier=Subquery(before.order_by("-number").values("pk")[:1]))
        .select_related("published_by", "document")
        .defer("plan", "lines", "document__lines")
        .order_by("-number")
    )


def switcher(person: Person) -> tuple[Programme, ...]:
    """Programmes to change over to, newest first."""
    return tuple(_switcher(person))


_switcher = PreparedFor[Programme](
    lambda person: programmes_for(person).select_related("region").order_by("-year", "region__path")[:60]
)


def plan_of(version: PlanVersion) -> Plan:
    """The published plan as a value; it is read once and kept."""
    return kept_plan(version).plan


def breakdown_of(version: PlanVersion) -> Breakdown:
    """The breakdown table the plan states, made once."""
    return kept_plan(version).breakdown


def lines_of(version: PlanVersion) -> tuple[str, ...]:
    """The lines of the notice it was read from."""
    return kept_plan(version).lines


def projects_of(
    version: PlanVersion, *, words: str = "", status: str = "", category: str = ""
) -> tuple[PublishedProject, ...]:
    """The projects of a version with targets and units at hand; ``words`` looks in statement and units."""
    rows = PublishedProject.objects.filter(version=version)
    for word in words.split():
        unit = PublishedUnit.objects.filter(project=OuterRef("pk"), name__icontains=word)
        rows = rows.filter(Q(headline__icontains=word) | Q(statement__icontains=word) | Exists(unit))
    if status:
        rows = rows.filter(status=status)
    if category.isdecimal():
        rows = rows.filter(category_number=int(category))
    return tuple(_with_parts(rows).order_by("position"))


def projects_of_unit(version: PlanVersion, name: str) -> tuple[PublishedProject, ...]:
    """The projects a unit leads or cooperates in, in the order of the plan."""
    rows = PublishedProject.objects.filter(version=version, units__name=name).distinct()
    return tuple(_with_parts(rows).order_by("position"))


def _with_parts(rows: QuerySet[PublishedProject]) -> QuerySet[PublishedProject]:
    targets = PublishedTarget.objects.filter(role="target").order_by("pk")
    return rows.prefetch_related(
        Prefetch("targets", queryset=targets),
        Prefetch("units", queryset=PublishedUnit.objects.order_by("pk")),
    )


def units_of(version: PlanVersion) -> tuple[UnitRow, ...]:
    """The units of a version, those that lead most first."""
    rows = (
        PublishedUnit.objects.filter(version=version)
        .order_by()
        .values("name")
        .annotate(
            leads=Count("project", filter=Q(part="lead"), distinct=True),
            cooperates=Count("project", filter=Q(part="cooperating"), distinct=True),
        )
    )
    units = (UnitRow(row["name"], row["leads"], row["cooperates"]) for row in rows)
    return tuple(sorted(units, key=lambda unit: (-unit.leads, -unit.cooperates, unit.name)))


def newest_number(person: Person, programme: int) -> int:
    """The number of the newest version; 0 out of the person's reach."""
    numbers = plan_versions_for(person).filter(programme=programme).order_by("-number")
    return numbers.values_list("number", flat=True).first() or 0


def documents_waiting(person: Person) -> tuple[Document, ...]:
    """Uploads not yet published or given up, newest first, at most 20."""
    return tuple(_waiting(person))


def _waiting_rows(person: Person) -> QuerySet[Document]:
    published = PlanVersion.objects.filter(document=OuterRef("pk"))
    return (
        documents_for(person)
        .exclude(state=DocumentState.CANCELLED)
        .filter(~Exists(published))
        .select_related("office", "uploaded_by")
        .defer("lines")
        .order_by("-uploaded_at", "-pk")[:20]
    )


_waiting = PreparedFor[Document](_waiting_rows)
