"""``minsheng serve``: the site and its background worker, until it is stopped."""

import argparse
import logging
import os
import socket
import time

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from minsheng.commands.fault_words import reason_of
from minsheng.commands.refused import CommandRefused
from minsheng_web.conf.commands.database import set_up
from minsheng_web.conf.commands.worker_process import WorkerProcess

APPLICATION = "minsheng_web.conf.wsgi:application"
CALENDAR_SECONDS = 60.0
"""Pause between two looks at the calendar of reports: a period opens within a minute of its day."""
log = logging.getLogger(__name__)


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, help="端口，默认 8000")
    parser.add_argument("--address", default="127.0.0.1", help="监听地址，默认只限本机 127.0.0.1")
    parser.add_argument("--workers", type=int, default=2, help="网站进程数，默认 2")


def run(arguments: argparse.Namespace) -> int:
    """Serve until a signal says stop; 0 then."""
    _refuse_taken(arguments.address, arguments.port)
    set_up()
    worker = WorkerProcess(_Rounds().run)
    worker.start()
    print(f"网站已启动：http://{arguments.address}:{arguments.port}/　（按 Ctrl+C 停止）", flush=True)
    try:
        serve_site(arguments.address, arguments.port, arguments.workers)
    finally:
        worker.stop()
    return 0


def serve_site(address: str, port: int, workers: int) -> None:
    """Serve the site alone, without the worker, until a signal says stop."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minsheng_web.conf.settings")
    _close_database()
    Granian(
        APPLICATION,
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=max(1, workers),
        blocking_threads=4,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        # A worker that got Ctrl-C twice (from the terminal and from us) may hang: it is ended then.
        workers_kill_timeout=3,
    ).serve()


def _close_database() -> None:
    """Leave no connection open to a process that is forked from this one, as the site's are.

    A child that inherits one of SQLite's takes its locks for its own: once this process is gone, nothing
    keeps others from removing the log that the child goes on writing to.
    """
    from django.db import connections

    connections.close_all()


def _refuse_taken(address: str, port: int) -> None:
    """Raises CommandRefused where nothing can listen there."""
    if not 0 < port < 65536:
        raise CommandRefused(f"端口 {port} 不对，应在 1 到 65535 之间。")
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            advice = "请换一个端口，例如 minsheng serve --port 8001"
            raise CommandRefused(
                f"不能在 {address}:{port} 上启动（{reason_of(error)}）：{advice}。"
            ) from error


class _Rounds:
    """What is done beside the worker every few seconds, and what every minute."""

    def __init__(self) -> None:
        self._calendar_at = 0.0

    def run(self) -> None:
        """One round. A database that is away for a moment is tried again in the next."""
        from django.db import DatabaseError

        try:
            self._round()
        except DatabaseError:
            log.warning("a round beside the worker failed", exc_info=True)
        finally:
            # A site process that died is forked anew at any moment.
            _close_database()

    def _round(self) -> None:
        from django.utils import timezone

        from minsheng_web.records.actions.calendar import keep_calendar
        from minsheng_web.records.actions.closing import requeue_stalled_closings
        from minsheng_web.records.actions.documents import requeue_stalled
        from minsheng_web.records.actions.sheet_batches import requeue_stalled_batches
        from minsheng_web.records.actions.simulations import end_stalled_simulations, remove_old_rosters

        now = timezone.now()
        requeue_stalled(at=now)
        requeue_stalled_batches(at=now)
        requeue_stalled_closings(at=now)
        end_stalled_simulations(at=now)
        if time.monotonic() >= self._calendar_at:
            self._calendar_at = time.monotonic() + CALENDAR_SECONDS
            keep_calendar(today=timezone.localdate(now), at=now)
            remove_old_rosters(today=timezone.localdate(now), at=now)
