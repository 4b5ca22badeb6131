"""One row of a returned sheet to the figures of its line.

A hundred files have half a million cells, nearly all of them plain numbers or empty: those are taken on the
short way, everything else goes through report_cells.py.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from operator import itemgetter
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from minsheng.papers.report_cells import (
    Cell,
    CellProblem,
    Reading,
    read_amount,
    read_day,
    read_done,
    read_money,
    shown,
)
from minsheng.papers.report_form import ASKED, HEADS, TEXT_FIELDS, KeyLine
from minsheng.progress.figures import fill_cumulative
from minsheng.progress.model import KINDS, MONEY_STAGES, STAGES, Figures, Kind, MoneyStage, Stage
from minsheng.progress.periods import Period
from minsheng.progress.typed import Unusable

_SURE = 1e9
"""Numbers a float holds exactly, with six decimals to spare."""
_DASHES = "-—–－/ "
_EVERY = tuple(dict.fromkeys(name for fields in ASKED.values() for name in fields))


def address(row: int, place: int) -> str:
    """A cell as Excel names it."""
    return str(xl_rowcol_to_cell(row, place))


@dataclass(slots=True)
class _Row:
    """A row being read: its cells, its number, its line, and what was found wrong so far."""

    cells: list[Cell]
    number: int
    line: KeyLine
    problems: list[CellProblem] = field(default_factory=list)


@dataclass(slots=True)
class LineReader:
    """Reads the rows of one sheet, whose columns stand at ``places``."""

    file: str
    sheet: str
    period: Period | None
    places: dict[str, int]
    faulty: frozenset[str]
    _asked: dict[Kind, frozenset[str]] = field(init=False)
    _greys: dict[Kind, tuple[tuple[str, int], ...]] = field(init=False)
    _pick: dict[Kind, Callable[[list[Cell]], tuple[Cell, ...]]] = field(init=False)
    _stages: tuple[tuple[Stage, str, int], ...] = field(init=False)
    _money: tuple[tuple[MoneyStage, str, int], ...] = field(init=False)
    _texts: tuple[int | None, ...] = field(init=False)

    def __post_init__(self) -> None:
        places = self.places
        self._asked = {kind: frozenset(name for name in ASKED[kind] if name in places) for kind in KINDS}
        self._greys = {
            kind: tuple((name, places[name]) for name in _EVERY if name in places and name not in ASKED[kind])
            for kind in KINDS
        }
        # The first place stands twice, since one alone would not make a tuple; most rows have nothing in any.
        self._pick = {
            kind: itemgetter(grey[0][1], *(place for _, place in grey))
            for kind, grey in self._greys.items()
            if grey
        }
        self._stages = tuple(
            (stage, name, places[name]) for stage in STAGES if (name := f"stages.{stage}") in places
        )
        self._money = tuple(
            (stage, name, places[name]) for stage in MONEY_STAGES if (name := f"money.{stage}") in places
        )
        self._texts = tuple(places.get(name) for name in TEXT_FIELDS)

    def read(self, cells: list[Cell], number: int, line: KeyLine) -> tuple[Figures, list[CellProblem]]:
        """The row's figures and what was wrong with its cells."""
        row = _Row(cells, number, line)
        asked = self._asked[line.kind]
        if "period" in asked or "cumulative" in asked:
            period = self._one(row, "period", read_amount) if "period" in asked else None
            cumulative = self._cumulative(row, period) if "cumulative" in asked else None
        else:
            period = cumulative = None
        done = self._one(row, "done", read_done) if "done" in asked else None
        stages: dict[Stage, date] = {}
        if line.kind == "stages":
            for stage, name, place in self._stages:
                if (day := self._cell(row, name, place, read_day)) is not None:
                    stages[stage] = day
        money = self._sums(row)
        grey = self._greys[line.kind]
        if grey and (picked := self._pick[line.kind](cells)).count("") < len(picked):
            for name, place in grey:
                row.problems += self._not_asked(row, name, place)
        return Figures(period, cumulative, done, stages, money, *self._words(cells)), row.problems

    def _sums(self, row: _Row) -> dict[MoneyStage, int]:
        money: dict[MoneyStage, int] = {}
        for stage, name, place in self._money:
            if (fen := self._cell(row, name, place, read_money)) is not None:
                money[stage] = fen
        return money

    def _words(self, cells: list[Cell]) -> list[str]:
        """The three texts; a column that is lost says nothing."""
        found = [cells[place] if place is not None else "" for place in self._texts]
        return [cell.strip() if type(cell) is str else shown(cell).strip() for cell in found]

    def _cumulative(self, row: _Row, period: Decimal | None) -> Decimal | None:
        """As it stands; where the sheet's own sum was wiped or has failed, last and this period again."""
        before = len(row.problems)
        value: Decimal | None = self._one(row, "cumulative", read_amount)
        if value is not None or period is None or len(row.problems) > before:
            return value
        last = Figures(cumulative=row.line.last) if row.line.last is not None else None
        is_first = self.period is not None and self.period.is_first and last is None
        return fill_cumulative(last, period, first=is_first)

    def _one(self, row: _Row, name: str, read: Callable[[Cell, Reading], Any]) -> Any:
        return self._cell(row, name, self.places[name], read)

    def _cell(self, row: _Row, name: str, place: int, read: Callable[[Cell, Reading], Any]) -> Any:
        """A cell's value; None where it is empty, states nothing or cannot be used, which is told."""
        cell = row.cells[place]
        if type(cell) is float and read is read_amount and cell.is_integer() and -_SURE < cell < _SURE:
            return Decimal(int(cell))
        if cell == "" or cell is None:
            if self.faulty and address(row.number, place) in self.faulty:
                row.problems += self._formula_failed(row, name, place)
            return None
        value = read(cell, Reading(row.line.unit, self.period.year if self.period else 0))
        if not isinstance(value, Unusable):
            return value
        if not value.empty or shown(cell).strip(_DASHES):
            told = self._problem(row, name, place, "cell_unusable", value.message)
            row.problems.append(replace(told, expected=value.expected, found=value.found))
        return None

    def _formula_failed(self, row: _Row, name: str, place: int) -> Iterator[CellProblem]:
        """The sum that failed over what was typed for the period is made again, or told with that cell."""
        if name != "cumulative" or not shown(row.cells[self.places.get("period", place)]).strip():
            told = self._problem(row, name, place, "cell_unusable", "公式出错，没有得数：请直接填写数值。")
            yield replace(told, expected="数值", found="公式出错")

    def _not_asked(self, row: _Row, name: str, place: int) -> Iterator[CellProblem]:
        text = shown(row.cells[place]).strip()
        if text.strip(_DASHES):
            message = f"这一指标不填这一栏，填的“{text[:20]}”没有读入：请填到这一行的白色单元格里。"
            told = self._problem(row, name, place, "cell_not_asked", message)
            yield replace(told, severity="notice", expected="空", found=text[:60])

    def _problem(self, row: _Row, name: str, place: int, code: str, message: str) -> CellProblem:
        at = address(row.number, place)
        said = f"{self.file} {self.sheet}!{at}（{HEADS[name]}）：{message}"
        return CellProblem(self.file, self.sheet, at, code, "error", said, key=row.line.key, field=name)
