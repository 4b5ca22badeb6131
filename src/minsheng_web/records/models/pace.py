"""Pace: the rules of the lights, how every part stood when a period was closed, and the work of closing."""

from django.db import models

from minsheng.progress.model import KIND_WORDS
from minsheng_web.records.models.immutable import Immutable

_LIGHTS = [
    ("blue", "蓝灯"),
    ("green", "绿灯"),
    ("yellow", "黄灯"),
    ("orange", "橙灯"),
    ("red", "红灯"),
    ("missing", "未报"),
    ("none", "不评"),
]


def _amount() -> models.DecimalField:  # type: ignore[type-arg]
    return models.DecimalField(max_digits=20, decimal_places=6, null=True)


class LightRuleSet(Immutable):
    """The rules a programme's lights follow, 1, 2, 3 …: in force from the first closing after ``made_at``."""

    programme = models.ForeignKey("records.Programme", on_delete=models.PROTECT, related_name="light_rules")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=100)
    rules = models.JSONField()
    reason = models.TextField()
    made_by = models.ForeignKey("records.User", null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["programme", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="light_rules_number_once"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="light_rules_have_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} #{self.number} {self.name}"


class OwnCurve(Immutable):
    """What an indicator is expected to reach by when, set by the office; the newest is in force.

    ``curve`` is progress/pace/curves.py's; None: back to what the notice says.
    """

    indicator = models.ForeignKey("records.Indicator", on_delete=models.PROTECT, related_name="curves")
    number = models.PositiveIntegerField()
    curve = models.JSONField(null=True)
    reason = models.TextField()
    made_by = models.ForeignKey("records.User", null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["indicator", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "number"], name="curve_number_once"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="curve_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} #{self.number}"


class PaceSeal(Immutable):
    """That a snapshot has standings: by which rules they were judged, after which snapshot, and their digits.

    ``rules`` are the rules as they were, also where the programme had chosen none (``rule_set`` None).
    ``parts`` is {indicator: [count, digits]}; ``digest`` is made of those (actions/pace_rows.py).
    """

    snapshot = models.OneToOneField("records.Snapshot", on_delete=models.PROTECT, related_name="pace")
    before = models.ForeignKey(
        "records.Snapshot", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    rule_set = models.ForeignKey(LightRuleSet, null=True, on_delete=models.PROTECT, related_name="+")
    rules = models.JSONField()
    parts = models.JSONField()
    digest = models.CharField(max_length=64)
    standing_count = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.snapshot_id} {self.digest[:8]}"


class Standing(Immutable):
    """How one part stood when its period was closed (progress/pace/model.py Standing), and what it owed.

    Leaves report; the others are made of the parts below. ``reasons``, ``memory`` and ``reached`` are
    compact JSON as text, kept letter for letter: the digits are made of them. Sums of money stand in memory.
    """

    snapshot = models.ForeignKey(
        "records.Snapshot", on_delete=models.PROTECT, related_name="standings", db_index=False
    )
    allocation = models.ForeignKey("records.Allocation", on_delete=models.PROTECT, related_name="standings")
    indicator = models.ForeignKey(
        "records.Indicator", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=20, choices=list(KIND_WORDS.items()))
    unit = models.CharField(max_length=50, blank=True)
    owed = _amount()
    due = models.DateField(null=True)
    light = models.CharField(max_length=10, choices=_LIGHTS)
    held = models.CharField(max_length=10, choices=_LIGHTS, blank=True)
    figure = _amount()
    reported = models.PositiveIntegerField()
    parts = models.PositiveIntegerField()
    missing_run = models.PositiveSmallIntegerField()
    scheduled = _amount()
    percent = _amount()
    scheduled_percent = _amount()
    gap = _amount()
    unmoved = models.PositiveSmallIntegerField()
    forecast_low = _amount()
    forecast_middle = _amount()
    forecast_high = _amount()
    forecast_reports = models.PositiveSmallIntegerField(null=True)
    needed = _amount()
    reached = models.TextField(blank=True)
    reasons = models.TextField(blank=True)
    memory = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "allocation"], name="standing_once"),
        ]
        indexes = [
            models.Index(fields=["snapshot", "indicator"], name="standing_by_indicator"),
            models.Index(fields=["snapshot", "unmoved", "allocation"], name="standing_by_unmoved"),
        ]

    def __str__(self) -> str:
        return f"{self.snapshot_id} {self.allocation_id} {self.light}"


class PaceCell(Immutable):
    """The standings of one region in one project under one lead unit, counted, so that no page counts them.

    ``worst`` is the worst light there; ``missing_parts`` how many parts below did not report. Money is whole
    fen, None where nobody named any.
    """

    snapshot = models.ForeignKey(
        "records.Snapshot", on_delete=models.PROTECT, related_name="cells", db_index=False
    )
    region = models.ForeignKey("records.Region", on_delete=models.PROTECT, related_name="+", db_index=False)
    project_number = models.PositiveIntegerField()
    category_name = models.CharField(max_length=100, blank=True)
    lead_unit = models.ForeignKey(
        "records.Unit", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    nodes = models.PositiveIntegerField()
    blue = models.PositiveIntegerField(default=0)
    green = models.PositiveIntegerField(default=0)
    yellow = models.PositiveIntegerField(default=0)
    orange = models.PositiveIntegerField(default=0)
    red = models.PositiveIntegerField(default=0)
    missing = models.PositiveIntegerField(default=0)
    none = models.PositiveIntegerField(default=0)
    worst = models.CharField(max_length=10, choices=_LIGHTS)
    parts = models.PositiveIntegerField()
    missing_parts = models.PositiveIntegerField()
    money_needed = models.BigIntegerField(null=True)
    money_arrived = models.BigIntegerField(null=True)
    money_spent = models.BigIntegerField(null=True)
    money_paid = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["snapshot", "region"], name="cell_by_region")]

    def __str__(self) -> str:
        return f"{self.snapshot_id} {self.region_id} {self.project_number}"


class ClosingState(models.TextChoices):
    """Where the closing of a period stands. Moves: ``actions.closing_states.MOVES``."""

    WAITING = "waiting", "等待处理"
    WRITING = "writing", "正在关闭"
    CANCELLING = "cancelling", "正在取消"
    DONE = "done", "已关闭"
    CANCELLED = "cancelled", "已取消"
    FAILED = "failed", "未能关闭"


class Closing(models.Model):
    """The closing of one large period by the worker. ``attempt`` grows when a worker died and it starts anew.

    ``at`` is the moment the period is closed as of; ``snapshot`` fills while it is written and shows when
    it is sealed.
    """

    period = models.ForeignKey("records.ReportPeriod", on_delete=models.PROTECT, related_name="closings")
    state = models.CharField(
        max_length=20, choices=ClosingState.choices, default=ClosingState.WAITING, db_index=True
    )
    at = models.DateTimeField()
    asked_by = models.ForeignKey("records.User", null=True, on_delete=models.PROTECT, related_name="+")
    standing = models.TextField(blank=True)
    snapshot = models.ForeignKey("records.Snapshot", null=True, on_delete=models.SET_NULL, related_name="+")
    total = models.PositiveIntegerField(default=0)
    progress = models.PositiveIntegerField(default=0)
    attempt = models.PositiveSmallIntegerField(default=0)
    heartbeat_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["period"],
                condition=models.Q(state__in=["waiting", "writing", "cancelling"]),
                name="one_closing_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period_id} {self.get_state_display()}"

    @property
    def percent(self) -> int:
        """How far it has come, 0 to 100."""
        return 0 if self.total == 0 else min(100, self.progress * 100 // self.total)
