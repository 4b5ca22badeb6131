"""``minsheng entitle``: what every row of a roster is due, or each case of a file."""

import argparse
from datetime import date
from pathlib import Path

from minsheng.commands.entitle_cases import CASE_ENGINES, entitle_cases
from minsheng.commands.entitle_roster import ROSTER_ENGINES, entitle_roster
from minsheng.commands.refused import CommandRefused
from minsheng.commands.standards_folder import configure_folder

_OF_ROSTER = ("standard", "as_of", "out")


def configure(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "--cases", type=Path, metavar="FILE", help="案例，每行一个JSON：标准、日期、地区、参数和各列"
    )
    what.add_argument("--roster", type=Path, metavar="FILE", help="名册：csv、xlsx 或 parquet")
    parser.add_argument("--standard", action="append", metavar="ID", help="标准编号，可以写几次")
    parser.add_argument("--as-of", type=date.fromisoformat, metavar="DATE", help="计算日，如2023-06-01")
    parser.add_argument("--region", metavar="NAME", help="名册里没有写地区的行属于哪里")
    parser.add_argument("--parameters", type=Path, metavar="FILE", help="地区参数文件（yaml或csv）")
    parser.add_argument("--out", type=Path, metavar="FILE", help="结果写到哪里：csv、xlsx 或 parquet")
    parser.add_argument(
        "--engine",
        choices=tuple(CASE_ENGINES),
        help="用哪一种方式计算：名册用 duckdb（不写就是它）或 spark；案例还可以用 python（不写就是它）",
    )
    parser.add_argument("--memory", default="2GB", metavar="SIZE", help="最多用多少内存，超出的写到磁盘")
    parser.add_argument("--threads", type=int, default=2, metavar="N", help="用几个线程")
    parser.add_argument("--temp", type=Path, metavar="DIR", help="临时文件写到哪个文件夹")
    parser.add_argument("--json", action="store_true", help="打印JSON")
    configure_folder(parser)


def run(arguments: argparse.Namespace) -> int:
    if arguments.cases:
        return entitle_cases(arguments)
    missing = [name for name in _OF_ROSTER if not getattr(arguments, name)]
    if missing:
        named = "、".join(f"--{name.replace('_', '-')}" for name in missing)
        raise CommandRefused(f"缺少参数 {named}：用法见 minsheng entitle --help。")
    if arguments.engine not in (None, *ROSTER_ENGINES):
        raise CommandRefused("名册只能用 duckdb 或 spark 计算：请去掉 --engine python。")
    return entitle_roster(arguments)
