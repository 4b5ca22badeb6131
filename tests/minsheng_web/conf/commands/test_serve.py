"""``minsheng serve``: a real process with its worker, on a port of its own."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener, urlopen

import pytest

from minsheng.cli import main

SOURCE = Path(__file__).parents[4] / "src"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(found, seconds=90.0):
    """What ``found`` gives, once it gives something."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = found()
        if value:
            return value
        time.sleep(0.2)
    raise AssertionError("it never came")


def status(address):
    try:
        with urlopen(address, timeout=5) as response:
            return response.status
    except OSError:  # refused, or taken and not answered yet: the site listens before it has been loaded
        return 0


def workers_of(pid):
    """Process ids of the worker children."""
    return [child for child in children_of(pid) if b"commands.worker" in command_of(child)]


def children_of(pid):
    """Process ids of all children; a child belongs to the thread that started it."""
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for text in lists for child in text.read_text().split()]


def command_of(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def gone(pid):
    return not Path(f"/proc/{pid}").exists() or "Z" in Path(f"/proc/{pid}/stat").read_text().split()[2]


@pytest.fixture
def server(tmp_path):
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"MINSHENG_DATA_FOLDER": str(tmp_path), "MINSHENG_TASKS_AT_ONCE": "0"}
    environment |= {"PYTHONPATH": str(SOURCE), "DJANGO_SETTINGS_MODULE": "minsheng_web.conf.settings"}
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "minsheng.cli", "serve", "--port", str(port), "--workers", "1"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    yield process, f"http://127.0.0.1:{port}"
    process.terminate()
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    complaints = process.stderr.read() if process.poll() in {0, None} else ""
    process.stdout.close()
    process.stderr.close()
    assert complaints == ""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs /proc")
def test_it_serves_keeps_its_worker_alive_and_takes_it_along(server):
    process, address = server
    assert process.stdout.readline().startswith(f"网站已启动：{address}/")
    assert until(lambda: status(f"{address}/sign-in/")) == 200
    assert until(lambda: status(f"{address}/static/office/office.css")) == 200
    (first,) = until(lambda: workers_of(process.pid))
    os.kill(first, signal.SIGKILL)
    (second,) = until(lambda: [pid for pid in workers_of(process.pid) if pid != first and not gone(pid)])
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=30) == 0
    assert until(lambda: gone(second))
    assert status(f"{address}/sign-in/") == 0


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs /proc")
def test_a_server_that_is_killed_leaves_no_worker_behind(server):
    process, address = server
    until(lambda: status(f"{address}/sign-in/"))
    (worker,) = until(lambda: workers_of(process.pid))
    others = [child for child in children_of(process.pid) if child != worker]
    process.kill()
    for child in others:
        os.kill(child, signal.SIGKILL)
    assert until(lambda: gone(worker))


def failed_sign_ins(folder) -> int:
    with closing(sqlite3.connect(folder / "minsheng.sqlite3")) as database:
        return database.execute("SELECT count(*) FROM axes_accessattempt").fetchone()[0]


def sign_in_wrongly(address, username):
    """Writes a row: who tried is noted."""
    browser = build_opener(HTTPCookieProcessor())
    page = browser.open(f"{address}/sign-in/", timeout=5).read().decode()
    token = re.search('name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    typed = {"csrfmiddlewaretoken": token, "username": username, "password": "a wrong one"}
    browser.open(f"{address}/sign-in/", urlencode(typed).encode(), timeout=20)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs /proc")
def test_what_is_written_after_the_server_was_killed_is_not_lost(server, tmp_path):
    process, address = server
    until(lambda: status(f"{address}/sign-in/"))
    (worker,) = until(lambda: workers_of(process.pid))
    others = [child for child in children_of(process.pid) if child != worker]
    for name in ("one", "two", "three"):
        sign_in_wrongly(address, name)
    try:
        for pid in (process.pid, worker):
            os.kill(pid, signal.SIGKILL)
        process.wait()
        # Who closes the database last removes its log; the site still has it open.
        assert failed_sign_ins(tmp_path) == 3
        for name in ("four", "five", "six"):
            sign_in_wrongly(address, name)
        assert failed_sign_ins(tmp_path) == 6
    finally:
        for child in others:
            os.kill(child, signal.SIGKILL)


def test_a_port_in_use_is_one_sentence(capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["serve", "--port", str(port)]) == 2
    error = capsys.readouterr().err
    assert error.startswith(f"不能在 127.0.0.1:{port} 上启动")
    assert len(error.strip().splitlines()) == 1


@pytest.mark.parametrize("port", ["0", "70000"])
def test_a_port_that_is_none_is_one_sentence(port, capsys):
    assert main(["serve", "--port", port]) == 2
    assert capsys.readouterr().err.strip() == f"端口 {port} 不对，应在 1 到 65535 之间。"
