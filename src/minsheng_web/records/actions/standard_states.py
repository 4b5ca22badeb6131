"""The states of a proposed edition and of a simulation, and their moves, by compare-and-set."""

from typing import Any

from minsheng_web.records.models import Simulation, StandardEdit
from minsheng_web.records.models.standards import EditState, SimulationState

MOVES: dict[str, frozenset[str]] = {
    EditState.DRAFT: frozenset({EditState.WAITING, EditState.WITHDRAWN}),
    EditState.WAITING: frozenset({EditState.APPROVED, EditState.REFUSED, EditState.WITHDRAWN}),
    EditState.APPROVED: frozenset(),
    EditState.REFUSED: frozenset(),
    EditState.WITHDRAWN: frozenset(),
}

SIMULATION_MOVES: dict[str, frozenset[str]] = {
    SimulationState.WAITING: frozenset({SimulationState.RUNNING, SimulationState.CANCELLED}),
    SimulationState.RUNNING: frozenset(
        {SimulationState.DONE, SimulationState.CANCELLED, SimulationState.REFUSED}
    ),
    SimulationState.DONE: frozenset(),
    SimulationState.CANCELLED: frozenset(),
    SimulationState.REFUSED: frozenset(),
}


def move_edit(edit: StandardEdit, new: str, **values: Any) -> bool:
    """Move an edition on from the state and revision it is seen in; False, and nothing changed, else.

    Raises ValueError for a move the table does not hold.
    """
    if new not in MOVES[edit.state]:
        raise ValueError(f"no move from {edit.state!r} to {new!r}")
    rows = StandardEdit.objects.filter(pk=edit.pk, state=edit.state, revision=edit.revision)
    return rows.update(state=new, **values) == 1


def move_simulation(pk: int, old: str, new: str, **values: Any) -> bool:
    """Move a simulation on; False, and nothing changed, where it is no longer in ``old``."""
    if new not in SIMULATION_MOVES[old]:
        raise ValueError(f"no move from {old!r} to {new!r}")
    return Simulation.objects.filter(pk=pk, state=old).update(state=new, **values) == 1
