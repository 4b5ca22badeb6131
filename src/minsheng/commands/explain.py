"""``minsheng explain``: what one row is due under one standard, step by step."""

import argparse
import json
from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from minsheng.commands.refused import CommandRefused
from minsheng.commands.standards_folder import configure_folder, ready_standards, require_standard
from minsheng.standards.asked import Question
from minsheng.standards.explain import explain
from minsheng.standards.explained_lines import lines_of
from minsheng.standards.parameter_file import read_parameters
from minsheng.standards.parameters import ParameterBook
from minsheng.standards.vocabulary import Vocabulary


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--standard", required=True, metavar="ID", help="标准编号")
    parser.add_argument("--as-of", required=True, metavar="DATE", help="计算日，如2023-06-01")
    parser.add_argument(
        "--row", required=True, metavar="JSON", help='各列的值，如 {"child_kind": "unattended"}'
    )
    parser.add_argument("--region", metavar="NAME", help="所在地区")
    parser.add_argument("--parameters", type=Path, metavar="FILE", help="地区参数文件（yaml或csv）")
    parser.add_argument("--json", action="store_true", help="打印JSON")
    configure_folder(parser)


def run(arguments: argparse.Namespace) -> int:
    ready = ready_standards(arguments.standards)
    require_standard(ready, arguments.standard)
    as_of, vocabulary = _day(arguments.as_of), ready.book.vocabulary
    row = _row(arguments.row, vocabulary)
    book = open_parameters(arguments.parameters, vocabulary) if arguments.parameters else ParameterBook()
    region = row["region"] if isinstance(row.get("region"), str) else arguments.region
    series = book.series_for(vocabulary.parameters, region, arguments.standard)
    question = Question(arguments.standard, as_of, arguments.region, series, row)
    standard = ready.book.standards[arguments.standard]
    found = explain(ready.bench.trace(question), standard, question, vocabulary)
    print(json.dumps(found.to_json(), ensure_ascii=False) if arguments.json else "\n".join(lines_of(found)))
    return 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandRefused(f"计算日“{text}”不是日历上的一天：--as-of 写成 2023-06-01 这样。") from error


def _row(text: str, vocabulary: Vocabulary) -> Mapping[str, Any]:
    try:
        row: Any = json.loads(text)
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict):
        raise CommandRefused('参数 --row 不是JSON：写成 {"列名": 值}，文字和日期加双引号。')
    for name in row:
        if name not in vocabulary.columns:
            close = get_close_matches(name, vocabulary.columns, 1)
            hint = f"是不是“{close[0]}”？" if close else "列名见 vocabulary.yaml。"
            raise CommandRefused(f"参数 --row 里有不认识的列“{name}”：{hint}")
    return row


def open_parameters(file: Path, vocabulary: Vocabulary) -> ParameterBook:
    """The figures of a parameter file. Raises CommandRefused with the first fault."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandRefused(f"参数文件读不出来：{file}。请确认文件在那里，用UTF-8保存。") from error
    book, faults = read_parameters(text, file.name, vocabulary)
    if faults:
        more = f"（共{len(faults)}处）" if len(faults) > 1 else ""
        raise CommandRefused(f"参数文件有错{more}：{faults[0]}")
    return book
