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
from minsheng.commands.fault_words import reason_of
from minsheng.commands.refused import CommandRefused
from minsheng.notices.document import Refusal
from minsheng.notices.reading import read_document
from minsheng.plans.compile import compile_plan

_ROUNDS = 5
_STARTS = 3
_SIZES = (0.05, 0.5, 5.0, 50.0)
_ALIKE = 5.0
"""MB read in all at every size: the largest meets every disturbance, so no smaller one may pick its best."""
_BARE = "只解码、分行、找一遍数字"
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
        Figure("读通知", "行/秒", lines / reading, _BARE, lines / bare, about),
        _cold_start(largest, inputs[largest]),
    ]


def bench_read_growth(up_to: float) -> list[Figure]:
    """MB a second from 50 kB to ``up_to`` MB of one notice over and over, each size ten times the last.

    Every size is the mean of as many rounds as read some 5 MB in all. The last figure is how much longer
    the largest takes than the smallest, beside the same of the bare pass: what memory costs, it costs both.
    """
    figures = []
    notice = made_up_notice(projects=60).encode()
    seconds: list[tuple[float, float]] = []
    sizes = [size for size in _SIZES if size <= up_to]
    for size in sizes:
        data = notice * max(1, round(size * 1e6 / len(notice)))
        megabytes = len(data) / 1e6
        rounds = max(1, round(_ALIKE / size))
        reading = _mean(rounds, lambda data=data: _read_all({"样文": data}))  # type: ignore[misc]
        bare = _mean(rounds, lambda data=data: _pass_over([data]))  # type: ignore[misc]
        seconds.append((reading / megabytes, bare / megabytes))
        about = f"样文重复到 {megabytes:.3g} MB，{rounds} 轮平均"
        figures.append(Figure("读通知的速度", "MB/秒", megabytes / reading, _BARE, megabytes / bare, about))
    if len(seconds) > 1:
        times = sizes[-1] / sizes[0]
        (first, bare_first), (last, bare_last) = seconds[0], seconds[-1]
        about = f"文件大到 {times:,.0f} 倍；每 MB 用时从 {first:.3g} 秒到 {last:.3g} 秒"
        longer, bare_longer = times * last / first, times * bare_last / bare_first
        figures.append(Figure("用时随文件增长", "倍", longer, f"{_BARE}的增长", bare_longer, about))
    return figures


def _inputs(files: list[Path]) -> dict[str, bytes]:
    folder = os.environ.get("MINSHENG_NOTICES")
    if not files and folder:
        files = sorted(Path(folder).glob("*.txt"))
    if not files:
        return {"样文.txt": made_up_notice(projects=60).encode()}
    try:
        return {str(path): path.read_bytes() for path in files}
    except OSError as fault:
        name = fault.filename or files[0]
        raise CommandRefused(f"{name}：文件打不开（{reason_of(fault)}），请核对后再试。") from fault


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


def _mean(rounds: int, act: Callable[[], None]) -> float:
    """Seconds of a round as they come."""
    start = time.perf_counter()
    for _ in range(rounds):
        act()
    return (time.perf_counter() - start) / rounds


def _fastest(rounds: int, act: Callable[[], None]) -> float:
    """Seconds of the fastest round: the others were disturbed."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return min(times)
