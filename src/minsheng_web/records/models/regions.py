"""Administrative regions as a tree."""

from django.db import models


class Region(models.Model):
    """A province, city, county or zone. ``path`` is ``/亳州市/涡阳县/``: a subtree is a prefix of it."""

    name = models.CharField(max_length=50)
    full_name = models.CharField(max_length=100)
    code = models.CharField(max_length=12, null=True, blank=True)  # noqa: DJ001 (zones have none)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    path = models.CharField(max_length=250, unique=True)

    class Meta:
        ordering = ["path"]

    def __str__(self) -> str:
        return self.name

    def contains(self, other: "Region") -> bool:
        """Whether ``other`` is this region or lies under it."""
        return other.path.startswith(self.path)
