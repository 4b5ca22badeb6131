"""Routes of the followed targets and of their breakdown. ``delivery`` has one indicator issued to two counties."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from minsheng.papers.allocation_xlsx import allocation_xlsx
from minsheng.plans.plan_json import plan_from_json
from minsheng_web.records.actions.breakdown import issue
from minsheng_web.records.actions.division_drafts import save_draft
from minsheng_web.records.actions.publishing import publish_plan
from minsheng_web.records.queries.division import find_node, mark_of
from minsheng_web.records.queries.division_form import node_form
from minsheng_web.records.typed_parts import Typed, TypedPart
from permissions.rows import FORBIDDEN, HIDDEN, MOVED, OK, ONLY_POST, Row, each

AT = datetime(2026, 3, 3, tzinfo=UTC)

# What is promised is open to all who have a part in it; only the programme's office says what is followed.
SEE = each(others=OK, outsider=HIDDEN, sister=HIDDEN)
CHANGE = each(others=FORBIDDEN, outsider=HIDDEN, sister=HIDDEN, own=MOVED)
# The city's own part is not shown to a county or its units; only an office over it divides it.
SEE_ROOT = each(others=OK, outsider=HIDDEN, sister=HIDDEN, county=HIDDEN, local=HIDDEN)
CHANGE_ROOT = each(others=FORBIDDEN, outsider=HIDDEN, sister=HIDDEN, county=HIDDEN, local=HIDDEN, own=MOVED)


def node(delivery):
    return {"allocation": delivery.root.pk}


def region(delivery):
    return {"region": delivery.house.city.pk}


def shares(delivery, east="17000", west="16000", **more):
    pair = ((delivery.east, east), (delivery.west, west))
    return {f"share-{part.region_id}": value for part, value in pair} | {"reserve": "0", "seen": ""} | more


def words(delivery):
    now = {
        "kind": "count",
        "name": "城镇新增就业",
        "unit": "人",
        "lead_unit": str(delivery.indicator.lead_unit_id),
    }
    return {f"was_{name}": value for name, value in now.items()} | now | {"name": "新增就业人数"}


def publish_again(delivery):
    """A second version in which the first target is lower."""
    plan = plan_from_json(delivery.version.plan)
    first, *rest = plan.projects
    target = replace(first.quantities[0], value=Decimal(30000))
    first = replace(first, quantities=(target, *first.quantities[1:]))
    publish_plan(
        actor=delivery.house.people["own"],
        region=delivery.house.city,
        plan=replace(plan, projects=(first, *rest)),
        lines=tuple(delivery.version.lines),
        at=AT,
        reason="调整",
    )


def ask(delivery):
    """A change of the city's breakdown that waits; the colleague of ``own`` proposed it."""
    person = delivery.house.people["colleague"]
    root = find_node(person, delivery.root.pk)
    typed = Typed((TypedPart(delivery.east.region_id, "17000"), TypedPart(delivery.west.region_id, "16000")))
    draft = save_draft(actor=person, node=root, typed=typed, seen="", at=AT)
    issue(actor=person, node=root, seen=mark_of(draft), at=AT, reason="调减", document_number="〔2026〕3号")


def annex(delivery):
    """The city's form, filled with other figures."""
    entries = node_form(
        delivery.house.people["own"], delivery.version.programme, delivery.house.city, writes=True
    )
    figures = {str(delivery.east.region_id): Decimal(17000), str(delivery.west.region_id): Decimal(16000)}
    column = replace(entries.form.columns[0], shares=figures)
    data = allocation_xlsx(replace(entries.form, columns=(column,)))
    return {"file": SimpleUploadedFile("分解表.xlsx", data)}


PERMISSIONS: dict[str, Row] = {
    "indicators": Row(SEE),
    "indicators-take-up": Row(ONLY_POST, CHANGE),
    "indicators-follow": Row(
        ONLY_POST, CHANGE, lambda delivery: {"shown": str(delivery.indicator.pk), "follow": []}
    ),
    "indicators-changes": Row(
        ONLY_POST,
        CHANGE,
        lambda delivery: {"number": "2", "take": str(delivery.indicator.pk)},
        prepare=publish_again,
    ),
    "indicator": Row(
        CHANGE | {"own": OK}, CHANGE, words, kwargs=lambda delivery: {"indicator": delivery.indicator.pk}
    ),
    "breakdown": Row(SEE),
    "inflated": Row(SEE),
    "division-form": Row(SEE_ROOT, kwargs=region),
    "division-upload": Row(ONLY_POST, CHANGE_ROOT | {"own": OK}, annex, kwargs=region),
    "division": Row(SEE_ROOT, kwargs=node),
    "division-save": Row(ONLY_POST, CHANGE_ROOT, shares, kwargs=node),
    "division-fill": Row(
        ONLY_POST, CHANGE_ROOT, lambda delivery: shares(delivery, way="evenly"), kwargs=node
    ),
    "division-issue": Row(
        ONLY_POST,
        CHANGE_ROOT,
        lambda delivery: shares(delivery, reason="调减", document_number="〔2026〕3号"),
        kwargs=node,
    ),
    "division-proposal": Row(
        SEE_ROOT, CHANGE_ROOT, {"decision": "approve", "note": ""}, kwargs=node, prepare=ask
    ),
    "division-withdraw": Row(ONLY_POST, CHANGE_ROOT, kwargs=node, prepare=ask),
    "division-version": Row(SEE_ROOT, kwargs=node),
}
