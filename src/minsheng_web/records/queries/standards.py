"""The standards as they stand: the package's files, approved editions over them. One loader for all."""

import hashlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from minsheng.commands.standards_folder import STANDARDS
from minsheng.standards.asked import Bench
from minsheng.standards.compiled import CompiledStandard, Rule, compile_book, compile_standard
from minsheng.standards.editions import cut_out, judge, lay_over
from minsheng.standards.loading import StandardBook, load_standards
from minsheng.standards.model import Notice, Standard
from minsheng_web.records.access import Person, standard_edits_for, standard_versions_for
from minsheng_web.records.models import AuditEvent, StandardEdit, StandardVersionRow

_READING = threading.Lock()
"""Held while the files are read: whoever asks meanwhile waits for that, and does not read them too."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """All standards, compiled, and of each the text of its edition and which edition that is."""

    book: StandardBook
    compiled: Mapping[str, CompiledStandard]
    bench: Bench
    texts: Mapping[str, str]
    numbers: Mapping[str, int]

    def standard(self, standard_id: str) -> Standard | None:
        return self.book.standards.get(standard_id) if standard_id in self.compiled else None

    def notice_of(self, standard: Standard) -> Notice:
        return self.book.notices[standard.notice]

    def rules(self, standard_id: str) -> tuple[Rule, ...]:
        return self.compiled[standard_id].rules


def digest(text: str) -> str:
    """By what an edition is told from another."""
    return hashlib.sha256(text.encode()).hexdigest()


def shelf() -> Shelf:
    """The standards as they stand now: one question to the database, read again only when changed."""
    rows = StandardVersionRow.objects.order_by("standard", "number").values_list("pk", "digest")
    return _laid(STANDARDS, tuple(rows))


def read_beforehand() -> None:
    """Read the files in a thread of its own: who asks first in this process does not wait for them."""
    threading.Thread(target=_files, args=(STANDARDS,), name="standards-reader", daemon=True).start()


@lru_cache(maxsize=2)
def _laid(folder: Path, rows: tuple[tuple[int, str], ...]) -> Shelf:
    base = _files(folder)
    if not rows:
        return base
    compiled, texts, numbers = dict(base.compiled), dict(base.texts), dict(base.numbers)
    newest = {row.standard: row for row in StandardVersionRow.objects.filter(pk__in=[pk for pk, _ in rows])}
    over: list[Standard] = []
    for row in newest.values():
        standard = judge(row.yaml, row.standard, base.book).standard
        found = compile_standard(standard, base.book.vocabulary)[0] if standard else None
        if standard is None or found is None:
            continue  # the words it was approved in are gone: the edition before it stands
        over.append(standard)
        compiled[row.standard], texts[row.standard], numbers[row.standard] = found, row.yaml, row.number
    book = lay_over(base.book, over)
    return Shelf(book, compiled, Bench(compiled, book.vocabulary), texts, numbers)


def _files(folder: Path) -> Shelf:
    with _READING:
        return _base(folder)


@lru_cache(maxsize=2)
def _base(folder: Path) -> Shelf:
    """The files alone: edition 0."""
    book = load_standards(folder)
    compiled, _ = compile_book(book)
    files = {standard.place.file for standard in book.standards.values()}
    read = {file: (folder / file).read_text(encoding="utf-8") for file in files}
    texts = {
        standard.id: cut_out(read[standard.place.file], standard.id) or ""
        for standard in book.standards.values()
    }
    return Shelf(book, compiled, Bench(compiled, book.vocabulary), texts, dict.fromkeys(compiled, 0))


def versions_of(person: Person, standard_id: str) -> list[StandardVersionRow]:
    """Approved editions, the newest first."""
    rows = standard_versions_for(person).filter(standard=standard_id)
    return list(rows.select_related("proposed_by", "approved_by").order_by("-number"))


def edits_of(person: Person, standard_id: str) -> list[StandardEdit]:
    """Proposed editions of a standard that the person may see, the newest first."""
    rows = standard_edits_for(person).filter(standard=standard_id)
    return list(rows.select_related("proposed_by", "decided_by"))


def history_of(edits: list[StandardEdit]) -> list[AuditEvent]:
    """Who did what with those edits, the newest first."""
    keys = [str(edit.pk) for edit in edits]
    rows = AuditEvent.objects.filter(object_type="StandardEdit", object_id__in=keys)
    return list(rows.select_related("actor").order_by("-at", "-pk"))


def text_of_edition(standard_id: str, number: int) -> str:
    """The text of an edition; 0 is that of the files."""
    if number == 0:
        return _files(STANDARDS).texts.get(standard_id, "")
    return StandardVersionRow.objects.get(standard=standard_id, number=number).yaml
