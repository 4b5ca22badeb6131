"""The states of a proposed breakdown, their moves, and what an act gives back when it did nothing."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied

from minsheng.kernel.problem import Problem
from minsheng_web.records.duties import may_write
from minsheng_web.records.models import Allocation, DivisionProposal, User
from minsheng_web.records.models.breakdown import ProposalState
from minsheng_web.records.typed_parts import Typed

MOVES: dict[str, frozenset[str]] = {
    ProposalState.DRAFT: frozenset({ProposalState.WAITING, ProposalState.ISSUED}),
    ProposalState.WAITING: frozenset({ProposalState.ISSUED, ProposalState.REFUSED, ProposalState.WITHDRAWN}),
    ProposalState.ISSUED: frozenset(),
    ProposalState.REFUSED: frozenset(),
    ProposalState.WITHDRAWN: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was written: why, and every fault in its own sentence."""

    message: str
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody changed the draft meanwhile. Nothing was written; both are here, neither is lost."""

    message: str
    standing: DivisionProposal | None
    theirs: Typed
    yours: Typed


def move(*, proposal: DivisionProposal, new: str, **values: Any) -> bool:
    """Move a proposal on from the state it is seen in. False, and nothing changed, where it left that state.

    Raises ValueError for a move the table does not hold.
    """
    if new not in MOVES[proposal.state]:
        raise ValueError(f"no move from {proposal.state!r} to {new!r}")
    rows = DivisionProposal.objects.filter(pk=proposal.pk, state=proposal.state)
    return rows.update(state=new, **values) == 1


def require_office(actor: User, node: Allocation) -> None:
    """Raise PermissionDenied unless the person works in an office over the node's region."""
    if not may_write(actor, node.region, node.indicator.programme_id):
        raise PermissionDenied


def held(node: Allocation) -> Allocation:
    """The node as it is now, held so that nobody else writes to it meanwhile. Inside a transaction."""
    return (
        Allocation.objects.select_for_update(of=("self",))
        .select_related("indicator__programme__region", "region", "reporting_unit")
        .get(pk=node.pk)
    )
