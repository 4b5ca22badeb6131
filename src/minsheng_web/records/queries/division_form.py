"""The annex form of one region: all its indicators over the regions below, filled with what stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from minsheng.papers.allocation_form import AllocationForm, FormColumn, FormIdentity, FormRegion
from minsheng_web.records.access import Person
from minsheng_web.records.models import Allocation, DivisionProposal, Programme, Region
from minsheng_web.records.queries.breakdown import nodes_at
from minsheng_web.records.queries.division import OPEN, proposed, regions_below, standing
from minsheng_web.records.typed_parts import Typed, amount, owed


@dataclass(frozen=True, slots=True)
class FormNode:
    """One column of the form: the part, the open proposal, and the figures the form shows."""

    node: Allocation
    proposal: DivisionProposal | None
    typed: Typed


@dataclass(frozen=True, slots=True)
class NodeForm:
    """A region's form with the rows behind its columns, by their keys."""

    form: AllocationForm
    nodes: dict[str, FormNode]


def node_form(person: Person, programme: Programme, region: Region, *, writes: bool) -> NodeForm | None:
    """The form; None where the region has no part in reach. Drafts stand in it for who writes here."""
    nodes = tuple(nodes_at(person, programme, region))
    if not nodes:
        return None
    proposals = _proposals(programme, region) if writes else {}
    children = _children(programme, region)
    found = {
        str(node.pk): FormNode(node, proposal, proposed(proposal) if proposal else _standing(node, children))
        for node in nodes
        for proposal in (proposals.get(node.pk),)
    }
    below = regions_below(region)
    form = AllocationForm(
        identity=FormIdentity(
            str(programme.pk), programme.year, form_version(programme, region), str(region.pk)
        ),
        title=f"{region.name}{programme.year}年民生实事目标任务分解表",
        node_name=region.name,
        regions=tuple(FormRegion(str(one.pk), one.name) for one in below),
        columns=tuple(_column(key, entry, below) for key, entry in found.items()),
    )
    return NodeForm(form, found)


def form_version(programme: Programme, region: Region) -> int:
    """Grows with every breakdown issued at the region: a file of before is known as one."""
    held = Allocation.objects.filter(indicator__programme=programme, region=region)
    return 1 + (held.aggregate(total=Sum("version"))["total"] or 0)


def _proposals(programme: Programme, region: Region) -> dict[int, DivisionProposal]:
    rows = DivisionProposal.objects.filter(
        node__region=region, node__indicator__programme=programme, state__in=OPEN
    )
    return {row.node_id: row for row in rows.select_related("proposed_by")}


def _children(programme: Programme, region: Region) -> dict[int, list[Allocation]]:
    rows = Allocation.objects.filter(
        indicator__programme=programme, above__region=region, active=True
    ).order_by("region__code", "region__path")
    found: dict[int, list[Allocation]] = {}
    for row in rows:
        found.setdefault(row.above_id or 0, []).append(row)
    return found


def _standing(node: Allocation, children: dict[int, list[Allocation]]) -> Typed:
    return standing(node, children.get(node.pk, ()))


def _column(key: str, entry: FormNode, below: Iterable[Region]) -> FormColumn:
    indicator = entry.node.indicator
    begun = entry.proposal is not None or entry.node.version > 0
    return FormColumn(
        key=key,
        project=f"{indicator.project_number}．{indicator.project_headline}",
        indicator=indicator.name,
        unit=indicator.unit,
        kind=indicator.kind,  # type: ignore[arg-type]  # choices of the column
        whole=owed(entry.node),
        reserve=entry.typed.reserve,
        shares=_shares(entry.typed, below) if begun else {},
        asked=_asked(entry.typed),
    )


def _asked(typed: Typed) -> dict[str, Decimal]:
    return {str(part.region): asked for part in typed.parts if (asked := amount(part.asked)) is not None}


def _shares(typed: Typed, below: Iterable[Region]) -> dict[str, Decimal | None]:
    """Figures by region; a dash where a region has no task, nothing where its task has no number."""
    parts = {region.pk: typed.of(region.pk) for region in below}
    return {
        str(key): amount(part.share)
        for key, part in parts.items()
        if amount(part.share) is not None or not part.has_task
    }
