"""``minsheng check FILE …``: what in a notice does not agree with itself, or with the plan above it."""

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from minsheng.commands.document_file import open_document
from minsheng.commands.problem_lines import problem_lines
from minsheng.kernel.problem import Problem
from minsheng.kernel.source import Source
from minsheng.notices.document import Document


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files", type=Path, nargs="+", metavar="FILE", help="通知正文；两份以上时还核对县与市、新版与旧版"
    )
    parser.add_argument("--json", action="store_true", help="打印疑点的 JSON 列表")


def run(arguments: argparse.Namespace) -> int:
    from minsheng.plans.checks.run import check_plan
    from minsheng.plans.checks.two.relation import ReadPlan
    from minsheng.plans.checks.two.run import check_plans
    from minsheng.plans.compile import compile_plan

    documents: dict[str, Document] = {str(path): open_document(path) for path in arguments.files}
    plans = {file: compile_plan(document) for file, document in documents.items()}
    # What reading left open comes first; a check may find the same fault again.
    alone = {
        file: tuple(dict.fromkeys((*plan.problems, *check_plan(plan, documents[file].lines))))
        for file, plan in plans.items()
    }
    together = check_plans(tuple(ReadPlan(file, plan) for file, plan in plans.items()))
    if arguments.json:
        findings = [_finding(p, documents, file) for file, found in alone.items() for p in found]
        findings += [_finding(problem, documents, "") for problem in together]
        print(json.dumps(findings, ensure_ascii=False))
        return 0
    lines = [line for file, found in alone.items() for line in _report(found, documents[file].name)]
    if len(documents) > 1:
        lines += _report(together, "几份方案对照")
    print("\n".join(lines))
    return 0


def _finding(problem: Problem, documents: Mapping[str, Document], file: str) -> dict[str, Any]:
    """One finding as JSON; ``file`` is where sources are that name no file themselves."""
    return {
        "code": problem.code,
        "severity": problem.severity,
        "project": problem.project,
        "line": problem.sources[0].line,
        "message": problem.message,
        "expected": problem.expected,
        "found": problem.found,
        "sources": [
            {
                "file": source.document or file,
                "line": source.line,
                "text": _text(source, documents[source.document or file]),
            }
            for source in problem.sources
        ],
    }


def _text(source: Source, document: Document) -> str:
    """The piece of text a source speaks of: its span, or the whole line where it has none."""
    if not 0 < source.line <= len(document.lines):
        return ""
    line = document.lines[source.line - 1]
    return line[source.start : source.end] or line


def _report(findings: tuple[Problem, ...], name: str) -> list[str]:
    if not findings:
        return [f"{name}：没有发现疑点。"]
    lines = [f"{name}：发现 {len(findings)} 处疑点。"]
    for problem in findings:
        lines.extend(problem_lines(problem))
    return lines
