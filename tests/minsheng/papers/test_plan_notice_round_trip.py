"""A plan written as a notice and read again is the same plan."""

import os
from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from any_plan import plans
from minsheng.notices.document import Document
from minsheng.notices.reading import read_document
from minsheng.papers.notice_sentences import key
from minsheng.papers.plan_notice import plan_notice
from minsheng.papers.plan_notice_txt import notice_txt
from minsheng.plans.compile import compile_plan
from minsheng.plans.flows import half_width
from minsheng.plans.model import Plan

EXAMPLES = int(os.environ.get("MINSHENG_ROUND_TRIPS") or ("2000" if os.environ.get("MINSHENG_CI") else "300"))
"""How many plans are tried: 2,000 in CI, fewer while working, 20,000 before a release."""


def written_and_read(plan: Plan) -> Plan:
    notice, problems = plan_notice(plan)
    assert problems == ()
    document = read_document(notice_txt(notice), "notice.txt")
    assert isinstance(document, Document)
    return compile_plan(document)


def gist(plan: Plan) -> dict:
    """Everything a reading must keep: all but places and words."""
    return {
        "head": (
            plan.head.region,
            plan.head.year,
            plan.head.issued_on,
            plan.head.declared_total,
            plan.head.title,
        ),
        "categories": [(c.number, c.name, c.declared_count) for c in plan.categories],
        "projects": [
            (
                project.number,
                project.category,
                project.status,
                [half_width(name) for name in project.lead_units],
                [half_width(name) for name in project.cooperating_units],
                len(project.measures),
                Counter(key(quantity) for quantity in project.quantities),
            )
            for project in plan.projects
        ],
        "cells": [
            (cell.project, cell.indicator, cell.unit, cell.region, cell.value, cell.comparator)
            for table in plan.tables
            for cell in table.cells
            if cell.text
        ],
    }


@pytest.mark.slow
@settings(max_examples=EXAMPLES, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(plans)
def test_any_plan_written_and_read_again_is_the_same(plan: Plan) -> None:
    assert gist(written_and_read(plan)) == gist(plan)
