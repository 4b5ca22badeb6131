"""``minsheng entitle --cases FILE.jsonl``: what each case is due."""

import argparse
from pathlib import Path

from minsheng.commands.entitle_cases import ENGINES, entitle_cases
from minsheng.commands.standards_folder import configure_folder


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--cases",
        type=Path,
        required=True,
        metavar="FILE",
        help="案例，每行一个JSON：标准、日期、地区、参数和各列",
    )
    parser.add_argument("--engine", choices=tuple(ENGINES), default="python", help="用哪一种方式计算")
    parser.add_argument("--json", action="store_true", help="打印JSON列表，与案例顺序相同")
    configure_folder(parser)


def run(arguments: argparse.Namespace) -> int:
    return entitle_cases(arguments)
