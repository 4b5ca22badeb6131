"""What the program makes of a piece of text somebody selected: the values a form starts with."""

import re
from typing import Any

from minsheng.kernel.source import Source
from minsheng.notices.document import Document
from minsheng.plans.draft import Draft
from minsheng.plans.flows import find_flows, normalise
from minsheng.plans.model import EACH, Plan, Project, Quantity
from minsheng.plans.plan_json import quantity_to_json
from minsheng.plans.quantities import flow_quantities
from minsheng_web.records.actions.correction_values import Unusable, parse_field

_NUMBER = re.compile(r"[0-9０-９][0-9０-９,，.．]*\s*(?:万亿|百万|千万|百|千|万|亿)?")
_WORDS: tuple[tuple[str, str], ...] = (
    ("不少于", "ge"),
    ("不低于", "ge"),
    ("至少", "ge"),
    ("以上", "ge"),
    ("≥", "ge"),
    ("不超过", "le"),
    ("不高于", "le"),
    ("以内", "le"),
    ("≤", "le"),
    ("超过", "gt"),
    ("高于", "gt"),
    ("超", "gt"),
    ("低于", "lt"),
    ("左右", "about"),
    ("约", "about"),
)


def prefilled(text: str, line: str, span: Source, plan: Plan) -> dict[str, Any]:
    """The form's values (JSON) for the piece ``text`` of ``line``; what cannot be read is None."""
    project = project_at(plan, span.line)
    number = project.number if project else None
    for whole, place in ((line, span), (text, Source(span.line, 0, len(text)))):
        best = _overlapping(read_line(whole, plan.head.region), place)
        if best is not None:
            return quantity_to_json(best) | {"project": number}
    return _guessed(text, line, span, plan) | {"project": number}


def read_line(text: str, own: str | None) -> list[Quantity]:
    """What the reader finds in one line read by itself; line 1 of a document of its own."""
    draft = find_flows(normalise(Draft(Document("", "txt", "utf-8", (text,)))))
    return [quantity for flow in draft.flows for quantity in flow_quantities(flow, own, (text,))]


def _overlapping(found: list[Quantity], place: Source) -> Quantity | None:
    """The quantity that shares most characters with the selection."""

    def shared(quantity: Quantity) -> int:
        return min(quantity.source.end, place.end) - max(quantity.source.start, place.start)

    best = max(found, key=shared, default=None)
    return best if best is not None and shared(best) > 0 else None


def _guessed(text: str, line: str, span: Source, plan: Plan) -> dict[str, Any]:
    """What simple signs say of a piece the reader makes nothing of."""
    found = _NUMBER.search(text)
    value = parse_field("value", found[0]) if found else None
    values: dict[str, Any] = {
        "value": None if isinstance(value, Unusable) else value,
        "value_hi": None,
        "unit": _unit(text, found.end()) if found else "",
        "comparator": next((code for word, code in _WORDS if word in text), "eq"),
        "role": "target",
        "aspiration": any(word in line[: span.start][-30:] for word in ("力争", "争取", "力求")),
        "subject": None,
        "region": EACH if re.search(r"(?:各|每个?)(?:县|区|市|镇|乡|村)", line[: span.start][-8:]) else None,
    }
    return values | _neighbour(plan, span)


def _unit(text: str, end: int) -> str:
    found = re.match(r"\s*([^\s,，。；;、（()）0-9]+?)(?:以上|以内|左右|$)", text[end:])
    return found[1] if found else ""


def _neighbour(plan: Plan, span: Source) -> dict[str, Any]:
    """Role and subject of the quantity just before on the same line: a list goes on as it began."""
    before = [
        quantity
        for project in plan.projects
        for quantity in project.quantities
        if quantity.source.line == span.line and quantity.source.end <= span.start
    ]
    if not before or span.start - before[-1].source.end > 20:
        return {}
    data = quantity_to_json(before[-1])
    return {"role": data["role"], "subject": data["subject"]}


def project_at(plan: Plan, line: int) -> Project | None:
    """The project whose lines hold this one, else the last that begins above it."""
    for project in plan.projects:
        if line in project.lines:
            return project
    above = [project for project in plan.projects if project.source.line <= line]
    return max(above, key=lambda project: project.source.line, default=None)
