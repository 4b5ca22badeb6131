"""``minsheng compare A B``: two plans side by side."""

import argparse
import json
from pathlib import Path
from typing import Any

from minsheng.commands.document_file import open_document
from minsheng.plans.compare import Difference, compare_plans
from minsheng.plans.compile import compile_plan
from minsheng.plans.model import Plan, Quantity
from minsheng.plans.plan_json import quantity_to_json

_CHANGES = {"same": "相同", "changed": "改动", "added": "新增", "removed": "取消"}


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("a", type=Path, metavar="A", help="先看的通知：旧版、上年或另一个市")
    parser.add_argument("b", type=Path, metavar="B", help="后看的通知")
    parser.add_argument("--json", action="store_true", help="打印逐条对照的 JSON 列表")


def run(arguments: argparse.Namespace) -> int:
    a, b = _plan(arguments.a), _plan(arguments.b)
    differences = compare_plans(a, b)
    if arguments.json:
        print(json.dumps([_to_json(one) for one in differences], ensure_ascii=False))
    else:
        print("\n".join(_report(differences)))
    return 0


def _plan(path: Path) -> Plan:
    return compile_plan(open_document(path))


def _to_json(one: Difference) -> dict[str, Any]:
    return {
        "project_a": one.project_a,
        "project_b": one.project_b,
        "subject": one.subject,
        "change": one.change,
        "quantity_a": quantity_to_json(one.quantity_a) if one.quantity_a else None,
        "quantity_b": quantity_to_json(one.quantity_b) if one.quantity_b else None,
    }


def _report(differences: tuple[Difference, ...]) -> list[str]:
    counts = {change: sum(one.change == change for one in differences) for change in _CHANGES}
    lines = ["，".join(f"{word} {counts[change]}" for change, word in _CHANGES.items()) + "。"]
    for one in differences:
        if one.change == "same":
            continue
        numbers = f"{_number(one.project_a)}→{_number(one.project_b)}"
        either = one.quantity_a or one.quantity_b
        where = f"（{either.region}）" if either and either.region else ""
        sides = f"{_said(one.quantity_a)} → {_said(one.quantity_b)}"
        lines.append(f"  [{_CHANGES[one.change]}] {numbers} {one.subject}{where}：{sides}")
    return lines


def _number(number: int | None) -> str:
    return "无" if number is None else f"第{number}项"


def _said(quantity: Quantity | None) -> str:
    return f"{quantity.text}（第{quantity.source.line}行）" if quantity else "无"
