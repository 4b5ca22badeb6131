"""What people decided about two plans: which project of the one is which of the other."""

from django.db import models
from django.db.models import F, Q


class ProjectPairing(models.Model):
    """Project ``number_a`` of ``version_a`` is ``number_b`` of ``version_b``; null: it is none of them.

    The version with the smaller key is always A. Undoing fills ``undone_by`` and ``undone_at``.
    """

    version_a = models.ForeignKey("records.PlanVersion", on_delete=models.PROTECT, related_name="+")
    version_b = models.ForeignKey("records.PlanVersion", on_delete=models.PROTECT, related_name="+")
    number_a = models.PositiveIntegerField(null=True)
    number_b = models.PositiveIntegerField(null=True)
    by = models.ForeignKey("records.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey("records.User", null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(version_a__lt=F("version_b")), name="pairing_in_order"),
            models.CheckConstraint(
                condition=Q(number_a__isnull=False) | Q(number_b__isnull=False), name="pairing_of_something"
            ),
            models.UniqueConstraint(
                fields=["version_a", "version_b", "number_a"],
                condition=Q(undone_at=None, number_a__isnull=False),
                name="project_a_decided_once",
            ),
            models.UniqueConstraint(
                fields=["version_a", "version_b", "number_b"],
                condition=Q(undone_at=None, number_b__isnull=False),
                name="project_b_decided_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_a_id}:{self.number_a} = {self.version_b_id}:{self.number_b}"
