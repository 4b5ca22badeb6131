"""``minsheng read FILE``: the plan of a notice, as JSON or as a tree a person can check."""

import argparse
import json
from pathlib import Path

from minsheng.commands.document_file import open_document


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="通知正文：txt、html、docx、pdf、xlsx 等文件")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="打印方案的 JSON")
    form.add_argument("--text", action="store_true", help="只打印读到的文字，行号以此为准")


def run(arguments: argparse.Namespace) -> int:
    document = open_document(arguments.file)
    if arguments.text:
        print("\n".join(document.lines))
        return 0
    from minsheng.plans.compile import compile_plan

    plan = compile_plan(document)
    if arguments.json:
        from minsheng.plans.plan_json import plan_to_json

        print(json.dumps(plan_to_json(plan), ensure_ascii=False))
        return 0
    from minsheng.commands.plan_tree import plan_tree

    print("\n".join(plan_tree(plan, document)))
    return 0
