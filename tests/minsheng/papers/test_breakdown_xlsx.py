"""Breakdown → Excel, read back: heads, merged cells, values that are numbers."""

import zipfile
from decimal import Decimal
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from minsheng.kernel.source import Source
from minsheng.papers.breakdown import Breakdown, Column, Entry, Row, plan_breakdown
from minsheng.papers.breakdown_xlsx import breakdown_xlsx, number_format
from minsheng.plans.model import Category, Head, Plan, Project, Quantity


def number(subject, text, value, unit, region=None, comparator="eq"):
    return Quantity(
        Source(3), text, Decimal(value), unit, subject=subject, region=region, comparator=comparator
    )


PLAN = Plan(
    Head(region="亳州市", year=2023),
    (Category(1, "就业促进", 2, Source(1)), Category(2, "社会保障", 1, Source(9))),
    (
        Project(
            1,
            1,
            Source(3),
            "稳定就业",
            "",
            lead_units=("市人社局",),
            quantities=(
                number("新增就业", "3.3万人以上", 33000, "人", comparator="ge"),
                number("新增就业", "8300人以上", 8300, "人", "涡阳县", "ge"),
                number("见习岗位", "3265个", 3265, "个"),
                number("见习岗位", "816个", 816, "个", "涡阳县"),
            ),
        ),
        Project(2, 1, Source(5), "家政培训", "", quantities=(number("培训", "4.48万人次", 44800, "人次"),)),
        Project(3, 2, Source(9), "营养改善", "", "no_task"),
    ),
)


@pytest.fixture(scope="module")
def data() -> bytes:
    return breakdown_xlsx(plan_breakdown(PLAN))


@pytest.fixture(scope="module")
def annex(data):
    return CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name("目标任务分解表")


def rows(sheet):
    return sheet.to_python(skip_empty_area=False)


def test_heads_stand_over_their_indicators(annex):
    table = rows(annex)
    assert table[0][0] == "亳州市2023年3项民生实事目标任务分解表"
    assert table[2] == ["单位名称", "就业促进", "", "", "社会保障"]
    assert table[3] == ["", "1、稳定就业\n（牵头单位：市人社局）", "", "2、家政培训", "3、营养改善"]
    assert table[4] == ["", "新增就业（人）", "见习岗位（个）", "培训（万人次）", "（无任务）"]


def test_heads_are_merged(annex):
    merged = set(annex.merged_cell_ranges)
    assert ((2, 0), (4, 0)) in merged  # 单位名称 over three rows
    assert ((2, 1), (2, 3)) in merged  # 就业促进 over three indicators
    assert ((3, 1), (3, 2)) in merged  # project 1 over its two


def test_values_are_numbers_and_the_whole_stands_first(annex):
    table = rows(annex)
    assert table[5] == ["全市合计", 33000.0, 3265.0, 4.48, "—"]
    assert table[6] == ["涡阳县", 8300.0, 816.0, "", ""]
    assert len(table) == 7


def test_the_list_has_one_indicator_a_row(data):
    table = rows(CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name("指标清单"))
    assert table[1] == ["序号", "类别", "项目", "指标", "计量单位", "全市合计", "涡阳县", "牵头单位"]
    assert table[2] == [1.0, "就业促进", "稳定就业", "新增就业", "人", 33000.0, 8300.0, "市人社局"]
    assert len(table) == 6


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (Entry("816", Decimal(816)), "#,##0"),
        (Entry("≥816", Decimal(816), "ge"), '"≥"#,##0'),
        (Entry("约3.30", Decimal("3.30"), "about"), '"约"#,##0.0'),
        (Entry("33000", Decimal("33000.000000")), "#,##0"),
        (Entry("114.519", Decimal("114.519")), "#,##0.000"),
    ],
)
def test_signs_are_number_formats(entry, expected):
    assert number_format(entry) == expected


def test_the_sheet_prints_on_a3_across_with_its_heads_on_every_page(data):
    with zipfile.ZipFile(BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        book = archive.read("xl/workbook.xml").decode()
    assert 'paperSize="8"' in sheet
    assert 'orientation="landscape"' in sheet
    assert 'state="frozen"' in sheet
    assert 'topLeftCell="B6"' in sheet
    assert "$A:$A,目标任务分解表!$3:$5" in book


def test_pages_break_between_projects_never_inside_one():
    columns = tuple(Column(1 + at // 5, "项目", "类别", "", f"指标{at}", "个") for at in range(60))
    table = Breakdown("表", "亳州市", columns, (Row("全市合计", True, (Entry("1", Decimal(1)),) * 60),))
    with zipfile.ZipFile(BytesIO(breakdown_xlsx(table))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    breaks = [int(part.split('"')[0]) for part in sheet.split("<colBreaks")[1].split('brk id="')[1:]]
    assert breaks
    assert all((at - 1) % 5 == 0 for at in breaks)


def test_a_plan_without_projects_gives_an_empty_table():
    data = breakdown_xlsx(plan_breakdown(Plan(Head(region="亳州市", year=2023))))
    table = rows(CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name("目标任务分解表"))
    assert table[5][0] == "全市合计"
