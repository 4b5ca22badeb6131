"""A programme's breakdown as it stands: indicators by region, what waits, where more is asked than owed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, QuerySet

from minsheng.progress.allocation import Division, Inflation, Part, inflated
from minsheng_web.records.access import Person, allocations_for
from minsheng_web.records.approval import decidable
from minsheng_web.records.bulk import exact, read_rows
from minsheng_web.records.duties import may_write
from minsheng_web.records.models import (
    Allocation,
    DivisionProposal,
    DivisionVersion,
    Programme,
    Region,
    User,
)
from minsheng_web.records.models.breakdown import ProposalState
from minsheng_web.records.queries.division import OPEN, regions_below
from minsheng_web.records.typed_parts import owed

STATUSES = {
    "none": "未分解",
    "draft": "草稿",
    "waiting": "待审批",
    "issued": "已下达",
    "stale": "待调整",
    "inflated": "层层加码",
}


@dataclass(frozen=True, slots=True)
class GivenPart:
    """The part of one region below, as the table shows it: a province has thousands."""

    region_name: str
    share: Decimal | None
    asked: Decimal | None


@dataclass(frozen=True, slots=True)
class BreakdownRow:
    """One indicator at one region: its part, where its breakdown stands, and the parts below by column."""

    node: Allocation
    states: frozenset[str]
    parts: tuple[GivenPart | None, ...]
    inflations: tuple[Inflation, ...]


@dataclass(frozen=True, slots=True)
class BreakdownTable:
    """Every indicator with a part for ``region``; columns are the regions straight below."""

    region: Region
    columns: tuple[Region, ...]
    rows: tuple[BreakdownRow, ...]


def regions_to_divide(person: Person, programme: Programme) -> tuple[Region, ...]:
    """Regions in reach that have a part and regions below, the highest first."""
    held = allocations_for(person).filter(indicator__programme=programme, active=True).order_by()
    below = Region.objects.filter(parent=OuterRef("pk"))
    mine = held.filter(region=OuterRef("pk"))
    return tuple(Region.objects.filter(Exists(below), Exists(mine)).order_by("path"))


def nodes_at(person: Person, programme: Programme, region: Region) -> QuerySet[Allocation]:
    """The parts of one region in reach, of indicators that are followed."""
    return (
        allocations_for(person)
        .filter(indicator__programme=programme, indicator__active=True, region=region, active=True)
        .select_related("indicator__lead_unit", "reporting_unit", "region")
        .order_by("indicator__position")
    )


def breakdown_table(person: Person, programme: Programme, region: Region) -> BreakdownTable:
    """The table of one region; the same few questions however many indicators and regions there are."""
    nodes = tuple(nodes_at(person, programme, region))
    columns = regions_below(region)
    parts = _parts(person, programme, region)
    wholes = _wholes(programme, region)
    proposals = dict(
        DivisionProposal.objects.filter(
            node__region=region, node__indicator__programme=programme, state__in=OPEN
        ).values_list("node", "state")
    )
    writes = may_write(person, region, programme.pk)
    rows = []
    for node in nodes:
        given = parts.get(node.pk, {})
        found = inflations_of(node, given.values())
        states = _states(node, proposals.get(node.pk, ""), wholes.get(node.pk), writes=writes)
        if "stale" in states:
            # Parts of a whole that fell since are no longer right; nobody asked for more.
            found = tuple(one for one in found if one.region is not None)
        if found:
            states |= {"inflated"}
        rows.append(BreakdownRow(node, states, tuple(given.get(one.pk) for one in columns), found))
    return BreakdownTable(region, columns, tuple(rows))


def _parts(person: Person, programme: Programme, region: Region) -> dict[int, dict[int, GivenPart]]:
    rows = allocations_for(person).filter(indicator__programme=programme, above__region=region, active=True)
    columns = ("above", "region", "region__name", "share", "asked")
    found: dict[int, dict[int, GivenPart]] = defaultdict(dict)
    for above, place, name, share, asked in read_rows(rows.order_by().values_list(*columns)):
        found[above][place] = GivenPart(name, exact(share), exact(asked))
    return found


def _wholes(programme: Programme, region: Region) -> dict[int, Decimal | None]:
    """What each part was when it was last broken down."""
    rows = DivisionVersion.objects.filter(
        node__region=region, node__indicator__programme=programme, number=F("node__version")
    )
    return dict(rows.order_by().values_list("node", "whole"))


def _states(node: Allocation, proposal: str, whole: Decimal | None, *, writes: bool) -> frozenset[str]:
    found = {"issued"} if node.version else {"none"}
    if node.version and whole != owed(node):
        found.add("stale")
    if proposal == ProposalState.WAITING or (proposal and writes):
        found.add(proposal)
    return frozenset(found)


def inflations_of(node: Allocation, parts: Iterable[GivenPart]) -> tuple[Inflation, ...]:
    """层层加码 among the parts of one node; ``region`` is the region's name."""
    division = Division(
        owed(node),
        node.indicator.unit,
        node.indicator.kind,  # type: ignore[arg-type]  # choices of the column
        tuple(Part(part.region_name, part.share, part.asked) for part in parts if part.share is not None),
    )
    return inflated(division)


@dataclass(frozen=True, slots=True)
class InflatedRow:
    """Where more is asked: by whose breakdown, of whom, and how much more."""

    node: Allocation
    region: str
    inflation: Inflation
    version: DivisionVersion | None
    part: Allocation | None


def inflated_rows(person: Person, programme: Programme) -> tuple[InflatedRow, ...]:
    """Every 层层加码 of a programme in reach, at every level, the highest level first."""
    asked = Allocation.objects.filter(
        indicator__programme=programme, active=True, asked__isnull=False, indicator__active=True
    )
    rows = (
        allocations_for(person)
        .filter(active=True, above__in=asked.order_by().values("above"))
        .select_related("region", "above__indicator", "above__region")
        .order_by("above__region__path", "above__indicator__position", "region__path")
    )
    by_node: dict[int, list[Allocation]] = {}
    for row in rows:
        by_node.setdefault(row.above_id or 0, []).append(row)
    seen = set(allocations_for(person).filter(pk__in=by_node).order_by().values_list("pk", flat=True))
    versions = _latest_versions(tuple(by_node))
    return tuple(
        line
        for key, parts in by_node.items()
        for line in _inflated_lines(parts, versions.get(key), whole=key in seen)
    )


def _latest_versions(nodes: Sequence[int]) -> dict[int, DivisionVersion]:
    rows = DivisionVersion.objects.filter(node__in=nodes, number=F("node__version"))
    return {row.node_id: row for row in rows.select_related("proposed_by", "approved_by").defer("parts")}


def _inflated_lines(
    parts: Sequence[Allocation], version: DivisionVersion | None, *, whole: bool
) -> Iterable[InflatedRow]:
    node = parts[0].above
    if node is None:
        return
    named = {part.region.name: part for part in parts}
    given = [GivenPart(part.region.name, part.share, part.asked) for part in parts]
    for one in inflations_of(node, given):
        # All together is told only to who sees all of them, and while the whole is what it was divided from.
        if one.region is not None or (whole and version is not None and version.whole == owed(node)):
            yield InflatedRow(node, one.region or "", one, version, named.get(one.region or ""))


def waiting_for(person: User, programme: Programme | None = None) -> tuple[DivisionProposal, ...]:
    """The proposals that wait for this person's decision, the oldest first."""
    rows = DivisionProposal.objects.filter(
        state=ProposalState.WAITING, node__in=allocations_for(person).order_by()
    )
    if programme is not None:
        rows = rows.filter(node__indicator__programme=programme)
    rows = rows.select_related("node__indicator__programme", "node__region", "proposed_by")
    return decidable(person, rows.defer("parts").order_by("proposed_at", "pk"))
