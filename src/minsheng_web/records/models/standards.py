"""Benefit standards: editions proposed and approved, and what a changed figure would cost.

The files of the package are edition 0 of each standard; approved rows lie over them
(``queries/standards.py``).
"""

from django.db import models

from minsheng_web.records.models.immutable import Immutable


class EditState(models.TextChoices):
    """Where a proposed edition stands. Moves: ``actions.standard_states.MOVES``."""

    DRAFT = "draft", "草稿"
    WAITING = "waiting", "待审批"
    APPROVED = "approved", "已批准"
    REFUSED = "refused", "未同意"
    WITHDRAWN = "withdrawn", "已撤回"


class StandardEdit(models.Model):
    """A proposed edition of one standard. ``base_digest`` is of the edition it was made from."""

    standard = models.CharField(max_length=120)
    yaml = models.TextField()
    base_digest = models.CharField(max_length=64)
    state = models.CharField(max_length=20, choices=EditState.choices, default=EditState.DRAFT)
    reason = models.TextField(blank=True)
    document_number = models.CharField(max_length=100, blank=True)
    revision = models.PositiveIntegerField(default=1)
    proposed_by = models.ForeignKey("records.User", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey("records.User", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_note = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["standard"],
                condition=models.Q(state__in=["draft", "waiting"]),
                name="one_open_standard_edit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.standard} {self.get_state_display()}"


class StandardVersionRow(Immutable):
    """An approved edition of one standard, 1, 2, 3 …"""

    standard = models.CharField(max_length=120)
    number = models.PositiveIntegerField()
    yaml = models.TextField()
    digest = models.CharField(max_length=64)
    reason = models.TextField()
    document_number = models.CharField(max_length=100, blank=True)
    edit = models.OneToOneField(StandardEdit, on_delete=models.PROTECT, related_name="version")
    proposed_by = models.ForeignKey("records.User", on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey("records.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["standard", "number"]
        constraints = [
            models.UniqueConstraint(fields=["standard", "number"], name="standard_version_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.standard} 第{self.number}次修订"


class SimulationState(models.TextChoices):
    """Where a simulation stands. Moves: ``actions.simulation_states.MOVES``."""

    WAITING = "waiting", "等待计算"
    RUNNING = "running", "正在计算"
    DONE = "done", "已算出"
    CANCELLED = "cancelled", "已取消"
    REFUSED = "refused", "未能计算"


class Simulation(models.Model):
    """A changed figure tried over a roster or over stated counts; only who asked for it may see it.

    ``asked`` is what was asked (``simulation_request.py``), ``result`` an ``Outcome`` as JSON. An uploaded
    roster lies in the data folder under the random name ``roster_key`` until ``roster_until``; empty: it is
    gone.
    """

    standard = models.CharField(max_length=120)
    name = models.CharField(max_length=200)
    asked = models.JSONField()
    edition = models.TextField()
    state = models.CharField(
        max_length=20, choices=SimulationState.choices, default=SimulationState.WAITING, db_index=True
    )
    progress = models.PositiveSmallIntegerField(default=0)
    step = models.CharField(max_length=40, blank=True)
    message = models.TextField(blank=True)
    result = models.JSONField(null=True)
    seconds = models.FloatField(null=True)
    asked_by = models.ForeignKey("records.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    roster_key = models.CharField(max_length=80, blank=True)
    roster_name = models.CharField(max_length=200, blank=True)
    roster_size = models.PositiveBigIntegerField(default=0)
    roster_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.standard} {self.get_state_display()}"
