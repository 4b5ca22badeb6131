"""Typing into report lines: one cell, a pasted block, or "as last period".

Every cell names the text it was typed over. Where somebody else changed it meanwhile nothing is written, and
both values come back; where the line is locked or the text unusable, so does the reason. Nothing is guessed.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from minsheng.progress.entry import EntryProblem, check_line
from minsheng.progress.figures import Unusable, fill_cumulative
from minsheng.progress.model import PERIODS_ADD_UP
from minsheng_web.records.audit import record
from minsheng_web.records.duties import may_fill
from minsheng_web.records.models import AuditEvent, ReportLine, ReportPeriod, User
from minsheng_web.records.queries.report_context import Past, contexts, pasts
from minsheng_web.records.queries.report_lines import with_all
from minsheng_web.records.report_locks import lock_of
from minsheng_web.records.report_values import (
    OF_KIND,
    fields_of,
    figures_of,
    is_untouched,
    kind_of,
    parse_field,
    set_value,
    shown,
    value_of,
)
from minsheng_web.records.reported import period_value


@dataclass(frozen=True, slots=True)
class Cell:
    """What was typed into one field of a line, over the text ``shown``."""

    line: int
    field: str
    shown: str
    text: str


@dataclass(frozen=True, slots=True)
class Saved:
    """The line as it stands; ``changed`` are the fields written, ``problems`` what the checks say of it."""

    line: ReportLine
    changed: tuple[str, ...]
    problems: tuple[EntryProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody was faster: ``now`` stands, ``typed`` was not written."""

    line: ReportLine
    field: str
    now: str
    typed: str
    by: User | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Locked:
    """The line takes nothing just now; ``message`` says why and whom to ask."""

    line: ReportLine
    message: str


Outcome = Saved | Conflict | Unusable | Locked


def save_cell(*, actor: User, line: ReportLine, field: str, shown: str, text: str, at: datetime) -> Outcome:
    """One field of one line as typed. Raises PermissionDenied for a line the actor does not report."""
    return save_cells(actor=actor, cells=[Cell(line.pk, field, shown, text)], at=at)[0]


def save_cells(*, actor: User, cells: Sequence[Cell], at: datetime) -> list[Outcome]:
    """Many cells in one go, each judged by itself: what cannot be written does not hold up the others."""
    with transaction.atomic():
        lines = hold_lines(actor, {cell.line for cell in cells})
        past = pasts(list(lines.values()))
        typed: dict[int, set[str]] = {}
        for cell in cells:
            typed.setdefault(cell.line, set()).add(cell.field)
        writes = {key: Writing(line, past[key], typed[key]) for key, line in lines.items()}
        outcomes = [_type(writes[cell.line], cell) for cell in cells]
        for writing in writes.values():
            writing.save(actor, at)
        problems = findings([w.line for w in writes.values()], actor)
    return [
        Saved(outcome.line, tuple(dict.fromkeys(writes[outcome.line.pk].changed)), problems[outcome.line.pk])
        if isinstance(outcome, Saved)
        else outcome
        for outcome in outcomes
    ]


def as_last_period(*, actor: User, lines: Iterable[ReportLine], at: datetime) -> list[Saved]:
    """Report "no change" for lines nothing was typed into: nought this period, the rest as it was.

    Lines that are locked, that tell something already, or of which no last period is known, stay as they are.
    """
    with transaction.atomic():
        held = hold_lines(actor, {line.pk for line in lines})
        past = pasts(list(held.values()))
        writes = [Writing(line, past[key]) for key, line in held.items()]
        for writing in writes:
            if writing.past.figures is not None and not lock_of(writing.line):
                writing.repeat()
            writing.save(actor, at)
        changed = [writing for writing in writes if writing.changed]
        problems = findings([writing.line for writing in changed], actor)
    return [Saved(w.line, tuple(dict.fromkeys(w.changed)), problems[w.line.pk]) for w in changed]


def findings(lines: Sequence[ReportLine], person: User) -> dict[int, tuple[EntryProblem, ...]]:
    """What the checks say of each line, by its key."""
    return {key: check_line(context) for key, context in contexts(lines, person).items()}


def hold_lines(
    actor: User, keys: Iterable[int], may: Callable[[User, ReportLine], bool] = may_fill
) -> dict[int, ReportLine]:
    """The lines, held with their periods so that nobody writes or closes meanwhile.

    Raises PermissionDenied unless the actor reports (or what ``may`` asks) every one of them.
    """
    wanted = set(keys)
    periods = ReportPeriod.objects.filter(lines__in=wanted).order_by().values("pk")
    list(ReportPeriod.objects.select_for_update().filter(pk__in=periods).order_by("pk"))
    rows = ReportLine.objects.select_for_update(of=("self",)).filter(pk__in=wanted)
    held = {line.pk: line for line in with_all(rows).order_by("pk")}
    if set(held) != wanted or not all(may(actor, line) for line in held.values()):
        raise PermissionDenied
    return held


class Writing:
    """One line while it is written: what stood, what changes, what carries on from the last period."""

    def __init__(self, line: ReportLine, past: Past, typed: Collection[str] = ()) -> None:
        self.line = line
        self.past = past
        self.typed = typed
        self.kind = kind_of(line)
        self.changed: list[str] = []
        self.touched = False
        self._old = figures_of(line)

    def now(self, field: str) -> Any:
        return value_of(figures_of(self.line), field)

    def put(self, field: str, value: Any) -> None:
        """Write one field, and what follows from it."""
        self._carry_on()
        before = self.now(field)
        self.touched = True
        if value != before:
            self._set(field, value)
            self._fill(field, before)

    def put_exactly(self, field: str, value: Any) -> None:
        """Write one field and nothing else: whoever gives every field says what they make together."""
        self._set(field, value)

    def repeat(self) -> None:
        """No change since the last period; only where nothing of this one is told yet."""
        told = [field for field in OF_KIND[self.kind] if self.now(field) is not None]
        still = self.line.amount is None and self.line.cumulative == self.past.carried.cumulative
        if told and not is_untouched(self.line) and not (self.kind in PERIODS_ADD_UP and still):
            return
        self._carry_on()
        self.touched = True
        if self.kind in PERIODS_ADD_UP and self.past.carried.cumulative is not None:
            self.put("amount", Decimal(0))

    def save(self, actor: User, at: datetime, action: str = "report.type") -> None:
        """Keep what changed, with who and when, and its audit row."""
        old = {field: shown(value_of(self._old, field), field) for field in self.changed}
        new: dict[str, Any] = {field: shown(self.now(field), field) for field in self.changed}
        if old == new and not self.touched:
            self.changed = []
            return
        self.line.revision += 1
        self.line.edited_by, self.line.edited_at = actor, at
        self.line.taken_in_by = None if may_fill(actor, self.line) else actor
        self.line.save()
        new["revision"] = self.line.revision
        record(actor=actor, action=action, row=self.line, old=old, new=new)

    def _set(self, field: str, value: Any) -> None:
        if value != self.now(field):
            set_value(self.line, field, value)
            self.changed.append(field)

    def _carry_on(self) -> None:
        """The first touch makes the last period's levels, dates and money this period's own."""
        if not is_untouched(self.line) or self.changed:
            return
        for field in fields_of(self.kind):
            value = value_of(self.past.carried, field)
            if value not in (None, "") and self.now(field) is None:
                self._set(field, value)

    def _fill(self, field: str, before: Any) -> None:
        """The period's figure and the cumulative one make each other; with a correction both are typed.

        Nor is one made where a block gives both: what was typed stands, and the checks say if it disagrees.
        """
        other = {"amount": "cumulative", "cumulative": "amount"}.get(field)
        if (
            other is None
            or self.kind not in PERIODS_ADD_UP
            or self.line.correction.strip()
            or other in self.typed
        ):
            return
        first = period_value(self.line.period).is_first
        last = self.past.figures
        if field == "amount":
            filled = fill_cumulative(last, self.line.amount, first=first)
            was_filled = self.line.cumulative == fill_cumulative(last, before, first=first)
            if filled is not None:
                self._set("cumulative", filled)
            elif self.line.amount is None and was_filled:
                self._set("cumulative", None if last is None else last.cumulative)
            return
        start = 0 if first else None if last is None else last.cumulative
        if self.line.cumulative is None:
            self._set("amount", None)
        elif start is not None and self.line.cumulative >= start:
            self._set("amount", self.line.cumulative - start)


def _type(writing: Writing, cell: Cell) -> Outcome:
    line = writing.line
    if cell.field not in fields_of(writing.kind):
        raise ValueError(f"no field of a line of {writing.kind!r}: {cell.field!r}")
    message = lock_of(line)
    if message:
        return Locked(line, message)
    indicator, now = line.allocation.indicator, writing.now(cell.field)
    value = parse_field(cell.field, cell.text, unit=indicator.unit, year=line.period.end.year)
    if isinstance(value, Unusable):
        return value
    text = shown(now, cell.field)
    if value == now and not is_untouched(line):
        return Saved(line, ())
    if value != now and cell.shown != text and not _was_carried(writing, cell, now):
        by, at = last_hand(line, cell.field)
        return Conflict(line, cell.field, text, cell.text, by, at)
    writing.put(cell.field, value)
    return Saved(line, ())


def _was_carried(writing: Writing, cell: Cell, now: Any) -> bool:
    """Whether the page showed the last period's value in grey, and nobody has typed another since."""
    carried = value_of(writing.past.carried, cell.field)
    return not cell.shown and (is_untouched(writing.line) or now == carried)


def last_hand(line: ReportLine, field: str) -> tuple[User | None, datetime | None]:
    """Who wrote the field last, and when."""
    events = AuditEvent.objects.filter(object_type="ReportLine", object_id=str(line.pk)).select_related(
        "actor"
    )
    for event in events.order_by("-pk")[:_LATEST]:
        if isinstance(event.new, dict) and field in event.new:
            return event.actor, event.at
    return line.edited_by, line.edited_at


_LATEST = 50
"""Events looked through for a name; a line is not written more often within one sitting."""
