"""What tests of evidence share: files as people send them, and adding one as somebody's unit would."""

from django.core.files.uploadedfile import SimpleUploadedFile

from minsheng_web.records.actions.evidence import Added, add_evidence
from minsheng_web.records.models import Evidence, ReportLine, User
from minsheng_web.records.queries.report_lines import lines_in_reach
from reporting import AT

PDF = b"%PDF-1.4\n%%EOF\n"
JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(20)


def sent(name="验收单.pdf", data=PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def give(actor: User, line: ReportLine, name="验收单.pdf", data=PDF, **words) -> Evidence:
    """Evidence of the line, added by that person."""
    found = lines_in_reach(actor).get(pk=line.pk)
    outcome = add_evidence(actor=actor, line=found, name=name, data=data, at=AT, **words)
    assert isinstance(outcome, Added), outcome
    return outcome.evidence
