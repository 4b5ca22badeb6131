"""What of a programme is followed through the year, and how it is broken down over regions."""

from django.db import models

from minsheng.progress.model import KIND_WORDS
from minsheng_web.records.models.immutable import Immutable


class Indicator(models.Model):
    """A target that is reported on. It outlives plan versions; ``target`` is where the newest states it.

    ``value`` is in ``unit``, None where the notice states none (应补尽补). ``each``: the value is what every
    region of the lowest level owes (每个行政村不少于1场).
    """

    programme = models.ForeignKey("records.Programme", on_delete=models.PROTECT, related_name="indicators")
    target = models.ForeignKey(
        "records.PublishedTarget", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    project_number = models.PositiveIntegerField()
    project_headline = models.TextField()
    category_name = models.CharField(max_length=100, blank=True)
    name = models.CharField(max_length=200)
    unit = models.CharField(max_length=50, blank=True)
    kind = models.CharField(max_length=20, choices=list(KIND_WORDS.items()))
    comparator = models.CharField(max_length=10, default="eq")
    value = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    each = models.BooleanField(default=False)
    lead_unit = models.ForeignKey(
        "records.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="indicators_led"
    )
    cooperating_units = models.ManyToManyField("records.Unit", blank=True, related_name="indicators_helped")
    position = models.PositiveIntegerField()
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["programme", "position"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "position"], name="indicator_position_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Allocation(models.Model):
    """An indicator's part for a region, as it stands. The root is the programme's own region with the whole.

    ``share`` counts toward the part above; ``asked`` is what the region is really asked for (None: its
    share), more is 层层加码. ``reserve`` is what this region keeps back from those below. ``version`` numbers
    the DivisionVersion that set the parts below; 0: not broken down, so ``reporting_unit`` reports.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="allocations")
    region = models.ForeignKey("records.Region", on_delete=models.PROTECT, related_name="allocations")
    above = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    reporting_unit = models.ForeignKey(
        "records.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="allocations"
    )
    share = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    asked = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    reserve = models.DecimalField(max_digits=20, decimal_places=6, default=0)
    last_year = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    due = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["indicator__position", "region__path"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "region"], name="allocation_once"),
            models.UniqueConstraint(
                fields=["indicator"], condition=models.Q(above=None), name="allocation_has_one_root"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.indicator}"


class ProposalState(models.TextChoices):
    """Where a proposed breakdown stands. Moves: ``actions.division_states.MOVES``."""

    DRAFT = "draft", "草稿"
    WAITING = "waiting", "待审批"
    ISSUED = "issued", "已下达"
    REFUSED = "refused", "未同意"
    WITHDRAWN = "withdrawn", "已撤回"


class DivisionProposal(models.Model):
    """How an office wants to divide one allocation: the parts as typed, before they are issued.

    ``parts``: [{"region": id, "share": "12.5", "asked": "13" or null, "unit": id or null, "last_year"}]
    ``base`` is the allocation's version it was made from. After the first issue it needs ``reason`` and
    ``document_number`` and the approval of the level above.
    """

    node = models.ForeignKey(Allocation, on_delete=models.PROTECT, related_name="proposals")
    base = models.PositiveIntegerField()
    parts = models.JSONField(default=list)
    reserve = models.DecimalField(max_digits=20, decimal_places=6, default=0)
    reason = models.TextField(blank=True)
    document_number = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=20, choices=ProposalState.choices, default=ProposalState.DRAFT)
    proposed_by = models.ForeignKey("records.User", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey("records.User", null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_note = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["node"],
                condition=models.Q(state__in=["draft", "waiting"]),
                name="one_open_proposal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.node_id} {self.get_state_display()}"


class DivisionVersion(Immutable):
    """One issued breakdown of one allocation, 1, 2, 3 …; ``parts`` as proposed, with the regions' names."""

    node = models.ForeignKey(Allocation, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    whole = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    parts = models.JSONField()
    reserve = models.DecimalField(max_digits=20, decimal_places=6)
    reason = models.TextField(blank=True)
    document_number = models.CharField(max_length=100, blank=True)
    proposed_by = models.ForeignKey("records.User", on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey("records.User", null=True, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()

    class Meta:
        ordering = ["node", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["node", "number"], name="division_number_once"),
            models.CheckConstraint(
                condition=models.Q(number=1)
                | (
                    ~models.Q(reason="") & ~models.Q(document_number="") & models.Q(approved_by__isnull=False)
                ),
                name="later_division_is_approved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.node_id} v{self.number}"
