"""One row of a returned sheet to the figures of its line."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
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
    read_text,
    shown,
)
from minsheng.papers.report_form import ASKED, HEADS, KeyLine, asked_of
from minsheng.progress.figures import fill_cumulative
from minsheng.progress.model import KINDS, Figures, Kind, MoneyStage, Stage
from minsheng.progress.periods import Period
from minsheng.progress.typed import Unusable

_READERS: dict[str, Callable[[Cell, Reading], Any]] = {
    "period": read_amount,
    "cumulative": read_amount,
    "done": read_done,
    "stages": read_day,
    "money": read_money,
    "difficulty": read_text,
    "next_step": read_text,
    "correction": read_text,
}
_EVERY = tuple(dict.fromkeys(name for fields in ASKED.values() for name in fields))
_DASHES = "-—–－/ "


def address(row: int, place: int) -> str:
    """A cell as Excel names it."""
    return str(xl_rowcol_to_cell(row, place))


@dataclass(slots=True)
class LineReader:
    """Reads the rows of one sheet, whose columns stand at ``places``."""

    file: str
    sheet: str
    period: Period | None
    places: dict[str, int]
    faulty: frozenset[str]
    _plans: dict[Kind, tuple[tuple[str, int, Callable[[Cell, Reading], Any]], ...]] = field(
        default_factory=dict
    )
    _greys: dict[Kind, tuple[tuple[str, int], ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for kind in KINDS:
            asked = asked_of(kind)
            self._plans[kind] = tuple(
                (name, self.places[name], _READERS[name.partition(".")[0]])
                for name in asked
                if name in self.places
            )
            self._greys[kind] = tuple(
                (name, self.places[name]) for name in _EVERY if name in self.places and name not in asked
            )

    def read(self, row: list[Cell], number: int, line: KeyLine) -> tuple[Figures, list[CellProblem]]:
        """The row's figures and what was wrong with its cells."""
        reading = Reading(line.unit, self.period.year if self.period else 0)
        values: dict[str, Any] = {}
        faults: list[CellProblem] = []
        for name, place, read in self._plans[line.kind]:
            cell = row[place]
            if cell == "" or cell is None:
                if self.faulty and address(number, place) in self.faulty:
                    faults += self._formula_failed(name, (number, place), line, values)
                continue
            value = read(cell, reading)
            if not isinstance(value, Unusable):
                values[name] = value
            elif not value.empty or shown(cell).strip(_DASHES):
                faults.append(self._unusable(name, (number, place), line, value))
        faults += self._not_asked(row, number, line)
        return self._figures(values, line, faults), faults

    def _figures(self, values: dict[str, Any], line: KeyLine, faults: list[CellProblem]) -> Figures:
        period: Decimal | None = values.get("period")
        cumulative: Decimal | None = values.get("cumulative")
        lost = any(fault.field == "cumulative" for fault in faults)
        if cumulative is None and period is not None and not lost:
            # The sheet's own sum was wiped, or failed because the period was typed as 3.3万.
            last = Figures(cumulative=line.last) if line.last is not None else None
            first = self.period is not None and self.period.is_first and line.last is None
            cumulative = fill_cumulative(last, period, first=first)
        stages: dict[Stage, date] = {}
        money: dict[MoneyStage, int] = {}
        for name, value in values.items():
            room, _, stage = name.partition(".")
            if room == "stages":
                stages[stage] = value  # type: ignore[index]  # the fields are made of the stages
            elif room == "money":
                money[stage] = value  # type: ignore[index]  # as above
        return Figures(
            period=period,
            cumulative=cumulative,
            done=values.get("done"),
            stages=stages,
            money=money,
            difficulty=values.get("difficulty", ""),
            next_step=values.get("next_step", ""),
            correction=values.get("correction", ""),
        )

    def _unusable(self, name: str, place: tuple[int, int], line: KeyLine, value: Unusable) -> CellProblem:
        told = self._problem(name, place, line, "cell_unusable", value.message)
        return replace(told, expected=value.expected, found=value.found)

    def _formula_failed(
        self, name: str, place: tuple[int, int], line: KeyLine, values: dict[str, Any]
    ) -> Iterator[CellProblem]:
        """A sum that failed over a period we can read is made again; any other failed formula is told."""
        if name != "cumulative" or "period" not in values:
            told = self._problem(name, place, line, "cell_unusable", "公式出错，没有得数：请直接填写数值。")
            yield replace(told, expected="数值", found="公式出错")

    def _not_asked(self, row: list[Cell], number: int, line: KeyLine) -> Iterator[CellProblem]:
        for name, place in self._greys[line.kind]:
            text = shown(row[place]).strip()
            if text.strip(_DASHES):
                message = f"这一指标不填这一栏，填的“{text[:20]}”没有读入：请填到这一行的白色单元格里。"
                told = self._problem(name, (number, place), line, "cell_not_asked", message)
                yield replace(told, severity="notice", expected="空", found=text[:60])

    def _problem(
        self, name: str, place: tuple[int, int], line: KeyLine, code: str, message: str
    ) -> CellProblem:
        at = address(*place)
        said = f"{self.file} {self.sheet}!{at}（{HEADS[name]}）：{message}"
        return CellProblem(self.file, self.sheet, at, code, "error", said, key=line.key, field=name)
