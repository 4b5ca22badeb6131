"""Report sheets for tests, and returned workbooks with cells changed by hand."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

from minsheng.papers.report_form import FORM_SHEET, HEAD_ROW, KEY_SHEET
from minsheng.papers.report_xlsx import ReportLine, ReportSheet, report_xlsx
from minsheng.progress.model import Figures, Owed
from minsheng.progress.periods import Period

MAY = Period("month", 2026, 5)
Grid = list[list[Any]]


def line(key: str = "a1", kind: str = "count", now: Figures | None = None, **more: Any) -> ReportLine:
    owed = Owed(kind, more.pop("unit", "人"), more.pop("value", Decimal(500)))
    given = {
        "target": f"t-{key}", "project": "1、重点群体稳就业", "indicator": f"指标{key}", "before": None,
    } | more  # fmt: skip
    return ReportLine(key=key, owed=owed, now=now or Figures(), **given)


def sheet(*lines: ReportLine, period: Period = MAY, unit: str = "u1", region: str = "r1") -> ReportSheet:
    return ReportSheet(
        "p1", "亳州市2026年民生实事", period, unit, "涡阳县人社局", region, "涡阳县", tuple(lines)
    )


SAMPLE = sheet(
    line(
        "a1",
        now=Figures(Decimal(10), Decimal(50), money={"needed": 100_000_000, "spent": 1}, difficulty="缺人"),
        before=Figures(Decimal(5), Decimal(40)),
    ),
    line("a2", now=Figures(Decimal("1.5"), Decimal("7.25")), before=Figures(None, Decimal(6)), unit="公里"),
    line("a3", "at_least", Figures(cumulative=Decimal("96.5")), unit="%", value=Decimal(95)),
    line("a4", "stages", Figures(stages={"started": date(2026, 3, 5)}, next_step="6月完工"), unit="座"),
    line("a5", "yes_no", Figures(done=False, correction="验收没有通过"), unit="", value=None),
    line("a6", "full_coverage", Figures(Decimal(3), Decimal(30), done=True), value=None),
)


def rewritten(data: bytes, change: Callable[[dict[str, Grid]], None], formulas: bool = False) -> bytes:
    """A workbook as another program would save it, after ``change`` was made to its grids."""
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    grids = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    change(grids)
    buffer = BytesIO()
    made = xlsxwriter.Workbook(buffer, {"in_memory": True})
    day = made.add_format({"num_format": "yyyy-mm-dd"})
    for name, grid in grids.items():
        page = made.add_worksheet(name)
        if name == KEY_SHEET:
            page.very_hidden()
        for row, cells in enumerate(grid):
            for column, value in enumerate(cells):
                if isinstance(value, date):
                    page.write_datetime(row, column, value, day)
                elif isinstance(value, str) and value.startswith("#"):
                    page.write_formula(row, column, "=1/0", None, value)
                elif value != "" and value is not None:
                    page.write(row, column, value)
    made.close()
    return buffer.getvalue()


def heads(grid: Grid) -> dict[str, int]:
    return {text: place for place, text in enumerate(grid[HEAD_ROW])}


def typed(data: bytes, key: str, head: str, value: Any) -> bytes:
    """The workbook with one cell typed over, of the line ``key`` under ``head``."""

    def change(grids: dict[str, Grid]) -> None:
        grid = grids[FORM_SHEET]
        row = next(row for row in grid if row[0] == key)
        row[heads(grid)[head]] = value

    return rewritten(data, change)


def sample_file() -> bytes:
    return report_xlsx(SAMPLE)
