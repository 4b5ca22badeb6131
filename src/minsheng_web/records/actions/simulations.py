"""Trying a changed figure: asked, run in the worker, cancelled; the roster goes once it has been counted."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from minsheng.engine.refusal import Refusal
from minsheng.engine.session import CancelledError, Limits, Session
from minsheng.engine.simulation import simulate
from minsheng.engine.simulation_result import Outcome
from minsheng_web.records.actions.standard_states import move_simulation
from minsheng_web.records.audit import record
from minsheng_web.records.duties import may_simulate
from minsheng_web.records.heartbeat import beating
from minsheng_web.records.models import Simulation, User
from minsheng_web.records.models.standards import SimulationState
from minsheng_web.records.queries.standards import shelf
from minsheng_web.records.roster_store import folder, path_of, remove, remove_left_over
from minsheng_web.records.simulation_request import Asked, Unasked, asked_of_json, simulation_of

log = logging.getLogger(__name__)

BEAT = 0.7
"""Seconds between two signs of life, at which the page sees how far it is and cancelling is heard."""
PLACES = {"读名册": (5, 40), "逐行计算": (45, 85), "汇总结果": (90, 99)}
"""Where in a run the long steps lie, in percent."""
KILLED = "计算时程序中断，没有算出结果。请重新测算；名册太大时可以只留算式用到的几列。"


def ask_simulation(
    *, actor: User, standard: str, name: str, asked: Asked, roster: tuple[str, str, int] | None, at: datetime
) -> Simulation:
    """Ask for a simulation. ``roster``: key, file name and size of an uploaded one.

    Raises PermissionDenied for who is of no office or treasury.
    """
    if not may_simulate(actor):
        raise PermissionDenied
    from minsheng_web.records.tasks import simulate_task  # noqa: PLC0415 - tasks know every action

    key, file_name, size = roster or ("", "", 0)
    with transaction.atomic():
        row = Simulation.objects.create(
            standard=standard,
            name=name[:200],
            asked=asked.to_json(),
            edition=shelf().texts[standard],
            asked_by=actor,
            asked_at=at,
            roster_key=key,
            roster_name=file_name[-200:],
            roster_size=size,
        )
        told = {"standard": standard, "figure": asked.figure, "value": asked.value, "has_roster": bool(key)}
        record(actor=actor, action="simulation.ask", row=row, new=told)
        simulate_task.enqueue(row.pk)
    row.refresh_from_db()
    return row


def cancel_simulation(*, actor: User, simulation: Simulation, at: datetime) -> bool:
    """Stop it; False where it had ended before. Only who asked for it may."""
    if simulation.asked_by_id != actor.pk:
        raise PermissionDenied
    with transaction.atomic():
        for old in (SimulationState.WAITING, SimulationState.RUNNING):
            if move_simulation(simulation.pk, old, SimulationState.CANCELLED):
                _let_go(simulation.pk, at.date())
                record(actor=actor, action="simulation.cancel", row=simulation, old={"state": old.value})
                return True
    return False


def run_simulation(*, simulation_id: int) -> str:
    """Run it; how it ended, or ``skipped`` where it was not waiting any more. Never runs twice."""
    now = timezone.now()
    if not move_simulation(
        simulation_id, SimulationState.WAITING, SimulationState.RUNNING, heartbeat_at=now, progress=1
    ):
        return "skipped"
    row = Simulation.objects.get(pk=simulation_id)
    started = time.monotonic()
    try:
        found = _run(row)
    except CancelledError:
        return SimulationState.CANCELLED.value
    except Exception:
        log.exception("simulation %s failed", simulation_id)
        found = Refusal("计算时程序遇到内部错误，没有算出结果。请重试；仍不行请把时间告诉系统管理员。")
    finally:
        _let_go(simulation_id, timezone.localdate())
    values: dict[str, object] = {
        "progress": 100,
        "seconds": round(time.monotonic() - started, 2),
        "heartbeat_at": None,
    }
    if isinstance(found, Outcome):
        new, values = SimulationState.DONE, values | {"result": found.to_json(), "step": ""}
    else:
        told = found.message.replace(row.roster_key, row.roster_name) if row.roster_key else found.message
        new, values = SimulationState.REFUSED, values | {"message": told.replace(f"{folder()}/", "")}
    return new.value if move_simulation(simulation_id, SimulationState.RUNNING, new, **values) else "skipped"


def _run(row: Simulation) -> Outcome | Refusal | Unasked:
    roster: Path | None = path_of(row.roster_key) if row.roster_key else None
    what = simulation_of(asked_of_json(row.asked), row.standard, row.edition, shelf().book, roster)
    if isinstance(what, Unasked):
        return what
    with Session(Limits(spill=folder()), keep_order=False) as session:
        watching = _Watching(row.pk, session)
        with watching.beating():
            return simulate(what, session, watching.progress)


class _Watching:
    """Carries how far the engine is to the row people look at, and their cancelling back."""

    def __init__(self, pk: int, session: Session) -> None:
        self._pk, self._session = pk, session
        self._step, self._percent = "", 1

    def progress(self, step: str, share: float | None) -> None:
        first, last = PLACES.get(step, (0, 0))
        self._step = step
        self._percent = max(self._percent, first + int((share or 0) * (last - first)))

    @contextmanager
    def beating(self) -> Iterator[None]:
        # Work done inside the request has nobody who could look at it meanwhile.
        with nullcontext() if settings.TASKS_AT_ONCE else beating(self._beat, BEAT):
            yield

    def _beat(self) -> None:
        rows = Simulation.objects.filter(pk=self._pk, state=SimulationState.RUNNING)
        if not rows.update(step=self._step, progress=self._percent, heartbeat_at=timezone.now()):
            self._session.cancel()


def _let_go(pk: int, today: date) -> None:
    """Remove the roster at once, or note until when the site keeps it."""
    row = Simulation.objects.only("pk", "roster_key").get(pk=pk)
    if not row.roster_key:
        return
    if settings.ROSTER_DAYS > 0:
        Simulation.objects.filter(pk=pk).update(roster_until=today + timedelta(days=settings.ROSTER_DAYS))
        return
    remove(row.roster_key)
    Simulation.objects.filter(pk=pk).update(roster_key="", roster_until=None)


def remove_old_rosters(*, today: date, at: datetime) -> int:
    """Remove rosters whose days have passed, and a day later whatever belongs to no simulation; how many."""
    rows = Simulation.objects.filter(roster_until__lt=today).exclude(roster_key="")
    removed = 0
    for pk, key in rows.values_list("pk", "roster_key"):
        remove(key)
        removed += Simulation.objects.filter(pk=pk).update(roster_key="", roster_until=None)
    known = set(Simulation.objects.exclude(roster_key="").values_list("roster_key", flat=True))
    return removed + remove_left_over(known, (at - timedelta(days=1)).timestamp())


def end_stalled_simulations(*, at: datetime) -> int:
    """End every simulation whose worker died, and let its roster go; how many."""
    since = at - timedelta(seconds=settings.STALL_SECONDS)
    rows = Simulation.objects.filter(state=SimulationState.RUNNING, heartbeat_at__lt=since)
    ended = 0
    for pk in rows.values_list("pk", flat=True):
        if move_simulation(pk, SimulationState.RUNNING, SimulationState.REFUSED, message=KILLED):
            _let_go(pk, at.date())
            ended += 1
    return ended
