"""Published progress tables through Excel: 眉山's real ones, the same with one figure altered, odd forms."""

from decimal import Decimal
from io import BytesIO

import pytest
import xlsxwriter
from make_progress_tables import progress_workbook, rows_of

from minsheng.papers.progress_heads import Named, named
from minsheng.papers.progress_table import read_progress_table
from minsheng.papers.returned_workbook import cell_name
from minsheng.progress.published_differences import differences

D = Decimal
NAMES = ["meishan-2017-07", "meishan-2017-11", "meishan-2019"]
REGIONS = ["全市", "市本级", "眉山天府新区", "东坡区", "彭山区", "仁寿县", "洪雅县", "丹棱县", "青神县"]


def read(name, *edits):
    """The table of a sample with (region, indicator, column, text) put over its figures."""
    rows = rows_of(name)
    for region, indicator, column, text in edits:
        (row,) = [row for row in rows if (row["region"], row["indicator"]) == (region, indicator)]
        row[column] = text
    return read_progress_table(progress_workbook(rows, f"{name}完成情况表"))


def found(table):
    return [
        (item.code, item.region, item.indicator, item.what, item.likely, item.right)
        for item in differences(table.figures)
    ]


@pytest.mark.parametrize("name", NAMES)
def test_every_printed_figure_is_read(name):
    table = read(name)
    assert table.problems == ()
    assert [
        tuple(None if cell is None else cell.value for cell in (figure.target, figure.done, figure.percent))
        for figure in table.figures
    ] == [
        tuple(
            D(row[column]) if row[column].replace(".", "").isdecimal() else None
            for column in ("target", "done", "percent")
        )
        for row in rows_of(name)
    ]


def test_the_table_by_region_keeps_regions_kinds_and_places():
    figures = read("meishan-2019").figures
    assert [figure.region for figure in figures[:9]] == REGIONS
    assert {figure.indicator: (figure.unit, figure.kind) for figure in figures} == {
        "城镇新增就业": ("人", "count"),
        "城镇失业人员再就业": ("人", "count"),
        "就业困难人员就业": ("人", "count"),
        "城镇登记失业率": ("%", "at_most"),
        "下岗失业人员再就业": ("人", "count"),
        "劳务品牌培训": ("人", "count"),
    }
    assert cell_name(figures[3].done.source) == "C9"
    assert [figure.target for figure in figures if figure.region == "眉山天府新区"] == [None] * 5


def test_what_the_real_tables_hold():
    """2019: 30 percentages and 8 totals, all right. 2017: one misprint, and two percentages that are none."""
    assert found(read("meishan-2019")) == []
    assert found(read("meishan-2017-07")) == [
        ("percent_of_ceiling", "", "城镇登记失业率", "percent", "percent", D(102)),
        ("percent_differs", "", "现代畜牧业科技培训", "percent", "percent", D("82.0")),
    ]
    assert found(read("meishan-2017-11")) == [
        ("percent_of_ceiling", "", "城镇登记失业率", "percent", "unknown", None),
    ]


def test_the_misprint_is_said_with_its_arithmetic():
    ceiling, misprint = differences(read("meishan-2017-07").figures)
    assert (cell_name(misprint.source), misprint.given, misprint.recomputed) == ("G14", D("91.9"), D("82.0"))
    assert misprint.message == (
        "《现代畜牧业科技培训》完成比例印的是 91.9%，按进度 24589 ÷ 目标 30000 应为 82%。"
        "与算出的数只差一个数字，多半是比例印错，应为 82%。"
    )
    assert ceiling.message == (
        "《城镇登记失业率》是控制类指标，不计算完成比例；印的 103% 也不等于目标除以实际（102%），"
        "请只说是否控制在 4.3 以内。"
    )


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        # A percentage alone: target and done are vouched for by their totals.
        (
            [("东坡区", "城镇新增就业", "percent", "268.5")],
            [("percent_differs", "东坡区", "城镇新增就业", "percent", "percent", D("286.5"))],
        ),
        # A part's done: its percentage and the total both speak against it.
        (
            [("彭山区", "城镇新增就业", "done", "6183")],
            [
                ("sum_differs", "全市", "城镇新增就业", "done", "part", D(6138)),
                ("percent_differs", "彭山区", "城镇新增就业", "percent", "done", D(6138)),
            ],
        ),
        # The whole itself.
        (
            [("全市", "就业困难人员就业", "target", "2200")],
            [
                ("sum_differs", "全市", "就业困难人员就业", "target", "whole", D(2000)),
                ("percent_differs", "全市", "就业困难人员就业", "percent", "target", D(2000)),
            ],
        ),
        # A cell that lost its figure.
        (
            [
                ("市本级", "下岗失业人员再就业", "target", ""),
                ("市本级", "下岗失业人员再就业", "done", ""),
                ("市本级", "下岗失业人员再就业", "percent", ""),
                ("眉山天府新区", "下岗失业人员再就业", "target", "0"),
            ],
            [
                ("sum_differs", "全市", "下岗失业人员再就业", "target", "blank", D(60)),
                ("sum_differs", "全市", "下岗失业人员再就业", "done", "unknown", None),
            ],
        ),
        # Digits cut off: 119.97 printed as 119.9.
        (
            [("全市", "劳务品牌培训", "target", "6300"), ("全市", "劳务品牌培训", "done", "7558"),
             ("全市", "劳务品牌培训", "percent", "119")],
            [("percent_cut_off", "全市", "劳务品牌培训", "percent", "percent", D(120))],
        ),
        # Nothing to go by.
        (
            [("全市", "劳务品牌培训", "done", "2140")],
            [("percent_differs", "全市", "劳务品牌培训", "percent", "unknown", None)],
        ),
        # Must not fire: either way of rounding a half, fewer digits, a blank percentage, nothing promised.
        ([("全市", "下岗失业人员再就业", "percent", "272.2")], []),
        ([("全市", "下岗失业人员再就业", "percent", "272")], []),
        ([("全市", "下岗失业人员再就业", "percent", "")], []),
        ([("东坡区", "城镇登记失业率低于", "done", "3.9")], []),
        ([("市本级", "城镇新增就业", "target", "0")], []),
    ],
)  # fmt: skip
def test_one_altered_figure_is_named(edits, expected):
    assert found(read("meishan-2019", *edits)) == expected


def test_a_cell_that_is_no_figure_loses_only_itself():
    table = read("meishan-2019", ("东坡区", "城镇新增就业", "done", "约2.3万"))
    (problem,) = table.problems
    assert problem.message == (
        "《完成情况表》C9（东坡区，城镇新增就业，进度）：是约数或范围（“约2.3万”），应当是一个确定的数，如 2.3。"
    )
    assert (len(table.figures), table.figures[3].done, table.figures[3].target.value) == (46, None, D(8000))


def test_percentages_kept_as_fractions_are_what_they_show():
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet()
    percent = book.add_format({"num_format": "0.0%"})
    sheet.write_row(0, 0, ["县区", "新建托位（个）"])
    sheet.write_row(1, 0, ["县区", "目标任务数", "完成数", "完成率"])
    sheet.write_row(2, 0, ["合计", 300, 200])
    sheet.write_formula(2, 3, "=C3/B3", percent, 200 / 300)
    sheet.write_row(3, 0, ["甲县", 300, 200])
    sheet.write_number(3, 3, 0.66, percent)
    book.close()
    figures = read_progress_table(buffer.getvalue()).figures
    assert [(figure.region, figure.indicator, figure.percent.value) for figure in figures] == [
        ("合计", "新建托位", D("66.7")),
        ("甲县", "新建托位", D("66.0")),
    ]
    assert [(item.region, item.right) for item in differences(figures)] == [("甲县", D("66.7"))]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("城镇登记失业率低于(%)", Named("城镇登记失业率", "%", "at_most")),
        ("高校毕业生就业(%)", Named("高校毕业生就业", "%", "at_least")),
        ("培训(人次)", Named("培训", "人次", "count")),
        ("实训基地", Named("实训基地", "", "count")),
    ],
)
def test_a_head_says_name_unit_and_kind(head, expected):
    assert named(head) == expected


def test_a_workbook_without_such_a_table_is_told():
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.add_worksheet().write_row(0, 0, ["姓名", "电话"])
    book.close()
    (problem,) = read_progress_table(buffer.getvalue()).problems
    assert problem.code == "progress_table_missing"
    assert [problem.code for problem in read_progress_table(b"").problems] == ["workbook_unreadable"]


def test_hidden_sheets_and_notes_below_the_table_are_left_out():
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    for name in ("表", "旧表"):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, ["地区", "培训（人）"])
        sheet.write_row(1, 0, ["地区", "目标任务", "进度"])
        sheet.write_row(2, 0, ["甲县", 300, 200])
        sheet.write_row(3, 0, ["注：截至 11 月底"])
    book.worksheets()[1].hide()
    book.close()
    figures = read_progress_table(buffer.getvalue()).figures
    assert [(figure.region, figure.done.source.document) for figure in figures] == [("甲县", "表")]
