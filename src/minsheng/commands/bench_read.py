"""How fast notices are read, beside a bare pass over the same bytes; how fast the command starts."""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from minsheng.commands.bench_figure import Figure
from minsheng.commands.bench_notice import made_up_notice
from minsheng.commands.refused import CommandRefused
from minsheng.notices.document import Refusal
from minsheng.notices.reading import read_document
from minsheng.plans.compile import compile_plan

_ROUNDS = 5
_STARTS = 3
_DIGITS = re.compile(r"[0-9]+")


def bench_read(files: list[Path]) -> list[Figure]:
    """Lines a second over all files, and seconds from a cold start for the largest. Best of some rounds."""
    inputs = _inputs(files)
    lines = sum(data.count(b"\n") for data in inputs.values())
    size = sum(map(len, inputs.values())) / 1000
    about = f"{len(inputs)} 份，{lines} 行，{size:.0f} kB，{_ROUNDS} 轮取最快"
    reading = _fastest(_ROUNDS, lambda: _read_all(inputs))
    bare = _fastest(_ROUNDS, lambda: _pass_over(inputs.values()))
    largest = max(inputs, key=lambda name: len(inputs[name]))
    return [
        Figure("读通知", "行/秒", lines / reading, "只解码、分行、找一遍数字", lines / bare, about),
        _cold_start(largest, inputs[largest]),
    ]


def _inputs(files: list[Path]) -> dict[str, bytes]:
    folder = os.environ.get("MINSHENG_NOTICES")
    if not files and folder:
        files = sorted(Path(folder).glob("*.txt"))
    if not files:
        return {"样文.txt": made_up_notice(projects=60).encode()}
    try:
        return {str(path): path.read_bytes() for path in files}
    except OSError as fault:
        raise CommandRefused(f"文件打不开（{fault}），请核对后再试。") from fault


def _read_all(inputs: dict[str, bytes]) -> None:
    for name, data in inputs.items():
        document = read_document(data, name)
        if isinstance(document, Refusal):
            raise CommandRefused(f"{name}：{document.message}")
        compile_plan(document)


def _pass_over(inputs: Iterable[bytes]) -> None:
    for data in inputs:
        for line in data.decode("utf-8", "replace").split("\n"):
            _DIGITS.findall(line)


def _cold_start(name: str, data: bytes) -> Figure:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "notice.txt"
        path.write_bytes(data)
        command = [sys.executable, "-m", "minsheng.cli", "read", str(path), "--json"]
        reading = _fastest(_STARTS, lambda: _start(command))
    empty = _fastest(_STARTS, lambda: _start([sys.executable, "-c", "pass"]))
    about = f"{Path(name).name}，{_STARTS} 次取最快"
    return Figure("从启动到打印方案", "秒", reading, "只启动 Python", empty, about)


def _start(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own interpreter, fixed words


def _fastest(rounds: int, act: Callable[[], None]) -> float:
    """Seconds of the fastest round: the others were disturbed."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return min(times)
