"""Routes of one report line and its evidence."""

from evidence_files import give, sent
from minsheng_web.records.models import Evidence
from permissions.rows import FORBIDDEN, HIDDEN, MOVED, OK, ONLY_POST, Row, each

REFUSED = 409
# The evidence of a report is read by whoever reads the report; its unit adds and withdraws.
READ = each(others=OK, outsider=HIDDEN, sister=HIDDEN)
ADD = each(others=FORBIDDEN, outsider=HIDDEN, sister=HIDDEN, local=MOVED, own=REFUSED)
# The office is told why not, on the page it comes back to.
WITHDRAW = each(others=FORBIDDEN, outsider=HIDDEN, sister=HIDDEN, local=MOVED, own=MOVED)


def line(delivery) -> dict:
    return {"period": delivery.period.pk, "line": delivery.line.pk}


def added(delivery) -> None:
    """河东县's unit has added a paper."""
    give(delivery.house.people["local"], delivery.line)


def evidence(delivery) -> dict:
    return line(delivery) | {"evidence": Evidence.objects.get().pk}


PERMISSIONS: dict[str, Row] = {
    # Once the period is closed the programme's office may add; before, it is told to ask the unit.
    "report-line": Row(READ, ADD, lambda _: {"file": sent()}, kwargs=line),
    "report-evidence": Row(READ, kwargs=evidence, prepare=added),
    "report-evidence-withdraw": Row(
        ONLY_POST, WITHDRAW, {"reason": "放错了"}, kwargs=evidence, prepare=added
    ),
}
