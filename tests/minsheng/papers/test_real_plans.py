"""The plans of real notices, written in our own words in every form and read again."""

from collections import Counter
from pathlib import Path

import pytest

from minsheng.notices.document import Document
from minsheng.notices.reading import read_document
from minsheng.papers.notice_sentences import key
from minsheng.papers.plan_notice import plan_notice
from minsheng.papers.plan_notice_docx import notice_docx
from minsheng.papers.plan_notice_pdf import notice_pdf
from minsheng.papers.plan_notice_txt import notice_txt
from minsheng.plans.compile import compile_plan
from minsheng.plans.flows import half_width
from minsheng.plans.model import Plan

pytestmark = pytest.mark.notices

NOTICES = ("bozhou-2023", "lieshan-2023", "linyi-2021", "hefei-2024", "maanshan-2020")


def read(data: bytes) -> Plan:
    document = read_document(data, "notice")
    assert isinstance(document, Document)
    return compile_plan(document)


def gist(plan: Plan) -> dict[str, object]:
    return {
        "region": (plan.head.region, plan.head.year, plan.head.declared_total),
        "categories": [(category.number, category.name, category.declared_count) for category in plan.categories],
        "projects": [
            (
                project.number, project.category, project.status,
                [half_width(name) for name in (*project.lead_units, "/", *project.cooperating_units)],
                len(project.measures), {key(quantity) for quantity in project.quantities},
            )
            for project in plan.projects
        ],
        "cells": Counter(
            (cell.project, cell.indicator, cell.region, cell.value, cell.unit, cell.comparator)
            for table in plan.tables
            for cell in table.cells
            if cell.text
        ),
    }  # fmt: skip


@pytest.mark.parametrize("name", NOTICES)
def test_a_real_plan_reads_the_same_from_every_form(name: str, notices_folder: Path) -> None:
    plan = read((notices_folder / f"{name}.txt").read_bytes())
    notice, problems = plan_notice(plan)
    assert problems == ()
    for write in (notice_txt, notice_docx, notice_pdf):
        assert gist(read(write(notice))) == gist(plan), write.__name__
