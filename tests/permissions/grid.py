"""Routes of the monthly grid and of returned workbooks."""

import json

from minsheng_web.records.models import ReportLine, SheetBatch, Unit
from permissions.rows import EVERYBODY, FORBIDDEN, HIDDEN, MOVED, OK, ONLY_POST, Row, each
from reporting import AT, february

# A report is read by everybody whose region holds it, and by nobody else; only its unit types.
READ = each(others=OK, outsider=HIDDEN, sister=HIDDEN)
TYPE = each(others=FORBIDDEN, outsider=HIDDEN, sister=HIDDEN, local=OK)
MERGE = each(others=FORBIDDEN, outsider=HIDDEN, sister=HIDDEN, local=OK)
# Workbooks are taken in by the unit, by who verifies and by who accepts.
TAKE_IN = each(
    others=FORBIDDEN, outsider=HIDDEN, sister=HIDDEN, local=OK, lead=OK, county=OK, own=OK
)  # fmt: skip
# What came of a batch is for whoever handed it in.
RESULT = each(others=HIDDEN, lead=OK, administrator=OK)


def one(delivery) -> dict:
    return {"period": delivery.period.pk, "unit": delivery.line.unit_id}


def typed(delivery) -> dict:
    cell = {"line": delivery.line.pk, "field": "amount", "shown": "", "text": "12"}
    return {"cells": json.dumps([cell])}


def helped(delivery) -> None:
    """A helping unit of the county has reported."""
    unit = Unit.objects.create(region=delivery.house.county, name="河东县财政局")
    ReportLine.objects.create(
        period=delivery.period,
        allocation=delivery.east,
        unit=unit,
        cooperating=True,
        state="submitted",
        amount=20,
    )


def handed_in(delivery) -> None:
    SheetBatch.objects.create(
        period=delivery.period, files=[], uploaded_by=delivery.house.people["lead"], uploaded_at=AT
    )


def taken_in(delivery) -> None:
    """The lead unit took the county's workbook in."""
    lead = delivery.house.people["lead"]
    ReportLine.objects.filter(pk=delivery.line.pk).update(
        amount=12, cumulative=12, edited_at=AT, edited_by=lead, taken_in_by=lead
    )
    results = [
        {"name": "表.xlsx", "taken": True, "message": "", "unit": "", "unit_id": delivery.line.unit_id}
    ]
    results[0] |= {"written": 2, "lines": 1, "conflicts": [], "problems": []}
    SheetBatch.objects.create(
        period=delivery.period, files=[], results=results, state="done", uploaded_by=lead, uploaded_at=AT
    )


def batch(delivery) -> dict:
    return {"period": delivery.period.pk, "batch": SheetBatch.objects.get().pk}


PERMISSIONS: dict[str, Row] = {
    "report-list": Row(EVERYBODY),
    "report-grid": Row(READ, kwargs=one),
    "report-cells": Row(ONLY_POST, TYPE, typed, kwargs=one),
    "report-same": Row(ONLY_POST, TYPE, kwargs=one, prepare=february),
    "report-merge": Row(
        MERGE,
        MERGE | {"local": MOVED},
        lambda delivery: {"seal": seal(delivery)},
        kwargs=lambda delivery: one(delivery) | {"line": delivery.line.pk},
        prepare=helped,
    ),
    "report-sheet": Row(READ, kwargs=one),
    "report-sheets": Row(
        TAKE_IN,
        TAKE_IN | dict.fromkeys(("local", "lead", "county", "own"), MOVED),
        {"file": b"no workbook"},
        kwargs=lambda delivery: {"period": delivery.period.pk},
    ),
    "report-batch": Row(RESULT, kwargs=batch, prepare=handed_in),
    "report-batch-progress": Row(RESULT, kwargs=batch, prepare=handed_in),
    "report-batch-cancel": Row(
        ONLY_POST,
        each(others=HIDDEN, lead=MOVED, administrator=FORBIDDEN),
        kwargs=batch,
        prepare=handed_in,
    ),
    "report-batch-hand-in": Row(
        ONLY_POST,
        each(others=HIDDEN, lead=MOVED, administrator=FORBIDDEN),
        kwargs=batch,
        prepare=taken_in,
    ),
}


def seal(delivery) -> str:
    helper = ReportLine.objects.get(cooperating=True)
    return f"{delivery.line.pk}.0.draft,{helper.pk}.0.submitted"
