"""One allocation and how it is broken down: the regions below, what stands, what is proposed, what was."""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Q

from minsheng.plans.checks.units import plain
from minsheng_web.records.access import Person, allocations_for
from minsheng_web.records.models import (
    Allocation,
    DivisionProposal,
    DivisionVersion,
    Indicator,
    Region,
    Unit,
)
from minsheng_web.records.models.breakdown import ProposalState
from minsheng_web.records.typed_parts import Typed, TypedPart, fingerprint, from_json

OPEN = (ProposalState.DRAFT, ProposalState.WAITING)
SENT_BACK = (ProposalState.REFUSED, ProposalState.WITHDRAWN)


def find_node(person: Person, key: int) -> Allocation | None:
    """An allocation in the person's reach, with what its page names."""
    return (
        allocations_for(person)
        .select_related(
            "indicator__programme__region",
            "indicator__lead_unit",
            "region__parent",
            "above__region",
            "reporting_unit",
        )
        .filter(pk=key)
        .first()
    )


def regions_below(region: Region) -> tuple[Region, ...]:
    """The regions straight below, in their order."""
    return tuple(Region.objects.filter(parent=region).order_by("code", "path"))


def children_of(node: Allocation) -> tuple[Allocation, ...]:
    """The parts that stand."""
    return tuple(
        Allocation.objects.filter(above=node, active=True)
        .select_related("region", "reporting_unit")
        .order_by("region__code", "region__path")
    )


def standing(node: Allocation, children: Iterable[Allocation] | None = None) -> Typed:
    """What is issued, in the form it is typed in; nothing where the node is not broken down."""
    if not node.version:
        return Typed()
    rows = children_of(node) if children is None else children
    return Typed(tuple(_typed(row) for row in rows), node.reserve)


def _typed(row: Allocation) -> TypedPart:
    return TypedPart(
        region=row.region_id,
        share=_text(row.share),
        asked=_text(row.asked),
        unit=row.reporting_unit_id,
        last_year=_text(row.last_year),
        takes=row.share is None,
    )


def _text(value: Decimal | None) -> str:
    return "" if value is None else plain(value)


def open_proposal(node: Allocation) -> DivisionProposal | None:
    """The draft or the proposal that waits."""
    return (
        DivisionProposal.objects.filter(node=node, state__in=OPEN)
        .select_related("proposed_by", "node__region")
        .first()
    )


def sent_back(node: Allocation) -> DivisionProposal | None:
    """The last proposal where it was refused or taken back: its work is not lost."""
    last = (
        DivisionProposal.objects.filter(node=node)
        .select_related("proposed_by", "decided_by")
        .order_by("-id")
        .first()
    )
    return last if last is not None and last.state in SENT_BACK and last.base == node.version else None


def proposed(proposal: DivisionProposal) -> Typed:
    """What a proposal holds."""
    return from_json(proposal.parts, proposal.reserve)


def mark_of(proposal: DivisionProposal | None) -> str:
    """What a page carries to tell whether the draft it shows is still the one there is."""
    return "" if proposal is None else f"{proposal.pk}-{fingerprint(proposed(proposal))}"


def starting(node: Allocation, proposal: DivisionProposal | None) -> Typed:
    """What an editor begins with: the open proposal, else the one sent back, else what stands."""
    if proposal is not None:
        return proposed(proposal)
    back = sent_back(node)
    return proposed(back) if back is not None else standing(node)


def versions_of(node: Allocation) -> tuple[DivisionVersion, ...]:
    """Every issued version, newest first, without its parts."""
    return tuple(
        DivisionVersion.objects.filter(node=node).select_related("proposed_by", "approved_by").defer("parts")
    )


def find_version(node: Allocation, number: int) -> DivisionVersion | None:
    """One version of a node."""
    return (
        DivisionVersion.objects.filter(node=node, number=number)
        .select_related("proposed_by", "approved_by")
        .first()
    )


def unit_choices(regions: Iterable[Region]) -> dict[int, tuple[Unit, ...]]:
    """Active units by region below."""
    found: dict[int, list[Unit]] = {}
    keys = [region.pk for region in regions]
    for unit in Unit.objects.filter(region__in=keys, active=True).order_by("name"):
        found.setdefault(unit.region_id, []).append(unit)
    return {key: tuple(units) for key, units in found.items()}


def suggested_unit(node: Allocation, units: Iterable[Unit]) -> Unit | None:
    """The counterpart of the unit that reports above, else of the lead unit; None where not just one is."""
    for above in (node.reporting_unit_id, node.indicator.lead_unit_id):
        fitting = [unit for unit in units if above is not None and unit.above_id == above]
        if len(fitting) == 1:
            return fitting[0]
    return None


def last_year_of(node: Allocation) -> dict[int, Decimal]:
    """What the regions below were given a year ago for the indicator of that name, or of that sole unit."""
    programme, indicator = node.indicator.programme, node.indicator
    before = Indicator.objects.filter(
        programme__region=programme.region_id, programme__year=programme.year - 1, unit=indicator.unit
    )
    same = before.filter(Q(name=indicator.name) | Q(project_headline=indicator.project_headline))
    keys = [row.pk for row in same if row.name == indicator.name] or [row.pk for row in same]
    if len(keys) != 1:
        return {}
    rows = Allocation.objects.filter(
        indicator=keys[0], active=True, region__parent=node.region_id, share__isnull=False
    )
    return {row.region_id: row.share for row in rows.order_by() if row.share is not None}
