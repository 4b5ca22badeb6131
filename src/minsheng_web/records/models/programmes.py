"""Published programmes: a version is written once, with the rows its pages read."""

from django.db import models

from minsheng_web.records.models.immutable import Immutable


class Programme(models.Model):
    """The livelihood programme of one region in one year."""

    region = models.ForeignKey("records.Region", on_delete=models.PROTECT, related_name="programmes")
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)

    class Meta:
        ordering = ["-year", "region__path"]
        constraints = [models.UniqueConstraint(fields=["region", "year"], name="programme_once")]

    def __str__(self) -> str:
        return self.title


class PlanVersion(Immutable):
    """One published plan of a programme, 1, 2, 3 …; ``reason`` says why a later one was made."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    document = models.ForeignKey(
        "records.Document", null=True, blank=True, on_delete=models.PROTECT, related_name="versions"
    )
    plan = models.JSONField()
    lines = models.JSONField()
    findings = models.JSONField()
    published_by = models.ForeignKey("records.User", on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["programme", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="version_number_once"),
            models.CheckConstraint(
                condition=models.Q(number=1) | ~models.Q(reason=""), name="later_version_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} v{self.number}"


class PublishedProject(Immutable):
    """A project of a version, as pages list it. ``position`` is its place in the document, from 1."""

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="projects")
    number = models.PositiveIntegerField()
    category_number = models.PositiveIntegerField(null=True)
    category_name = models.CharField(max_length=100, blank=True)
    headline = models.TextField()
    statement = models.TextField()
    status = models.CharField(max_length=20)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="published_project_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.headline}"


class PublishedTarget(Immutable):
    """A quantity of a version (of every role), with the sentence of the notice it comes from."""

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="targets")
    project = models.ForeignKey(PublishedProject, on_delete=models.PROTECT, related_name="targets")
    anchor = models.CharField(max_length=80)
    line = models.PositiveIntegerField()
    text = models.TextField()
    value = models.DecimalField(max_digits=20, decimal_places=6)
    value_hi = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    unit = models.CharField(max_length=50)
    comparator = models.CharField(max_length=10)
    role = models.CharField(max_length=20)
    aspiration = models.BooleanField(default=False)
    subject = models.TextField(blank=True)
    region_name = models.CharField(max_length=50, blank=True)
    sentence = models.TextField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text


class PublishedUnit(Immutable):
    """A unit that leads or cooperates in a project of a version."""

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="units")
    project = models.ForeignKey(PublishedProject, on_delete=models.PROTECT, related_name="units")
    name = models.CharField(max_length=100, db_index=True)
    part = models.CharField(max_length=20)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name
