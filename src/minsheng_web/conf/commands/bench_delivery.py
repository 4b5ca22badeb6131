"""``minsheng bench delivery``: the pages of a year under way, beside a bare page of the same site."""

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from minsheng.commands.bench_figure import Figure
from minsheng.commands.refused import CommandRefused
from minsheng_web.conf.commands.bench_database import own_database
from minsheng_web.conf.commands.load_generator import IN_FLIGHT, Answers, Load

SEED = 20260118
LIMIT = 5
"""How many times the bare page's p95 a page may take."""
_SITE = "minsheng_web.conf.commands.bench_delivery_site"
_GENERATOR = "minsheng_web.conf.commands.load_generator"
_WORDS = {"city": "一个市", "province": "全省"}
_START_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Measured:
    """What one scale gave: the bare page's p95 and every other page's answers by name."""

    scale: str
    made: Mapping[str, Any]
    bare: float
    pages: Mapping[str, Answers]


def bench_delivery(arguments: argparse.Namespace) -> list[Figure]:
    """Every figure of the scale asked for; of the province also how it grew from one city."""
    scales = ("city",) if arguments.scale == "city" else ("city", "province")
    measured = [measure(scale, arguments) for scale in scales]
    figures = [figure for one in measured for figure in (*page_figures(one), *closing_figures(one))]
    return [*figures, *growth_figures(*measured)] if len(measured) == 2 else figures


def measure(scale: str, arguments: argparse.Namespace) -> Measured:
    """Make the demo, serve it, load every page."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="minsheng-bench-"))
        url = stack.enter_context(own_database(scale)) if arguments.database_of_own else ""
        environment = os.environ | {"MINSHENG_DATA_FOLDER": folder, "DATABASE_URL": url}
        made = _made(scale, arguments.months, environment)
        port = stack.enter_context(_served(environment))
        bare, *others = made["pages"]
        # Not counted: until now only the first of the site's processes need have started.
        _loaded(bare, port)
        found: dict[str, Answers] = {}
        bares: list[float] = []
        for page in others:
            if not page["path"]:
                print(f"{page['name']}还没有这个页面，没有测。", file=sys.stderr)
                continue
            # Before every page, so that what disturbs the machine disturbs both.
            bares += _loaded(bare, port).seconds
            found[page["name"]] = _loaded(page, port)
        return Measured(scale, made, Answers(tuple(bares), 0).percentile(95), found)


def _made(scale: str, months: int, environment: Mapping[str, str]) -> dict[str, Any]:
    command = [sys.executable, "-m", _SITE, "make", "--scale", scale, "--months", str(months)]
    done = subprocess.run(  # noqa: S603 - our own module
        [*command, "--seed", str(SEED)], env=environment, stdout=subprocess.PIPE, check=False, text=True
    )
    if done.returncode:
        raise CommandRefused("测速用的演示数据没有装成，原因见上。")
    made: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return made


@contextmanager
def _served(environment: Mapping[str, str]) -> Iterator[int]:
    """The port of a site that answers, stopped in the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = [sys.executable, "-m", _SITE, "serve", "--port", str(port)]
    site = subprocess.Popen(command, env=environment)  # noqa: S603 - our own module
    try:
        _wait_for(port, site)
        yield port
    finally:
        site.send_signal(signal.SIGTERM)
        try:
            site.wait(10)
        except subprocess.TimeoutExpired:
            site.kill()


def _wait_for(port: int, site: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and site.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise CommandRefused("测速用的网站没有启动起来，原因见上。")


def _loaded(page: Mapping[str, str], port: int) -> Answers:
    load = Load(port, page["path"], page["cookie"])
    done = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", _GENERATOR],
        input=json.dumps(asdict(load)),
        stdout=subprocess.PIPE,
        check=False,
        text=True,
    )
    if done.returncode:
        raise CommandRefused(f"{page['name']}没有测成，原因见上。")
    answers = Answers(**json.loads(done.stdout))
    if answers.failed:
        raise CommandRefused(f"{page['name']}有 {answers.failed} 次没有正常打开，测得的速度不作数。")
    return answers


def page_figures(measured: Measured) -> list[Figure]:
    """Each page's p95 beside the bare page's."""
    rows = f"{_WORDS[measured.scale]}，进度 {measured.made['rows']} 行，{IN_FLIGHT} 个请求同时"
    figures = []
    for name, answers in measured.pages.items():
        half, most = answers.percentile(50), answers.percentile(95)
        word = "合格" if most <= LIMIT * measured.bare else "超出"
        about = f"{rows}，{len(answers.seconds)} 次，p50 {half * 1000:.0f} 毫秒，限 {LIMIT} 倍：{word}"
        figures.append(
            Figure(f"{name} p95", "毫秒", most * 1000, "同站只查一行的页 p95", measured.bare * 1000, about)
        )
    return figures


def closing_figures(measured: Measured) -> list[Figure]:
    """Closing a month beside the database's own copying of its lines; none where no month was closed."""
    made = measured.made
    if made["closing"] is None:
        return []
    about = f"{_WORDS[measured.scale]}，{made['lines']} 行"
    yardstick = "数据库把这些行抄到无索引的表（INSERT … SELECT）"
    return [Figure("关闭一个月", "秒", made["closing"], yardstick, made["copying"], about)]


def growth_figures(city: Measured, province: Measured) -> list[Figure]:
    """The province's figures beside the city's."""
    rows = f"行数 {province.made['rows'] / city.made['rows']:.1f} 倍"
    figures = [
        Figure(
            f"{name} p95，从一个市到全省",
            "毫秒",
            answers.percentile(95) * 1000,
            "一个市",
            city.pages[name].percentile(95) * 1000,
            rows,
        )
        for name, answers in province.pages.items()
    ]
    if province.made["closing"] is not None and city.made["closing"] is not None:
        about = f"行数 {province.made['lines'] / city.made['lines']:.1f} 倍"
        closing = (province.made["closing"], "一个市", city.made["closing"])
        figures.append(Figure("关闭一个月，从一个市到全省", "秒", *closing, about))
    return figures
