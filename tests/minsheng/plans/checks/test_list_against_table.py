"""The list against the plan's own row of a breakdown table."""

from dataclasses import replace
from decimal import Decimal

import pytest

from marked_plan import plan_of
from minsheng.kernel.problem import Problem
from minsheng.kernel.source import Source
from minsheng.plans.checks.list_against_table import check, in_base_unit
from minsheng.plans.model import Cell, Table


def cell(indicator: str, unit: str | None, text: str, *, region: str = "烈山区", project: int = 1) -> Cell:
    value = Decimal(text) if text.replace(".", "").isdigit() else None
    return Cell(project, indicator, unit, region, value, text, Source(9, 0, len(text)))


def findings(text: str, *cells: Cell, region: str | None = "烈山区") -> tuple[Problem, ...]:
    plan, lines = plan_of(text, region=region)
    return check(replace(plan, tables=(Table("分解表", Source(8), cells),)), lines)


SILENT = {
    "the same": ("#1\n新增食堂{17个}。", [cell("新增食堂", "个", "17")]),
    "in units of ten thousand": ("#1\n新增就业{0.67万人}。", [cell("城镇新增就业", "万人", "0.67")]),
    "the list writes ten thousand, the table does not": (
        "#1\n新增就业{0.67万人}。",
        [cell("城镇新增就业", "人", "6700")],
    ),
    "a comparator only in the list": ("#1\n办理案件{不少于380件}。", [cell("法律援助", "件", "380")]),
    "the same number in a measure": ("#1\n健全制度。\n1.改造{240户}。", [cell("改造", "户", "240")]),
    "another region's row": ("#1\n新增食堂{17个}。", [cell("新增食堂", "个", "79", region="全市合计")]),
    "one number for each village": ("#1\n每村送戏{不少于1场@each}。", [cell("送戏演出", "场", "21")]),
    "two of the unit, told apart by their names": (
        "#1\n新增泊位{480个#新增泊位}，公共泊位{380个#公共泊位}。",
        [cell("新增泊位", "个", "480"), cell("公共泊位", "个", "380")],
    ),
    "which number it is stays open": (
        "#1\n新增泊位{480个#甲类}，公共泊位{380个#乙类}。",
        [cell("丙", "个", "100")],
    ),
    "another thing in the same unit": ("#1\n新增食堂{17个}。", [cell("养老机构培育认定", "个", "2")]),
    "text in the cell": ("#1\n提高补贴{80元/人/月!standard}。", [cell("补贴", None, "全市参照执行")]),
    "a dash where the list has no number either": ("#1\n完善制度。", [cell("制度", "个", "—")]),
    "a task of the upper level": ("#1 upper_level\n属市级任务。", [cell("新增食堂", "个", "17")]),
    "a project the plan does not have": ("#1\n新增食堂{17个}。", [cell("新增食堂", "个", "18", project=9)]),
}


@pytest.mark.parametrize(("text", "cells"), SILENT.values(), ids=SILENT.keys())
def test_silent(text: str, cells: list[Cell]) -> None:
    assert findings(text, *cells) == ()


def test_a_plan_of_no_known_region_is_silent() -> None:
    assert findings("#1\n新增食堂{17个}。", cell("新增食堂", "个", "18"), region=None) == ()


FIRING = {
    "another value": (
        ("#1\n新增城乡老年食堂{17个}。", [cell("城乡老年食堂", "个", "18")]),
        ("table_value_differs", "error", "17个", "18个"),
    ),
    "another value in ten thousand": (
        ("#1\n新增就业{0.67万人}。", [cell("城镇新增就业", "万人", "0.76")]),
        ("table_value_differs", "error", "6700人", "7600人"),
    ),
    "the one of that name": (
        (
            "#1\n新增泊位{480个#新增泊位}，公共泊位{380个#公共泊位}。",
            [cell("新增泊位", "个", "480"), cell("其中:公共泊位", "个", "360")],
        ),
        ("table_value_differs", "error", "380个", "360个"),
    ),
    "one number taken for another": (
        (
            "#1\n新增城市泊位{480个}，其中公共泊位{380个}。",
            [cell("新增城市车位", "个", "480"), cell("公共车位", "个", "480")],
        ),
        ("table_value_differs", "error", "380个", "480个"),
    ),
    "only in the table": (
        ("#1\n占警力{3%}。", [cell("反诈民警人数", "人", "8")]),
        ("table_value_only", "notice", "清单中有同一指标", "8人"),
    ),
    "undecided in the table": (
        ("#1\n建设示范村{2个左右}。", [cell("示范村", "个", "待认定")]),
        ("table_value_missing", "notice", "2个", "待认定"),
    ),
}


@pytest.mark.parametrize(("given", "expected"), FIRING.values(), ids=FIRING.keys())
def test_firing(given: tuple[str, list[Cell]], expected: tuple[str, str, str, str]) -> None:
    (problem,) = findings(given[0], *given[1])
    assert (problem.code, problem.severity, problem.expected, problem.found) == expected


def test_a_difference_names_list_and_table() -> None:
    (problem,) = findings("#1\n新增城乡老年食堂{17个}。", cell("城乡老年食堂", "个", "18"))
    assert problem.message == (
        "第1项：清单第1行“17个”，分解表第9行“城乡老年食堂”为18个，两处不同。请确认以哪一处为准，并改正另一处。"
    )
    assert [source.line for source in problem.sources] == [1, 9]


@pytest.mark.parametrize(
    ("unit", "text", "expected"),
    [
        ("万人", "0.67", (Decimal(6700), "人")),
        ("亿元", "3.5", (Decimal(350_000_000), "元")),
        ("套、间", "439", (Decimal(439), "套")),
        (None, "5", (Decimal(5), "")),
        ("个", "—", (None, "个")),
    ],
)
def test_in_base_unit(unit: str | None, text: str, expected: tuple[Decimal | None, str]) -> None:
    assert in_base_unit(cell("甲", unit, text)) == expected
