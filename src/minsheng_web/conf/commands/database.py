"""Getting the web part ready for a command: settings read, database reached and up to date."""

import os

import django
from django.core.management import call_command
from django.db import OperationalError, connection

from minsheng.commands.refused import CommandRefused


def set_up() -> None:
    """Load the settings and bring the database to the newest form. Raises CommandRefused."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minsheng_web.conf.settings")
    try:
        django.setup()
    except ValueError as error:
        raise CommandRefused(f"设置有误：{error}。运行 minsheng settings 可查看全部设置。") from error
    try:
        connection.ensure_connection()
    except OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        raise CommandRefused(f"连不上数据库：{reason}。请检查 DATABASE_URL 或数据文件夹的权限。") from error
    call_command("migrate", verbosity=0, interactive=False)
