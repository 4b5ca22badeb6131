"""The background worker's own process: ``python -m minsheng_web.conf.commands.worker``.

It reads uploads until it is told to stop, or until the pipe to the server closes because the server is gone.
"""

import os
import signal
import threading

import django
from django.core.management import execute_from_command_line

STANDARD_INPUT = 0
ARGUMENTS = ("--no-startup-delay", "--no-reload", "--interval", "0.5", "-v", "0")


def main() -> None:
    """Work until the end; the process exits with the worker's status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minsheng_web.conf.settings")
    threading.Thread(target=_end_with_the_server, daemon=True).start()
    django.setup()
    _read_beforehand()
    execute_from_command_line(["worker", "db_worker", *ARGUMENTS])


def _read_beforehand() -> None:
    # Only now: rows can be imported once the apps stand.
    from minsheng_web.records.queries.standards import read_beforehand

    read_beforehand()


def _end_with_the_server() -> None:
    """Wait for the pipe to close, then stop in order: what is being read is finished first."""
    # Read past Python's own buffer: its lock, held by a waiting thread, would break the interpreter's end.
    while os.read(STANDARD_INPUT, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
