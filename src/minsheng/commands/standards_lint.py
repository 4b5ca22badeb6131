"""``minsheng standards lint [DIR]``: every fault with its file, its line and how it is mended."""

import argparse
import json
from pathlib import Path

from minsheng.commands.standards_folder import STANDARDS, read_folder


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder", nargs="?", type=Path, default=STANDARDS, metavar="DIR", help="标准所在的文件夹"
    )
    parser.add_argument("--json", action="store_true", help="打印JSON列表")


def run(arguments: argparse.Namespace) -> int:
    """Print the faults: they are the result, so the exit code is 0 with them too."""
    from minsheng.standards.lint import lint

    book = read_folder(arguments.folder)
    faults = lint(book)
    if arguments.json:
        found = [
            {
                "file": fault.file,
                "line": fault.line,
                "code": fault.code,
                "what": fault.what,
                "mend": fault.mend,
            }
            for fault in faults
        ]
        print(json.dumps(found, ensure_ascii=False))
    else:
        cases = sum(len(standard.cases) for standard in book.standards.values())
        last = f"共{len(book.standards)}项标准、{cases}个案例，"
        last += f"{len(faults)}处要改。" if faults else "没有发现问题。"
        print("\n".join([*map(str, faults), last]))
    return 0
