"""The total row of a breakdown table against its other rows."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsheng.kernel.problem import Problem
from minsheng.kernel.source import Source
from minsheng.plans.checks.table_totals import check
from minsheng.plans.model import Cell, Head, Plan, Table


def column(
    *texts: str, unit: str = "个", regions: tuple[str, ...] = ("全市合计", "涡阳县", "蒙城县", "利辛县")
) -> list[Cell]:
    return [
        Cell(
            1,
            "新增食堂",
            unit,
            region,
            Decimal(text) if text.replace(".", "").isdigit() else None,
            text,
            Source(line, 0, 1),
        )
        for line, (region, text) in enumerate(zip(regions, texts, strict=False), start=10)
    ]


def findings(*cells: Cell) -> tuple[Problem, ...]:
    return check(Plan(Head(), tables=(Table("分解表", Source(8), cells),)), ())


@pytest.mark.parametrize(
    "cells",
    [
        column("10", "3", "3", "4"),
        column("147.658", "24.807", "122.851"),
        column("10", "3"),
        column("10", "10"),
        column("10", "3", "—", "7"),
        column("10", "3", "待认定", "4"),
        column("全市参照执行", "3", "4", "4"),
        column("98", "98", "97", "99", unit="%"),
        column("3", "4", regions=("涡阳县", "蒙城县")),
        [*column("10", "3", "3", "3"), *column("12", "3", "4", "5")],
    ],
    ids=[
        "adds up",
        "decimals",
        "one row",
        "one row, all of it",
        "a dash is none",
        "undecided",
        "no total",
        "shares",
        "no total row",
        "two columns under one name",
    ],
)
def test_silent(cells: list[Cell]) -> None:
    assert findings(*cells) == ()


def test_rows_that_do_not_add_up() -> None:
    (problem,) = findings(*column("10", "3", "3", "5"))
    assert (problem.code, problem.severity, problem.expected, problem.found) == (
        "table_sum_differs",
        "error",
        "10个",
        "11个",
    )
    assert problem.message == (
        "分解表第10行：“新增食堂”全市合计为10个，各行相加涡阳县3＋蒙城县3＋利辛县5＝11个，多1个。请核对合计或各行数字。"
    )
    assert [source.line for source in problem.sources] == [10, 11, 12, 13]


def test_a_row_larger_than_the_total() -> None:
    (problem,) = findings(*column("10", "13"))
    assert (problem.code, problem.expected, problem.found) == ("table_row_exceeds", "不大于10", "13")
    assert (
        problem.message
        == "分解表第11行：“新增食堂”涡阳县为13，大于第10行全市合计的10。请核对其中哪一个数写错。"
    )


@given(st.lists(st.integers(0, 99999), min_size=2, max_size=3), st.integers(0, 9))
def test_only_a_wrong_total_is_found(rows: list[int], error: int) -> None:
    cells = column(str(sum(rows) + error), *(str(row) for row in rows))
    assert len(findings(*cells)) == (error != 0)
