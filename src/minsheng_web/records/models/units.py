"""Units: the departments, counties' departments and towns that deliver a programme."""

from django.db import models

from minsheng_web.records.models.immutable import Immutable


class Unit(models.Model):
    """A unit of one region. ``above`` is its counterpart one level up (市民政局 of 涡阳县民政局).

    ``name`` is what it is called now; ``UnitName`` keeps what it was called before.
    """

    region = models.ForeignKey("records.Region", on_delete=models.PROTECT, related_name="units")
    name = models.CharField(max_length=100)
    above = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="below")
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["region__path", "id"]
        constraints = [models.UniqueConstraint(fields=["region", "name"], name="unit_once")]

    def __str__(self) -> str:
        return self.name


class UnitName(Immutable):
    """A former name of a unit: kept when it is renamed, so old reports and papers can be found by it."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="former_names")
    name = models.CharField(max_length=100)
    until = models.DateTimeField()
    reason = models.CharField(max_length=200)
    changed_by = models.ForeignKey("records.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name
