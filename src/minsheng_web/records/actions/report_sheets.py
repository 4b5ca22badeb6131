"""Taking returned workbooks in: each cell against what stands and what the sheet was made from.

A cell nobody touched since the sheet was made is written; one that says the same, or that the sheet left as
it was, is left alone; one that was changed on both sides is told, and what stands stays.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from minsheng.papers.report_cells import CellProblem
from minsheng.papers.report_form import HEADS
from minsheng.papers.report_merge import Merged, MergedRow, merge
from minsheng.progress.model import PERIODS_ADD_UP, Figures
from minsheng_web.records.actions.report_lines import Writing, hold_lines
from minsheng_web.records.actions.sheet_states import move
from minsheng_web.records.duties import may_take_in
from minsheng_web.records.file_store import fetch
from minsheng_web.records.models import AuditEvent, ReportLine, SheetBatch, User
from minsheng_web.records.models.sheets import BatchState
from minsheng_web.records.queries.report_context import Past, pasts
from minsheng_web.records.queries.report_sheets import carried_in_sheet, expected_of, lines_to_take
from minsheng_web.records.report_locks import lock_of
from minsheng_web.records.report_values import (
    FIELD_WORDS,
    OF_KIND,
    fields_of,
    is_untouched,
    kind_of,
    shown,
    storable,
    value_of,
)

log = logging.getLogger(__name__)

TOO_LONG = "数字或文字太长，系统存不下，没有写入：请核对。"
CHANGED_SINCE = "下载这份表之后，系统里已改成另外的内容，两处不同，没有覆盖：请核对后在系统里改。"
OTHER_UNIT = "这份填报表不是您能办理的单位的，或者这个单位本期没有任务：请核对是否交错了文件。"


@dataclass(slots=True)
class _Taken:
    """What came of one file."""

    name: str
    unit: str = ""
    unit_id: int | None = None
    message: str = ""
    written: int = 0
    lines: int = 0
    conflicts: list[dict[str, Any]] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "taken": not self.message,
            "message": self.message,
            "unit": self.unit,
            "unit_id": self.unit_id,
            "written": self.written,
            "lines": self.lines,
            "conflicts": self.conflicts,
            "problems": self.problems,
        }


def run_batch(*, batch_id: int, attempt: int) -> str:
    """Take the batch in; the state it ended in, or ``skipped``. Running it twice does it once."""
    now = timezone.now()
    begun = move(batch_id, attempt, BatchState.RECEIVED, BatchState.WORKING, heartbeat_at=now)
    if not begun:
        return "skipped"
    try:
        return _run(SheetBatch.objects.select_related("period", "uploaded_by").get(pk=batch_id), attempt)
    except Exception:
        log.exception("taking in batch %s failed", batch_id)
        move(batch_id, attempt, BatchState.WORKING, BatchState.FAILED, heartbeat_at=None)
        return BatchState.FAILED.value


def _run(batch: SheetBatch, attempt: int) -> str:
    lines = lines_to_take(batch.uploaded_by, batch.period)

    def told(done: int, _file: str) -> None:
        _alive(batch.pk, attempt, done)

    merged = merge(
        ((one["name"], fetch(one["sha256"])) for one in batch.files),
        expected_of(batch.period, lines),
        progress=told,
        cancelled=lambda: not _alive(batch.pk, attempt, None),
    )
    if merged.is_cancelled:
        return "skipped"
    return _finish(batch, attempt, merged, lines)


def _finish(batch: SheetBatch, attempt: int, merged: Merged, lines: Sequence[ReportLine]) -> str:
    """Write everything or, where somebody cancelled meanwhile, nothing."""
    with transaction.atomic():
        results = take_in(actor=batch.uploaded_by, merged=merged, lines=lines, batch=batch, at=timezone.now())
        ended = move(
            batch.pk,
            attempt,
            BatchState.WORKING,
            BatchState.DONE,
            results=results,
            heartbeat_at=None,
            progress=len(batch.files),
        )
        if not ended:
            transaction.set_rollback(True)
    return BatchState.DONE.value if ended else "skipped"


def _alive(batch_id: int, attempt: int, done: int | None) -> bool:
    """Leave a sign of life; False where somebody cancelled or a later attempt has taken over."""
    rows = SheetBatch.objects.filter(pk=batch_id, attempt=attempt, state=BatchState.WORKING)
    more = {} if done is None else {"progress": done}
    return rows.update(heartbeat_at=timezone.now(), **more) == 1


def take_in(
    *, actor: User, merged: Merged, lines: Sequence[ReportLine], batch: SheetBatch, at: datetime
) -> list[dict[str, Any]]:
    """Write what the sheets say, each unit's in one go; what came of each file, in the order handed in."""
    taken = {one["name"]: _Taken(one["name"]) for one in batch.files}
    for refusal in merged.refusals:
        message = OTHER_UNIT if refusal.code == "other_unit" else refusal.message.partition("：")[2]
        taken[refusal.file].message = message
    known = {line.pk: line for line in lines}
    for file, rows in _by_file(merged):
        bad = [problem for problem in merged.problems if problem.file == file]
        taken[file].problems = [_told(problem) for problem in bad]
        _write(taken[file], _Sheet(actor, at, rows, bad), known)
    return [one.as_json() for one in taken.values()]


def _by_file(merged: Merged) -> Iterator[tuple[str, list[MergedRow]]]:
    files: dict[str, list[MergedRow]] = {}
    for row in merged.rows:
        files.setdefault(row.file, []).append(row)
    yield from files.items()


def _told(problem: CellProblem) -> dict[str, Any]:
    return {
        "cell": problem.cell,
        "severity": problem.severity,
        "message": problem.message.removeprefix(problem.file).lstrip(" ：").partition("：")[2]
        if problem.cell
        else problem.message.removeprefix(problem.file).lstrip(" ："),
        "field": HEADS.get(problem.field, ""),
    }


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One file's rows, and what of them could not be read."""

    actor: User
    at: datetime
    rows: list[MergedRow]
    bad: list[CellProblem]

    def unread(self) -> frozenset[tuple[str, str]]:
        """Cells, as (key, field), and whole columns, as ("", field), that could not be read."""
        heads = {head: name for name, head in HEADS.items()}
        cells = {(problem.key, problem.field) for problem in self.bad if problem.field}
        columns = {("", heads[p.expected]) for p in self.bad if p.code == "column_missing"}
        return frozenset((key, "amount" if name == "period" else name) for key, name in cells | columns)


def _write(taken: _Taken, sheet: _Sheet, known: dict[int, ReportLine]) -> None:
    """Write one file's rows in one transaction."""
    asked = {
        key: row for row in sheet.rows if (key := _line_of(row.line.key)) is not None and key[0] in known
    }
    with transaction.atomic():
        try:
            held = hold_lines(sheet.actor, {pk for pk, _ in asked}, may_take_in)
        except PermissionDenied:
            taken.message = OTHER_UNIT
            return
        past = pasts(list(held.values()))
        bases = _bases(held, dict(asked.keys()))
        unread = sheet.unread()
        for (pk, revision), row in asked.items():
            line = held[pk]
            taken.unit, taken.unit_id = line.unit.name, line.unit_id
            taken.lines += 1
            base, first = bases.get(pk, ({}, 0))
            one = _OneLine(Writing(line, past[pk]), past[pk], row, base, first, revision)
            taken.conflicts += one.write(unread)
            if one.writing.changed or one.writing.touched:
                one.writing.save(sheet.actor, sheet.at, "report.sheet")
            taken.written += len(set(one.writing.changed))


def _line_of(key: str) -> tuple[int, int] | None:
    """The line and its revision out of a sheet's key."""
    pk, _, revision = key.partition(".")
    ascii_digits = (pk + revision).isascii() and pk.isdigit() and revision.isdigit()
    return (int(pk), int(revision)) if ascii_digits and len(key) < 30 else None


def _bases(held: dict[int, ReportLine], made: dict[int, int]) -> dict[int, tuple[dict[str, str], int]]:
    """Of each line what stood in fields written since its sheet was made, and its first typed revision."""
    events = AuditEvent.objects.filter(object_type="ReportLine", object_id__in=[str(pk) for pk in held])
    bases: dict[int, tuple[dict[str, str], int]] = {}
    for event in events.filter(action__startswith="report.").order_by("pk"):
        new, old, pk = event.new or {}, event.old or {}, int(event.object_id)
        if not isinstance(new, dict) or "revision" not in new:
            continue
        base, _ = bases.setdefault(pk, ({}, new["revision"]))
        if new["revision"] > made.get(pk, 0):
            for name, text in old.items():
                base.setdefault(name, text)
    return bases


@dataclass(frozen=True, slots=True)
class _OneLine:
    """A row of a sheet against its line."""

    writing: Writing
    past: Past
    row: MergedRow
    base: dict[str, str]
    first: int
    revision: int

    def write(self, unread: frozenset[tuple[str, str]]) -> list[dict[str, Any]]:
        """Put what is new into the line; what cannot be put is told."""
        line, figures = self.writing.line, self.row.line.figures
        lock = lock_of(line)
        told: list[dict[str, Any]] = []
        puts: dict[str, Any] = {}
        for name in fields_of(kind_of(line)):
            if ("", name) in unread or (self.row.line.key, name) in unread or self._is_echo(name, figures):
                continue
            value = value_of(figures, name)
            text, stands, base = shown(value, name), shown(self.writing.now(name), name), self._base(name)
            if text == base and (name in self.base or (text == stands and not is_untouched(line))):
                continue
            message = self._hindrance(name, value, lock, stands != base)
            if text == stands or not message:
                puts[name] = value
            else:
                told.append(self._tell(name, text, stands, message))
        if not lock and self._says_something(puts):
            for name, value in puts.items():
                self.writing.put_exactly(name, value)
            self.writing.touched = is_untouched(line)
        return told

    def _hindrance(self, name: str, value: Any, lock: str, is_changed: bool) -> str:
        """Why a value cannot be written; empty where it can."""
        if not storable(value):
            return TOO_LONG
        return lock or (CHANGED_SINCE if name in self.base and is_changed else "")

    def _says_something(self, puts: dict[str, Any]) -> bool:
        """Whether the row reports at all: something was typed, or a level stands in it as it was.

        A count left as it was downloaded is no report: no change has to be said with a nought.
        """
        if any(shown(value, name) != self._base(name) for name, value in puts.items()):
            return True
        kind = kind_of(self.writing.line)
        return kind not in PERIODS_ADD_UP and any(puts.get(name) is not None for name in OF_KIND[kind])

    def _is_echo(self, name: str, figures: Figures) -> bool:
        """The sheet shows the last sum until something is typed into the period: that is no report."""
        last = self.past.figures
        return (
            name == "cumulative"
            and kind_of(self.writing.line) in PERIODS_ADD_UP
            and figures.period is None
            and last is not None
            and figures.cumulative == last.cumulative
        )

    def _base(self, name: str) -> str:
        """What the sheet held of the field when it was made."""
        stood = self.base.get(name, shown(self.writing.now(name), name))
        if stood or not self.was_untouched:
            return stood
        return shown(value_of(carried_in_sheet(self.writing.line, self.past), name), name)

    @property
    def was_untouched(self) -> bool:
        """Whether nobody had typed into the line when its sheet was made."""
        return is_untouched(self.writing.line) or self.revision < self.first

    def _tell(self, name: str, typed: str, stands: str, message: str) -> dict[str, Any]:
        indicator = self.writing.line.allocation.indicator
        return {
            "line": self.writing.line.pk,
            "row": self.row.line.row,
            "indicator": indicator.name,
            "field": FIELD_WORDS[name],
            "typed": typed,
            "now": stands,
            "message": message,
        }
