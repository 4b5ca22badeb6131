"""What people mended in a reading, applied again to any later reading of the same document.

A correction is addressed by its anchor (``q:LINE:START:END:ORDINAL``, ``p:NUMBER`` or ``head``), because the
text of a document never changes while the program that reads it does. Where a newer reading gives a
quantity another span, the correction follows the quantity of the same ordinal that overlaps its own span most.
A field or a value that no reading could have is the caller's mistake and raises ``ValueError``.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from minsheng.kernel.problem import Problem
from minsheng.kernel.source import Source
from minsheng.plans.model import COMPARATORS, ROLES, STATUSES, Head, Plan, Project, Quantity
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
CLOSED_FIELDS = {"comparator": COMPARATORS, "role": ROLES, "status": STATUSES}
"""Fields with a closed set of values."""
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
    _require(correction, HEAD_FIELDS)
    return replace(head, **{correction.field: correction.value})


def _set_project(plan: Plan, number: int, correction: Correction) -> Plan | None:
    _require(correction, PROJECT_FIELDS)
    value = _names(correction.value) if correction.field.endswith("_units") else correction.value
    if not any(project.number == number for project in plan.projects):
        return None
    changed: dict[str, Any] = {correction.field: value}
    projects = tuple(
        replace(project, **changed) if project.number == number else project for project in plan.projects
    )
    return replace(plan, projects=projects)


def _find(plan: Plan, anchor: str) -> tuple[Project, Quantity] | None:
    """The quantity at the anchor, else the one of the same ordinal that overlaps it most.

    Quantities of one span differ in their ordinal only (各0.9万人 of three counties): another ordinal is
    another county, so it is never taken instead.
    """
    source, ordinal = anchor_source(anchor)
    best: tuple[int, Project, Quantity] | None = None
    for project in plan.projects:
        for quantity in project.quantities:
            if quantity.ordinal != ordinal or not quantity.source.overlaps(source):
                continue
            shared = min(quantity.source.end, source.end) - max(quantity.source.start, source.start)
            if best is None or shared > best[0]:
                best = (shared, project, quantity)
    return None if best is None else (best[1], best[2])


def _mend_quantity(plan: Plan, correction: Correction) -> Plan | None:
    found = _find(plan, correction.anchor)
    if found is None:
        # A newer reading that no longer sees the false quantity has done what was asked.
        return plan if correction.kind == "remove" else None
    project, quantity = found
    if correction.kind == "remove":
        return _replace_quantities(plan, project, tuple(q for q in project.quantities if q is not quantity))
    _require(correction, QUANTITY_FIELDS)
    if correction.field == "project":
        return _move_quantity(plan, project, quantity, int(correction.value))
    value = correction.value
    if correction.field == "value" or (correction.field == "value_hi" and value is not None):
        value = _number(value)
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
    if found is not None:
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
    # By identity: plans that count anew in every category have several projects of one number.
    projects = tuple(
        replace(other, quantities=quantities) if other is project else other for other in plan.projects
    )
    return replace(plan, projects=projects)


def _require(correction: Correction, allowed: tuple[str, ...]) -> None:
    """Refuse what no reading could have: a field that is none, a value outside a closed set."""
    if correction.kind != "set" or correction.field not in allowed:
        raise ValueError(f"not a field that can be corrected: {correction.kind} {correction.field!r}")
    closed = CLOSED_FIELDS.get(correction.field)
    if closed is not None and correction.value not in closed:
        raise ValueError(f"not a value of {correction.field}: {correction.value!r}")


def _number(value: Any) -> Decimal:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        raise ValueError(f"not a number: {value!r}") from None
    if not number.is_finite():
        raise ValueError(f"not a number: {value!r}")
    return number


def _names(value: Any) -> tuple[str, ...]:
    if isinstance(value, str) or not all(isinstance(name, str) for name in value):
        raise ValueError(f"not a list of names: {value!r}")
    return tuple(value)


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
