"""Runs of the engine beside the same rules by hand, each in a process of its own, one after the other."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
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
class Run:
    seconds: float
    peak_mb: float
    digest: str
    processor: float = 0


@dataclass(frozen=True, slots=True)
class Place:
    """The folder that the parts share: each roster is made when the first of them needs it, and only once."""

    folder: Path
    sizes: tuple[int, ...]

    @property
    def million(self) -> int:
        """The size of what is measured at one size."""
        return self.sizes[min(1, len(self.sizes) - 1)]

    def roster(self, rows: int) -> Path:
        file = self.folder / f"{rows}.parquet"
        if not file.exists():
            vocabulary, read = _columns()
            _write(file, roster_sql(vocabulary, rows, None if rows <= self.million else read))
        return file


def bench_standards(largest: int, only: Sequence[str] = ()) -> Iterator[Figure]:
    """Every figure of the parts asked for, up to so many rows, each as soon as it is known.

    Raises CommandRefused where two ways do not give the same rows.
    """
    sizes = tuple(size for size in SIZES if size <= largest) or (largest,)
    with tempfile.TemporaryDirectory(prefix="minsheng-bench-") as name:
        place = Place(Path(name), sizes)
        write_parameters(place.folder / "parameters.csv")
        for part in only or DEFAULT:
            yield from PARTS[part](place)


def _columns() -> tuple[Vocabulary, frozenset[str]]:
    """The vocabulary, and what the city's person standards read of it."""
    ready = ready_standards(FOLDER)
    rules = [rule for hand in STANDARDS for rule in ready.bench.compiled(f"{CITY}.{hand.id}").rules]
    return ready.book.vocabulary, frozenset(column.name for rule in rules for column in rule.columns)


def _five(place: Place) -> Iterator[Figure]:
    roster = place.folder / "five.parquet"
    _write(roster, five_roster_sql(place.million))
    ours, hand = _beside("five", "five-hand", place.folder, roster, len("五条规则"), "2GB")
    about = f"{place.million:,}行，5项，parquet 到 parquet，{_told(ours, hand)}"
    yield Figure("五条规则", "秒", ours.seconds, _HAND, hand.seconds, about)
    python = os.environ.get(OPENFISCA)
    if python:
        theirs = _openfisca(python, roster, place.folder / "openfisca.parquet")
        _check_same(ours, theirs)
        yield Figure("五条规则", "秒", ours.seconds, "OpenFisca（写出同样的结果）", theirs.seconds, about)


def _openfisca(python: str, roster: Path, out: Path) -> Run:
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
    return Run(min(seconds), 0, digest(out))


def _city(place: Place) -> Iterator[Figure]:
    ours, hand = _beside("engine", "hand", place.folder, place.roster(place.million), len(STANDARDS), "2GB")
    about = f"{CITY}，{place.million:,}行全部列，{len(STANDARDS)}项，{_told(ours, hand)}"
    yield Figure("一个市的个人标准", "秒", ours.seconds, _HAND, hand.seconds, about)


def _spark(place: Place) -> Iterator[Figure]:
    """Once each: Spark is started anew for every run. Where it is not installed nothing is measured."""
    refusal = refusal_of_spark()
    if refusal is not None:
        print(refusal, file=sys.stderr, flush=True)
        return
    given = {"roster": str(place.roster(place.million)), "standards": len(STANDARDS), "memory": "2GB"}
    ours, spark = _fastest(("engine", "spark"), place.folder, given, rounds=1)
    _check_same(spark, ours)
    about = f"{CITY}，{place.million:,}行，{len(STANDARDS)}项，本机两个线程，含启动，结果相同"
    yield Figure("Spark 上的同样标准", "秒", spark.seconds, "DuckDB", ours.seconds, about)


def _twenty(place: Place) -> Iterator[Figure]:
    ours, hand = _of_size(place, place.sizes[-1])
    yield _size_figure(place.sizes[-1], ours, hand)


def _growth(place: Place) -> Iterator[Figure]:
    runs: list[tuple[Run, Run]] = []
    for size in place.sizes:
        runs.append(_of_size(place, size))
        yield _size_figure(size, *runs[-1])
    if len(runs) > 1:
        (first, hand_first), (last, hand_last) = runs[0], runs[-1]
        about = f"行数多到{place.sizes[-1] / place.sizes[0]:g}倍"
        longer, hand_longer = last.seconds / first.seconds, hand_last.seconds / hand_first.seconds
        yield Figure("用时随名册增长", "倍", longer, f"{_HAND}的增长", hand_longer, about)


def _of_size(place: Place, rows: int) -> tuple[Run, Run]:
    return _beside("engine", "hand", place.folder, place.roster(rows), FEW, "4GB")


def _size_figure(rows: int, ours: Run, hand: Run) -> Figure:
    about = f"{rows:,}行，{FEW}项，内存上限4 GB，{_told(ours, hand)}"
    return Figure("名册从小到大", "秒", ours.seconds, _HAND, hand.seconds, about)


def _beside(
    what: str, yardstick: str, folder: Path, roster: Path, standards: int, memory: str
) -> tuple[Run, Run]:
    given = {"roster": str(roster), "standards": standards, "memory": memory}
    ours, hand = _fastest((what, yardstick), folder, given)
    _check_same(ours, hand)
    return ours, hand


def _told(ours: Run, hand: Run) -> str:
    return (
        f"轮流各{ROUNDS}次取最快，结果相同，处理器用时{ours.processor:.3g}秒、手写的{hand.processor:.3g}秒，"
        f"最多用内存{ours.peak_mb:,.0f} MB"
    )


def _check_same(one: Run, other: Run) -> None:
    if one.digest != other.digest:
        raise CommandRefused(
            f"两种算法的结果不同（{one.digest}与{other.digest}）：数字不能比，请报告这个错误。"
        )


def _fastest(whats: Sequence[str], folder: Path, given: Mapping[str, Any], rounds: int = ROUNDS) -> list[Run]:
    """Each the fastest of some rounds, turn by turn: what else the machine does meets all of them."""
    runs: dict[str, list[dict[str, Any]]] = {what: [] for what in whats}
    for place in range(rounds):
        for what, done in runs.items():
            own = {"what": what, "out": str(folder / f"out-{what}.parquet"), "digest": place == 0}
            found = _run({"parameters": str(folder / "parameters.csv"), **given, **own})
            done.append(found)
            # A run of ten million rows takes minutes: what is known of a broken-off one stands here.
            told = f"  {what} 第{place + 1}次：{found['seconds']:.3g}秒，{found['peak_mb']:,.0f} MB"
            print(told, file=sys.stderr, flush=True)
    return [
        Run(
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


PARTS: Mapping[str, Callable[[Place], Iterator[Figure]]] = {
    "five": _five,
    "thirty": _city,
    "spark": _spark,
    "twenty": _twenty,
    "growth": _growth,
    "traced": lambda _place: iter(bench_one_by_one()),
}
"""What can be measured by itself."""
DEFAULT = ("five", "thirty", "spark", "growth", "traced")
"""What is measured where nothing is named: ``twenty`` is the last size of ``growth``."""


def _write(file: Path, query: str) -> None:
    with Session(Limits(), keep_order=False) as session:
        session.run(f"COPY ({query}) TO {text(str(file))} (FORMAT parquet)")
