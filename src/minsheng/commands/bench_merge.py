"""How fast returned report sheets are merged, beside the script an office would write with pandas.

Both read the same files from the disk in one run, and both must come to the same totals.
"""

import math
import os
import tempfile
import time
from collections.abc import Iterator
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

from minsheng.commands.bench_figure import Figure, YardstickMissingError
from minsheng.commands.bench_reports import expected_places, returned_sheets
from minsheng.commands.refused import CommandRefused
from minsheng.papers.report_form import FORM_SHEET, HEAD_ROW, HEADS, MONEY_FIELDS
from minsheng.papers.report_merge import Merged, merge
from minsheng.progress.model import MONEY_STAGES

FILES, TARGETS, SEED = 104, 500, 20260501
"""Eight regions of thirteen units, and the targets of a large plan."""
_ROUNDS = 2
NEEDS = "bench merge 要拿 pandas 和 openpyxl 作对照，这里没有安装：请先安装 requirements/bench.txt。"
_SUMMED = ("period", "cumulative", *MONEY_FIELDS)

Totals = dict[str, tuple[Decimal, ...]]
"""The sums of an indicator's columns, by its name; money in 万元."""


def bench_merge(files: int = FILES, targets: int = TARGETS, seed: int = SEED) -> list[Figure]:
    """Files a second of ours beside those of the script. CommandRefused: no pandas, or totals differ."""
    pandas = _pandas()
    with tempfile.TemporaryDirectory(prefix="minsheng-") as folder:
        paths = _written(Path(folder), files, targets, seed)
        ours = theirs = math.inf
        # The best of two rounds each, turn by turn: what disturbs the machine disturbs both.
        for _ in range(_ROUNDS):
            start = time.perf_counter()
            merged = merge(_read(paths), expected_places(files), readers=_readers())
            totals = merged.totals()
            ours = min(ours, time.perf_counter() - start)
            start = time.perf_counter()
            theirs_totals = _office_script(pandas, paths)
            theirs = min(theirs, time.perf_counter() - start)
    if merged.refusals or merged.problems or len(merged.rows) != files * targets:
        raise CommandRefused("测速用的填报表没有全部读出来，测得的速度不作数：请报告这个错误。")
    if _ours(merged, totals) != theirs_totals:
        raise CommandRefused("两种办法汇总的合计不一致，测得的速度不作数：请报告这个错误。")
    read_as = f"{_readers()} 个进程，{_ROUNDS} 轮取最快，合计逐项相同"
    about = f"{files} 份，每份 {targets} 个指标，种子 {seed}，{read_as}"
    return [Figure("汇总填报表", "份/秒", files / ours, "pandas 脚本", files / theirs, about)]


def _readers() -> int:
    """As many side by side as the machine has processors, as the office's server does."""
    return os.cpu_count() or 1


def _pandas() -> Any:
    try:
        import_module("openpyxl")
        return import_module("pandas")
    except ImportError as missing:
        raise YardstickMissingError(NEEDS) from missing


def _written(folder: Path, files: int, targets: int, seed: int) -> list[Path]:
    paths = []
    for name, data in returned_sheets(files, targets, seed):
        path = folder / name
        path.write_bytes(data)
        paths.append(path)
    return paths


def _read(paths: list[Path]) -> Iterator[tuple[str, bytes]]:
    for path in paths:
        yield path.name, path.read_bytes()


def _office_script(pandas: Any, paths: list[Path]) -> Totals:
    """What is written on a Friday afternoon: read every sheet, stack them, sum by indicator."""
    frames = [
        pandas.read_excel(path, sheet_name=FORM_SHEET, header=HEAD_ROW, engine="openpyxl") for path in paths
    ]
    table = pandas.concat(frames)
    columns = [HEADS[field] for field in _SUMMED]
    summed = table.groupby(HEADS["indicator"])[columns].sum()
    return {
        str(indicator): tuple(_rounded(row[column]) for column in columns)
        for indicator, row in summed.iterrows()
    }


def _ours(merged: Merged, totals: dict[str, Any]) -> Totals:
    """Our totals in the script's terms: it sums rates too, and takes an empty column for nought."""
    levels: dict[str, Decimal] = {}
    for row in merged.rows:
        target, level = row.line.target, row.line.figures.cumulative
        levels[target] = levels.get(target, Decimal(0)) + (level or 0)
    return {
        f"第{int(target[1:]) + 1}个指标": tuple(
            _rounded(value)
            for value in (
                total.period or 0,
                levels[target],
                *(Decimal(total.money.get(stage, 0)).scaleb(-6) for stage in MONEY_STAGES),
            )
        )
        for target, total in totals.items()
    }


def _rounded(value: float | Decimal) -> Decimal:
    """To the fen of 万元: what floats lose in adding is smaller."""
    return Decimal(f"{value:.6f}")
