"""The back ends of ``minsheng entitle``, opened with the limits its arguments give."""

import argparse
import re
from collections.abc import Iterator
from contextlib import contextmanager

from minsheng.commands.refused import CommandRefused
from minsheng.engine.back_end import BackEnd
from minsheng.engine.duckdb_engine import DuckDbEngine
from minsheng.engine.session import Limits
from minsheng.engine.spark_engine import SparkEngine, refusal_of_spark

_SIZE = re.compile(r"[1-9][0-9]*[MG]B", re.IGNORECASE)


def limits_of(arguments: argparse.Namespace) -> Limits:
    """Memory, threads and folder; raises CommandRefused where one cannot be used."""
    if not _SIZE.fullmatch(arguments.memory):
        raise CommandRefused(f"参数 --memory 的值“{arguments.memory}”不对：写成 2GB 或 500MB。")
    if arguments.threads < 1:
        raise CommandRefused("参数 --threads 至少是1。")
    if arguments.temp is not None and not arguments.temp.is_dir():
        raise CommandRefused(f"{arguments.temp}：没有这个文件夹，请先建好。")
    return Limits(arguments.memory, arguments.threads, arguments.temp)


@contextmanager
def opened_back_end(name: str, limits: Limits) -> Iterator[BackEnd]:
    """DuckDB, or Spark for as long as it is needed."""
    if name != "spark":
        yield DuckDbEngine()
        return
    refusal = refusal_of_spark()
    if refusal:
        raise CommandRefused(refusal)
    engine = SparkEngine(limits)
    try:
        yield engine
    finally:
        engine.close()
