"""Report lines on their way: handed in, verified, accepted, sent back. Sets of lines move at once.

The period is held while lines move, so that a move and the closing of its period never cross.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from minsheng.progress.entry_line import EntryProblem
from minsheng_web.records.access import report_lines_for
from minsheng_web.records.actions.report_moves import (
    ACT_WORDS,
    HANDING_IN,
    MOVES,
    REFUSALS,
    Act,
    Move,
    Need,
    Who,
)
from minsheng_web.records.actions.report_submitting import carry_to_next, is_watched, make_ready
from minsheng_web.records.audit import record_all
from minsheng_web.records.duties import accepting_office, may_fill, may_verify
from minsheng_web.records.models import ReportLine, ReportPeriod, User
from minsheng_web.records.models.reports import LineState
from minsheng_web.records.queries.report_context import WITH
from minsheng_web.records.reported import said_of

MOST_REASON = 500


@dataclass(frozen=True, slots=True)
class Seen:
    """A line and the revision that was looked at; None where whatever stands is meant."""

    pk: int
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class Stopped:
    """A line that did not move, why, and what the checks found in it."""

    pk: int
    message: str
    findings: tuple[EntryProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """Lines that moved, and those that did not. ``message``: why none could (a closed period, no reason)."""

    moved: tuple[int, ...] = ()
    stopped: tuple[Stopped, ...] = ()
    message: str = ""


@dataclass(frozen=True, slots=True)
class _Doing:
    """One act of one person on one period."""

    actor: User
    act: Act
    at: datetime
    reason: str = ""
    same: frozenset[int] = field(default_factory=frozenset)


def submit(
    *, actor: User, period: ReportPeriod, lines: Iterable[Seen], at: datetime, same: Iterable[int] = ()
) -> Outcome:
    """Hand lines in; ``same`` are those said to be as last period. What has errors stays, with its findings.

    Raises PermissionDenied, and changes nothing, where a line is not the person's unit's.
    """
    return _move(period, lines, _Doing(actor, "submit", at, same=frozenset(same)))


def submit_for(*, actor: User, period: ReportPeriod, lines: Iterable[Seen], at: datetime) -> Outcome:
    """Hand in for units whose returned workbooks were taken in: by those who verify or accept their lines."""
    return _move(period, lines, _Doing(actor, "submit_for", at))


def take_back(*, actor: User, period: ReportPeriod, lines: Iterable[Seen], at: datetime) -> Outcome:
    """The unit takes lines back that nobody has verified yet."""
    return _move(period, lines, _Doing(actor, "take_back", at))


def verify(*, actor: User, period: ReportPeriod, lines: Iterable[Seen], at: datetime) -> Outcome:
    """The lead unit, or the counterpart above, says the lines are right as it saw them."""
    return _move(period, lines, _Doing(actor, "verify", at))


def accept(*, actor: User, period: ReportPeriod, lines: Iterable[Seen], at: datetime) -> Outcome:
    """An office takes the lines; an office above may take what one below took, which locks it there."""
    return _move(period, lines, _Doing(actor, "accept", at))


def send_back(
    *, actor: User, period: ReportPeriod, lines: Iterable[Seen], reason: str, at: datetime
) -> Outcome:
    """Back to the unit with a reason. What was typed stays."""
    return _move(period, lines, _Doing(actor, "send_back", at, reason=reason.strip()[:MOST_REASON]))


def reopen(*, actor: User, period: ReportPeriod, lines: Iterable[Seen], reason: str, at: datetime) -> Outcome:
    """Back to the unit what was accepted: by the office that accepted it or one above."""
    return _move(period, lines, _Doing(actor, "reopen", at, reason=reason.strip()[:MOST_REASON]))


def _move(period: ReportPeriod, lines: Iterable[Seen], doing: _Doing) -> Outcome:
    seen = {line.pk: line.revision for line in lines}
    with transaction.atomic():
        held = ReportPeriod.objects.select_for_update().get(pk=period.pk)
        rows = _rows(doing.actor, held, seen)
        _require_duty(doing, rows)
        if held.shut_word:
            return Outcome(
                message=f"{held.name}{held.shut_word}，不能再{ACT_WORDS[doing.act]}。如需更正请联系民生办。"
            )
        if doing.act in ("send_back", "reopen") and not doing.reason:
            return Outcome(message=f"没有{ACT_WORDS[doing.act]}：请写明理由，填报单位才知道要改什么。")
        return _move_rows(held, rows, seen, doing)


def _rows(actor: User, period: ReportPeriod, seen: Mapping[int, int | None]) -> tuple[ReportLine, ...]:
    """The lines, held. Raises PermissionDenied where one is out of reach."""
    reached = report_lines_for(actor).filter(period=period, pk__in=list(seen)).order_by().values("pk")
    # Held by their keys alone: PostgreSQL cannot hold rows of a query that joins what may be missing.
    held = ReportLine.objects.select_for_update(of=("self",)).filter(pk__in=reached)
    rows = tuple(held.select_related(*WITH).order_by("pk"))
    if len(rows) != len(seen):
        raise PermissionDenied
    return rows


def _has_duty(actor: User, who: Who, line: ReportLine) -> bool:
    if who == "unit":
        return may_fill(actor, line)
    if who == "taker":
        return may_verify(actor, line) or accepting_office(actor, line) is not None
    return may_verify(actor, line) if who == "verifier" else accepting_office(actor, line) is not None


def _require_duty(doing: _Doing, rows: Sequence[ReportLine]) -> None:
    people = {move.who for move in MOVES if move.act == doing.act}
    if not all(any(_has_duty(doing.actor, who, line) for who in people) for line in rows):
        raise PermissionDenied


def _move_rows(
    period: ReportPeriod, rows: Sequence[ReportLine], seen: Mapping[int, int | None], doing: _Doing
) -> Outcome:
    watched = is_watched(rows)
    stopped: list[Stopped] = []
    ready: list[tuple[ReportLine, Move]] = []
    for line in rows:
        move = _find(doing, line, watched[line.pk])
        if seen[line.pk] not in (None, line.revision):
            stopped.append(Stopped(line.pk, "您看过之后内容有变化，请核对后再办理"))
        elif isinstance(move, str):
            stopped.append(Stopped(line.pk, move))
        else:
            ready.append((line, move))
    before = {line.pk: {"state": line.state} | said_of(line) for line, _ in ready}
    if doing.act in HANDING_IN:
        ready, unsound = _sound(ready, doing)
        stopped += unsound
    moved = [line for line, move in ready if _write(line, move, doing)]
    events = ((line, before[line.pk], _told(line, doing)) for line in moved)
    record_all(actor=doing.actor, action=f"report.{doing.act}", rows=events, at=doing.at)
    if doing.act in HANDING_IN:
        carry_to_next(period, moved)
    return Outcome(tuple(line.pk for line in moved), tuple(stopped))


def _sound(
    ready: list[tuple[ReportLine, Move]], doing: _Doing
) -> tuple[list[tuple[ReportLine, Move]], list[Stopped]]:
    found = make_ready([line for line, _ in ready], doing.same, doing.actor, doing.at)
    stopped = [Stopped(pk, REFUSALS["sound"], problems) for pk, problems in found.items() if problems]
    return [(line, move) for line, move in ready if not found[line.pk]], stopped


def _find(doing: _Doing, line: ReportLine, watched: bool) -> Move | str:
    """The move that is open to the person, or why none is."""
    asked = [move for move in MOVES if move.act == doing.act]
    here = [move for move in asked if move.old == line.state]
    mine = [move for move in here if _has_duty(doing.actor, move.who, line)]
    if not mine:
        return f"现在是“{line.get_state_display()}”，不能{ACT_WORDS[doing.act]}"
    unmet = ""
    for move in mine:
        missing = next((need for need in move.needs if not _MET[need](line, doing, watched)), None)
        if missing is None:
            return move
        unmet = REFUSALS[missing]
    return unmet


def _office_over_acceptance(line: ReportLine, doing: _Doing, *, strictly: bool) -> bool:
    office, held = accepting_office(doing.actor, line), line.accepted_region
    if office is None:
        return False
    if held is None:
        return not strictly
    return office.contains(held) and not (strictly and office.pk == held.pk)


_MET: dict[Need, Callable[[ReportLine, _Doing, bool], bool]] = {
    "sound": lambda _line, _doing, _watched: True,  # judged for all lines together, before they are written
    "taken_in": lambda line, _doing, _watched: line.taken_in_by_id is not None,
    "somebody_verifies": lambda _line, _doing, watched: watched,
    "nobody_verifies": lambda _line, _doing, watched: not watched,
    "not_verified": lambda line, _doing, _watched: line.verified_at is None,
    "reason": lambda _line, doing, _watched: bool(doing.reason),
    "is_main": lambda line, _doing, _watched: not line.cooperating,
    "is_cooperating": lambda line, _doing, _watched: line.cooperating,
    "own_or_below": lambda line, doing, _watched: _office_over_acceptance(line, doing, strictly=False),
    "below": lambda line, doing, _watched: _office_over_acceptance(line, doing, strictly=True),
}

_NOBODY: dict[str, Any] = {
    "verified_by": None, "verified_at": None,
    "accepted_by": None, "accepted_at": None, "accepted_region": None,
}  # fmt: skip


def _values(line: ReportLine, doing: _Doing) -> dict[str, Any]:
    """What the act notes on the line beside its state."""
    who, at = doing.actor, doing.at
    if doing.act == "submit":
        return _NOBODY | {"submitted_by": who, "submitted_at": at, "taken_in_by": None}
    if doing.act == "submit_for":
        return _NOBODY | {"submitted_by": who, "submitted_at": at}
    if doing.act == "take_back":
        return _NOBODY | {"submitted_by": None, "submitted_at": None}
    if doing.act == "verify":
        return {"verified_by": who, "verified_at": at}
    if doing.act == "accept":
        office = accepting_office(who, line)
        return {"accepted_by": who, "accepted_at": at, "accepted_region": office, "return_reason": ""}
    return _NOBODY | {"return_reason": doing.reason, "returned_by": who, "returned_at": at}


def _write(line: ReportLine, move: Move, doing: _Doing) -> bool:
    """Compare and set; False where the line is no longer as it was read."""
    values = _values(line, doing) | {"state": move.new, "revision": line.revision + 1}
    rows = ReportLine.objects.filter(pk=line.pk, state=move.old, revision=line.revision)
    if rows.update(**values) != 1:
        return False
    for name, value in values.items():
        setattr(line, name, value)
    return True


def _told(line: ReportLine, doing: _Doing) -> dict[str, Any]:
    reason = {"reason": doing.reason} if doing.reason else {}
    office = {"office": line.accepted_region.path} if line.accepted_region else {}
    taken = {"taken_in_by": line.taken_in_by_id} if doing.act == "submit_for" else {}
    return {"state": LineState(line.state).value} | said_of(line) | reason | office | taken
