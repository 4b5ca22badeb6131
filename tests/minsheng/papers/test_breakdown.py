"""Plan → Breakdown: which numbers share a column, where each stands, and what is left out."""

from decimal import Decimal

import pytest

from minsheng.kernel.source import Source
from minsheng.papers.breakdown import Breakdown, plan_breakdown, whole_name
from minsheng.plans.model import EACH, Category, Cell, Head, Plan, Project, Quantity, Table


def number(text, value, unit="个", region=None, subject="老年食堂", **more):
    return Quantity(
        Source(7, 3, 3 + len(text)), text, Decimal(value), unit, subject=subject, region=region, **more
    )


def plan_with(*quantities, status="assigned", tables=(), region="亳州市"):
    project = Project(
        5, 2, Source(7), "老年食堂", "", status, lead_units=("市民政局", "市医保局"), quantities=quantities
    )
    return Plan(Head(region=region, year=2023), (Category(2, "社会保障", 1, Source(6)),), (project,), tables)


def texts(breakdown: Breakdown) -> dict[str, list[str | None]]:
    return {row.region: [entry.text if entry else None for entry in row.entries] for row in breakdown.rows}


def test_the_whole_stands_first_and_regions_as_the_plan_names_them():
    table = plan_breakdown(
        plan_with(
            number("164个", 164), number("38个", 38, region="涡阳县"), number("126个", 126, region="谯城区")
        )
    )
    assert texts(table) == {"全市合计": ["164"], "涡阳县": ["38"], "谯城区": ["126"]}
    assert [row.whole for row in table.rows] == [True, False, False]
    column = table.columns[0]
    assert (column.project, column.headline, column.category, column.units) == (
        5,
        "老年食堂",
        "社会保障",
        "市民政局、市医保局",
    )
    assert column.name == "老年食堂（个）"
    assert table.title == "亳州市2023年1项民生实事目标任务分解表"


def test_entries_keep_value_sign_aspiration_and_line():
    table = plan_breakdown(plan_with(number("力争不少于816个", 816, comparator="ge", aspiration=True)))
    entry = table.rows[0].entries[0]
    assert entry is not None
    assert (entry.value, entry.comparator, entry.aspiration, entry.line, entry.text) == (
        Decimal(816),
        "ge",
        True,
        7,
        "≥816",
    )


@pytest.mark.parametrize(
    "role", ["standard", "share", "budget", "frequency", "deadline", "criterion", "fact"]
)
def test_only_targets_are_broken_down(role):
    table = plan_breakdown(plan_with(number("164个", 164), number("10万元", 100000, "元", role=role)))
    assert [column.name for column in table.columns] == ["老年食堂（个）"]


def test_a_number_said_twice_stands_once():
    table = plan_breakdown(plan_with(number("164个", 164), number("164 个", 164)))
    assert texts(table) == {"全市合计": ["164"]}


def test_a_second_number_of_the_same_name_is_not_lost():
    table = plan_breakdown(plan_with(number("164个", 164), number("165个", 165)))
    assert texts(table) == {"全市合计": ["164", "165"]}


def test_units_that_differ_are_different_indicators():
    table = plan_breakdown(plan_with(number("164个", 164), number("70%", 70, "%")))
    assert [column.unit for column in table.columns] == ["个", "%"]


def test_people_counted_as_ming_and_ren_share_a_column():
    table = plan_breakdown(
        plan_with(number("1604名", 1604, "名"), number("394人", 394, "人", region="涡阳县"))
    )
    assert texts(table) == {"全市合计": ["1,604"], "涡阳县": ["394"]}


def test_wan_is_kept_where_every_number_is_written_so():
    table = plan_breakdown(
        plan_with(number("3.3万人", 33000, "人"), number("0.67万人", 6700, "人", region="谯城区"))
    )
    assert table.columns[0].unit == "万人"
    assert [row.entries[0].value for row in table.rows] == [Decimal("3.3"), Decimal("0.67")]


def test_wan_is_written_out_where_a_part_is_not_written_so():
    table = plan_breakdown(
        plan_with(number("3.3万人", 33000, "人"), number("8300人", 8300, "人", region="谯城区"))
    )
    assert table.columns[0].unit == "人"
    assert texts(table) == {"全市合计": ["33,000"], "谯城区": ["8,300"]}


def test_a_range_stays_words():
    entry = plan_breakdown(plan_with(number("2-3个", 2, value_hi=Decimal(3)))).rows[0].entries[0]
    assert entry is not None
    assert (entry.text, entry.value) == ("2—3", None)


def test_what_every_region_must_reach_is_named_in_the_head():
    table = plan_breakdown(plan_with(number("不少于2200个", 2200), number("各不少于550个", 550, region=EACH)))
    assert table.columns[0].name == "老年食堂（个）（每个不少于550个）"
    assert texts(table) == {"全市合计": ["2,200"]}


def test_what_every_region_must_reach_alone_stands_in_the_row_of_the_whole():
    table = plan_breakdown(plan_with(number("不少于1场", 1, "场", region=EACH)))
    assert table.columns[0].name == "老年食堂（场）"
    assert texts(table) == {"全市合计": ["每个不少于1场"]}


@pytest.mark.parametrize(
    ("status", "name", "text"),
    [
        ("assigned", "老年食堂", "按方案执行"),
        ("upper_level", "（属上级任务）", "—"),
        ("no_task", "（无任务）", "—"),
        ("pending", "（待认定）", "待认定"),
    ],
)
def test_a_project_without_targets_says_why(status, name, text):
    table = plan_breakdown(plan_with(status=status))
    assert [column.name for column in table.columns] == [name]
    assert texts(table) == {"全市合计": [text]}


# --- the whole against its parts


def test_parts_that_add_up_differ_by_nothing():
    table = plan_breakdown(
        plan_with(
            number("164个", 164), number("38个", 38, region="涡阳县"), number("126个", 126, region="谯城区")
        )
    )
    assert table.columns[0].difference is None


def test_parts_that_do_not_add_up_are_named_with_the_gap():
    table = plan_breakdown(
        plan_with(
            number("164个", 164), number("38个", 38, region="涡阳县"), number("120个", 120, region="谯城区")
        )
    )
    assert table.columns[0].difference == Decimal(6)


@pytest.mark.parametrize(
    "quantities",
    [
        (number("164个", 164), number("38个", 38, region="涡阳县")),  # one part is no breakdown
        (number("38个", 38, region="涡阳县"), number("40个", 40, region="谯城区")),  # no whole
        (
            number("90%", 90, "%"),
            number("80%", 80, "%", region="涡阳县"),
            number("95%", 95, "%", region="谯城区"),
        ),
        (
            number("1元", 1, "元/人"),
            number("2元", 2, "元/人", region="涡阳县"),
            number("3元", 3, "元/人", region="谯城区"),
        ),
        (
            number("2-3个", 2, value_hi=Decimal(3)),
            number("1个", 1, region="涡阳县"),
            number("4个", 4, region="谯城区"),
        ),
    ],
)
def test_what_cannot_be_added_is_not_called_different(quantities):
    assert [column.difference for column in plan_breakdown(plan_with(*quantities)).columns] == [None]


# --- plans with a table of their own


def cell(indicator, region, text, value=None, unit=None):
    return Cell(5, indicator, unit, region, None if value is None else Decimal(value), text, Source(90))


def test_a_projects_own_table_is_kept_as_it_is():
    table = Table(
        "分解表",
        Source(88),
        (
            cell("新增就业", "全市合计", "3.3", "3.3", "万人"),
            cell("新增就业", "烈山区", "0.67", "0.67", "万人"),
            cell("认定", "全市合计", "≥1", None, "家"),
            cell("认定", "烈山区", "待认定"),
        ),
    )
    got = plan_breakdown(plan_with(number("6700人", 6700, "人"), tables=(table,), region="烈山区"))
    assert [(column.indicator, column.unit) for column in got.columns] == [
        ("新增就业", "万人"),
        ("认定", "家"),
        ("认定", ""),
    ]
    assert texts(got) == {"全市合计": ["3.3", "≥1", None], "烈山区": ["0.67", None, "待认定"]}


def test_a_number_said_of_the_plans_own_region_joins_that_regions_row():
    table = Table("分解表", Source(88), (replace_project(cell("新增就业", "烈山区", "0.67", "0.67"), 6),))
    got = plan_breakdown(plan_with(number("17个", 17), tables=(table,), region="烈山区"))
    assert texts(got)["烈山区"] == ["17"]


def replace_project(of, project):
    return Cell(project, of.indicator, of.unit, of.region, of.value, of.text, of.source)


@pytest.mark.parametrize(
    ("region", "name"),
    [
        ("亳州市", "全市合计"),
        ("涡阳县", "全县合计"),
        ("烈山区", "全区合计"),
        ("安徽省", "全省合计"),
        (None, "全部合计"),
    ],
)
def test_the_row_of_the_whole_is_called_as_officials_call_it(region, name):
    assert whole_name(region) == name


def test_only_keeps_columns_and_the_rows_that_say_something():
    table = plan_breakdown(
        plan_with(
            number("164个", 164),
            number("38个", 38, region="涡阳县"),
            number("70%", 70, "%", subject="覆盖率"),
        )
    ).only([1])
    assert [column.name for column in table.columns] == ["覆盖率（%）"]
    assert texts(table) == {"全市合计": ["70"]}
    assert [entry.text for line in table.lines for entry in line.entries if entry] == ["70"]
