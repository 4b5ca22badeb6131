"""``add_person``: an account with its post, for a site that begins without the demo."""

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from minsheng_web.records.actions.people import add_region, add_user, give_post
from minsheng_web.records.models import Region, User
from minsheng_web.records.models.people import Role


class Command(BaseCommand):
    """The region is named from the top: 安徽省/亳州市. What is missing of it is added."""

    help = "Add an account and its post. The password is asked for, or read from standard input."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", required=True, help="the name pages show")
        parser.add_argument("--role", choices=Role.values, default=Role.OFFICE.value)
        parser.add_argument("--region", help="from the top, e.g. 安徽省/亳州市; none for an administrator")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 (Django's)
        username, role = options["username"], options["role"]
        if (role == Role.ADMINISTRATOR) == bool(options["region"]):
            raise CommandError("管理员不写 --region，其他岗位必须写，例如 --region 安徽省/亳州市。")
        if User.objects.filter(username=username).exists():
            raise CommandError(f"用户名“{username}”已被使用，请换一个。")
        password = getpass.getpass("密码：") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        _judge(password)
        with transaction.atomic():
            user = add_user(actor=None, username=username, display_name=options["name"], password=password)
            give_post(actor=None, user=user, role=role, region=_region(options["region"]))
        self.stdout.write(f"已添加：{username}（{options['name']}）")


def _judge(password: str) -> None:
    try:
        validate_password(password)
    except ValidationError as error:
        raise CommandError("密码不符合要求：至少 10 位，且不能是常见的密码。") from error


def _region(path: str | None) -> Region | None:
    region: Region | None = None
    for name in filter(None, (path or "").split("/")):
        region = add_region(actor=None, name=name.strip(), parent=region)
    return region
