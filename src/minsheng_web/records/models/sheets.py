"""Returned report workbooks: what was handed in at one go, and what came of each."""

from django.db import models


class BatchState(models.TextChoices):
    """Where a batch stands. Moves: ``actions.sheet_batches.MOVES``."""

    RECEIVED = "received", "等待处理"
    WORKING = "working", "正在处理"
    DONE = "done", "已处理"
    CANCELLED = "cancelled", "已取消"
    FAILED = "failed", "未能处理"


class SheetBatch(models.Model):
    """Workbooks of one period handed in together. Their bytes lie in the data folder.

    ``files`` is [{"name", "sha256", "size"}]; ``results`` what came of each, as ``actions.report_sheets``
    writes it: names and values as they were then.
    """

    period = models.ForeignKey("records.ReportPeriod", on_delete=models.PROTECT, related_name="sheet_batches")
    files = models.JSONField()
    state = models.CharField(
        max_length=20, choices=BatchState.choices, default=BatchState.RECEIVED, db_index=True
    )
    results = models.JSONField(default=list)
    uploaded_by = models.ForeignKey("records.User", on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    attempt = models.PositiveSmallIntegerField(default=0)
    progress = models.PositiveIntegerField(default=0)
    heartbeat_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-uploaded_at", "-id"]

    def __str__(self) -> str:
        return f"{self.period_id} {len(self.files)}"
