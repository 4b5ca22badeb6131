"""Reports of a programme by period, and the snapshots a closed period is frozen in."""

from typing import Any, ClassVar

from django.db import models

from minsheng.progress.model import CADENCE_WORDS
from minsheng_web.records.models.immutable import Immutable, ImmutableQuerySet


class ReportingRule(models.Model):
    """How often a programme reports, and how many days after a period's end reports are due and it closes.

    ``first_day`` lies in the first period reported; None: the one in which the first breakdown was issued.
    """

    programme = models.OneToOneField(
        "records.Programme", on_delete=models.PROTECT, related_name="reporting_rule"
    )
    cadence = models.CharField(max_length=10, choices=list(CADENCE_WORDS.items()), default="month")
    due_days = models.PositiveSmallIntegerField(default=5)
    close_days = models.PositiveSmallIntegerField(default=15)
    first_day = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.programme_id} {self.get_cadence_display()}"


class ReportPeriod(models.Model):
    """One week, month or quarter of a programme. ``key`` as progress/periods.py writes it (2026-M03).

    ``closing_since``: it is being frozen and nothing of it may change; None when that is done or given up.
    """

    programme = models.ForeignKey("records.Programme", on_delete=models.PROTECT, related_name="periods")
    key = models.CharField(max_length=12)
    name = models.CharField(max_length=30)
    start = models.DateField()
    end = models.DateField()
    due_on = models.DateField()
    closes_on = models.DateField()
    opened_at = models.DateTimeField()
    closing_since = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey("records.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["programme", "start"]
        constraints = [models.UniqueConstraint(fields=["programme", "key"], name="period_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def shut_word(self) -> str:
        """Why lines of it may not change, as 已经关闭 or 正在关闭; empty while they may."""
        if self.closed_at is not None:
            return "已经关闭"
        return "正在关闭" if self.closing_since is not None else ""


class LineState(models.TextChoices):
    """Where a report line stands. Moves: ``actions.report_flow.MOVES``."""

    DRAFT = "draft", "填报中"
    SUBMITTED = "submitted", "待审核"
    RETURNED = "returned", "已退回"
    VERIFIED = "verified", "待接收"
    ACCEPTED = "accepted", "已接收"


class ReportLine(models.Model):
    """What one unit reports of one allocation in one period. Amounts None where nothing was reported.

    ``cooperating``: the line of a unit that helps; it goes to the unit of the main line, which merges it.
    ``stages`` is {stage: ISO date}; money is whole fen, cumulative. ``revision`` grows with every change.
    ``accepted_region`` is whose office accepted it: only that office or one above takes it back.
    ``taken_in_by``: who took the unit's returned workbook in for it; None once the unit typed itself.
    Of a line handed in it says that this was done for the unit.
    """

    # Its first place in the unique key finds a period's lines; who acted is read, never searched for.
    period = models.ForeignKey(ReportPeriod, on_delete=models.PROTECT, related_name="lines", db_index=False)
    allocation = models.ForeignKey("records.Allocation", on_delete=models.PROTECT, related_name="lines")
    unit = models.ForeignKey("records.Unit", on_delete=models.PROTECT, related_name="lines")
    cooperating = models.BooleanField(default=False)
    state = models.CharField(max_length=20, choices=LineState.choices, default=LineState.DRAFT)
    amount = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    cumulative = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    done = models.BooleanField(null=True, blank=True)
    stages = models.JSONField(default=dict)
    money_needed = models.BigIntegerField(null=True, blank=True)
    money_arrived = models.BigIntegerField(null=True, blank=True)
    money_spent = models.BigIntegerField(null=True, blank=True)
    money_paid = models.BigIntegerField(null=True, blank=True)
    difficulty = models.TextField(blank=True)
    next_step = models.TextField(blank=True)
    correction = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    edited_by = models.ForeignKey(
        "records.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    edited_at = models.DateTimeField(null=True)
    taken_in_by = models.ForeignKey(
        "records.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    submitted_by = models.ForeignKey(
        "records.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    submitted_at = models.DateTimeField(null=True)
    verified_by = models.ForeignKey(
        "records.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    verified_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        "records.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    accepted_at = models.DateTimeField(null=True)
    accepted_region = models.ForeignKey(
        "records.Region", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    return_reason = models.TextField(blank=True)
    returned_by = models.ForeignKey(
        "records.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    returned_at = models.DateTimeField(null=True)

    class Meta:
        ordering = [
            "period",
            "allocation__indicator__position",
            "allocation__region__path",
            "cooperating",
            "id",
        ]
        constraints = [
            models.UniqueConstraint(fields=["period", "allocation", "unit"], name="report_line_once"),
        ]
        indexes = [
            models.Index(fields=["period", "unit", "state"], name="line_by_unit_and_state"),
            models.Index(fields=["period", "state", "cooperating"], name="line_by_state"),
            models.Index(
                fields=["period"], condition=models.Q(taken_in_by__isnull=False), name="line_taken_in"
            ),
            models.Index(
                fields=["allocation", "period"], condition=models.Q(cooperating=True), name="line_helping"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period_id} {self.allocation_id}"


class SealedManager(models.Manager.from_queryset(ImmutableQuerySet)):  # type: ignore[misc]
    """Leaves out what is still being written: nobody shall read half a snapshot."""

    def get_queryset(self) -> ImmutableQuerySet:
        """Snapshots that are whole."""
        rows: ImmutableQuerySet = super().get_queryset()
        return rows.exclude(digest="")


class Snapshot(Immutable):
    """A closed period as it stood, 1, 2, 3 …; a later one is a late correction and has its reason.

    ``digest`` is progress/freeze.py's of its lines: the same digits for ever. It is empty while the lines are
    written (actions/freezing.py); until then ``objects`` does not know the snapshot.
    """

    objects: ClassVar[Any] = SealedManager()
    unsealed_too: models.Manager["Snapshot"] = models.Manager()

    period = models.ForeignKey(ReportPeriod, on_delete=models.PROTECT, related_name="snapshots")
    number = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("records.User", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)
    line_count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["period", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["period", "number"], name="snapshot_number_once"),
            models.CheckConstraint(
                condition=models.Q(number=1) | ~models.Q(reason=""), name="later_snapshot_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period_id} #{self.number}"


class SnapshotLine(Immutable):
    """One line of a snapshot, names and all, so that renaming changes nothing that was frozen."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="lines")
    allocation = models.ForeignKey("records.Allocation", on_delete=models.PROTECT, related_name="+")
    region_name = models.CharField(max_length=50)
    unit_name = models.CharField(max_length=100, blank=True)
    indicator_name = models.CharField(max_length=200)
    owed = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    state = models.CharField(max_length=20)
    amount = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    cumulative = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    done = models.BooleanField(null=True)
    stages = models.JSONField(default=dict)
    money = models.JSONField(default=dict)
    difficulty = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.snapshot_id} {self.region_name} {self.indicator_name}"


class Reminder(models.Model):
    """A reminder to a unit that a report is due or late; ``seen_at`` when somebody of it first read it."""

    period = models.ForeignKey(ReportPeriod, on_delete=models.PROTECT, related_name="reminders")
    unit = models.ForeignKey("records.Unit", on_delete=models.PROTECT, related_name="reminders")
    text = models.TextField()
    sent_by = models.ForeignKey("records.User", null=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-sent_at", "-id"]

    def __str__(self) -> str:
        return self.text
