"""``minsheng standards lint|show``: whether the files of standards hold together; one standard in words."""

import argparse

from minsheng.commands import standards_lint, standards_show


def configure(parser: argparse.ArgumentParser) -> None:
    doing = parser.add_subparsers(dest="doing", required=True, metavar="lint|show")
    standards_lint.configure(doing.add_parser("lint", help="检查标准文件的写法和案例"))
    standards_show.configure(doing.add_parser("show", help="看一项标准"))


def run(arguments: argparse.Namespace) -> int:
    return standards_lint.run(arguments) if arguments.doing == "lint" else standards_show.run(arguments)
