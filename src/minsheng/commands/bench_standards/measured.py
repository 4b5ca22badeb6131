"""Runs of the engine beside the same rules by hand, each in a process of its own, one after the other."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from minsheng.commands.bench_figure import Figure
from minsheng.commands.bench_standards.five_hand import five_roster_sql
from minsheng.commands.bench_standards.hand_written import CITY, STANDARDS
from minsheng.commands.bench_standards.made_up_parameters import write_parameters
from minsheng.commands.bench_standards.made_up_roster import roster_sql
from minsheng.commands.bench_standards.one_by_one import bench_one_by_one
from minsheng.commands.bench_standards.one_run import digest
from minsheng.commands.refused import CommandRefused
from minsheng.commands.standards_folder import STANDARDS as FOLDER
from minsheng.commands.standards_folder import ready_standards
from minsheng.engine.session import Limits, Session, text
from minsheng.engine.spark_engine import refusal_of_spark
from minsheng.standards.vocabulary import Vocabulary

ROUNDS = 3
SIZES = (100_000, 1_000_000, 10_000_000)
FEW = 20
OPENFISCA = "MINSHENG_OPENFISCA_PYTHON"
_HAND = "同样规则手写的一条 DuckDB 查询"


@dataclass(frozen=True, slots=True)
class _Run:
    seconds: float
    peak_mb: float
    digest: str
    processor: float = 0


def bench_standards(largest: int) -> list[Figure]:
    """Every figure up to so many rows. Raises CommandRefused where two ways do not give the same rows."""
    sizes = [size for size in SIZES if size <= largest] or [largest]
    with tempfile.TemporaryDirectory(prefix="minsheng-bench-") as name:
        folder = Path(name)
        write_parameters(folder / "parameters.csv")
        million = sizes[min(1, len(sizes) - 1)]
        figures = _five(folder, million)
        vocabulary, read = _columns()
        for size in sizes:
            only = None if size <= million else read
            _write(folder / f"{size}.parquet", roster_sql(vocabulary, size, only))
        figures += _city(folder, million)
        figures += _growth(folder, sizes)
        return [*figures, *bench_one_by_one()]


def _columns() -> tuple[Vocabulary, frozenset[str]]:
    """The vocabulary, and what the city's person standards read of it."""
    ready = ready_standards(FOLDER)
    rules = [rule for hand in STANDARDS for rule in ready.bench.compiled(f"{CITY}.{hand.id}").rules]
    return ready.book.vocabulary, frozenset(column.name for rule in rules for column in rule.columns)


def _five(folder: Path, rows: int) -> list[Figure]:
    roster = folder / "five.parquet"
    _write(roster, five_roster_sql(rows))
    ours, hand = _beside("five", "five-hand", folder, roster, len("五条规则"), "2GB")
    about = f"{rows:,}行，5项，parquet 到 parquet，{_told(ours, hand)}"
    figures = [Figure("五条规则", "秒", ours.seconds, _HAND, hand.seconds, about)]
    python = os.environ.get(OPENFISCA)
    if python:
        theirs = _openfisca(python, roster, folder / "openfisca.parquet")
        _check_same(ours, theirs)
        figures.append(
            Figure("五条规则", "秒", ours.seconds, "OpenFisca（写出同样的结果）", theirs.seconds, about)
        )
    return figures


def _openfisca(python: str, roster: Path, out: Path) -> _Run:
    """The same rules in the Python that the environment names: it has openfisca-core, numpy and pyarrow."""
    script = Path(__file__).with_name("five_openfisca.py")
    seconds = []
    for _ in range(ROUNDS):
        done = subprocess.run(  # noqa: S603 - the interpreter that was named, our own script
            [python, str(script), str(roster), str(out)], check=False, capture_output=True, text=True
        )
        if done.returncode:
            raise CommandRefused(f"{OPENFISCA} 所指的 Python 不能运行 OpenFisca：请核对后再试。")
        seconds.append(float(json.loads(done.stdout.strip().splitlines()[-1])["seconds"]))
    return _Run(min(seconds), 0, digest(out))


def _city(folder: Path, rows: int) -> list[Figure]:
    roster = folder / f"{rows}.parquet"
    ours, hand = _beside("engine", "hand", folder, roster, len(STANDARDS), "2GB")
    about = f"{CITY}，{rows:,}行全部列，{len(STANDARDS)}项，{_told(ours, hand)}"
    figures = [Figure("一个市的个人标准", "秒", ours.seconds, _HAND, hand.seconds, about)]
    if refusal_of_spark() is None:
        given = {"roster": str(roster), "standards": len(STANDARDS), "memory": "2GB"}
        (spark,) = _fastest(("spark",), folder, given, rounds=1)
        _check_same(spark, ours)
        about = f"{CITY}，{rows:,}行，{len(STANDARDS)}项，本机两个线程，含启动，结果相同"
        figures.append(Figure("Spark 上的同样标准", "秒", spark.seconds, "DuckDB", ours.seconds, about))
    return figures


def _growth(folder: Path, sizes: Sequence[int]) -> list[Figure]:
    figures: list[Figure] = []
    runs: list[tuple[_Run, _Run]] = []
    for size in sizes:
        ours, hand = _beside("engine", "hand", folder, folder / f"{size}.parquet", FEW, "4GB")
        runs.append((ours, hand))
        about = f"{size:,}行，{FEW}项，内存上限4 GB，{_told(ours, hand)}"
        figures.append(Figure("名册从小到大", "秒", ours.seconds, _HAND, hand.seconds, about))
    if len(sizes) > 1:
        (first, hand_first), (last, hand_last) = runs[0], runs[-1]
        about = f"行数多到{sizes[-1] / sizes[0]:g}倍"
        longer, hand_longer = last.seconds / first.seconds, hand_last.seconds / hand_first.seconds
        figures.append(Figure("用时随名册增长", "倍", longer, f"{_HAND}的增长", hand_longer, about))
    return figures


def _beside(
    what: str, yardstick: str, folder: Path, roster: Path, standards: int, memory: str
) -> tuple[_Run, _Run]:
    given = {"roster": str(roster), "standards": standards, "memory": memory}
    ours, hand = _fastest((what, yardstick), folder, given)
    _check_same(ours, hand)
    return ours, hand


def _told(ours: _Run, hand: _Run) -> str:
    return (
        f"轮流各{ROUNDS}次取最快，结果相同，处理器用时{ours.processor:.3g}秒、手写的{hand.processor:.3g}秒，"
        f"最多用内存{ours.peak_mb:,.0f} MB"
    )


def _check_same(one: _Run, other: _Run) -> None:
    if one.digest != other.digest:
        raise CommandRefused(
            f"两种算法的结果不同（{one.digest}与{other.digest}）：数字不能比，请报告这个错误。"
        )


def _fastest(
    whats: Sequence[str], folder: Path, given: Mapping[str, Any], rounds: int = ROUNDS
) -> list[_Run]:
    """Each the fastest of some rounds, turn by turn: what else the machine does meets all of them."""
    runs: dict[str, list[dict[str, Any]]] = {what: [] for what in whats}
    for place in range(rounds):
        for what, done in runs.items():
            own = {"what": what, "out": str(folder / f"out-{what}.parquet"), "digest": place == 0}
            done.append(_run({"parameters": str(folder / "parameters.csv"), **given, **own}))
    return [
        _Run(
            min(found["seconds"] for found in done),
            max(found["peak_mb"] for found in done),
            done[0]["digest"],
            min(found["processor"] for found in done),
        )
        for done in runs.values()
    ]


def _run(task: dict[str, Any]) -> dict[str, Any]:
    command = [sys.executable, "-m", "minsheng.commands.bench_standards.one_run", json.dumps(task)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 - our own program
    if done.returncode:
        raise CommandRefused(
            f"测量没有做成：{done.stderr.strip().splitlines()[-1] if done.stderr else '无说明'}"
        )
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def _write(file: Path, query: str) -> None:
    with Session(Limits(), keep_order=False) as session:
        session.run(f"COPY ({query}) TO {text(str(file))} (FORMAT parquet)")
