"""Measures of a published version, as rows so that they can be searched."""

from django.db import models

from minsheng_web.records.models.immutable import Immutable


class PublishedMeasure(Immutable):
    """A numbered measure of a project of a version, at its line of the notice."""

    version = models.ForeignKey("records.PlanVersion", on_delete=models.PROTECT, related_name="measures")
    project = models.ForeignKey("records.PublishedProject", on_delete=models.PROTECT, related_name="measures")
    number = models.PositiveIntegerField()
    line = models.PositiveIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.number}.{self.text}"
