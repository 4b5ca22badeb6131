"""A returned report sheet to the figures of its lines; every bad cell is told and loses only itself.

Lines are found by the key in their hidden column, columns by their heads: sorting, moving and deleting do no
harm. What the visible words say is not read; the hidden sheet says what each line is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from minsheng.papers.report_cells import Cell, CellProblem, shown
from minsheng.papers.report_form import (
    FIRST_KEY_ROW,
    FORM_MARK,
    FORM_VERSION,
    HEADS,
    KEY_SHEET,
    WORD_FIELDS,
    KeyLine,
    ReportKey,
    check_word,
    columns_of,
)
from minsheng.papers.report_line import LineReader, address
from minsheng.papers.report_open import OpenBook, ReportRefusal, open_book, refusal
from minsheng.progress.model import KINDS, Figures, Kind
from minsheng.progress.periods import Period

_KINDS: dict[str, Kind] = {kind: kind for kind in KINDS}
_KEY_WORDS = 5
_MOST_STRAYS = 20
"""Rows of no line of ours that are told one by one."""
_HEAD_WITHIN = 30
"""Rows from the top in which the heads are looked for: somebody may have put a covering note above them."""


CELL_CODES = (
    "cell_unusable", "cell_not_asked", "column_missing", "row_missing", "row_repeated", "row_unknown",
)  # fmt: skip


class ReportRow(NamedTuple):
    """The figures of one line; ``row`` is its number in the sheet."""

    key: str
    target: str
    kind: Kind
    row: int
    figures: Figures


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A returned file: whose it is, the lines that could be read, and what could not."""

    file: str
    key: ReportKey
    rows: tuple[ReportRow, ...]
    problems: tuple[CellProblem, ...]


def read_report(data: bytes, name: str, expected: ReportKey | None = None) -> ReportFile | ReportRefusal:
    """The report in a workbook, or one sentence why it cannot be taken.

    ``expected``: the only report that will do; another programme, period, unit or region is refused.
    """
    book = open_book(data, name)
    if isinstance(book, ReportRefusal):
        return book
    opened = _identified(book, name)
    if isinstance(opened, ReportRefusal):
        return opened
    key, lines = opened
    other = refused_as_other(name, key, expected) if expected else None
    return other or _Form(book, name, key, lines).read()


def refused_as_other(name: str, key: ReportKey, expected: ReportKey) -> ReportRefusal | None:
    """Why a report is not the one that is asked for."""
    if key.programme != expected.programme:
        return refusal(name, "other_programme")
    if key.period != expected.period:
        return refusal(name, "other_period", found=period_name(key), expected=period_name(expected))
    if (key.unit, key.region) != (expected.unit, expected.region):
        return refusal(name, "other_unit", found=f"{key.unit}，{key.region}")
    return None


def period_name(key: ReportKey) -> str:
    period = Period.parse(key.period)
    return period.name if period else key.period


def _identified(book: OpenBook, name: str) -> tuple[ReportKey, dict[str, KeyLine]] | ReportRefusal:
    """What the hidden sheet says, if it is whole and of this version."""
    rows = book.sheets.get(KEY_SHEET)
    words = [shown(row[0]) for row in rows or () if row]
    if not rows or len(words) < FIRST_KEY_ROW or words[0] != FORM_MARK:
        return refusal(name, "not_a_report")
    version = shown(rows[0][1]) if len(rows[0]) > 1 else ""
    if version != str(FORM_VERSION):
        return refusal(name, "other_form", found=version[:9], expected=str(FORM_VERSION))
    key = ReportKey(*words[1:5])
    texts = words[FIRST_KEY_ROW:]
    lines = {line.key: line for text in texts if (line := _key_line(text)) is not None}
    if words[5] != check_word(key, texts) or len(lines) < len(texts) or Period.parse(key.period) is None:
        return refusal(name, "key_changed")
    return key, lines


def _key_line(text: str) -> KeyLine | None:
    words = text.split("\t")
    kind = _KINDS.get(words[2]) if len(words) == _KEY_WORDS else None
    if kind is None:
        return None
    try:
        last = Decimal(words[4]) if words[4] else None
    except InvalidOperation:
        return None
    return KeyLine(words[0], words[1], kind, words[3], last)


@dataclass(frozen=True, slots=True)
class _Form:
    """The visible sheet of a file that was identified."""

    book: OpenBook
    file: str
    key: ReportKey
    lines: dict[str, KeyLine]

    def read(self) -> ReportFile | ReportRefusal:
        found = self._head()
        if found is None:
            return refusal(self.file, "no_head", head=HEADS["key"])
        sheet, head_row, places = found
        problems = list(self._missing_columns(sheet, places))
        grid = self.book.sheets[sheet]
        by_key: dict[str, list[int]] = {}
        strays: list[CellProblem] = []
        place = places["key"]
        for number in range(head_row + 1, len(grid)):
            cell = grid[number][place]
            key = cell.strip() if type(cell) is str else shown(cell)
            if key in self.lines:
                by_key.setdefault(key, []).append(number)
            else:
                strays += self._stray(sheet, grid[number], number, places)
        problems += self._told(sheet, strays)
        reader = LineReader(self.file, sheet, Period.parse(self.key.period), places, self.book.faulty)
        rows = []
        for key, line in self.lines.items():
            numbers = by_key.get(key, [])
            if len(numbers) != 1:
                problems.append(self._not_once(sheet, line, numbers))
                continue
            figures, bad = reader.read(grid[numbers[0]], numbers[0], line)
            rows.append(ReportRow(key, line.target, line.kind, numbers[0] + 1, figures))
            problems += bad
        return ReportFile(self.file, self.key, tuple(rows), tuple(problems))

    def _head(self) -> tuple[str, int, dict[str, int]] | None:
        """The sheet with the heads, their row and the place of each field."""
        fields = {head: field for field, head in HEADS.items()}
        for name in self.book.forms:
            for number, row in enumerate(self.book.sheets[name][:_HEAD_WITHIN]):
                texts = ["".join(cell.split()) if isinstance(cell, str) else "" for cell in row]
                if HEADS["key"] in texts:
                    places = {fields[text]: place for place, text in enumerate(texts) if text in fields}
                    return name, number, places
        return None

    def _missing_columns(self, sheet: str, places: dict[str, int]) -> Iterator[CellProblem]:
        for column in columns_of(line.kind for line in self.lines.values()):
            if column.field not in places and column.field not in WORD_FIELDS:
                message = f"{self.file}：找不到“{column.head}”一栏，这一栏都没有读入：请恢复栏名后再交。"
                yield CellProblem(
                    self.file, sheet, "", "column_missing", "error", message, column.head, "没有"
                )

    def _told(self, sheet: str, strays: list[CellProblem]) -> list[CellProblem]:
        """The first one by one, the others in one sentence: a table pasted below is one fault."""
        rest = len(strays) - _MOST_STRAYS
        if rest <= 0:
            return strays
        message = f"{self.file}：下面另有 {rest} 行也不是这份填报表的指标，都没有读入：请删去后再交。"
        more = CellProblem(self.file, sheet, "", "row_unknown", "warning", message, "本表的编号", str(rest))
        return [*strays[:_MOST_STRAYS], more]

    def _stray(
        self, sheet: str, row: list[Cell], number: int, places: dict[str, int]
    ) -> Iterator[CellProblem]:
        """A row of no line of ours: told only where something was filled in."""
        key = shown(row[places["key"]]).strip()
        if not any(shown(row[place]).strip() for place in places.values()):
            return
        at = address(number, places["key"])
        message = (
            f"{self.file} {sheet}!{at}：第 {number + 1} 行不是这份填报表的指标，没有读入："
            "可能是从别的表粘贴来的，或新插入的一行，请在原有的行里填写。"
        )
        yield CellProblem(self.file, sheet, at, "row_unknown", "warning", message, "本表的编号", key, key)

    def _not_once(self, sheet: str, line: KeyLine, numbers: list[int]) -> CellProblem:
        if not numbers:
            message = f"{self.file}：缺少编号为 {line.key} 的一行，可能被删去，这一指标没有读入，其余照常。"
            return CellProblem(
                self.file, sheet, "", "row_missing", "warning", message, line.key, "没有", line.key
            )
        rows = "、".join(str(number + 1) for number in numbers[:10]) + ("等" if numbers[10:] else "")
        message = f"{self.file}：第 {rows} 行是同一指标，不知以哪行为准，都没有读入：请只留一行。"
        return CellProblem(
            self.file, sheet, "", "row_repeated", "error", message, "一行", f"{len(numbers)} 行", line.key
        )
