"""Routes of the flow of reports: handing in, checking, periods, closing, snapshots."""

from datetime import UTC, datetime
from decimal import Decimal

from minsheng_web.records.actions.closing import close_period, standing_of
from minsheng_web.records.models import Reminder, ReportLine
from permissions.rows import EVERYBODY, FORBIDDEN, HIDDEN, MOVED, OK, ONLY_POST, Row, each

AT = datetime(2023, 4, 3, 1, 0, tzinfo=UTC)

# Whoever has a part in the programme sees its periods; lines, lists and counts in them by their own reach.
SEE_PERIOD = each(others=OK, outsider=HIDDEN, sister=HIDDEN)
# Only the office of the programme's region sets, closes and corrects.
CHANGE_PERIOD = each(others=FORBIDDEN, outsider=HIDDEN, sister=HIDDEN, own=MOVED)
# The unit of 河东县 hands in; everybody else who sees the line is refused.
HAND_IN = each(others=FORBIDDEN, outsider=HIDDEN, sister=HIDDEN, local=MOVED)
VERIFY = each(others=FORBIDDEN, outsider=HIDDEN, sister=HIDDEN, lead=MOVED)
REMIND = each(others=FORBIDDEN, outsider=HIDDEN, sister=HIDDEN, lead=MOVED, county=MOVED, own=MOVED)
SEEN = each(others=FORBIDDEN, outsider=HIDDEN, sister=HIDDEN, local=MOVED)


def filled(delivery):
    """河东县's line as typed."""
    ReportLine.objects.filter(pk=delivery.line.pk).update(
        amount=Decimal(500), cumulative=Decimal(1700), edited_at=AT
    )


def submitted(delivery):
    filled(delivery)
    ReportLine.objects.filter(pk=delivery.line.pk).update(state="submitted")


def closed(delivery):
    filled(delivery)
    ReportLine.objects.filter(pk=delivery.line.pk).update(state="accepted")
    close_period(actor=None, period=delivery.period, at=AT)


def closing(delivery):
    close_period(actor=None, period=delivery.period, at=AT, at_once=0, queue=False)


def reminded(delivery):
    Reminder.objects.create(period=delivery.period, unit=delivery.line.unit, text="请尽快填报。", sent_at=AT)


def period(delivery):
    return {"period": delivery.period.pk}


def unit(delivery):
    return {"period": delivery.period.pk, "unit": delivery.line.unit_id}


def snapshot(delivery):
    return {"snapshot": delivery.period.snapshots.latest("number").pk}


def line(delivery):
    return {"period": delivery.period.pk, "line": delivery.line.pk}


def reminder(delivery):
    return {"reminder": Reminder.objects.latest("pk").pk}


def ticked(act, **more):
    def form(delivery):
        revision = ReportLine.objects.get(pk=delivery.line.pk).revision
        return {"act": act, "line": f"{delivery.line.pk}:{revision}"} | more

    return form


PERMISSIONS: dict[str, Row] = {
    "report-check": Row(SEE_PERIOD, kwargs=period, prepare=submitted, query="?show=all"),
    "report-decide": Row(ONLY_POST, VERIFY, ticked("verify"), kwargs=period, prepare=submitted),
    "report-submit": Row(SEE_PERIOD, HAND_IN, ticked("submit"), kwargs=unit, prepare=filled),
    "period-list": Row(SEE_PERIOD),
    # Nothing is stored: whoever works here may have a table worked out again.
    "progress-table": Row(EVERYBODY, EVERYBODY, {"file": b"no workbook"}, done=False),
    "period-rule": Row(
        ONLY_POST,
        CHANGE_PERIOD,
        {"cadence": "month", "due_days": "6", "close_days": "16", "first_day": "2023-03-01"},
    ),
    "period": Row(SEE_PERIOD, kwargs=period),
    "period-late-xlsx": Row(SEE_PERIOD, kwargs=period),
    "period-remind": Row(
        ONLY_POST, REMIND, lambda delivery: {"unit": str(delivery.line.unit_id)}, kwargs=period
    ),
    "reminder-seen": Row(ONLY_POST, SEEN, kwargs=reminder, prepare=reminded),
    "period-close": Row(
        each(others=FORBIDDEN, outsider=HIDDEN, sister=HIDDEN, own=OK),
        CHANGE_PERIOD,
        lambda delivery: {"seen": standing_of(delivery.period)},
        kwargs=period,
    ),
    "period-closing": Row(SEE_PERIOD, kwargs=period, prepare=closing),
    "period-closing-progress": Row(SEE_PERIOD, kwargs=period, prepare=closing),
    "period-closing-cancel": Row(ONLY_POST, CHANGE_PERIOD, kwargs=period, prepare=closing),
    "period-correct": Row(
        each(others=FORBIDDEN, outsider=HIDDEN, sister=HIDDEN, own=OK),
        CHANGE_PERIOD,
        {"amount": "450", "cumulative": "1650", "done": "", "reason": "重复统计50人", "seen": "1"},
        kwargs=line,
        prepare=closed,
    ),
    "snapshot-compare": Row(SEE_PERIOD, kwargs=period, prepare=closed),
    "snapshot": Row(SEE_PERIOD, kwargs=snapshot, prepare=closed),
    "snapshot-xlsx": Row(SEE_PERIOD, kwargs=snapshot, prepare=closed),
}
