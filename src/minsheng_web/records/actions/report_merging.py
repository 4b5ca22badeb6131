"""Merging what helping units reported into the main line: shown first, then taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from minsheng.progress.figures import roll_up
from minsheng_web.records.actions.report_lines import Locked, Saved, Writing, findings, hold_lines
from minsheng_web.records.models import ReportLine, User
from minsheng_web.records.queries.report_context import pasts
from minsheng_web.records.queries.report_lines import contributions
from minsheng_web.records.report_locks import lock_of
from minsheng_web.records.report_values import (
    FIELD_WORDS,
    fields_of,
    figures_of,
    kind_of,
    shown,
    value_of,
)
from minsheng_web.records.reported import HANDED_IN


@dataclass(frozen=True, slots=True)
class MergeField:
    """One field before and after merging."""

    field: str
    word: str
    now: str
    merged: str
    value: Any


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What merging would make of a line. ``seal`` names the state of every line it was made from."""

    line: ReportLine
    parts: tuple[ReportLine, ...]
    waiting: tuple[ReportLine, ...]
    fields: tuple[MergeField, ...]
    seal: str


@dataclass(frozen=True, slots=True)
class Changed:
    """Somebody reported something since the preview was made; look again before taking it."""

    preview: MergePreview


def merge_preview(line: ReportLine) -> MergePreview:
    """The helping units' reports beside the line, and what they make together."""
    helpers = contributions([line])[line.pk]
    parts = tuple(part for part in helpers if part.state in HANDED_IN)
    merged = _merged(line, parts)
    now = figures_of(line)
    fields = tuple(
        MergeField(name, FIELD_WORDS[name], shown(value_of(now, name), name), shown(value, name), value)
        for name, value in merged.items()
        if value != value_of(now, name)
    )
    seal = ",".join(f"{one.pk}.{one.revision}.{one.state}" for one in (line, *parts))
    return MergePreview(line, parts, tuple(one for one in helpers if one not in parts), fields, seal)


def merge_contributions(
    *, actor: User, line: ReportLine, at: datetime, seal: str | None = None
) -> Saved | Locked | Changed:
    """Put the merged figures into the main line; a second time changes nothing.

    Raises PermissionDenied for a line the actor does not report. ``seal``: the preview that was looked at.
    """
    with transaction.atomic():
        held = hold_lines(actor, {line.pk})[line.pk]
        message = lock_of(held)
        if message:
            return Locked(held, message)
        preview = merge_preview(held)
        if seal is not None and seal != preview.seal:
            return Changed(preview)
        writing = Writing(held, pasts([held])[held.pk])
        for one in preview.fields:
            writing.put_exactly(one.field, one.value)
        if writing.changed:
            writing.save(actor, at, "report.merge")
        problems = findings([held], actor)[held.pk]
    return Saved(held, tuple(writing.changed), problems)


def _merged(line: ReportLine, parts: Sequence[ReportLine]) -> dict[str, Any]:
    """The fields that merging gives: sums where the kind adds up, money, texts under their unit's name."""
    if not parts:
        return {}
    rolled = roll_up(kind_of(line), [figures_of(part) for part in parts])
    found = {
        name: value
        for name in fields_of(kind_of(line))
        if name not in _TEXTS and (value := value_of(rolled, name)) is not None
    }
    texts = {name: _joined(line, parts, name) for name in _TEXTS}
    return found | {name: text for name, text in texts.items() if text}


_TEXTS = ("difficulty", "next_step")


def _joined(line: ReportLine, parts: Sequence[ReportLine], name: str) -> str:
    """The line's own words, then each unit's; what was merged before is replaced, not repeated."""
    marks = tuple(f"{part.unit.name}：" for part in parts)
    own = [text for text in getattr(line, name).split("\n") if text and not text.startswith(marks)]
    theirs = [
        f"{mark}{getattr(part, name).replace(chr(10), '；')}"
        for mark, part in zip(marks, parts, strict=True)
        if getattr(part, name)
    ]
    return "\n".join([*own, *theirs])
