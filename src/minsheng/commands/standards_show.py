"""``minsheng standards show ID``: one standard in words, with its versions and cases."""

import argparse
import json
from typing import Any

from minsheng.commands.standards_folder import Ready, configure_folder, ready_standards, require_standard
from minsheng.standards.compiled import Rule
from minsheng.standards.in_words import rule_in_words


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="标准编号，如bozhou-2023.p06.orphan-scattered")
    parser.add_argument("--json", action="store_true", help="打印JSON")
    configure_folder(parser)


def run(arguments: argparse.Namespace) -> int:
    ready = ready_standards(arguments.standards)
    require_standard(ready, arguments.id)
    standard = ready.book.standards[arguments.id]
    rules = ready.bench.rules(arguments.id)
    if arguments.json:
        versions = [_version(rule, ready) for rule in rules]
        found = {
            "id": standard.id,
            "name": standard.name,
            "for_whom": standard.for_whom,
            "note": standard.note,
            "versions": versions,
        }
        print(json.dumps({**found, "cases": [case.says for case in standard.cases]}, ensure_ascii=False))
        return 0
    lines = [f"{standard.name}（{standard.id}）", f"对象：{standard.for_whom}"]
    lines += [f"说明：{standard.note}"] if standard.note else []
    for rule in rules:
        lines += [f"{name}：{says}" for name, says in rule_in_words(rule, ready.book.vocabulary).items()]
    lines += [f"案例{place}：{case.says}" for place, case in enumerate(standard.cases, 1)]
    print("\n".join(lines))
    return 0


def _version(rule: Rule, ready: Ready) -> dict[str, Any]:
    last = rule.version.last_day
    return {
        "from": rule.version.first_day.isoformat(),
        "to": last.isoformat() if last else None,
        "words": rule_in_words(rule, ready.book.vocabulary),
        "when": rule.version.when.text,
        "amount": rule.version.amount.text,
    }
