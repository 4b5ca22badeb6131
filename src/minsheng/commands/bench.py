"""``minsheng bench [NAME]``: each figure with its yardstick, measured in the same run, and their ratio."""

import argparse
import json
import math
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path

from minsheng.commands.bench_figure import Figure, YardstickMissingError

BENCHES: tuple[str, ...] = ("read", "merge")
"""Those that ``minsheng bench`` runs when none is named."""
LONG: tuple[str, ...] = ("delivery", "standards")
"""Those that take many minutes: run only by name."""
PARTS_OF_STANDARDS = ("five", "thirty", "spark", "twenty", "growth", "traced")


_NAMES = (
    "只测这一项：read、merge，或要测十几分钟的"
    " delivery（演示省的网页和关闭填报期）、standards（名册按补助标准核算）"
)


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", choices=(*BENCHES, *LONG), metavar="NAME", help=_NAMES)
    parser.add_argument(
        "files",
        nargs="*",
        type=Path,
        metavar="FILE",
        help="read 用这些通知来测；不给则用 MINSHENG_NOTICES 所指文件夹里的，再没有就用自带的样文",
    )
    parser.add_argument(
        "--up-to",
        type=_megabytes,
        default=5.0,
        metavar="MB",
        help="读取速度的增长测到多大的文件（50 要几分钟；给出 FILE 时不测）",
    )
    parser.add_argument(
        "--scale",
        choices=("province", "city"),
        default="province",
        help="delivery 测到多大：province 先测一个市再测全省（默认），city 只测一个市",
    )
    parser.add_argument(
        "--months", type=_months, default=12, help="delivery 的月数，最后一个月不关闭，默认 12"
    )
    parser.add_argument(
        "--database-of-own",
        action="store_true",
        help="delivery 在 DATABASE_URL 所指的 PostgreSQL 上另建数据库来测，测完删除；不给则用临时的 SQLite",
    )
    parser.add_argument(
        "--rows",
        type=int,
        default=1_000_000,
        metavar="N",
        help="standards 测到多少行的名册（10000000 要半个多小时）",
    )
    parser.add_argument(
        "--only",
        action="append",
        choices=PARTS_OF_STANDARDS,
        metavar="PART",
        help="standards 只测这一部分，可写几次：five 五条规则、thirty 一个市的个人标准、spark 在 Spark 上算、"
        "twenty 20项在最大的名册上、growth 名册从小到大（含 twenty）、traced 逐人留下每一步；不给则全测",
    )
    parser.add_argument("--json", action="store_true", help="打印 JSON 列表")


def _months(text: str) -> int:
    """Two to twelve: one closed and one open at least. Raises ValueError, which the parser tells in words."""
    number = int(text)
    if not 2 <= number <= 12:
        raise ValueError(text)
    return number


def _megabytes(text: str) -> float:
    """A size above nought. Raises ValueError, which the parser tells in words."""
    size = float(text)
    if not (size > 0 and math.isfinite(size)):
        raise ValueError(text)
    return size


def run(arguments: argparse.Namespace) -> int:
    figures = _bench(arguments.name)(arguments) if arguments.name else _all(arguments)
    if arguments.json:
        print(json.dumps([figure.to_json() for figure in figures], ensure_ascii=False))
        return 0
    for figure in figures:
        # Each as it comes: a run that is broken off after an hour has shown what it measured.
        print("\n".join(figure.to_lines()), flush=True)
    return 0


def _all(arguments: argparse.Namespace) -> Iterator[Figure]:
    """Every figure that can be measured here; what lacks its yardstick is told and left out."""
    for name in BENCHES:
        try:
            yield from _bench(name)(arguments)
        except YardstickMissingError as missing:
            print(missing, file=sys.stderr)


def _bench(name: str) -> Callable[[argparse.Namespace], Iterable[Figure]]:
    from minsheng.commands.bench_merge import bench_merge
    from minsheng.commands.bench_read import bench_read, bench_read_growth
    from minsheng.commands.bench_standards.measured import bench_standards

    def read(arguments: argparse.Namespace) -> list[Figure]:
        growth = [] if arguments.files else bench_read_growth(arguments.up_to)
        return [*bench_read(arguments.files), *growth]

    def merge(_arguments: argparse.Namespace) -> list[Figure]:
        return bench_merge()

    def delivery(arguments: argparse.Namespace) -> list[Figure]:
        # The pages are Django's, which this root does not know: reached by name, as the command line does.
        web = import_module("minsheng_web.conf.commands.bench_delivery")
        figures: list[Figure] = web.bench_delivery(arguments)
        return figures

    def standards(arguments: argparse.Namespace) -> Iterator[Figure]:
        return bench_standards(max(1000, arguments.rows), arguments.only or ())

    return {"read": read, "merge": merge, "delivery": delivery, "standards": standards}[name]
