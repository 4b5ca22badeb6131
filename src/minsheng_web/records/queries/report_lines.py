"""Report lines in reach, with all that rules and pages ask of them."""

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from minsheng_web.records.access import Person, report_lines_for
from minsheng_web.records.bulk import Row
from minsheng_web.records.kept_in_memory import KeptInMemory
from minsheng_web.records.models import Evidence, ReportLine, ReportPeriod, Unit
from minsheng_web.records.prepared import Columns, Prepared
from minsheng_web.records.prepared_reach import PreparedFor
from minsheng_web.records.queries.said_rows import SAID
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
_SHOWN = (
    "period", "unit", "cooperating", "state", *SAID, "return_reason", "returned_at",
    *(f"allocation__{name}" for name in ("region", "above", "share", "asked", "due")),
    *(f"allocation__indicator__{name}" for name in (
        "programme", "project_number", "project_headline", "name", "unit", "kind", "comparator",
    )),
    "allocation__indicator__lead_unit__name", "allocation__region__name", "allocation__region__path",
    "accepted_region__name", "returned_by__username", "returned_by__display_name",
)  # fmt: skip
"""What the grid and the locks tell of a line and of what it points to, which has a hundred columns more.

No other column of these lines may be read: it would cost a query each, and be kept without being compared.
"""


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
    around: Row
    several: bool

    def only(self, keys: Collection[int]) -> "UnitLines":
        """Some of the lines."""
        return replace(self, lines=tuple(line for line in self.lines if line.pk in keys))


def unit_lines(person: Person, period: int, unit: int) -> UnitLines | None:
    """The unit's lines of one period in reach, None where there is none. Two queries.

    The same lines as in ``lines_in_reach``, with the columns of _SHOWN and to be read only: what did not
    change since it was last asked for is the same object, whoever asks. Each tells besides whether it was
    ``touched``, how many ``files`` stand as its evidence, how many ``helpers`` have a line of their own for
    its part, and how many of those ``handed_in``.
    """
    one, found = _any_line.columns(period, unit), _of_unit.columns(person, period, unit)
    if not one.found or not found.found:
        return None
    around = one.found[0][1:]
    kept = _kept.get(around, lambda: _begun(*one.make(one.found)))
    keys = tuple(row[0] for row in found.found)
    last = kept.sheets.get(keys)
    if last is None or last[0] != found.found:
        last = kept.sheets[keys] = (found.found, _sheet(found, around, kept))
    return last[1]


@dataclass(slots=True)
class _Kept:
    """A period and a unit; by key the lines that were made, with their columns; the sheets made of them.

    Two who ask at once may each make a line: whoever reads one compares its columns first.
    """

    period: ReportPeriod
    unit: Unit
    lines: dict[int, tuple[Row, ReportLine]] = field(default_factory=dict)
    sheets: dict[tuple[int, ...], tuple[Sequence[Row], UnitLines]] = field(default_factory=dict)


def _begun(one: ReportLine) -> _Kept:
    return _Kept(one.period, one.unit)


def _sheet(found: Columns[ReportLine], around: Row, kept: _Kept) -> UnitLines:
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


_kept = KeptInMemory[Hashable, _Kept](KEPT)


def _at_hand(model: type[Model], name: str) -> Callable[[Model, Model], None]:
    """Puts at hand what a row points to already; an assignment would check it as if it were new."""
    put: Callable[[Model, Model], None] = model._meta.get_field(name).set_cached_value  # type: ignore[union-attr]  # noqa: SLF001
    return put


_PERIOD_OF, _UNIT_OF = _at_hand(ReportLine, "period"), _at_hand(ReportLine, "unit")


def _beside_lines() -> dict[str, Any]:
    """Of a line: whether it is ``touched``, ``files`` that stand as evidence, ``helpers``, those handed in.

    A moment takes longest of all to be made of what is stored: of the last edit only that it was is read.
    """
    same = {"period": OuterRef("period"), "allocation": OuterRef("allocation")}
    helping = ReportLine.objects.filter(**same, cooperating=True)
    return {
        "touched": ExpressionWrapper(Q(edited_at__isnull=False), BooleanField()),
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
        .only(*_SHOWN)
        .annotate(**_beside_lines())
        # As lines are ordered anyway: of one period its own place in time need not be looked up.
        .order_by("allocation__indicator__position", "allocation__region__path", "cooperating", "pk")
    )
)
_any_line = Prepared[ReportLine](
    lambda period, unit: (
        ReportLine.objects.filter(period=period, unit=unit)
        .select_related("period__programme__region", "unit__region", "unit__above")
        .only("period", "unit")
        .order_by()[:1]
    )
)
"""Any one line of the period and the unit: its key, then all columns of both."""


def filled() -> Q:
    """Lines somebody typed a number, a deed or a date into."""
    told = (
        Q(cumulative__isnull=False)
        | Q(amount__isnull=False)
        | Q(done__isnull=False)
        | ~Q(stages={})
    )  # fmt: skip
    return Q(edited_at__isnull=False) & told
