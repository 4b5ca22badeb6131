"""The audit trail: appended in the transaction of the act it tells of."""

from django.db import models

from minsheng_web.records.models.immutable import Immutable


class AuditEvent(Immutable):
    """Who did what to which row, the values before and after. ``actor`` is null for the program itself."""

    at = models.DateTimeField(db_index=True)
    actor = models.ForeignKey("records.User", null=True, on_delete=models.PROTECT, related_name="+")
    action = models.CharField(max_length=50, db_index=True)
    object_type = models.CharField(max_length=50)
    object_id = models.CharField(max_length=50)
    old = models.JSONField(null=True)
    new = models.JSONField(null=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["object_type", "object_id"], name="audit_by_row")]

    def __str__(self) -> str:
        return f"{self.action} {self.object_type} {self.object_id}"
