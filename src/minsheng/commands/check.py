"""``minsheng check FILE``: what in a notice does not agree with itself."""

import argparse
import json
from pathlib import Path
from typing import Any

from minsheng.commands.document_file import open_document
from minsheng.commands.problem_lines import problem_lines
from minsheng.kernel.problem import Problem
from minsheng.kernel.source import Source
from minsheng.notices.document import Document


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="通知正文：txt 或 html 文件")
    parser.add_argument("--json", action="store_true", help="打印疑点的 JSON 列表")


def run(arguments: argparse.Namespace) -> int:
    from minsheng.plans.checks.run import check_plan
    from minsheng.plans.compile import compile_plan

    document = open_document(arguments.file)
    plan = compile_plan(document)
    # What reading left open comes first; a check may find the same fault again.
    findings = tuple(dict.fromkeys((*plan.problems, *check_plan(plan, document.lines))))
    if arguments.json:
        file = str(arguments.file)
        print(json.dumps([_finding(problem, document, file) for problem in findings], ensure_ascii=False))
        return 0
    print("\n".join(_report(findings, document)))
    return 0


def _finding(problem: Problem, document: Document, file: str) -> dict[str, Any]:
    return {
        "code": problem.code,
        "severity": problem.severity,
        "project": problem.project,
        "line": problem.sources[0].line,
        "message": problem.message,
        "expected": problem.expected,
        "found": problem.found,
        "sources": [
            {"file": file, "line": source.line, "text": _text(source, document)} for source in problem.sources
        ],
    }


def _text(source: Source, document: Document) -> str:
    """The piece of text a source speaks of: its span, or the whole line where it has none."""
    if not 0 < source.line <= len(document.lines):
        return ""
    line = document.lines[source.line - 1]
    return line[source.start : source.end] or line


def _report(findings: tuple[Problem, ...], document: Document) -> list[str]:
    if not findings:
        return [f"{document.name}：没有发现疑点。"]
    lines = [f"{document.name}：发现 {len(findings)} 处疑点。"]
    for problem in findings:
        lines.extend(problem_lines(problem))
    return lines
