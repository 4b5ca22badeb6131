"""Documents a clerk can add to: tests/golden/plans/CASE/in.txt and the plan it must read as, out.json.

``MINSHENG_UPDATE_GOLDENS=1`` writes the readings anew; the difference is what to look at.
"""

import json
import os
from pathlib import Path

import pytest

from minsheng.notices.document import Document
from minsheng.notices.reading import read_document
from minsheng.plans.compile import compile_plan
from minsheng.plans.plan_json import plan_from_json, plan_to_json

GOLDENS = Path(__file__).parents[2] / "golden" / "plans"
CASES = sorted(folder.name for folder in GOLDENS.iterdir())


def readable(plan: dict) -> dict:
    """The plan as the golden keeps it: spans and line lists left out, one quantity a line of text."""

    def quantity(q: dict) -> str:
        high = "" if q["value_hi"] is None else f"~{q['value_hi']}"
        marks = [q["comparator"], q["role"], *(["aspiration"] if q["aspiration"] else []), q["region"] or "-"]
        return (
            f"{q['line']}: {q['text']} = {q['value']}{high} {q['unit']} | {' '.join(marks)} | {q['subject']}"
        )

    def project(p: dict) -> dict:
        kept = {
            key: p[key]
            for key in ("number", "category", "line", "headline", "status", "lead_units", "cooperating_units")
        }
        return {
            **kept,
            "measures": [m["text"] for m in p["measures"]],
            "quantities": [quantity(q) for q in p["quantities"]],
        }

    head = {
        key: plan[key]
        for key in ("title", "region", "year", "issuer", "doc_number", "issued_on", "declared_total")
    }
    return {
        **head,
        "categories": [
            f"{c['number']} {c['name']} {c['declared_count']} line {c['line']}" for c in plan["categories"]
        ],
        "projects": [project(p) for p in plan["projects"]],
        "tables": [
            [
                f"{c['project']} {c['indicator']} ({c['unit']}) {c['region']}: {c['text']} = {c['value']} {c['comparator']}"
                for c in t["cells"]
            ]
            for t in plan["tables"]
        ],
        "problems": [f"{p['code']} line {p['line']}" for p in plan["problems"]],
    }


@pytest.mark.parametrize("case", CASES)
def test_document_reads_as_its_golden(case: str) -> None:
    data = (GOLDENS / case / "in.txt").read_bytes()
    document = read_document(data, "in.txt")
    assert isinstance(document, Document)
    read = plan_to_json(compile_plan(document))
    golden = GOLDENS / case / "out.json"
    if os.environ.get("MINSHENG_UPDATE_GOLDENS"):
        golden.write_text(json.dumps(readable(read), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert readable(read) == json.loads(golden.read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES)
def test_every_span_is_the_printed_text(case: str) -> None:
    document = read_document((GOLDENS / case / "in.txt").read_bytes(), "in.txt")
    assert isinstance(document, Document)
    plan = compile_plan(document)
    spans = [q for project in plan.projects for q in project.quantities]
    assert spans or plan.tables
    for quantity in spans:
        source = quantity.source
        assert document.lines[source.line - 1][source.start : source.end] == quantity.text
    for table in plan.tables:
        for cell in table.cells:
            assert (
                document.lines[cell.source.line - 1][cell.source.start : cell.source.end].strip() == cell.text
            )
    assert plan_from_json(plan_to_json(plan)) == plan
