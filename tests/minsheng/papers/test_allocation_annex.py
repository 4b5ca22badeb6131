"""The annex form goes out filled and comes back: the same, changed, re-ordered, damaged, or another file."""

import zipfile
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from minsheng.kernel.problem import Problem
from minsheng.papers.allocation_form import (
    MARK,
    AllocationForm,
    FormColumn,
    FormIdentity,
    FormRegion,
    read_mark,
    written,
)
from minsheng.papers.allocation_return import identity_of, read_allocation
from minsheng.papers.allocation_sums import as_division
from minsheng.papers.allocation_xlsx import ALLOCATION_SHEET, ASKED_SHEET, allocation_xlsx
from minsheng.papers.returned_workbook import cell_name
from minsheng.progress.allocation import inflated

D = Decimal
NODE = FormIdentity("7", 2023, 1, "341600")
REGIONS = tuple(
    FormRegion(code, name)
    for code, name in (
        ("341602", "谯城区"),
        ("341621", "涡阳县"),
        ("341622", "蒙城县"),
        ("341623", "利辛县"),
    )
)


def shares(*figures):
    return {
        region.key: None if figure is None else D(figure)
        for region, figure in zip(REGIONS, figures, strict=True)
    }


FORM = AllocationForm(
    NODE,
    "亳州市2023年民生实事目标任务分解表",
    "亳州市",
    REGIONS,
    (
        FormColumn("11", "1、稳定就业", "城镇新增就业", "人", "count", D(33000), D(0), shares(9600, 8300, 7900, 7200)),
        FormColumn("12", "1、稳定就业", "见习岗位", "个", "count", D(3265), D(65), shares(1000, 816, 784, 600)),
        FormColumn("13", "2、农村公路", "改造", "公里", "count", D("120.5"), D(0), shares("40.5", 40, 40, None)),
        FormColumn("14", "3、就业服务", "登记失业率", "%", "at_most", D("4.3"), D(0), shares("4.3", "4.3", 4, "4.2")),
    ),
)  # fmt: skip


def grid(data: bytes, sheet: str = ALLOCATION_SHEET):
    return (
        CalamineWorkbook.from_filelike(BytesIO(data))
        .get_sheet_by_name(sheet)
        .to_python(skip_empty_area=False)
    )


def workbook(rows, sheet: str = ALLOCATION_SHEET, formats=()) -> bytes:
    """Any rows as a file, as another program would save them."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    percent = book.add_format({"num_format": "0.0%"})
    out = book.add_worksheet(sheet)
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if value == "#REF!":
                out.write_formula(row, column, "=#REF!", None, "#REF!")
            elif value not in {"", None}:
                out.write(row, column, value, percent if (row, column) in formats else None)
    book.close()
    return buffer.getvalue()


def changed(*edits, form=FORM) -> bytes:
    """The form with cells (row, column, value) typed over, rows and columns from 0 with the hidden ones."""
    rows = grid(allocation_xlsx(form))
    for row, column, value in edits:
        rows[row][column] = value
    return workbook(rows)


def figures(returned, *, asked=False):
    return {(cell.column, cell.region): cell.value for cell in returned.cells if cell.asked is asked}


STANDING = {
    **{(column.key, key): value for column in FORM.columns for key, value in column.shares.items()},
    ("11", None): D(0),
    ("12", None): D(65),
    ("13", None): D(0),
}
SOUND = read_allocation(allocation_xlsx(FORM), FORM)


def test_what_goes_out_comes_back():
    assert SOUND.problems == ()
    assert figures(SOUND) == STANDING
    assert [cell_name(cell.source) for cell in SOUND.cells[:5]] == ["C8", "C9", "C10", "C11", "C12"]


def test_the_sheet_a_clerk_sees():
    rows = grid(allocation_xlsx(FORM))
    assert rows[1][1] == "亳州市2023年民生实事目标任务分解表"
    assert rows[3][1:5] == ["单位名称", "1、稳定就业", "", "2、农村公路"]
    assert rows[4][2:] == ["城镇新增就业", "见习岗位", "改造", "登记失业率"]
    assert rows[6][1:] == ["亳州市目标", 33000, 3265, 120.5, 4.3]
    assert rows[10][1:] == ["利辛县", 7200, 600, "—", 4.2]
    assert rows[11][1:] == ["预留", 0, 65, 0, "—"]
    assert rows[12][1:] == ["合计（各地＋预留）", 33000, 3265, 120.5, "—"]


def test_the_mark_survives_only_whole():
    assert read_mark(written(NODE)) == NODE
    assert read_mark(written(NODE).replace("2023", "2024")) is None
    assert read_mark(f"{MARK}|") is None
    assert identity_of(allocation_xlsx(FORM)) == NODE


def test_rows_in_another_order_a_new_title_line_a_note_and_hidden_columns():
    rows = grid(allocation_xlsx(FORM))
    rows = [
        *rows[:2],
        ["", "（征求意见稿 2023）"],
        *rows[2:7],
        *rows[7:11][::-1],
        *rows[11:],
        ["", "备注：无"],
    ]
    returned = read_allocation(workbook(rows), FORM)
    assert (returned.problems, figures(returned)) == ((), STANDING)


def test_columns_in_another_order_and_names_sorted_without_their_keys():
    rows = grid(allocation_xlsx(FORM))
    moved = [[*row[:2], row[4], row[2], row[5], row[3]] for row in rows]
    keys = [row[0] for row in moved]
    body = moved[7:11][::-1]
    moved[7:11] = [[key, *row[1:]] for key, row in zip(keys[7:11], body, strict=True)]
    returned = read_allocation(workbook(moved), FORM)
    assert (returned.problems, figures(returned)) == ((), STANDING)


@pytest.mark.parametrize(
    ("typed", "value"),
    [("3.3万", D(33000)), ("３３０００", D(33000)), ("33,000", D(33000)), ("33000人", D(33000)), (" 33000 ", D(33000)),
     ("—", None), ("无任务", None), ("0", D(0)), (0, D(0)), (33000.0, D(33000)), ("2万人", D(20000))],
)  # fmt: skip
def test_what_is_understood(typed, value):
    returned = read_allocation(changed((7, 2, typed)), FORM)
    assert figures(returned)["11", "341602"] == value
    assert [problem.code for problem in returned.problems] == ["parts_differ_from_whole"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("约30", "是约数或范围（“约30”），应当是一个确定的数，如 30"),
        ("30左右", "是约数或范围"),
        ("300以上", "是约数或范围"),
        ("≥300", "是约数或范围"),
        ("三百", "是文字（“三百”），应当是一个数；没有任务的填“—”，不改的留空"),
        ("待定", "是文字"),
        (-5, "是负数（-5），应当是 0 或正数"),
        ("-5", "是负数（-5）"),
        (10.5, "是 10.5，人只能按整数计，应当是整数"),
        ("300户", "写了单位“户”（“300户”），这一列按人填写，请换算后只填数字"),
        (True, "是是非值（TRUE），应当是一个数"),
        ("#REF!", "是公式错误（#REF!、#DIV/0! 之类），应当是一个数"),
        ("30-40", "是文字"),
    ],
)
def test_one_damaged_cell_is_told_and_loses_only_itself(typed, words):
    returned = read_allocation(changed((8, 2, typed)), FORM)
    (problem,) = returned.problems
    assert (problem.code, cell_name(problem.sources[0]), problem.sources[0].document) == (
        "cell_unreadable",
        "C9",
        "目标任务分解表",
    )
    assert problem.message.startswith("《目标任务分解表》C9（涡阳县，城镇新增就业）：")
    assert words in problem.message
    assert figures(returned) == {
        place: value for place, value in STANDING.items() if place != ("11", "341621")
    }


def test_a_blank_changes_nothing_and_counts_as_it_stood():
    returned = read_allocation(changed((8, 2, "")), FORM)
    assert returned.problems == ()
    assert ("11", "341621") not in figures(returned)


def test_sums_are_told_by_column():
    returned = read_allocation(changed((7, 2, 9601), (11, 3, 60)), FORM)
    assert [(problem.code, cell_name(problem.sources[0])) for problem in returned.problems] == [
        ("parts_differ_from_whole", "C7"),
        ("parts_differ_from_whole", "D7"),
    ]
    assert returned.problems[0].message == (
        "《目标任务分解表》C7 一列，《城镇新增就业》：各地分解数合计 33001人，本级目标 33000人，多 1人。"
        "请从有关地区减去 1人；要求某地多做的部分请填在“实际下达数”，不计入合计。"
    )
    assert figures(returned)["12", None] == D(60)


def test_a_percentage_is_what_it_shows():
    rows = grid(allocation_xlsx(FORM))
    rows[7][5] = 0.041
    rows[8][2] = 0.5
    returned = read_allocation(workbook(rows, formats={(7, 5), (8, 2)}), FORM)
    assert figures(returned)["14", "341602"] == D("4.1")
    assert [problem.message for problem in returned.problems] == [
        "《目标任务分解表》C9（涡阳县，城镇新增就业）：是百分数（50%），这一列按人填写。"
    ]


def test_a_level_too_weak_is_told():
    (problem,) = read_allocation(changed((7, 5, 4.6)), FORM).problems
    assert (problem.code, problem.severity, cell_name(problem.sources[0])) == (
        "level_too_weak",
        "warning",
        "F7",
    )


@pytest.mark.parametrize(
    ("edits", "code", "words"),
    [
        ([(8, 1, "滁州市")], "form_region_renamed", "名称写的是“滁州市”，下载时是“涡阳县”，已按涡阳县读取"),
        ([(8, 1, "滁州市"), (8, 0, "")], "form_region_unknown", "“滁州市”不是这张表里的地区，这一行没有读"),
        ([(8, 1, ""), (8, 0, "")], "form_region_unknown", "这一行没有地区名称"),
        ([(8, 1, "谯城区"), (8, 0, "341602")], "form_region_repeated", "《目标任务分解表》B8、B9：谯城区列了 2 次"),
        ([(0, 3, "")], "form_column_missing", "缺少《见习岗位》一列"),
        ([(0, 3, "11")], "form_column_repeated", "《城镇新增就业》有 2 列"),
        ([(0, 3, "99")], "form_column_unknown", "D1 所在的列不是这张表的指标"),
        ([(6, 2, 34000)], "form_whole_changed", "C7：《城镇新增就业》的本级目标是 33000，在这张表里不能改"),
    ],
)  # fmt: skip
def test_rows_and_columns_that_are_not_as_sent(edits, code, words):
    returned = read_allocation(changed(*edits), FORM)
    (problem,) = [problem for problem in returned.problems if problem.code == code]
    assert words in problem.message
    assert len(returned.cells) >= 9


@pytest.mark.parametrize(
    ("identity", "words"),
    [
        (FormIdentity("7", 2024, 1, "341600"), "这是 2024 年的表，现在要的是 2023 年的"),
        (FormIdentity("8", 2023, 1, "341600"), "这是另一个方案的表"),
        (FormIdentity("7", 2023, 1, "341300"), "这是另一个地区的表"),
    ],
)
def test_a_form_of_another_is_refused(identity, words):
    other = AllocationForm(identity, FORM.title, FORM.node_name, FORM.regions, FORM.columns)
    returned = read_allocation(allocation_xlsx(other), FORM)
    assert returned.cells == ()
    assert [problem.code for problem in returned.problems] == ["form_of_other"]
    assert words in returned.problems[0].message


def test_an_older_version_is_read_and_told():
    old = AllocationForm(FormIdentity("7", 2023, 2, "341600"), "", "亳州市", FORM.regions, FORM.columns)
    returned = read_allocation(allocation_xlsx(FORM), old)
    assert [(problem.code, problem.severity) for problem in returned.problems] == [("form_stale", "warning")]
    assert figures(returned) == STANDING


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "文件是空的"),
        (b"PK\x03\x04 cut", "这不是 Excel 工作簿"),
        (allocation_xlsx(FORM)[:3000], "已损坏或不完整"),
        ("地区,数\n".encode("gbk"), "这不是 Excel 工作簿"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") + b"\0" * 600,
            "已损坏或不完整",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "有密码保护"),
    ],
)
def test_a_file_that_cannot_be_opened_says_what_to_do(data, words):
    returned = read_allocation(data, FORM)
    (problem,) = returned.problems
    assert (returned.cells, problem.code) == ((), "workbook_unreadable")
    assert words in problem.message
    assert isinstance(identity_of(data), Problem)


def test_a_package_with_its_middle_destroyed_is_damaged():
    data = bytearray(allocation_xlsx(FORM))
    at = data.index(b"xl/worksheets/sheet1.xml") + 60
    data[at : at + 400] = bytes(400)
    (problem,) = read_allocation(bytes(data), FORM).problems
    assert "已损坏或不完整" in problem.message


def test_a_cell_at_the_far_end_is_no_form():
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write(0, 0, 1)
    sheet.write(1_048_575, 16_383, 1)
    book.close()
    (problem,) = read_allocation(buffer.getvalue(), FORM).problems
    assert "大得不正常" in problem.message


def test_a_table_of_ones_own_and_a_damaged_mark_are_not_guessed():
    own = workbook([["单位名称", "城镇新增就业"], ["谯城区", 9600]])
    assert [problem.code for problem in read_allocation(own, FORM).problems] == ["form_unknown"]
    (problem,) = read_allocation(changed((0, 0, written(NODE) + "x")), FORM).problems
    assert "标记被改动过" in problem.message
    rows = grid(allocation_xlsx(FORM))
    lost = workbook([[written(NODE)], *rows[1:]])
    (problem,) = read_allocation(lost, FORM).problems
    assert "隐藏的一行标记不见了" in problem.message


ASKING = replace(
    FORM,
    columns=(replace(FORM.columns[0], asked={"341621": D(9000), "341622": D("8000")}), *FORM.columns[1:]),
)


def test_what_regions_are_really_asked_for_has_a_sheet_of_its_own():
    data = allocation_xlsx(ASKING)
    returned = read_allocation(data, ASKING)
    assert (returned.problems, figures(returned)) == ((), STANDING)
    assert figures(returned, asked=True) == {("11", "341621"): D(9000), ("11", "341622"): D(8000)}
    assert {cell.source.document for cell in returned.cells if cell.asked} == {"实际下达数"}
    division = as_division(ASKING, ASKING.columns[0], returned.cells)
    assert [(one.region, one.more) for one in inflated(division)] == [
        ("涡阳县", D(700)),
        ("蒙城县", D(100)),
        (None, D(800)),
    ]


def test_asked_for_less_is_told_and_a_dash_takes_it_back():
    less = replace(FORM, columns=(replace(FORM.columns[0], asked={"341621": D(8000)}), *FORM.columns[1:]))
    (problem,) = read_allocation(allocation_xlsx(less), FORM).problems
    assert problem.code == "asked_below_share"
    sheets = {name: grid(allocation_xlsx(ASKING), name) for name in (ALLOCATION_SHEET, ASKED_SHEET)}
    sheets[ASKED_SHEET][7][2] = "—"
    sheets[ASKED_SHEET][8][2] = "约8000"
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    book.close()
    returned = read_allocation(buffer.getvalue(), ASKING)
    assert figures(returned, asked=True) == {("11", "341621"): None}
    assert [problem.message for problem in returned.problems] == [
        "《实际下达数》C9（蒙城县，城镇新增就业）：是约数或范围（“约8000”），应当是一个确定的数，如 8000。"
    ]
    assert as_division(ASKING, ASKING.columns[0], returned.cells).parts[1].asked is None


def test_two_copies_of_the_table_are_not_guessed_between():
    rows = grid(allocation_xlsx(FORM))
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    for name in (ALLOCATION_SHEET, f"{ALLOCATION_SHEET} (2)"):
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    book.close()
    returned = read_allocation(buffer.getvalue(), FORM)
    assert returned.cells == ()
    assert "《目标任务分解表》、《目标任务分解表 (2)》" in returned.problems[0].message


@pytest.mark.parametrize(
    ("formula", "result", "state"),
    [
        ("=9000+600", 9600, ("ok", D(9600))),
        ("=9000+600", "", ("told", "是还没有算出结果的公式")),
        ("=1/0", "#DIV/0!", ("told", "是公式错误")),
    ],
)
def test_formulas_count_by_their_result(formula, result, state):
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet(ALLOCATION_SHEET)
    for at, row in enumerate(grid(allocation_xlsx(FORM))):
        sheet.write_row(at, 0, row)
    sheet.write_formula(7, 2, formula, None, result or 12345)
    book.close()
    data = buffer.getvalue()
    if not result:
        data = repacked(data, "xl/worksheets/sheet1.xml", (b"<v>12345</v>", b"<v></v>"))
    returned = read_allocation(data, FORM)
    if state[0] == "ok":
        assert (returned.problems, figures(returned)["11", "341602"]) == ((), state[1])
    else:
        (problem,) = returned.problems
        assert state[1] in problem.message
        assert ("11", "341602") not in figures(returned)


def repacked(data: bytes, part: str, change: tuple[bytes, bytes]) -> bytes:
    """A package with one text of one part changed."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                assert change[0] in content
                content = content.replace(*change)
            new.writestr(name, content)
    return buffer.getvalue()


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 255)), min_size=1, max_size=30), st.booleans()
)
def test_a_file_damaged_anywhere_is_read_or_refused_and_never_raises(edits, cut):
    data = bytearray(SENT)
    for at, byte in edits:
        data[at % len(data)] = byte
    returned = read_allocation(bytes(data[: edits[0][0] % len(data)]) if cut else bytes(data), FORM)
    assert returned.cells or returned.problems


SENT = allocation_xlsx(FORM)
FIGURES = st.one_of(
    st.none(), st.decimals(min_value=0, max_value=10**9, places=2), st.integers(0, 10**9).map(D)
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.dictionaries(st.sampled_from([r.key for r in REGIONS]), FIGURES), min_size=1, max_size=5))
def test_any_form_comes_back_the_same(columns):
    made = tuple(
        FormColumn(f"k{at}", "项目", f"指标{at}", "公里", "count", None, D(0), shares)
        for at, shares in enumerate(columns)
    )
    form = AllocationForm(NODE, "表", "亳州市", REGIONS, made)
    returned = read_allocation(allocation_xlsx(form), form)
    assert {problem.code for problem in returned.problems} <= {"whole_unknown"}
    expected = {(column.key, key): value for column in made for key, value in column.shares.items()}
    assert {place: value for place, value in figures(returned).items() if place[1]} == expected


@settings(max_examples=40, deadline=None)
@given(
    st.integers(7, 10),
    st.integers(2, 5),
    st.sampled_from(["约30", "待定", -1, True, "#REF!", "3台", "12..5", "1e5"]),
)
def test_one_damaged_cell_anywhere_loses_only_that_cell(row, column, damage):
    returned = read_allocation(changed((row, column, damage)), FORM)
    lost = (FORM.columns[column - 2].key, REGIONS[row - 7].key)
    assert figures(returned) == {place: value for place, value in STANDING.items() if place != lost}
    assert [
        (problem.code, problem.sources[0].line, problem.sources[0].start) for problem in returned.problems
    ] == [("cell_unreadable", row + 1, column)]
