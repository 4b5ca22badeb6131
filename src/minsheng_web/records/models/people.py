"""People, the posts there are, and who holds which post since when."""

from collections.abc import Iterator

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.crypto import salted_hmac


class User(AbstractUser):
    """Somebody who signs in. ``display_name`` is what pages show.

    Every session was begun in a ``session_round``; one more ends all of them at once.
    """

    display_name = models.CharField(max_length=50, blank=True)
    session_round = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.display_name or self.username

    def get_session_auth_hash(self) -> str:
        """What a session is compared with: changes with the password and with ``session_round``."""
        return self._of_this_round(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """The same with the keys that were used before."""
        return map(self._of_this_round, super().get_session_auth_fallback_hash())

    def _of_this_round(self, plain: str) -> str:
        if not self.session_round:
            return plain
        return salted_hmac("minsheng.session_round", f"{self.session_round}:{plain}").hexdigest()


class Role(models.TextChoices):
    """What a post lets one do in its region and everything under it (access says which role may what)."""

    OFFICE = "office", "民生办"
    LEAD = "lead", "牵头单位"
    LOCAL = "local", "县区和乡镇单位"
    FINANCE = "finance", "财政部门"
    AUDITOR = "auditor", "审计人员"
    LEADER = "leader", "分管领导"
    PUBLISHER = "publisher", "发布人员"
    READER = "reader", "查阅人员"
    ADMINISTRATOR = "administrator", "系统管理员"


UNIT_ROLES = (Role.LEAD, Role.LOCAL)
"""Roles of somebody who works for a unit: their posts name it."""


class Post(models.Model):
    """One role in one region's subtree; duties belong to it, whoever holds it.

    ``unit`` narrows it to what that unit answers for, ``programme`` to one programme. An administrator's has
    no region and sees all.
    """

    role = models.CharField(max_length=20, choices=Role.choices)
    region = models.ForeignKey("records.Region", null=True, blank=True, on_delete=models.PROTECT)
    unit = models.ForeignKey(
        "records.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="posts"
    )
    programme = models.ForeignKey(
        "records.Programme", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    holders = models.ManyToManyField(User, through="records.Holding", related_name="posts")
    key = models.CharField(max_length=80, unique=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role="administrator") | models.Q(region__isnull=False),
                name="post_has_region",
            ),
            models.CheckConstraint(
                condition=~models.Q(role__in=["lead", "local"]) | models.Q(unit__isnull=False),
                name="unit_post_has_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit or self.region or ''}{self.get_role_display()}"


def post_key(role: str, region_id: int | None, unit_id: int | None, programme_id: int | None) -> str:
    """What makes a post one: databases take two empty values for different ones."""
    return ":".join(str(part or "") for part in (role, region_id, unit_id, programme_id))


class Holding(models.Model):
    """Who holds a post from when to when. Ends by hand-over or recall; ended ones stay."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="holdings")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="holdings")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["post", "user"], condition=models.Q(until=None), name="post_held_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.post}"


class Invitation(models.Model):
    """A way into a post for somebody without an account. Only its token's hash is kept; it works once."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="invitations")
    display_name = models.CharField(max_length=50)
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.display_name} {self.post}"
