"""People and the posts they hold."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """Somebody who signs in. ``display_name`` is what pages show."""

    display_name = models.CharField(max_length=50, blank=True)

    def __str__(self) -> str:
        return self.display_name or self.username


class Role(models.TextChoices):
    """What a post lets one do in its region and everything under it."""

    OFFICE = "office", "民生办"
    READER = "reader", "查阅人员"
    ADMINISTRATOR = "administrator", "系统管理员"


class Post(models.Model):
    """One role of one user in one region's subtree; an administrator's has no region and sees all."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="posts")
    role = models.CharField(max_length=20, choices=Role.choices)
    region = models.ForeignKey("records.Region", null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "role", "region"], name="post_once"),
            models.CheckConstraint(
                condition=models.Q(role="administrator") | models.Q(region__isnull=False),
                name="post_has_region",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.region or ''}".strip()
