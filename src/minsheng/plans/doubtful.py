"""Numbers damaged on their way into the text: a letter where a digit was (1O0个, IO(X)人), told and never guessed."""

import re
from collections.abc import Iterator
from dataclasses import replace

from minsheng.kernel.problem import Problem
from minsheng.plans.draft import Draft, Flow
from minsheng.plans.grammar.units import PERCENT, UNIT

# O, o, l, I, |, S, Z and B are what scanners and copies make of 0, 1, 5, 2 and 8.
_DAMAGED = re.compile(
    rf"(?<![A-Za-z\d.“\"])(?=[\dOolI|SZB]*[OolI|SZB])(?:(?=[\dOolI|SZB]*\d)[\dOolI|SZB]{{2,}}|[IO1l]{{1,3}}[OX()]{{2,4}})"
    rf"\s*[万亿]?\s*(?:{UNIT}|{PERCENT})(?!线|座)"
)


def tell_doubtful_numbers(draft: Draft) -> Draft:
    """A problem for each number of a project that holds a letter; its value is not guessed."""
    flows = (
        flow
        for block in draft.blocks
        for flow in (*block.statement, *(part for measure in block.measures for part in measure))
    )
    return replace(draft, problems=(*draft.problems, *(p for flow in flows for p in _doubts(flow, draft))))


def _doubts(flow: Flow, draft: Draft) -> Iterator[Problem]:
    for match in _DAMAGED.finditer(flow.text):
        source = flow.source(match.start(), match.end())
        printed = draft.document.lines[source.line - 1][source.start : source.end]
        yield Problem(
            code="doubtful_number",
            severity="warning",
            message=f"第{source.line}行的“{printed}”里混有字母，像是数字在扫描或复制时出了错，没有按数字读取。"
            "请对照原件，在校对页面补标正确的数值。",
            sources=(source,),
            expected="全部由数字组成",
            found=printed,
        )
