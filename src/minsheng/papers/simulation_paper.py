"""A simulation as a Word paper and as an Excel file."""

from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt

from minsheng.papers.list_styles import BODY_FONT, HEAD_FONT, TITLE_FONT, Styles, set_page
from minsheng.papers.simulation_tables import Cell, SimulationPaper, SimulationTable


def simulation_xlsx(paper: SimulationPaper) -> bytes:
    """One sheet a table, the sentences on the first."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    styles = Styles(book)
    first = book.add_worksheet("说明")
    first.set_column(0, 0, 100)
    for row, text in enumerate((paper.title, *paper.sentences, paper.note)):
        first.write_string(row, 0, text, styles.title if row == 0 else styles.body)
    for table in paper.tables:
        _sheet(book.add_worksheet(table.title), table, styles)
    book.close()
    return buffer.getvalue()


def _sheet(sheet: Any, table: SimulationTable, styles: Styles) -> None:
    last = len(table.columns) - 1
    sheet.merge_range(0, 0, 0, last, table.title, styles.title)
    for place, column in enumerate(table.columns):
        sheet.write_string(1, place, column.text, styles.head)
        sheet.set_column(place, place, 20 if column.is_number else 32)
    for number, row in enumerate(table.rows, 2):
        for place, value in enumerate(row):
            styles.write(sheet, number, place, value)
    set_page(sheet, head_row=1, last_row=len(table.rows) + 1, columns=len(table.columns))


def simulation_docx(paper: SimulationPaper) -> bytes:
    """A paper to be passed on: title, sentences, tables, the note."""
    document = Document()
    _set_font(document.styles["Normal"], BODY_FONT, 12)
    _line(document, paper.title, TITLE_FONT, 20, WD_ALIGN_PARAGRAPH.CENTER)
    for sentence in paper.sentences:
        _line(document, sentence, BODY_FONT, 14)
    for table in paper.tables:
        _line(document, table.title, HEAD_FONT, 14)
        _grid(document, table)
    _line(document, paper.note, BODY_FONT, 10)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _line(document: Any, text: str, font: str, size: float, alignment: Any = None) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = alignment
    _set_font(paragraph.add_run(text), font, size)


def _set_font(styled: Any, font: str, size: float) -> None:
    styled.font.name, styled.font.size = font, Pt(size)
    styled.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _grid(document: Any, table: SimulationTable) -> None:
    grid = document.add_table(rows=1, cols=len(table.columns))
    grid.style = "Table Grid"
    for cell, column in zip(grid.rows[0].cells, table.columns, strict=True):
        _fill(cell, column.text, HEAD_FONT, is_number=False)
    for row in table.rows:
        cells = grid.add_row().cells
        for cell, column, value in zip(cells, table.columns, row, strict=True):
            _fill(cell, shown(value), BODY_FONT, is_number=column.is_number)


def _fill(cell: Any, text: str, font: str, *, is_number: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if is_number else None
    _set_font(paragraph.add_run(text), font, 10)


def shown(value: Cell) -> str:
    """A cell as text: sums with their fen, counts with thousands marked."""
    if isinstance(value, Decimal):
        return f"{value:,.2f}"
    return f"{value:,}" if isinstance(value, int) else value
