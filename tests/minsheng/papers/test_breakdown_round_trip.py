"""Breakdown → Excel → read again as a notice: the same numbers for the same projects and regions."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from minsheng.kernel.source import Source
from minsheng.notices.document import Document
from minsheng.notices.reading import read_document
from minsheng.papers.breakdown import Breakdown
from minsheng.papers.breakdown_xlsx import LIST_SHEET, breakdown_xlsx
from minsheng.papers.plan_breakdown import plan_breakdown
from minsheng.plans.compile import compile_plan
from minsheng.plans.model import Category, Head, Plan, Project, Quantity

GOLDENS = Path(__file__).parents[2] / "golden" / "plans"


def number(subject, text, value, unit, region=None):
    return Quantity(Source(3), text, Decimal(value), unit, subject=subject, region=region)


def project(number_, category, headline, units, *quantities, status="assigned"):
    return Project(
        number_, category, Source(3), headline, headline, status, lead_units=units, quantities=quantities
    )


PLAN = Plan(
    Head(region="亳州市", year=2023),
    (Category(1, "就业促进", 2, Source(1)), Category(2, "社会保障", 1, Source(9))),
    (
        project(
            1,
            1,
            "稳定就业",
            ("市人社局",),
            number("新增就业", "1.5万人", 15000, "人"),
            number("新增就业", "8500人", 8500, "人", "涡阳县"),
            number("新增就业", "6500人", 6500, "人", "谯城区"),
            number("见习岗位", "816个", 816, "个", "涡阳县"),
        ),
        project(2, 1, "家政培训", ("市商务局", "市妇联"), number("培训", "4.48万人次", 44800, "人次")),
        project(3, 2, "营养改善", ("市教育局",), status="no_task"),
    ),
)


def stated(breakdown: Breakdown) -> set[tuple]:
    return {
        (
            column.project,
            column.unit or None,
            row.region,
            entry.value if entry else None,
            entry.text if entry else "",
        )
        for row in breakdown.rows
        for column, entry in zip(breakdown.columns, row.entries, strict=True)
        if column.unit or entry
    }


def numbers(cells: set[tuple]) -> set[tuple]:
    return {cell[:4] for cell in cells if cell[3] is not None}


def read_back(breakdown: Breakdown) -> tuple[Document, tuple[Document, ...]]:
    """The workbook as a whole and each of its two sheets as if it stood alone."""
    document = read_document(breakdown_xlsx(breakdown), "分解表.xlsx")
    assert isinstance(document, Document)
    at = document.lines.index(LIST_SHEET)
    parts = (document.lines[:at], document.lines[at + 1 :])
    return document, tuple(replace(document, lines=lines) for lines in parts)


def found(plan: Plan) -> set[tuple]:
    return {
        (c.project, c.unit, c.region, c.value) for t in plan.tables for c in t.cells if c.value is not None
    }


@pytest.mark.parametrize("which", ["both", "annex", "list"])
def test_a_breakdown_reads_back_as_its_numbers(which: str) -> None:
    breakdown = plan_breakdown(PLAN)
    whole, (annex, listed) = read_back(breakdown)
    plan = compile_plan({"both": whole, "annex": annex, "list": listed}[which])
    assert found(plan) == {
        (1, "人", "全市合计", Decimal(15000)),
        (1, "人", "涡阳县", Decimal(8500)),
        (1, "人", "谯城区", Decimal(6500)),
        (1, "个", "涡阳县", Decimal(816)),
        (2, "万人次", "全市合计", Decimal("4.48")),
    }
    assert found(plan) == numbers(stated(breakdown))
    assert [(p.number, p.headline, p.lead_units) for p in plan.projects] == [
        (1, "稳定就业", ("市人社局",)),
        (2, "家政培训", ("市商务局", "市妇联")),
        (3, "营养改善", ("市教育局",)),
    ]
    assert [category.name for category in plan.categories] == ["就业促进", "社会保障"]
    assert [p.category for p in plan.projects] == [1, 1, 2]
    assert plan.problems == ()
    assert (plan.head.region, plan.head.year) == ("亳州市", 2023)


@pytest.mark.parametrize(
    ("comparator", "text"),
    [("ge", "≥400"), ("le", "≤400"), ("gt", "＞400"), ("about", "约400"), ("eq", "400")],
)
def test_signs_come_back(comparator: str, text: str) -> None:
    quantity = replace(number("适老化改造", "400户", 400, "户"), comparator=comparator)
    plan = replace(PLAN, projects=(replace(PLAN.projects[0], quantities=(quantity,)), *PLAN.projects[1:]))
    whole, _ = read_back(plan_breakdown(plan))
    cell = compile_plan(whole).tables[0].cells[0]
    assert (cell.text, cell.value, cell.comparator) == (text, 400, comparator)


def test_each_number_is_read_once_where_both_sheets_have_it() -> None:
    whole, _ = read_back(plan_breakdown(PLAN))
    cells = [cell for table in compile_plan(whole).tables for cell in table.cells if cell.value is not None]
    assert len(cells) == 5


@pytest.mark.parametrize("case", ["city-breakdown", "project-rows-of-figures", "project-rows-two-heads"])
def test_the_breakdown_of_a_read_plan_reads_back(case: str) -> None:
    document = read_document((GOLDENS / case / "in.txt").read_bytes(), "in.txt")
    assert isinstance(document, Document)
    breakdown = plan_breakdown(compile_plan(document))
    whole, (annex, listed) = read_back(breakdown)
    expected = numbers(stated(breakdown))
    assert expected
    assert [found(compile_plan(one)) for one in (whole, annex, listed)] == [expected] * 3
