"""A worksheet written out as csv a row at a time, with the cells as text exactly as they were meant."""

import csv
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineWorkbook

from minsheng.engine.refusal import RefusedError

EXACT = 2**53
"""From here on a number of a worksheet has lost digits."""
Cell = int | float | str | bool | time | date | datetime | timedelta
LOST = "（数字超过15位，后几位已经丢失）"


def sheet_to_csv(path: Path, copy: Path, types: Mapping[str, str]) -> None:
    """The first sheet; raises RefusedError where a key (an identity number, say) has lost its last digits."""
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    with copy.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        keys: set[int] = set()
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            if number == 1:
                head = [str(cell).strip() for cell in cells]
                keys = {place for place, column in enumerate(head) if types.get(column) == "text"}
                writer.writerow(head)
                continue
            for place in keys:
                if _has_lost_digits(cells[place]):
                    raise RefusedError(
                        f"{path}：第{number}行“{head[place]}”是数字格式，超过15位的编号（如身份证号）后几位已经丢失，"
                        "在表里改格式找不回来：请从原系统重新导出，导出前把这一列设为文本。"
                    )
            writer.writerow([cell_text(cell) for cell in cells])


def cell_text(cell: Cell) -> str:
    """The cell as csv text: whole floats as whole numbers, days as ISO, numbers that lost digits as no number."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        if _has_lost_digits(cell):
            return LOST
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat() if cell.time() != time() else cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def _has_lost_digits(cell: Cell) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= EXACT
