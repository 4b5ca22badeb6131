"""Searching every published programme in reach: projects, targets, units and measures."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from minsheng_web.records.access import Person
from minsheng_web.records.models import PublishedMeasure, PublishedProject, PublishedTarget, PublishedUnit
from minsheng_web.records.queries.programmes import newest_versions

LIMIT = 40
"""Rows shown of each kind; the count says how many there are."""
MOST_TERMS = 6


@dataclass(frozen=True, slots=True)
class Found:
    """One kind's rows, at most LIMIT of ``count``."""

    rows: tuple[Any, ...]
    count: int


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What was found of each kind."""

    projects: Found
    targets: Found
    units: Found
    measures: Found

    @property
    def count(self) -> int:
        """Everything found."""
        return self.projects.count + self.targets.count + self.units.count + self.measures.count


def terms_of(text: str) -> tuple[str, ...]:
    """The words of a search, split at blanks; all must be found."""
    return tuple(dict.fromkeys(text.split()))[:MOST_TERMS]


def search(person: Person, terms: tuple[str, ...], programme: int | None = None) -> SearchResult:
    """Rows of the newest versions that hold every term. Eight queries at most, whatever is found."""
    versions = newest_versions(person).order_by()
    if programme is not None:
        versions = versions.filter(programme=programme)
    keys = list(versions.values_list("pk", flat=True))
    return SearchResult(
        projects=_found(PublishedProject.objects.filter(version__in=keys), terms, ("headline", "statement")),
        targets=_found(
            PublishedTarget.objects.filter(version__in=keys).select_related("project"),
            terms,
            ("subject", "text", "region_name", "sentence"),
        ),
        units=_units(keys, terms),
        measures=_found(
            PublishedMeasure.objects.filter(version__in=keys).select_related("project"), terms, ("text",)
        ),
    )


def _found(rows: QuerySet[Any], terms: tuple[str, ...], fields: tuple[str, ...]) -> Found:
    if not terms:
        return Found((), 0)
    held = (
        _holding(rows, terms, fields)
        .select_related("version__programme__region")
        .defer("version__plan", "version__lines", "version__findings")
    )
    shown = tuple(held.order_by("-version__programme__year", "version", "pk")[:LIMIT])
    return Found(shown, held.count() if len(shown) == LIMIT else len(shown))


def _units(keys: list[int], terms: tuple[str, ...]) -> Found:
    """Units by name and programme with how many projects they lead and cooperate in."""
    if not terms:
        return Found((), 0)
    rows = tuple(
        _holding(PublishedUnit.objects.filter(version__in=keys), terms, ("name",))
        .order_by("-version__programme__year", "version", "name")
        .values("name", "version__programme", "version__programme__title")
        .annotate(
            leads=Count("pk", filter=Q(part="lead")), cooperates=Count("pk", filter=Q(part="cooperating"))
        )
    )
    return Found(rows[:LIMIT], len(rows))


def _holding(rows: QuerySet[Any], terms: tuple[str, ...], fields: tuple[str, ...]) -> QuerySet[Any]:
    for term in terms:
        anywhere = Q()
        for field in fields:
            anywhere |= Q(**{f"{field}__icontains": term})
        rows = rows.filter(anywhere)
    return rows
