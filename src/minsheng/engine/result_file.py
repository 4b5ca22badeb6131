"""The answers written out as csv, xlsx or parquet, and their totals for each standard."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import xlsxwriter

from minsheng.engine.refusal import RefusedError
from minsheng.engine.session import Session, name, text

SUFFIXES = (".csv", ".xlsx", ".parquet")
SHEET_ROWS = 1_048_575
"""Rows below the head that a worksheet holds."""
LARGEST_EXACT = 2**53


@dataclass(frozen=True, slots=True)
class Totals:
    """One standard over the whole roster. ``due_fen`` is the sum of what is due; problems by code."""

    standard: str
    rows: int = 0
    eligible: int = 0
    due_fen: int = 0
    problems: dict[str, int] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {
            "standard": self.standard,
            "rows": self.rows,
            "eligible": self.eligible,
            "due_fen": self.due_fen,
            "problems": self.problems,
        }


def check_out(path: Path, rows: int = 0) -> None:
    """Raise RefusedError where the answers cannot be written there."""
    if path.suffix.lower() not in SUFFIXES:
        raise RefusedError(f"{path}：结果只能写成 csv、xlsx 或 parquet，请换个文件名。")
    if not path.parent.is_dir():
        raise RefusedError(f"{path}：没有这个文件夹，请先建好。")
    if path.suffix.lower() == ".xlsx" and rows > SHEET_ROWS:
        raise RefusedError(f"{path}：结果有{rows}行，一张工作表放不下，请改写成 csv 或 parquet。")


def totals(session: Session, answers: str, standards: Iterable[str]) -> tuple[Totals, ...]:
    """Totals of every standard asked for, in that order."""
    sums = {
        row[0]: row[1:]
        for row in session.rows(
            "SELECT CAST(standard AS VARCHAR), count(*), count_if(eligible), CAST(sum(amount_fen) AS VARCHAR) "
            f"FROM {answers} GROUP BY 1"
        )
    }
    problems: dict[str, dict[str, int]] = {}
    for standard, problem, rows in session.rows(
        "SELECT CAST(standard AS VARCHAR), CAST(problem AS VARCHAR), count(*) "
        f"FROM {answers} WHERE problem IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 3 DESC, 2"
    ):
        problems.setdefault(standard, {})[problem] = rows
    return tuple(
        Totals(standard, *_sums(sums.get(standard)), problems.get(standard, {})) for standard in standards
    )


def _sums(row: tuple[Any, ...] | None) -> tuple[int, int, int]:
    return (row[0], row[1], int(row[2] or 0)) if row else (0, 0, 0)


def write_answers(session: Session, answers: Path, out: Path) -> None:
    """Put the answers, a parquet file, where they were asked for; the file appears whole or not at all."""
    if out.suffix.lower() == ".parquet":
        answers.replace(out)
        return
    part = out.with_name(f".{out.name}.part")
    source = f"read_parquet({text(str(answers))})"
    try:
        if out.suffix.lower() == ".csv":
            session.run(f"COPY (SELECT * FROM {source}) TO {text(str(part))} (FORMAT csv, HEADER true)")
        else:
            _write_sheet(session, source, part)
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)


def _write_sheet(session: Session, source: str, part: Path) -> None:
    columns = list(session.columns(source))
    with xlsxwriter.Workbook(str(part), {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("结果")
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, columns)
        number = 0
        for block in session.blocks(f"SELECT {', '.join(map(name, columns))} FROM {source}"):
            for row in block:
                number += 1
                sheet.write_row(number, 0, [_cell(value) for value in row])


def _cell(value: object) -> object:
    """Excel keeps 15 digits: a larger sum is written as text, whole."""
    return str(value) if isinstance(value, int) and abs(value) >= LARGEST_EXACT else value
