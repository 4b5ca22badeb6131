"""Administrative regions as a tree."""

from django.db import models


class Level(models.TextChoices):
    """How high a region stands. A zone answers to a prefecture as a county does."""

    PROVINCE = "province", "省级"
    PREFECTURE = "prefecture", "地级"
    COUNTY = "county", "县级"
    ZONE = "zone", "功能区"
    TOWN = "town", "乡级"
    VILLAGE = "village", "村级"


class Region(models.Model):
    """A region from a province down to a village. ``path`` is ``/亳州市/涡阳县/``: a prefix of its subtree.

    ``code_origin`` says whose code it is and of which day; both are empty where none is known.
    ``population`` is what the office stated, with ``population_source``: whose figure it is and of when.
    """

    name = models.CharField(max_length=50)
    full_name = models.CharField(max_length=100)
    code = models.CharField(max_length=12, null=True, blank=True)  # noqa: DJ001 (zones have none)
    code_origin = models.CharField(max_length=100, blank=True)
    level = models.CharField(max_length=20, choices=Level.choices, blank=True)
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
