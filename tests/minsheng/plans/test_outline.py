"""Headings and numbers: one category, and numbers that a copy has lost."""

import pytest

from minsheng.notices.document import Document
from minsheng.plans.compile import compile_plan
from minsheng.plans.model import Plan


def read(text: str) -> Plan:
    return compile_plan(Document("notice", "txt", "utf-8", tuple(text.strip().splitlines())))


PROJECTS = "（一）新建食堂3个。\n（二）改造小区5个。\n（三）培训老人90人。"


@pytest.mark.parametrize(
    ("heading", "categories", "declared"),
    [("一、社会保障（3项）", [1], [3]), ("一、重点任务", [], []), ("一、重点任务（5项）", [], [])],
)
def test_a_single_heading_is_a_category_where_it_counts_its_projects(heading, categories, declared) -> None:
    plan = read(f"亳州市2023年民生实事实施方案\n{heading}\n{PROJECTS}")
    assert [category.number for category in plan.categories] == categories
    assert [category.declared_count for category in plan.categories] == declared
    assert [project.number for project in plan.projects] == [1, 2, 3]


def test_a_single_category_may_count_a_single_project() -> None:
    plan = read("亳州市2023年1项民生实事实施方案\n一、社会保障（1项）\n（一）新建食堂3个。")
    assert [(category.number, category.declared_count) for category in plan.categories] == [(1, 1)]
    assert [(project.number, project.category) for project in plan.projects] == [(1, 1)]


def test_under_a_single_category_the_printed_numbers_are_kept() -> None:
    plan = read("亳州市2023年民生实事实施方案\n一、社会保障（2项）\n（二）新建食堂3个。\n（四）改造小区5个。")
    assert [(project.number, project.category) for project in plan.projects] == [(2, 1), (4, 1)]


def test_a_number_lost_between_two_categories_is_no_restart() -> None:
    plan = read(
        "亳州市2023年民生实事实施方案\n一、社会保障\n（一）新建食堂3个。\n（二）培训老人90人。\n"
        "二、城乡建设\n（四）改造小区5个。\n（五）新建公园2个。"
    )
    assert [(project.number, project.category) for project in plan.projects] == [
        (1, 1),
        (2, 1),
        (4, 2),
        (5, 2),
    ]


def test_numbers_that_start_again_are_counted_through() -> None:
    plan = read(
        "亳州市2023年民生实事实施方案\n一、社会保障\n（一）新建食堂3个。（牵头单位：市民政局）\n（二）培训老人90人。（牵头单位：市民政局）\n"
        "二、城乡建设\n（一）改造小区5个。（牵头单位：市住建局）\n（二）新建公园2个。（牵头单位：市城管局）"
    )
    assert [(project.number, project.category) for project in plan.projects] == [
        (1, 1),
        (2, 1),
        (3, 2),
        (4, 2),
    ]
