"""Uploaded notices, what was read in them, and what people mended."""

from django.db import models


class DocumentState(models.TextChoices):
    """Where an upload stands. Moves between states: ``actions.documents.MOVES``."""

    RECEIVED = "received", "等待识读"
    READING = "reading", "正在识读"
    READ = "read", "已识读"
    REFUSED = "refused", "未能识读"
    CANCELLED = "cancelled", "已取消"


class Document(models.Model):
    """An uploaded file. Its bytes lie in the data folder under ``sha256``; ``lines`` is its numbered text.

    ``attempt`` counts readings begun, ``deaths`` those in a row whose worker died.
    """

    office = models.ForeignKey("records.Region", on_delete=models.PROTECT, related_name="documents")
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.BigIntegerField()
    state = models.CharField(
        max_length=20, choices=DocumentState.choices, default=DocumentState.RECEIVED, db_index=True
    )
    format = models.CharField(max_length=20, blank=True)
    encoding = models.CharField(max_length=20, blank=True)
    refusal_code = models.CharField(max_length=50, blank=True)
    refusal_message = models.TextField(blank=True)
    lines = models.JSONField(default=list)
    uploaded_by = models.ForeignKey("records.User", on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    attempt = models.PositiveIntegerField(default=0)
    deaths = models.PositiveSmallIntegerField(default=0)
    progress = models.PositiveSmallIntegerField(default=0)
    heartbeat_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-uploaded_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "sha256"],
                condition=~models.Q(sha256=""),
                name="document_once_per_office",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Reading(models.Model):
    """What one version of the program read in a document: plan and findings as JSON, before corrections."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="readings")
    reader_version = models.CharField(max_length=50)
    plan = models.JSONField()
    findings = models.JSONField()
    seconds = models.FloatField()
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.document_id} {self.reader_version}"


class CorrectionRow(models.Model):
    """One mend by a person. Never removed: undoing it fills ``undone_by`` and ``undone_at``."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="corrections")
    anchor = models.CharField(max_length=80)
    kind = models.CharField(max_length=10)
    field = models.CharField(max_length=30, blank=True)
    old = models.JSONField(null=True)
    value = models.JSONField(null=True)
    by = models.ForeignKey("records.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey("records.User", null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.anchor} {self.field}".strip()
