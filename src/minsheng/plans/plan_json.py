"""A plan as the JSON of the published contract, and back.

The contract's keys are kept as they are; ours beside them (``start``, ``end``, ``ordinal``, ``citations``,
``lines``, ``title_line``) let a reader of the JSON find the exact span and rebuild the same plan.
"""

from decimal import Decimal
from typing import Any

from minsheng.kernel.problem import Problem
from minsheng.kernel.source import Source
from minsheng.plans.model import (
    Category,
    Cell,
    Citation,
    Head,
    Measure,
    Plan,
    Project,
    Quantity,
    Table,
)

Json = dict[str, Any]


def number_out(value: Decimal | None) -> int | float | None:
    """A Decimal as the JSON number that prints the same digits."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def number_in(value: int | float | str | None) -> Decimal | None:
    """A JSON number as the Decimal of its printed digits."""
    return None if value is None else Decimal(str(value))


def _span_out(source: Source) -> Json:
    return {"line": source.line, "start": source.start, "end": source.end}


def _span_in(data: Json) -> Source:
    return Source(data["line"], data.get("start", 0), data.get("end", 0))


def quantity_to_json(quantity: Quantity) -> Json:
    """One quantity as JSON: ``value`` in the base unit."""
    return {
        **_span_out(quantity.source),
        "ordinal": quantity.ordinal,
        "text": quantity.text,
        "value": number_out(quantity.value),
        "value_hi": number_out(quantity.value_hi),
        "unit": quantity.unit,
        "comparator": quantity.comparator,
        "role": quantity.role,
        "aspiration": quantity.aspiration,
        "subject": quantity.subject,
        "region": quantity.region,
    }


def quantity_from_json(data: Json) -> Quantity:
    """The quantity that ``quantity_to_json`` printed."""
    value = number_in(data["value"])
    if value is None:
        raise ValueError(f"quantity without a value: {data!r}")
    return Quantity(
        source=_span_in(data),
        text=data["text"],
        value=value,
        value_hi=number_in(data.get("value_hi")),
        unit=data["unit"],
        comparator=data["comparator"],
        role=data["role"],
        aspiration=bool(data.get("aspiration")),
        subject=data.get("subject"),
        region=data.get("region"),
        ordinal=data.get("ordinal", 0),
    )


def problem_to_json(problem: Problem) -> Json:
    """One problem or finding as JSON; ``line`` is that of its main source."""
    return {
        "code": problem.code,
        "severity": problem.severity,
        "project": problem.project,
        "line": problem.sources[0].line,
        "message": problem.message,
        "expected": problem.expected,
        "found": problem.found,
        "sources": [_span_out(source) for source in problem.sources],
    }


def problem_from_json(data: Json) -> Problem:
    """The problem that ``problem_to_json`` printed."""
    return Problem(
        code=data["code"],
        severity=data["severity"],
        message=data["message"],
        sources=tuple(_span_in(source) for source in data["sources"]),
        project=data["project"],
        expected=data["expected"],
        found=data["found"],
    )


def _project_to_json(project: Project) -> Json:
    return {
        "number": project.number,
        "category": project.category,
        **_span_out(project.source),
        "headline": project.headline,
        "statement": project.statement,
        "status": project.status,
        "lead_units": list(project.lead_units),
        "cooperating_units": list(project.cooperating_units),
        "measures": [{"number": m.number, **_span_out(m.source), "text": m.text} for m in project.measures],
        "quantities": [quantity_to_json(quantity) for quantity in project.quantities],
        "citations": [{**_span_out(c.source), "text": c.text} for c in project.citations],
        "lines": list(project.lines),
    }


def _project_from_json(data: Json) -> Project:
    return Project(
        number=data["number"],
        category=data["category"],
        source=_span_in(data),
        headline=data["headline"],
        statement=data["statement"],
        status=data["status"],
        lead_units=tuple(data["lead_units"]),
        cooperating_units=tuple(data["cooperating_units"]),
        measures=tuple(Measure(m["number"], _span_in(m), m["text"]) for m in data["measures"]),
        quantities=tuple(quantity_from_json(quantity) for quantity in data["quantities"]),
        citations=tuple(Citation(_span_in(c), c["text"]) for c in data.get("citations", [])),
        lines=tuple(data.get("lines", [])),
    )


def _cell_to_json(cell: Cell) -> Json:
    return {
        "project": cell.project,
        "indicator": cell.indicator,
        "unit": cell.unit,
        "region": cell.region,
        "value": number_out(cell.value),
        "text": cell.text,
        **_span_out(cell.source),
        "comparator": cell.comparator,
    }


def _cell_from_json(data: Json) -> Cell:
    return Cell(
        project=data["project"],
        indicator=data["indicator"],
        unit=data["unit"],
        region=data["region"],
        value=number_in(data["value"]),
        text=data["text"],
        source=_span_in(data),
        comparator=data.get("comparator"),
    )


def plan_to_json(plan: Plan) -> Json:
    """The whole plan as the contract's JSON object."""
    head = plan.head
    return {
        "title": head.title,
        "region": head.region,
        "year": head.year,
        "issuer": head.issuer,
        "doc_number": head.doc_number,
        "issued_on": head.issued_on,
        "declared_total": head.declared_total,
        "title_line": head.title_line,
        "categories": [
            {"number": c.number, "name": c.name, "declared_count": c.declared_count, **_span_out(c.source)}
            for c in plan.categories
        ],
        "projects": [_project_to_json(project) for project in plan.projects],
        "tables": [
            {"name": t.name, **_span_out(t.source), "cells": [_cell_to_json(cell) for cell in t.cells]}
            for t in plan.tables
        ],
        "problems": [problem_to_json(problem) for problem in plan.problems],
    }


def plan_from_json(data: Json) -> Plan:
    """The plan that ``plan_to_json`` printed."""
    return Plan(
        head=Head(
            title=data["title"],
            region=data["region"],
            year=data["year"],
            issuer=data["issuer"],
            doc_number=data["doc_number"],
            issued_on=data["issued_on"],
            declared_total=data["declared_total"],
            title_line=data.get("title_line", 1),
        ),
        categories=tuple(
            Category(c["number"], c["name"], c["declared_count"], _span_in(c)) for c in data["categories"]
        ),
        projects=tuple(_project_from_json(project) for project in data["projects"]),
        tables=tuple(
            Table(t["name"], _span_in(t), tuple(_cell_from_json(cell) for cell in t["cells"]))
            for t in data["tables"]
        ),
        problems=tuple(problem_from_json(problem) for problem in data["problems"]),
    )
