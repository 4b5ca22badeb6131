"""What ``minsheng bench delivery`` does within Django, each in a process of its own.

``make`` fills an empty database and times a closing; ``serve`` serves it with the bare page beside.
"""

import argparse
import json
import os
import sys
import time
from typing import Any

SETTINGS = "minsheng_web.conf.bench_settings"


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=("make", "serve"))
    parser.add_argument("--scale", default="city")
    parser.add_argument("--months", type=int, default=12)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--port", type=int, default=0)
    arguments = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    if arguments.what == "serve":
        _serve(arguments.port)
    else:
        print(json.dumps(_make(arguments)))
    return 0


def _serve(port: int) -> None:
    from minsheng_web.conf.commands.serve import serve_site

    serve_site("127.0.0.1", port, workers=2)


def _make(arguments: argparse.Namespace) -> dict[str, Any]:
    """The demo of a whole year with its last month open; closing that before it is timed."""
    from minsheng_web.conf.commands.database import set_up

    set_up()
    from django.utils import timezone

    from minsheng_web.records.actions.demo_scale.load import (
        NotLoaded,
        Wish,
        let_the_planner_count,
        load_scale_demo,
    )
    from minsheng_web.records.actions.demo_scale.shape import SHAPES, Course

    told = _Told()
    shape = SHAPES[arguments.scale]
    course = Course(timezone.localdate().year - 1, arguments.months - 1, under_way=True)
    wish = Wish(shape, course, arguments.seed)
    loaded = load_scale_demo(wish=wish, password=os.urandom(8).hex(), at=timezone.now(), tell=told)
    if isinstance(loaded, NotLoaded):
        raise SystemExit(loaded.message)
    told("统计各表行数……")
    let_the_planner_count()
    closing = told.closings[-1] if told.closings else None
    return {
        "rows": shape.leaves * arguments.months,
        "lines": shape.leaves,
        "closing": closing,
        "copying": _copying() if closing is not None else None,
        "pages": _pages(),
    }


class _Told:
    """Prints each step to the error stream; keeps how long each closing took."""

    def __init__(self) -> None:
        self._begun = self._last = time.monotonic()
        self._step = ""
        self.closings: list[float] = []

    def __call__(self, step: str) -> None:
        now = time.monotonic()
        if "关闭填报期" in self._step:
            self.closings.append(now - self._last)
        self._last, self._step = now, step
        print(f"[{now - self._begun:6.1f} 秒] {step}", file=sys.stderr, flush=True)


def _copying() -> float:
    """Seconds of one INSERT … SELECT of as many lines by the database itself, into a table without index."""
    from django.db import connection

    from minsheng_web.records.models import ReportPeriod

    period = ReportPeriod.objects.exclude(closed_at=None).order_by("-start").values_list("pk", flat=True)[0]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_copy AS SELECT * FROM records_reportline WHERE 1 = 0")
        begun = time.perf_counter()
        cursor.execute(
            "INSERT INTO bench_copy SELECT * FROM records_reportline WHERE period_id = %s", [period]
        )
        seconds = time.perf_counter() - begun
        cursor.execute("DROP TABLE bench_copy")
    return seconds


def _pages() -> list[dict[str, str]]:
    """Name, address and cookie of each page; of one that is not there yet the address is empty."""
    from django.urls import NoReverseMatch, reverse

    from minsheng_web.records.models import Post, Programme, ReportLine, ReportPeriod

    def address(name: str, *keys: int) -> str:
        try:
            return reverse(name, args=keys)
        except NoReverseMatch:
            return ""

    programme = Programme.objects.get()
    period = ReportPeriod.objects.filter(closed_at=None).order_by("-start")[0]
    unit = Post.objects.get(holdings__user__username="xianju").unit_id or 0
    line = ReportLine.objects.filter(period=period).order_by("-pk")[0]
    office, local = _cookie("sheng"), _cookie("xianju")
    pages = (
        ("对照页", address("bare", line.pk), ""),
        ("首页", address("office:home"), office),
        ("热力图", address("office:pace", programme.pk), office),
        ("项目页", address("office:project", programme.pk, 1), office),
        ("填报表", address("office:report-grid", period.pk, unit), local),
        ("填报一览", address("office:report-list"), office),
        ("核对页", address("office:report-check", period.pk), office),
    )
    return [{"name": name, "path": path, "cookie": cookie} for name, path, cookie in pages]


def _cookie(username: str) -> str:
    """A session as signing in makes it, and the token against forged posts every browser then has."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.utils.crypto import get_random_string

    from minsheng_web.records.models import User

    user = User.objects.get(username=username)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    token = get_random_string(32)
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={token}"


if __name__ == "__main__":
    sys.exit(main())
