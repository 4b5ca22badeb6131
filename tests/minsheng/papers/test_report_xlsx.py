"""The report sheet: what is written comes back; what happens to it on the way costs no more than it must."""

import re
import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

import report_sheets as sheets
from minsheng.papers.report_form import (
    FORM_SHEET,
    HEAD_ROW,
    HEADS,
    KEY_SHEET,
    ReportKey,
    asked_of,
    columns_of,
)
from minsheng.papers.report_open import REFUSALS
from minsheng.papers.report_xlsx import ReportFile, ReportRefusal, read_report, report_xlsx
from minsheng.progress.model import KINDS, MONEY_STAGES, STAGES, Figures
from minsheng.progress.periods import Period

NAME = "涡阳县人社局.xlsx"
DATA = sheets.sample_file()
KEYS = ["a1", "a2", "a3", "a4", "a5", "a6"]


def figures_of(report):
    assert isinstance(report, ReportFile), report
    return {row.key: row.figures for row in report.rows}


SENT = {line.key: line.now for line in sheets.SAMPLE.lines}


def part(data, name):
    return zipfile.ZipFile(BytesIO(data)).read(name).decode()


# --- written ----------------------------------------------------------------------------------------------
def test_the_sheet_shows_what_is_asked_and_who_asks():
    grid = CalamineWorkbook.from_filelike(BytesIO(DATA)).get_sheet_by_name(FORM_SHEET).to_python()
    assert grid[0][1] == "亳州市2026年民生实事2026年5月进展填报表"
    assert grid[1][1] == "填报单位：涡阳县人社局　地区：涡阳县"
    assert grid[HEAD_ROW] == list(HEADS.values())
    assert grid[HEAD_ROW + 1][:8] == ["a1", "1、重点群体稳就业", "指标a1", "人", 500.0, 40.0, 10.0, 50.0]
    money = {
        head: cell for head, cell in zip(grid[HEAD_ROW], grid[HEAD_ROW + 1], strict=True) if "资金" in head
    }
    assert money == {
        "所需资金（万元）": 100.0,
        "到位资金（万元）": "",
        "支出资金（万元）": 0.000001,
        "发放资金（万元）": "",
    }


def test_only_input_cells_are_unlocked():
    sheet = part(DATA, "xl/worksheets/sheet1.xml")
    styles = part(DATA, "xl/styles.xml")
    unlocked = [
        number
        for number, style in enumerate(re.findall(r"<xf [^>]*?(?:/>|>.*?</xf>)", styles.split("<cellXfs")[1]))
        if 'locked="0"' in style
    ]
    cells = dict(re.findall(r'<c r="([A-Z]+5)" s="(\d+)"', sheet))
    open_cells = sorted(cell for cell, style in cells.items() if int(style) in unlocked)
    assert open_cells == ["G5", "H5", *[f"{letter}5" for letter in "OPQRSTU"]]
    assert "<sheetProtection" in sheet
    assert sheet.count("<dataValidation ") == 15


def test_the_sum_is_a_formula_until_it_is_overwritten():
    sheet = part(DATA, "xl/worksheets/sheet1.xml")
    assert '<f>IF(G5="",IF(F5="","",F5),N(F5)+G5)</f><v>50.0</v>' in sheet
    assert re.search(r'<c r="H6" s="\d+"><v>7.25</v>', sheet)


def test_the_keys_are_out_of_sight():
    assert 'state="veryHidden"' in part(DATA, "xl/workbook.xml")
    assert re.search(r'<col min="1" max="1"[^>]*hidden="1"', part(DATA, "xl/worksheets/sheet1.xml"))


def test_columns_nobody_needs_are_left_out():
    fields = [column.field for column in columns_of(["count", "at_least"])]
    assert not [field for field in fields if field.startswith("stages.") or field == "done"]
    assert fields[:2] == ["key", "project"]


# --- read back --------------------------------------------------------------------------------------------
def test_what_was_written_is_read():
    report = read_report(DATA, NAME)
    assert figures_of(report) == SENT
    assert report.problems == ()
    assert report.key == ReportKey("p1", "2026-M05", "u1", "r1")
    assert [row.target for row in report.rows] == [f"t-{key}" for key in KEYS]


@pytest.mark.parametrize(
    ("key", "head", "typed", "field", "value"),
    [
        ("a1", "本期完成", "3.3万", "period", Decimal(33000)),
        ("a1", "本期完成", "１２人", "period", Decimal(12)),
        ("a1", "累计完成", 0.1 + 0.2, "cumulative", Decimal("0.3")),
        ("a1", "累计完成", "—", "cumulative", Decimal(50)),  # a dash: the sheet's own sum again
        ("a2", "本期完成", 0, "period", Decimal(0)),
        ("a3", "累计完成", "97%", "cumulative", Decimal(97)),
        ("a5", "是否完成", "√", "done", True),
        ("a5", "是否完成", True, "done", True),
        ("a6", "困难问题", 12.5, "difficulty", "12.5"),
    ],
)
def test_what_people_type_is_read(key, head, typed, field, value):
    report = read_report(sheets.typed(DATA, key, head, typed), NAME)
    assert getattr(figures_of(report)[key], field) == value
    assert report.problems == ()


@pytest.mark.parametrize(
    ("typed", "day"),
    [("2026年4月1日", date(2026, 4, 1)), (date(2026, 4, 1), date(2026, 4, 1)), (46113.0, date(2026, 4, 1))],
)
def test_days_are_read_however_they_are_kept(typed, day):
    report = read_report(sheets.typed(DATA, "a4", "完工日期", typed), NAME)
    assert figures_of(report)["a4"].stages["completed"] == day


def test_money_is_read_to_the_fen():
    report = read_report(sheets.typed(DATA, "a1", "到位资金（万元）", 12.345678), NAME)
    assert figures_of(report)["a1"].money["arrived"] == 12_345_678


def test_a_failed_sum_is_made_again():
    report = read_report(sheets.typed(DATA, "a1", "累计完成", "#VALUE!"), NAME)
    assert figures_of(report) == SENT
    assert report.problems == ()


@pytest.mark.parametrize(
    ("key", "head", "typed", "cell", "expected"),
    [
        ("a1", "本期完成", "许多", "G5", "数字（计量单位：人）"),
        ("a1", "本期完成", date(2026, 3, 5), "G5", "数字"),
        ("a1", "本期完成", "无", "G5", "数字"),
        ("a2", "累计完成", "12户", "H6", "数字（计量单位：公里）"),
        ("a1", "到位资金（万元）", "五百", "P5", "金额（万元）"),
        ("a1", "到位资金（万元）", 0.0000001, "P5", "最小到分的金额"),
        ("a4", "开工日期", "3月", "K8", "日期"),
        ("a5", "是否完成", "差不多", "I9", "是或否"),
        ("a3", "累计完成", "#REF!", "H7", "数值"),
    ],
)
def test_a_bad_cell_is_told_by_its_address(key, head, typed, cell, expected):
    report = read_report(sheets.typed(DATA, key, head, typed), NAME)
    (found,) = report.problems
    assert (found.code, found.severity, found.file, found.sheet) == (
        "cell_unusable",
        "error",
        NAME,
        FORM_SHEET,
    )
    assert (found.cell, found.expected, found.key) == (cell, expected, key)
    assert found.message.startswith(f"{NAME} {FORM_SHEET}!{cell}（{head}）：")
    assert found.message.endswith("。")


@pytest.mark.parametrize(("typed", "found_there"), [(5, "5"), (0, "0"), ("见附件", "见附件")])
def test_what_is_not_asked_is_told_and_not_lost_in_silence(typed, found_there):
    (found,) = read_report(sheets.typed(DATA, "a3", "本期完成", typed), NAME).problems
    assert (found.code, found.cell, found.found) == ("cell_not_asked", "G7", found_there)


# --- sheets that were worked on ---------------------------------------------------------------------------
def on_form(change):
    def both(grids):
        grids[FORM_SHEET] = change(grids[FORM_SHEET])

    return sheets.rewritten(DATA, both)


def test_sorted_rows_are_found_by_their_key():
    data = on_form(lambda grid: [*grid[: HEAD_ROW + 1], *reversed(grid[HEAD_ROW + 1 :])])
    report = read_report(data, NAME)
    assert figures_of(report) == SENT
    assert [row.row for row in report.rows] == [10, 9, 8, 7, 6, 5]
    assert report.problems == ()


def test_moved_columns_are_found_by_their_heads():
    report = read_report(on_form(lambda grid: [list(reversed(row)) for row in grid]), NAME)
    assert figures_of(report) == SENT
    assert report.problems == ()


def test_rows_put_above_the_heads_do_no_harm():
    report = read_report(on_form(lambda grid: [["县领导已阅"], [], *grid]), NAME)
    assert figures_of(report) == SENT


def test_a_renamed_sheet_is_found():
    def rename(grids):
        grids["Sheet1"] = grids.pop(FORM_SHEET)
        grids["我的草稿"] = [["累计", 5.0]]

    assert figures_of(read_report(sheets.rewritten(DATA, rename), NAME)) == SENT


def test_a_deleted_row_is_told_and_the_rest_kept():
    report = read_report(on_form(lambda grid: [row for row in grid if row[0] != "a3"]), NAME)
    assert figures_of(report) == {key: value for key, value in SENT.items() if key != "a3"}
    assert [(found.code, found.key) for found in report.problems] == [("row_missing", "a3")]


def test_a_row_twice_is_not_guessed():
    report = read_report(on_form(lambda grid: [*grid, grid[HEAD_ROW + 2]]), NAME)
    assert "a2" not in figures_of(report)
    (found,) = report.problems
    assert (found.code, found.key) == ("row_repeated", "a2")
    assert "第 6、11 行是同一指标" in found.message


def test_a_row_of_our_own_invention_is_told():
    report = read_report(on_form(lambda grid: [*grid, ["", "自编项目", "自编指标"] + [""] * 18]), NAME)
    assert figures_of(report) == SENT
    assert [(found.code, found.cell) for found in report.problems] == [("row_unknown", "A11")]


def test_a_lost_column_is_told_once_and_the_rest_kept():
    def drop(grid):
        place = grid[HEAD_ROW].index("困难问题")
        return [[*row[:place], *row[place + 1 :]] for row in grid]

    report = read_report(on_form(drop), NAME)
    assert figures_of(report)["a1"] == Figures(
        Decimal(10), Decimal(50), money={"needed": 100_000_000, "spent": 1}
    )
    assert [(found.code, found.expected) for found in report.problems] == [("column_missing", "困难问题")]


# --- files that are not taken -----------------------------------------------------------------------------
def changed_key(row, text, place=0):
    def change(grids):
        grids[KEY_SHEET][row][place] = text

    return sheets.rewritten(DATA, change)


def without(sheet):
    return sheets.rewritten(DATA, lambda grids: grids.pop(sheet))


def headless():
    def change(grids):
        grids[FORM_SHEET][HEAD_ROW][0] = "随便"

    return sheets.rewritten(DATA, change)


def far_away():
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(DATA)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                text = text.replace(
                    b"</sheetData>", b'<row r="1048576"><c r="B1048576"><v>1</v></c></row></sheetData>'
                )
            new.writestr(name, text)
    return buffer.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600

REFUSED = {
    "empty_file": (lambda: b""),
    "encrypted_file": (lambda: OLE + "EncryptedPackage".encode("utf-16-le")),
    "damaged_file": (lambda: DATA[: len(DATA) // 2]),
    "not_xlsx": (lambda: b"%PDF-1.7 ..."),
    "too_far": far_away,
    "not_a_report": (lambda: without(KEY_SHEET)),
    "other_form": (lambda: changed_key(0, "0", 1)),
    "key_changed": (lambda: changed_key(4, "r2")),
    "no_head": headless,
}


@pytest.mark.parametrize("code", REFUSED)
def test_a_file_that_is_none_is_refused_in_a_sentence(code):
    refused = read_report(REFUSED[code](), NAME)
    assert isinstance(refused, ReportRefusal), refused
    assert refused.code == code
    assert refused.message.startswith(f"{NAME}：")
    assert refused.message.endswith("。")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "not_xlsx"),
        ("指标,本期完成\n".encode(), "not_xlsx"),
        (DATA[:-30], "damaged_file"),
        (DATA[:2000] + b"\xff" * 900 + DATA[2900:], "damaged_file"),
    ],
)
def test_other_wrong_files(data, code):
    assert read_report(data, NAME).code == code


KEY = ReportKey("p1", "2026-M05", "u1", "r1")


@pytest.mark.parametrize(
    ("expected", "code"),
    [
        (KEY, None),
        (ReportKey("p2", "2026-M05", "u1", "r1"), "other_programme"),
        (ReportKey("p1", "2026-M06", "u1", "r1"), "other_period"),
        (ReportKey("p1", "2026-M05", "u2", "r1"), "other_unit"),
        (ReportKey("p1", "2026-M05", "u1", "r2"), "other_unit"),
    ],
)
def test_another_report_than_the_one_asked_for_is_refused(expected, code):
    found = read_report(DATA, NAME, expected)
    assert getattr(found, "code", None) == code


def test_the_wrong_period_is_named():
    refused = read_report(DATA, NAME, ReportKey("p1", "2026-M06", "u1", "r1"))
    assert refused.message == f"{NAME}：这是 2026年5月 的填报表，现在汇总的是 2026年6月：请交本期的填报表。"


def test_every_refusal_is_one_sentence():
    assert all(sentence.endswith("。") and sentence.count("。") == 1 for sentence in REFUSALS.values())


# --- properties -------------------------------------------------------------------------------------------
def maybe(values):
    return st.one_of(st.none(), values)


TEXTS = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x9FFF, exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")),
    max_size=12,
)
AMOUNTS = st.decimals(-(10**9), 10**9, places=3)
DAYS = st.dates(date(1995, 1, 1), date(2026, 12, 31))


@st.composite
def lines(draw, number):
    """A line whose figures are such as its kind can hold."""
    kind = draw(st.sampled_from(KINDS))
    asked = asked_of(kind)
    before = draw(maybe(st.builds(Figures, cumulative=maybe(AMOUNTS))))
    now = Figures(
        period=draw(maybe(AMOUNTS)) if "period" in asked else None,
        cumulative=draw(AMOUNTS) if "cumulative" in asked else None,
        done=draw(maybe(st.booleans())) if "done" in asked else None,
        stages=draw(st.dictionaries(st.sampled_from(STAGES), DAYS)) if kind == "stages" else {},
        money=draw(st.dictionaries(st.sampled_from(MONEY_STAGES), st.integers(0, 10**14))),
        difficulty=draw(TEXTS),
        next_step=draw(TEXTS),
        correction=draw(TEXTS),
    )
    return sheets.line(f"k{number}", kind, now, before=before, unit=draw(st.sampled_from(["人", "%", ""])))


@st.composite
def reports(draw):
    count = draw(st.integers(1, 5))
    period = draw(
        st.sampled_from([Period("month", 2026, 1), Period("week", 2026, 9), Period("quarter", 2026, 4)])
    )
    return sheets.sheet(*[draw(lines(number)) for number in range(count)], period=period)


@settings(max_examples=40)
@given(reports())
def test_a_sheet_written_and_read_is_the_same(report):
    read = read_report(report_xlsx(report), NAME)
    assert figures_of(read) == {line.key: line.now for line in report.lines}
    assert read.problems == ()
    assert read.key == report.key


@settings(max_examples=40)
@given(
    st.sampled_from(KEYS),
    st.sampled_from(list(HEADS.values())[6:]),
    st.sampled_from(["坏数", "#REF!", "1,2,3"]),
)
def test_a_damaged_cell_loses_only_itself(key, head, damage):
    report = read_report(sheets.typed(DATA, key, head, damage), NAME)
    now = figures_of(report)
    assert {other: now[other] for other in KEYS if other != key} == {
        other: SENT[other] for other in KEYS if other != key
    }
    field = next(field for field, known in HEADS.items() if known == head)
    assert told(now[key], field) == told(SENT[key], field)
    assert all(found.key == key for found in report.problems)


def told(figures, but):
    """Everything a line says but one field."""
    room, _, stage = but.partition(".")
    said = {
        name: getattr(figures, name)
        for name in ("period", "cumulative", "done", "difficulty", "next_step", "correction")
        if name != room
    }
    said |= {
        f"stages.{known}": day for known, day in figures.stages.items() if (room, stage) != ("stages", known)
    }
    said |= {
        f"money.{known}": fen for known, fen in figures.money.items() if (room, stage) != ("money", known)
    }
    return said
