"""Administrative regions as a tree."""

from django.db import models


class Region(models.Model):
    """A province, city, county or zone. ``path`` is ``/亳州市/涡阳县/``: a subtree is a prefix of it.

    ``population`` is what the office stated, with ``population_source``: whose figure it is and of when.
    """

    name = models.CharField(max_length=50)
    full_name = models.CharField(max_length=100)
    code = models.CharField(max_length=12, null=True, blank=True)  # noqa: DJ001 (zones have none)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    path = models.CharField(max_length=250, unique=True)
    population = models.PositiveIntegerField(null=True, blank=True)
    population_source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["path"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(population__isnull=True)
                | (models.Q(population__gt=0) & ~models.Q(population_source="")),
                name="population_has_source",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def contains(self, other: "Region") -> bool:
        """Whether ``other`` is this region or lies under it."""
        return other.path.startswith(self.path)
