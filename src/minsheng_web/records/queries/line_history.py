"""What was done with one report line, by whom and when, from the audit trail."""

from minsheng_web.records.models import AuditEvent, ReportLine

LATEST = 200
"""Events shown of a line; a line of one month is not touched more often by hand."""


def history_of(line: ReportLine) -> list[AuditEvent]:
    """The newest events of a line already in reach, newest first. One query."""
    events = AuditEvent.objects.filter(object_type=ReportLine.__name__, object_id=str(line.pk))
    return list(events.select_related("actor").order_by("-pk")[:LATEST])
