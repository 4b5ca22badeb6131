"""What people mended in a reading, applied again to any later reading of the same document.

A correction is addressed by its anchor (``q:LINE:START:END:ORDINAL``, ``p:NUMBER`` or ``head``), because the
text of a document never changes while the program that reads it does. Where a newer reading gives a
quantity another span, the correction follows the quantity that overlaps its own span most.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Literal

from minsheng.kernel.problem import Problem
from minsheng.kernel.source import Source
from minsheng.plans.model import Head, Plan, Project, Quantity
from minsheng.plans.plan_json import quantity_from_json

Kind = Literal["set", "remove", "add"]

QUANTITY_FIELDS = (
    "value",
    "value_hi",
    "unit",
    "comparator",
    "role",
    "aspiration",
    "subject",
    "region",
    "project",
)
PROJECT_FIELDS = ("status", "lead_units", "cooperating_units", "headline", "category")
HEAD_FIELDS = ("title", "region", "year", "issuer", "doc_number", "issued_on", "declared_total")


@dataclass(frozen=True, slots=True)
class Correction:
    """One mend. ``set``: ``field`` of ``anchor`` becomes ``value`` (as in the contract's JSON).

    ``remove``: the quantity at ``anchor`` is none. ``add``: ``value`` is the JSON of a missed quantity
    with its ``project`` number.
    """

    anchor: str
    kind: Kind
    field: str = ""
    value: Any = None


def anchor_source(anchor: str) -> tuple[Source, int]:
    """The span and ordinal a quantity anchor speaks of."""
    _, line, start, end, ordinal = anchor.split(":")
    return Source(int(line), int(start), int(end)), int(ordinal)


def apply_corrections(plan: Plan, corrections: Iterable[Correction]) -> tuple[Plan, tuple[Problem, ...]]:
    """The plan with every correction in order, and a problem for each that found nothing to mend."""
    problems: list[Problem] = []
    for correction in corrections:
        mended = _apply_one(plan, correction)
        if mended is None:
            problems.append(_not_found(correction))
        else:
            plan = mended
    return plan, tuple(problems)


def _apply_one(plan: Plan, correction: Correction) -> Plan | None:
    if correction.anchor == "head":
        return replace(plan, head=_set_head(plan.head, correction))
    if correction.anchor.startswith("p:"):
        return _set_project(plan, int(correction.anchor[2:]), correction)
    if correction.kind == "add":
        return _add_quantity(plan, correction)
    return _mend_quantity(plan, correction)


def _set_head(head: Head, correction: Correction) -> Head:
    _require(correction.field, HEAD_FIELDS)
    return replace(head, **{correction.field: correction.value})


def _set_project(plan: Plan, number: int, correction: Correction) -> Plan | None:
    _require(correction.field, PROJECT_FIELDS)
    value = tuple(correction.value) if correction.field.endswith("_units") else correction.value
    if not any(project.number == number for project in plan.projects):
        return None
    changed: dict[str, Any] = {correction.field: value}
    projects = tuple(
        replace(project, **changed) if project.number == number else project for project in plan.projects
    )
    return replace(plan, projects=projects)


def _find(plan: Plan, anchor: str) -> tuple[Project, Quantity] | None:
    """The quantity at the anchor, else the one that overlaps it most, the same ordinal first."""
    source, ordinal = anchor_source(anchor)
    best: tuple[tuple[int, int], Project, Quantity] | None = None
    for project in plan.projects:
        for quantity in project.quantities:
            if not quantity.source.overlaps(source):
                continue
            shared = min(quantity.source.end, source.end) - max(quantity.source.start, source.start)
            rank = (int(quantity.ordinal == ordinal), shared)
            if best is None or rank > best[0]:
                best = (rank, project, quantity)
    return None if best is None else (best[1], best[2])


def _mend_quantity(plan: Plan, correction: Correction) -> Plan | None:
    found = _find(plan, correction.anchor)
    if found is None:
        # A newer reading that no longer sees the false quantity has done what was asked.
        return plan if correction.kind == "remove" else None
    project, quantity = found
    if correction.kind == "remove":
        return _replace_quantities(plan, project, tuple(q for q in project.quantities if q is not quantity))
    _require(correction.field, QUANTITY_FIELDS)
    if correction.field == "project":
        return _move_quantity(plan, project, quantity, int(correction.value))
    value = correction.value
    if correction.field in ("value", "value_hi") and value is not None:
        value = Decimal(str(value))
    mended = replace(quantity, **{correction.field: value})
    return _replace_quantities(
        plan, project, tuple(mended if q is quantity else q for q in project.quantities)
    )


def _move_quantity(plan: Plan, project: Project, quantity: Quantity, number: int) -> Plan | None:
    if not any(other.number == number for other in plan.projects):
        return None
    without = _replace_quantities(plan, project, tuple(q for q in project.quantities if q is not quantity))
    return _insert(without, quantity, number)


def _add_quantity(plan: Plan, correction: Correction) -> Plan | None:
    quantity = quantity_from_json(correction.value)
    found = _find(plan, correction.anchor)
    if found is not None and found[1].ordinal == quantity.ordinal:
        # A newer reading found the missed quantity by itself: the person's reading of it stands.
        project, old = found
        plan = _replace_quantities(plan, project, tuple(q for q in project.quantities if q is not old))
    return _insert(plan, quantity, int(correction.value["project"]))


def _insert(plan: Plan, quantity: Quantity, number: int) -> Plan | None:
    for project in plan.projects:
        if project.number == number:
            quantities = sorted((*project.quantities, quantity), key=lambda q: (q.source, q.ordinal))
            return _replace_quantities(plan, project, tuple(quantities))
    return None


def _replace_quantities(plan: Plan, project: Project, quantities: tuple[Quantity, ...]) -> Plan:
    projects = tuple(
        replace(other, quantities=quantities) if other.number == project.number else other
        for other in plan.projects
    )
    return replace(plan, projects=projects)


def _require(field: str, allowed: tuple[str, ...]) -> None:
    if field not in allowed:
        raise ValueError(f"not a field that can be corrected: {field!r}")


def _not_found(correction: Correction) -> Problem:
    if correction.anchor.startswith("q:"):
        source, _ = anchor_source(correction.anchor)
    else:
        source = Source(1)
    return Problem(
        code="correction_lost",
        severity="warning",
        message=f"第{source.line}行的一处更正在新的识读结果中找不到对应位置，请重新核对这一行。",
        sources=(source,),
        expected=correction.anchor,
    )
