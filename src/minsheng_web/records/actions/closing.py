"""Closing a period, and correcting one that is closed: each makes a snapshot, and all of them stay."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count

from minsheng.progress.entry import check_line
from minsheng.progress.entry_line import EntryProblem
from minsheng.progress.freeze import digest_of_texts
from minsheng.progress.handing_in import stopping
from minsheng.progress.model import Figures
from minsheng_web.records.actions.closing_run import (
    finish_cancelling,
    give_up,
    run_closing,
    seal,
    write_snapshot,
)
from minsheng_web.records.actions.closing_states import move
from minsheng_web.records.actions.freezing import freeze_again, seal_snapshot, text_of, texts_but
from minsheng_web.records.actions.pace_correcting import standings_again
from minsheng_web.records.actions.report_submitting import carry_to_next
from minsheng_web.records.audit import record
from minsheng_web.records.duties import may_write
from minsheng_web.records.models import Allocation, Closing, ReportLine, ReportPeriod, Snapshot, User
from minsheng_web.records.models.pace import ClosingState
from minsheng_web.records.models.reports import LineState
from minsheng_web.records.queries.report_context import WITH, contexts
from minsheng_web.records.report_values import figures_of
from minsheng_web.records.reported import columns_of, frozen_value, said_of, to_be_frozen
from minsheng_web.records.tasks import close_period_task

AT_ONCE = 2_000
"""So many lines are frozen while the person waits; more go to the worker."""

MOST_ATTEMPTS = 3
"""Times a closing is begun before it is given up: it must not kill workers for ever."""


@dataclass(frozen=True, slots=True)
class NotClosed:
    """Why the period was not closed, as a sentence."""

    message: str


@dataclass(frozen=True, slots=True)
class NotCorrected:
    """Why nothing was corrected, and what the checks found in the new figures."""

    message: str
    findings: tuple[EntryProblem, ...] = ()


def standing_of(period: ReportPeriod) -> str:
    """How many main lines are in which state, as a form carries it: ``accepted:2,draft:1``."""
    rows = ReportLine.objects.filter(period=period, cooperating=False).order_by("state")
    counted = rows.values_list("state").annotate(number=Count("pk"))
    return ",".join(f"{state}:{number}" for state, number in counted)


def close_period(
    *,
    actor: User | None,
    period: ReportPeriod,
    at: datetime,
    seen: str | None = None,
    at_once: int = AT_ONCE,
    queue: bool = True,
) -> Snapshot | Closing | NotClosed:
    """Close the period and freeze snapshot 1. What was not handed in stays missing, never nought.

    A period of more than ``at_once`` lines is closed by the worker: its Closing tells how far that is, and
    meanwhile nothing of the period may change. ``seen`` is ``standing_of`` as the person was shown it: where
    that has changed nothing is closed. ``queue`` False leaves running it to who asks. ``actor`` None is the
    calendar. Raises PermissionDenied for who is not of the programme's office.
    """
    programme = period.programme
    if actor is not None and not may_write(actor, programme.region, programme.pk):
        raise PermissionDenied
    with transaction.atomic():
        # Held by itself: who hands in at this moment comes before the snapshot or is refused.
        held = ReportPeriod.objects.select_for_update().get(pk=period.pk)
        if held.shut_word:
            return NotClosed(f"{held.name}{held.shut_word}，没有重复关闭。")
        standing = standing_of(held)
        if seen is not None and seen != standing:
            return NotClosed("您核对期间填报情况有变化，没有关闭。请重新核对下面的清单后再关闭。")
        if _lines_in(standing) > at_once:
            closing = _begin(held, standing, actor, at)
            if queue:
                close_period_task.enqueue(closing.pk, closing.attempt)
            return closing
        written = write_snapshot(period=held, actor=actor, at=at)
        return seal(period=held, standing=standing, written=written, actor=actor)


def _lines_in(standing: str) -> int:
    return sum(int(part.split(":")[1]) for part in standing.split(",") if part)


def _begin(period: ReportPeriod, standing: str, actor: User | None, at: datetime) -> Closing:
    """Shut the period and leave the rest to the worker."""
    ReportPeriod.objects.filter(pk=period.pk).update(closing_since=at)
    total = Allocation.objects.filter(indicator__programme=period.programme_id, active=True).count()
    closing = Closing.objects.create(period=period, at=at, asked_by=actor, standing=standing, total=total)
    record(actor=actor, action="period.begin_closing", row=period, new={"standing": standing})
    return closing


def close_here(*, actor: User | None, period: ReportPeriod, at: datetime) -> Snapshot | NotClosed:
    """Close a period of any size without the worker: for commands, where somebody waits for the end."""
    outcome = close_period(actor=actor, period=period, at=at, queue=False)
    if not isinstance(outcome, Closing):
        return outcome
    run_closing(closing_id=outcome.pk, attempt=outcome.attempt)
    outcome.refresh_from_db()
    if outcome.snapshot is None:
        return NotClosed(f"{period.name}没有关闭：{outcome.get_state_display()}。")
    return outcome.snapshot


def cancel_closing(*, actor: User, closing: Closing) -> bool:
    """Stop a closing under way: the period is open again as it was. False where it had ended before.

    Raises PermissionDenied for who is not of the programme's office.
    """
    programme = closing.period.programme
    if not may_write(actor, programme.region, programme.pk):
        raise PermissionDenied
    with transaction.atomic():
        stopped = _cancel(closing)
        if stopped:
            record(actor=actor, action="period.cancel_closing", row=closing.period, old={"state": stopped})
    return bool(stopped)


def _cancel(closing: Closing) -> str:
    """The state it was stopped in, empty where it was not. The worker takes away what was written."""
    key = (closing.pk, closing.attempt)
    if move(*key, ClosingState.WAITING, ClosingState.CANCELLED):
        ReportPeriod.objects.filter(pk=closing.period_id).update(closing_since=None)
        return ClosingState.WAITING.value
    if move(*key, ClosingState.WRITING, ClosingState.CANCELLING):
        return ClosingState.WRITING.value
    return ""


def requeue_stalled_closings(*, at: datetime) -> int:
    """Queue again every closing whose worker died; how many. After MOST_ATTEMPTS it is given up instead."""
    since = at - timedelta(seconds=settings.STALL_SECONDS)
    rows = Closing.objects.filter(
        state__in=(ClosingState.WRITING, ClosingState.CANCELLING), heartbeat_at__lt=since
    )
    queued = 0
    for pk, attempt, state in rows.values_list("pk", "attempt", "state"):
        if state == ClosingState.CANCELLING:
            finish_cancelling(closing_id=pk, attempt=attempt)
        elif attempt + 1 >= MOST_ATTEMPTS:
            give_up(closing_id=pk, attempt=attempt, old=ClosingState.WRITING)
        else:
            with transaction.atomic():
                if move(pk, attempt, ClosingState.WRITING, ClosingState.WAITING):
                    close_period_task.enqueue(pk, attempt + 1)
                    queued += 1
    return queued


def close_due(*, today: date, at: datetime) -> int:
    """Close every open period whose closing day has passed; how many were, or are being, closed."""
    rows = ReportPeriod.objects.filter(
        closed_at=None, closing_since=None, closes_on__lt=today
    ).select_related("programme__region")
    # What somebody stopped, or what went wrong, waits for a person: it would only begin again every minute.
    rows = rows.exclude(closings__state__in=(ClosingState.CANCELLED, ClosingState.FAILED))
    outcomes = [close_period(actor=None, period=period, at=at) for period in rows]
    return sum(not isinstance(outcome, NotClosed) for outcome in outcomes)


def correct_late(
    *,
    actor: User,
    period: ReportPeriod,
    line: ReportLine,
    figures: Figures,
    reason: str,
    at: datetime,
    seen: int | None = None,
) -> Snapshot | NotCorrected:
    """Put right a line of a closed period: the next snapshot has the new figures, the ones before stay.

    ``seen`` is the number of the snapshot that was looked at. Raises PermissionDenied for who is not of the
    programme's office, ValueError for a line of another period.
    """
    programme = period.programme
    if not may_write(actor, programme.region, programme.pk):
        raise PermissionDenied
    if line.period_id != period.pk or line.cooperating:
        raise ValueError("a main line of the period is corrected")
    reason = reason.strip()
    if not reason:
        return NotCorrected("没有更正：请写明更正理由和依据，更正前后的数都会保留。")
    read = _latest(period)
    if read is None:
        return NotCorrected("这一期还没有关闭，请直接在填报表中修改。")
    # Read before anything is held: a province's lines take seconds, and a sealed snapshot never changes.
    texts = texts_but(read, line.allocation_id)
    with transaction.atomic():
        ReportPeriod.objects.select_for_update().get(pk=period.pk)
        latest = _latest(period)
        if latest is None or latest != read or seen not in (None, latest.number):
            number = latest.number if latest is not None else 0
            return NotCorrected(f"您核对期间已有第{number}次快照，没有更正。请核对后再更正。")
        said = replace(figures, correction=reason)
        return _correct(actor=actor, latest=latest, line_id=line.pk, figures=said, texts=texts, at=at)


def _latest(period: ReportPeriod) -> Snapshot | None:
    rows = Snapshot.objects.filter(period=period).select_related("period")
    found: Snapshot | None = rows.order_by("-number").first()
    return found


def _correct(
    *, actor: User, latest: Snapshot, line_id: int, figures: Figures, texts: list[str], at: datetime
) -> Snapshot | NotCorrected:
    line = ReportLine.objects.select_related(*WITH).get(pk=line_id)
    frozen = latest.lines.filter(allocation=line.allocation_id).first()
    if frozen is None:
        return NotCorrected("这一项不在这一期的快照里，不能更正。")
    old, state_before = said_of(line), line.state
    for name, value in columns_of(figures).items():
        setattr(line, name, value)
    line.state, line.revision = LineState.ACCEPTED, line.revision + 1
    problems = stopping(_problems(line, actor), figures_of(line))
    if problems:
        return NotCorrected("没有更正：新填的数有错误，请核对。", problems)
    changed = replace(
        to_be_frozen(line),
        # A unit renamed since keeps the name it had when the period was closed.
        region_name=frozen.region_name,
        unit_name=frozen.unit_name,
        indicator_name=frozen.indicator_name,
        owed=frozen.owed,
    )
    if replace(changed, state=frozen.state) == frozen_value(frozen):
        return NotCorrected("没有更正：新填的数与快照里的完全相同。")
    line.save(update_fields=[*columns_of(figures), "state", "revision"])
    snapshot = freeze_again(of=latest, changed=changed, actor=actor, at=at, reason=line.correction)
    digits = digest_of_texts([*texts, text_of(snapshot, changed.allocation)])
    seal_snapshot(snapshot, digits, latest.line_count)
    standings_again(of=latest, snapshot=snapshot, changed=changed)
    record(
        actor=actor,
        action="report.correct_late",
        row=line,
        old={"state": state_before, "snapshot": latest.number} | old,
        new={"snapshot": snapshot.number, "reason": line.correction, "digest": snapshot.digest}
        | said_of(line),
    )
    carry_to_next(latest.period, [line])
    return snapshot


def _problems(line: ReportLine, actor: User) -> tuple[EntryProblem, ...]:
    return check_line(contexts([line], actor)[line.pk])
