"""``python -m minsheng_web COMMAND``: Django's commands with this project's settings."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run one management command; the process exits with its status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minsheng_web.conf.settings")
    execute_from_command_line(["python -m minsheng_web", *sys.argv[1:]])


if __name__ == "__main__":
    main()
