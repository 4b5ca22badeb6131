"""What the page of one breakdown shows and how its form is read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from minsheng.kernel.problem import Problem
from minsheng.papers.cell_figures import cell_figure
from minsheng.plans.checks.units import plain
from minsheng.progress.allocation import ADDS_UP, Inflation, inflated
from minsheng_web.records.approval import Deciders, deciders_of
from minsheng_web.records.division_changes import ChangedValue, changed_values
from minsheng_web.records.models import (
    Allocation,
    DivisionProposal,
    DivisionVersion,
    Region,
    Unit,
    User,
)
from minsheng_web.records.models.breakdown import ProposalState
from minsheng_web.records.queries import division as queries
from minsheng_web.records.queries.division_ways import levels_below, suggested_level, ways_for
from minsheng_web.records.typed_parts import (
    Typed,
    TypedPart,
    all_problems,
    as_division,
    counts_places,
    owed,
)


@dataclass(frozen=True, slots=True)
class DivisionRow:
    """One region below. ``theirs`` is what a colleague typed where that is not what stands in the form."""

    region: Region
    part: TypedPart
    child: Allocation | None
    units: tuple[Unit, ...]
    unit: int | None
    suggested: bool
    last_year: str
    theirs: TypedPart | None


@dataclass(frozen=True, slots=True)
class Said:
    """What an act left to say on the page, and what was typed where it is not what is kept."""

    typed: Typed | None = None
    theirs: Typed | None = None
    reserve: str | None = None
    notice: str = ""
    level: str = "info"
    problems: tuple[Problem, ...] = ()
    reason: str = ""
    document_number: str = ""


@dataclass(frozen=True, slots=True)
class DivisionScreen:
    """Everything the page names."""

    node: Allocation
    rows: tuple[DivisionRow, ...]
    whole: Decimal | None
    reserve: str
    adds_up: bool
    numberless: bool
    mark: str
    proposal: DivisionProposal | None
    sent_back: DivisionProposal | None
    problems: tuple[Problem, ...]
    inflations: tuple[Inflation, ...]
    versions: tuple[DivisionVersion, ...]
    ways: tuple[tuple[str, str], ...]
    levels: tuple[tuple[str, str, int], ...]
    level: str
    changes: tuple[ChangedValue, ...]
    deciders: Deciders | None
    stale: bool
    said: Said = field(default_factory=Said)

    @property
    def reason(self) -> str:
        """The reason typed, else that of the proposal that came back."""
        return self.said.reason or (self.sent_back.reason if self.sent_back else "")

    @property
    def document_number(self) -> str:
        """The document's number, alike."""
        return self.said.document_number or (self.sent_back.document_number if self.sent_back else "")

    @property
    def waiting(self) -> bool:
        """Whether the level above is asked."""
        return self.proposal is not None and self.proposal.state == ProposalState.WAITING

    @property
    def draft(self) -> bool:
        """Whether there is a draft."""
        return self.proposal is not None and not self.waiting


def division_screen(node: Allocation, person: User, said: Said, *, writes: bool) -> DivisionScreen:
    """The page. Drafts are shown to who writes here; others see what stands and what waits."""
    regions = queries.regions_below(node.region)
    children = queries.children_of(node)
    proposal = queries.open_proposal(node)
    if proposal is not None and not writes and proposal.state == ProposalState.DRAFT:
        proposal = None
    back = queries.sent_back(node) if proposal is None and writes else None
    stands = queries.standing(node, children)
    kept = queries.proposed(proposal) if proposal else queries.proposed(back) if back else stands
    typed = said.typed or kept
    versions = queries.versions_of(node)
    stale = bool(versions) and versions[0].whole != owed(node)
    division, _ = as_division(node, typed, regions)
    shown = proposal is not None or back is not None or said.typed is not None
    return DivisionScreen(
        node=node,
        rows=_rows(node, regions, children, typed, said.theirs),
        whole=owed(node),
        reserve=plain(typed.reserve) if said.reserve is None else said.reserve,
        adds_up=node.indicator.kind in ADDS_UP and owed(node) is not None and not counts_places(node),
        numberless=owed(node) is None and not counts_places(node),
        mark=queries.mark_of(proposal),
        proposal=proposal,
        sent_back=back,
        problems=said.problems or (all_problems(node, typed, regions) if shown else ()),
        inflations=tuple(one for one in inflated(division) if one.region is not None or not stale),
        versions=versions,
        ways=ways_for(node) if writes else (),
        levels=levels_below(node) if writes and node.indicator.each else (),
        level=suggested_level(node) if writes and node.indicator.each else "",
        changes=changed_values(node, stands, typed, regions) if shown and node.version else (),
        deciders=deciders_of(node, proposal.proposed_by if proposal else person) if node.version else None,
        stale=stale,
        said=said,
    )


def _rows(
    node: Allocation,
    regions: tuple[Region, ...],
    children: tuple[Allocation, ...],
    typed: Typed,
    theirs: Typed | None,
) -> tuple[DivisionRow, ...]:
    choices = queries.unit_choices(regions)
    stands = {child.region_id: child for child in children}
    before = queries.last_year_of(node)
    rows = []
    for region in regions:
        part, child = typed.of(region.pk), stands.get(region.pk)
        units = choices.get(region.pk, ())
        if child is not None and child.reporting_unit is not None and child.reporting_unit not in units:
            units = (*units, child.reporting_unit)
        suggestion = queries.suggested_unit(node, units) if part.unit is None else None
        other = theirs.of(region.pk) if theirs is not None else None
        year = part.last_year or (plain(before[region.pk]) if region.pk in before else "")
        rows.append(
            DivisionRow(
                region,
                part,
                child,
                units,
                part.unit or (suggestion.pk if suggestion else None),
                suggestion is not None,
                year,
                other if other is not None and _figures(other) != _figures(part) else None,
            )
        )
    return tuple(rows)


def _figures(part: TypedPart) -> tuple[str, str, bool]:
    return part.share, part.asked, part.has_task


def typed_in(form: Mapping[str, str], regions: Iterable[Region]) -> Typed:
    """The rows of a posted form; the reserve is read apart, for it may not be readable."""
    parts = tuple(
        TypedPart(
            region=region.pk,
            share=form.get(f"share-{region.pk}", ""),
            asked=form.get(f"asked-{region.pk}", ""),
            unit=_key(form.get(f"unit-{region.pk}", "")),
            last_year=form.get(f"last-{region.pk}", ""),
            key=form.get(f"key-{region.pk}", ""),
            takes=form.get(f"takes-{region.pk}") == "1",
        )
        for region in regions
    )
    return Typed(parts)


def _key(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else None


def reserve_in(text: str, node: Allocation) -> Decimal | str:
    """The reserve typed; a sentence where it cannot be read. Blank is nought: nothing is kept back."""
    read = cell_figure(text.strip(), node.indicator.unit)
    if read.state == "bad":
        return f"预留{read.fault}。"
    value = read.value or Decimal(0)
    return value if value < 10**13 and value == round(value, 6) else "预留太大或小数超过6位，请核对。"
