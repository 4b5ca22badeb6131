"""Shares of a cost that do not add up to the whole (中央50%、省30%、市10%).

Contract: ``role`` share with unit %. Only shares that name different payers within one sentence are one split; where
其余 or 不足部分 follows, the text itself leaves a rest open.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from minsheng.kernel.problem import Problem
from minsheng.plans.checks.passages import Passage, Placed, passages
from minsheng.plans.checks.units import plain
from minsheng.plans.model import Plan, Project

CODES = ("share_sum_differs",)

_PAYER = re.compile(r"中央|省级?|市级?|县区?级?|区级?|乡镇|财政|个人|单位|企业|集体|社会")
_REST = re.compile(r"其余|剩余|余下|不足|另|差额|缺口")
_ENDS = re.compile("[。；;]")
_WHOLE = Decimal(100)


def check(plan: Plan, lines: tuple[str, ...]) -> tuple[Problem, ...]:
    """A problem for each list of shares that is more or less than the whole."""
    return tuple(
        problem
        for project in plan.projects
        for passage in passages(project, lines)
        for group in _splits(passage)
        for problem in _judge(project, passage, group)
    )


def _splits(passage: Passage) -> Iterator[list[Placed]]:
    """Runs of shares in one sentence, each of another payer."""
    group: list[Placed] = []
    for placed in passage.placed:
        if placed.quantity.role != "share" or placed.quantity.unit != "%":
            continue
        if group and _ENDS.search(passage.text[group[-1].end : placed.start]):
            yield group
            group = []
        group.append(placed)
    yield group


def _judge(project: Project, passage: Passage, group: list[Placed]) -> Iterator[Problem]:
    if len(group) < 2 or any(p.quantity.comparator != "eq" or p.quantity.value_hi for p in group):
        return
    payers = _payers(passage.text, group)
    if payers is None or len(set(payers)) < len(payers):
        return
    begin, end = _sentence(passage.text, group)
    found = sum((p.quantity.value for p in group), Decimal(0))
    if found == _WHOLE or (found < _WHOLE and _REST.search(passage.text[begin:end])):
        return
    terms = "＋".join(f"{payer}{plain(p.quantity.value)}%" for payer, p in zip(payers, group, strict=True))
    yield Problem(
        code="share_sum_differs",
        severity="error" if found > _WHOLE else "warning",
        message=(
            f"第{group[0].quantity.source.line}行：分担比例合计不是100%，{terms}＝{plain(found)}%，"
            f"{'多' if found > _WHOLE else '少'}{plain(abs(found - _WHOLE))}个百分点。"
            "请核对各方比例，或写明其余由谁承担。"
        ),
        sources=tuple(dict.fromkeys(p.quantity.source for p in group)),
        project=project.number,
        expected="100%",
        found=f"{plain(found)}%",
    )


def _payers(text: str, group: list[Placed]) -> list[str] | None:
    """Who pays each share: named before every number or after every one."""
    edges = [max(text.rfind(mark, 0, group[0].start) for mark in "。；;:：") + 1]
    edges += [p.end for p in group]
    before = [_PAYER.search(text, begin, p.start) for begin, p in zip(edges, group, strict=False)]
    if all(before):
        return [match.group() for match in before if match]
    stops = [*(q.start for _, q in pairwise(group)), _sentence(text, group)[1]]
    after = [_PAYER.search(text, p.end, stop) for p, stop in zip(group, stops, strict=True)]
    return [match.group() for match in after if match] if all(after) else None


def _sentence(text: str, group: list[Placed]) -> tuple[int, int]:
    begin = max(text.rfind("。", 0, group[0].start), text.rfind("；", 0, group[0].start)) + 1
    end = text.find("。", group[-1].end)
    return begin, len(text) if end < 0 else end
