"""Report lines in reach, with all that rules and pages ask of them."""

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Count, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from minsheng_web.records.access import Person, report_lines_for
from minsheng_web.records.bulk import Row
from minsheng_web.records.kept_in_memory import KeptInMemory
from minsheng_web.records.models import Evidence, ReportLine, ReportPeriod, Unit
from minsheng_web.records.prepared import Prepared
from minsheng_web.records.prepared_reach import PreparedFor
from minsheng_web.records.reported import HANDED_IN

_AT_HAND = (
    "period__programme__region",
    "allocation__indicator__lead_unit",
    "allocation__region",
    "unit__region",
    "unit__above",
    "edited_by",
    "returned_by",
    "accepted_region",
)


def lines_in_reach(person: Person) -> QuerySet[ReportLine]:
    """Lines the person may see, with all that rules and pages ask of them."""
    return with_all(report_lines_for(person))


def with_all(lines: QuerySet[ReportLine]) -> QuerySet[ReportLine]:
    """The same lines, each with its period, part, indicator and unit."""
    return lines.select_related(*_AT_HAND)


def contributions(lines: Sequence[ReportLine]) -> dict[int, tuple[ReportLine, ...]]:
    """The helping units' lines of main lines already in reach, by the main line's key. One query."""
    mains = {(line.period_id, line.allocation_id): line.pk for line in lines if not line.cooperating}
    found: dict[int, list[ReportLine]] = {key: [] for key in mains.values()}
    if mains:
        rows = ReportLine.objects.filter(
            cooperating=True,
            period__in={period for period, _ in mains},
            allocation__in={allocation for _, allocation in mains},
        )
        for row in with_all(rows).order_by("unit__name", "pk"):
            main = mains.get((row.period_id, row.allocation_id))
            if main is not None:
                found[main].append(row)
    return {key: tuple(rows) for key, rows in found.items()}


KEPT = 48
"""Units whose lines of a period are kept, some hundred kB each."""
_TOLD = ("allocation__indicator__lead_unit", "allocation__region", "accepted_region", "returned_by")
_NOT_SHOWN = (
    *(f"{act}_{what}" for act in ("submitted", "verified", "accepted") for what in ("by", "at")),
    *(f"allocation__{name}" for name in ("reserve", "last_year", "version", "active")),
    *(f"allocation__indicator__{name}" for name in ("target", "category_name", "value", "each", "active")),
    *(f"returned_by__{name}" for name in ("password", "last_login", "date_joined", "email")),
)
"""Columns neither a grid nor a lock tells: days and amounts take longest to be made of what is stored."""


@dataclass(frozen=True, slots=True)
class UnitLines:
    """One unit's lines of one period, at least one, as the grid and the locks ask of them.

    ``columns``: by key what is stored of a line and of what it points to; ``around``: the same of the period
    and the unit. Who made something of a line needs to make it again only where one of the two changed.
    ``several``: the unit's lines are of more than one region.
    """

    period: ReportPeriod
    unit: Unit
    lines: tuple[ReportLine, ...]
    columns: Mapping[int, Row]
    around: tuple[Row, ...]
    several: bool

    def only(self, keys: Collection[int]) -> "UnitLines":
        """Some of the lines."""
        return replace(self, lines=tuple(line for line in self.lines if line.pk in keys))


def unit_lines(person: Person, period: int, unit: int) -> UnitLines | None:
    """The unit's lines of one period in reach, None where there is none. One query, then two more.

    As ``lines_in_reach``, but to be read only: what did not change since it was last asked for is the same
    object, whoever asks. Each has besides how many ``files`` stand as its evidence, how many ``helpers`` have
    a line of their own for its part, and how many of those were ``handed_in``.
    """
    found = _of_unit.columns(person, period, unit)
    if not found.found:
        return None
    of_period, of_unit = _period.columns(period), _unit.columns(unit)
    around = (of_period.found[0], of_unit.found[0])
    kept = _kept.get(
        around, lambda: _Kept(of_period.make(of_period.found)[0], of_unit.make(of_unit.found)[0])
    )
    held = {row[0]: kept.lines.get(row[0]) for row in found.found}
    changed = [row for row in found.found if (known := held[row[0]]) is None or known[0] != row]
    for row, line in zip(changed, found.make(changed), strict=True):
        _PERIOD_OF(line, kept.period)
        _UNIT_OF(line, kept.unit)
        held[row[0]] = kept.lines[row[0]] = (row, line)
    lines = tuple(known[1] for known in held.values() if known is not None)
    columns = {row[0]: row for row in found.found}
    several = len({line.allocation.region_id for line in lines}) > 1
    return UnitLines(kept.period, kept.unit, lines, columns, around, several)


@dataclass(frozen=True, slots=True)
class _Kept:
    """A period and a unit, and by key the lines that were made, with their columns."""

    period: ReportPeriod
    unit: Unit
    lines: dict[int, tuple[Row, ReportLine]] = field(default_factory=dict)


_kept = KeptInMemory[Hashable, _Kept](KEPT)


def _at_hand(model: type[Model], name: str) -> Callable[[Model, Model], None]:
    """Puts at hand what a row points to already; an assignment would check it as if it were new."""
    put: Callable[[Model, Model], None] = model._meta.get_field(name).set_cached_value  # type: ignore[union-attr]  # noqa: SLF001
    return put


_PERIOD_OF, _UNIT_OF = _at_hand(ReportLine, "period"), _at_hand(ReportLine, "unit")


def _beside_lines() -> dict[str, Coalesce]:
    """Of a line: ``files`` that stand as evidence, lines of ``helpers`` for its part, those ``handed_in``."""
    same = {"period": OuterRef("period"), "allocation": OuterRef("allocation")}
    helping = ReportLine.objects.filter(**same, cooperating=True)
    return {
        "files": _counted(Evidence.objects.filter(line=OuterRef("pk"), withdrawn_at=None), "line"),
        "helpers": _counted(helping, "allocation"),
        "handed_in": _counted(helping.filter(state__in=HANDED_IN), "allocation"),
    }


def _counted(rows: QuerySet[Any], of: str) -> Coalesce:
    """How many of the rows there are, which have ``of`` in common."""
    return Coalesce(Subquery(rows.order_by().values(of).annotate(n=Count("pk")).values("n")), 0)


_of_unit = PreparedFor[ReportLine](
    lambda person, period, unit: (
        report_lines_for(person)
        .filter(period=period, unit=unit)
        .select_related(*_TOLD)
        .defer(*_NOT_SHOWN)
        .annotate(**_beside_lines())
        # As lines are ordered anyway: of one period its own place in time need not be looked up.
        .order_by("allocation__indicator__position", "allocation__region__path", "cooperating", "pk")
    )
)
_period = Prepared[ReportPeriod](
    lambda key: ReportPeriod.objects.select_related("programme__region").filter(pk=key)
)
_unit = Prepared[Unit](lambda key: Unit.objects.select_related("region", "above").filter(pk=key))


def filled() -> Q:
    """Lines somebody typed a number, a deed or a date into."""
    told = (
        Q(cumulative__isnull=False)
        | Q(amount__isnull=False)
        | Q(done__isnull=False)
        | ~Q(stages={})
    )  # fmt: skip
    return Q(edited_at__isnull=False) & told
