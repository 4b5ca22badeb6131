"""Routes of one report line and its evidence."""

from django.core.files.uploadedfile import SimpleUploadedFile

from minsheng_web.records.actions.evidence import Added, add_evidence
from minsheng_web.records.models import Evidence
from minsheng_web.records.queries.report_lines import lines_in_reach
from permissions.rows import FORBIDDEN, HIDDEN, MOVED, OK, ONLY_POST, Row, each
from reporting import AT

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
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
    local = delivery.house.people["local"]
    found = lines_in_reach(local).get(pk=delivery.line.pk)
    outcome = add_evidence(actor=local, line=found, name="验收单.pdf", data=PDF, at=AT)
    assert isinstance(outcome, Added)


def evidence(delivery) -> dict:
    return line(delivery) | {"evidence": Evidence.objects.get().pk}


PERMISSIONS: dict[str, Row] = {
    # Once the period is closed the programme's office may add; before, it is told to ask the unit.
    "report-line": Row(READ, ADD, lambda _: {"file": SimpleUploadedFile("验收单.pdf", PDF)}, kwargs=line),
    "report-evidence": Row(READ, kwargs=evidence, prepare=added),
    "report-evidence-withdraw": Row(
        ONLY_POST, WITHDRAW, {"reason": "放错了"}, kwargs=evidence, prepare=added
    ),
}
