"""The same notice as txt, html, docx, pdf and xlsx gives the same plan, line numbers aside."""

from pathlib import Path

import pytest

from made_files import docx_of, html_of, pdf_of, xlsx_of
from minsheng.commands.bench_notice import made_up_notice
from minsheng.notices.document import Document
from minsheng.notices.reading import read_document
from minsheng.plans.compile import compile_plan
from minsheng.plans.model import Plan

GOLDENS = Path(__file__).parents[2] / "golden" / "plans"
NOTICES = {
    **{folder.name: (folder / "in.txt").read_text(encoding="utf-8") for folder in sorted(GOLDENS.iterdir())},
    "made-up": made_up_notice(projects=12),
}
WRITERS = {"html": html_of, "docx": docx_of, "pdf": pdf_of, "xlsx": xlsx_of}


def plan_of(data: bytes, form: str) -> Plan:
    document = read_document(data, "通知")
    assert isinstance(document, Document), document
    assert document.format == form
    return compile_plan(document)


def meaning(plan: Plan) -> dict:
    """What a plan says, without where it says it."""
    return {
        "head": (plan.head.region, plan.head.year, plan.head.declared_total),
        "categories": [(c.number, c.name, c.declared_count) for c in plan.categories],
        "projects": [
            (p.number, p.category, p.headline, p.status, p.lead_units, p.cooperating_units, len(p.measures))
            for p in plan.projects
        ],
        "quantities": [
            (p.number, q.value, q.value_hi, q.unit, q.comparator, q.role, q.region)
            for p in plan.projects
            for q in p.quantities
        ],
        "tables": [
            (c.project, c.indicator, c.unit, c.region, c.value, c.text) for t in plan.tables for c in t.cells
        ],
    }


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("name", NOTICES)
def test_one_notice_one_plan(name, form):
    text = NOTICES[name]
    expected = meaning(plan_of(text.encode(), "txt"))
    assert expected["projects"]
    assert meaning(plan_of(WRITERS[form](text.split("\n")), form)) == expected
