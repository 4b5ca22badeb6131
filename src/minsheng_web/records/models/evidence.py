"""Evidence of report lines: the photo, scan or paper by which a figure can be followed."""

from typing import NoReturn

from django.db import models

from minsheng.progress.evidence import IMAGES, KIND_WORDS
from minsheng_web.records.models.immutable import ImmutableError


class Evidence(models.Model):
    """One file of one line. Its bytes lie in the data folder under ``sha256`` and stay there.

    ``kind`` is what the bytes are (progress/evidence.py), whatever the name says. ``late_reason``: why it was
    added after the period had closed. Never removed: withdrawing it fills the three fields of that name.
    """

    line = models.ForeignKey("records.ReportLine", on_delete=models.PROTECT, related_name="evidence")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=255)
    kind = models.CharField(max_length=10, choices=list(KIND_WORDS.items()))
    content_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    note = models.CharField(max_length=500, blank=True)
    added_by = models.ForeignKey("records.User", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    late_reason = models.CharField(max_length=500, blank=True)
    withdrawn_by = models.ForeignKey("records.User", null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["sha256"], name="evidence_by_file")]
        constraints = [
            models.UniqueConstraint(
                fields=["line", "sha256"],
                condition=models.Q(withdrawn_at=None),
                name="evidence_once_per_line",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None) | ~models.Q(withdrawn_reason=""),
                name="withdrawn_evidence_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_image(self) -> bool:
        return self.kind in IMAGES

    def delete(self, *_args: object, **_values: object) -> NoReturn:
        """Refused: what was once evidence stays in the record."""
        raise ImmutableError("evidence is withdrawn, never removed")
