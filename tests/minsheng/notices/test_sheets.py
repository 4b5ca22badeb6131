"""Workbooks: rows as tab-parted lines, figures as a clerk sees them, merged heads blank where they go on."""

from io import BytesIO

import pytest
import xlsxwriter

from made_files import relations, xlsx_of, zipped
from minsheng.notices.document import Document, Refusal
from minsheng.notices.reading import read_document
from minsheng.notices.sheet_values import shown


def read(data: bytes, form: str = "xlsx") -> Document:
    document = read_document(data, "分解表.xlsx")
    assert isinstance(document, Document), document
    assert (document.format, document.encoding) == (form, "")
    return document


def workbook(fill, *names: str) -> bytes:
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    fill(book, *(book.add_worksheet(name) for name in names))
    book.close()
    return buffer.getvalue()


def breakdown(book, sheet) -> None:
    """Title, two head rows with merged cells, two rows of figures, a note, and blank edges."""
    middle = book.add_format({"align": "center"})
    sheet.merge_range("A1:E1", "样例市2023年民生实事目标任务分解表", middle)
    sheet.merge_range("A3:A4", "县区", middle)
    sheet.merge_range("B3:C3", "1、就业", middle)
    sheet.merge_range("D3:E3", "2、教育", middle)
    sheet.write_row("B4", ["岗位（个）", "培训\n（人次）", "学位（个）", "占比"])
    per_cent = book.add_format({"num_format": "0.0%"})
    for row, (name, *figures) in enumerate([("甲县", 30, 1200.5, 300000), ("乙县", 40, 0.1 + 0.2, 5)], 4):
        sheet.write(row, 0, name)
        sheet.write_row(row, 1, figures)
        sheet.write(row, 4, 0.9567, per_cent)
    sheet.merge_range("A8:E8", "注：以上为年度任务。", middle)
    sheet.write_blank("H20", None, middle)


def test_a_breakdown_is_read_as_its_rows():
    assert read(workbook(breakdown, "Sheet1")).lines == (
        "样例市2023年民生实事目标任务分解表",
        "",
        "县区\t1、就业\t\t2、教育\t",
        "\t岗位（个）\t培训（人次）\t学位（个）\t占比",
        "甲县\t30\t1200.5\t300000\t95.7%",
        "乙县\t40\t0.3\t5\t95.7%",
        "",
        "注：以上为年度任务。",
    )


def test_each_sheet_with_a_name_of_its_own_stands_under_it():
    def fill(_book, one, two, three):
        one.write_row(0, 0, ["县区", "就业"])
        two.write_row(0, 0, ["县区", "教育"])
        three.write_row(0, 0, ["不应", "出现"])
        three.hide()

    assert read(workbook(fill, "就业任务", "Sheet2", "底稿")).lines == (
        "就业任务",
        "县区\t就业",
        "",
        "县区\t教育",
    )


def test_numbers_that_lost_digits_are_warned_of():
    def fill(_book, sheet):
        sheet.write_row(0, 0, ["姓名", "身份证号"])
        sheet.write_row(1, 0, ["张三", "340621199001011236"])
        sheet.write_row(2, 0, ["李四", 340621199001011236])

    document = read(workbook(fill, "Sheet1"))
    assert document.lines[2] == "李四\t340621199001011000"
    (problem,) = document.warnings
    assert (problem.code, problem.sources[0].line, problem.found) == ("digits_lost", 3, "340621199001011000")


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (3.0, None, "3"), (1e5, None, "100000"), (0.1 + 0.2, None, "0.3"), (12345678.25, None, "12345678.25"),
        (-2.5, None, "-2.5"), (1e-7, None, "0.0000001"), (float("nan"), None, "nan"), (1e300, None, "1e+300"),
        (0.95, (True, None), "95%"), (0.9567, (True, 1), "95.7%"), (33.3333, (False, 1), "33.3"),
        (2.5, (False, 0), "3"), (1.0, (False, 2), "1.00"), (True, None, "TRUE"), (None, None, ""), ("甲", None, "甲"),
    ],
)  # fmt: skip
def test_a_value_is_shown_as_in_the_sheet(value, form, text):
    assert shown(value, form) == text


def test_a_date_is_shown_in_words():
    def fill(book, sheet):
        sheet.write_row(0, 0, ["完成时限"])
        sheet.write_number(1, 0, 45231, book.add_format({"num_format": "yyyy-mm-dd"}))

    assert read(workbook(fill, "Sheet1")).lines == ("完成时限", "2023年11月1日")


# --- large, broken, hostile -----------------------------------------------------------------------


def refused(data: bytes) -> str:
    refusal = read_document(data, "x")
    assert isinstance(refusal, Refusal), refusal
    assert "请" in refusal.message
    return refusal.code


@pytest.mark.slow
def test_fifty_thousand_rows_are_read():
    rows = [f"第{number}户\t甲县\t{number}\t{number / 4}" for number in range(50_000)]
    document = read(xlsx_of(["户主\t县区\t编号\t补助", *rows]))
    assert len(document.lines) == 50_001
    assert document.lines[-1] == "第49999户\t甲县\t49999\t12499.75"


def xlsx(sheet: str) -> bytes:
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    links = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    return zipped(
        {
            "_rels/.rels": relations({"officeDocument": "xl/workbook.xml"}),
            "xl/workbook.xml": f'<workbook {space} {links}><sheets><sheet name="S" sheetId="1" r:id="r0"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relations({"worksheet": "worksheets/sheet1.xml"}),
            "xl/worksheets/sheet1.xml": f"<worksheet {space}><sheetData>{sheet}</sheetData></worksheet>",
        }
    )


def inline(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def test_a_sheet_that_claims_every_cell_there_is_is_refused():
    far = f'<row r="1">{inline("A1", "县区")}</row><row r="1048576">{inline("XFD1048576", "末尾")}</row>'
    assert read(xlsx(f'<row r="1">{inline("A1", "县区")}</row>')).lines == ("S", "县区")
    assert refused(xlsx(far)) in {"reader_stopped", "damaged_file"}


def test_a_zip_bomb_is_refused():
    row = f'<row r="1">{inline("A1", "民生" * 50_000_000)}</row>'
    assert refused(xlsx(row)) in {"reader_stopped", "unpacks_too_large", "damaged_file"}


def test_a_cut_workbook_is_refused():
    data = xlsx_of(["县区\t任务", "甲县\t3"])
    assert {refused(data[: len(data) * part // 10]) for part in range(1, 10)} == {"damaged_file"}


@pytest.mark.parametrize(
    ("name", "start", "code", "words"),
    [
        ("分解表.XLSX", b"PK\x03\x04", "damaged_file", "这个 Excel（xlsx）文件已损坏或不完整，打不开（可能没有下载完）"),
        ("通知.docx", b"PK\x03\x04", "damaged_file", "这个 Word（docx）文件已损坏"),
        ("x", b"PK\x03\x04..word/doc", "damaged_file", "这个 Word（docx）文件已损坏"),
        ("x", b"PK\x03\x04..xl/sha", "damaged_file", "这个 Excel（xlsx）文件已损坏"),
        ("附件.zip", b"PK\x03\x04", "archive_file", "这是压缩包"),
        ("通知.docx", zipped({"a.txt": "甲"}), "archive_file", "这是压缩包"),
    ],
)  # fmt: skip
def test_a_package_without_its_end_is_damaged_not_an_archive(name, start, code, words):
    refusal = read_document(start if len(start) > 50 else start + bytes(300), name)
    assert isinstance(refusal, Refusal)
    assert refusal.code == code
    assert refusal.message.startswith(words)


def test_an_empty_row_parts_two_tables():
    lines = read(xlsx_of(["县区\t任务", "甲县\t3", "", "", "县区\t任务", "乙县\t4", "", ""])).lines
    assert lines == ("县区\t任务", "甲县\t3", "", "县区\t任务", "乙县\t4")
