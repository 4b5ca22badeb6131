"""Lists without list markers: within one sentence (一是…；二是…), named in 【…】, or one promise a line."""

import re
from dataclasses import replace

from minsheng.plans.draft import Block, Draft, Flow
from minsheng.plans.grammar.markers import Marker, label_kind
from minsheng.plans.grammar.numerals import ordinal_value
from minsheng.plans.lexing import lex

_RUN_IN = re.compile(r"(?:^|(?<=[;:。,]))\s*([一二三四五六七八九十]{1,3})是")
_FEWEST_RUN_IN = 4


def run_in_blocks(flows: tuple[Flow, ...]) -> list[Block]:
    """Projects listed within one paragraph: 十件实事分别为：一是…；二是…."""
    for flow in flows:
        marks = list(_RUN_IN.finditer(flow.text))
        numbers = [ordinal_value(mark.group(1)) for mark in marks]
        if len(marks) < _FEWEST_RUN_IN or numbers != list(range(1, len(marks) + 1)):
            continue
        ends = [mark.start() for mark in marks[1:]] + [_end_of_last(flow.text, marks[-1].end())]
        parts = [flow.part(mark.end(), end) for mark, end in zip(marks, ends, strict=True)]
        return [Block(index, None, (part,)) for index, part in enumerate(parts, 1)]
    return []


def _end_of_last(text: str, start: int) -> int:
    stop = text.find("。", start)
    return stop + 1 if stop >= 0 else len(text)


_NAMED = re.compile(r"\s*[【\[]\s*([^】\]]{2,30})\s*[】\]]\s*(?=\S)")
_FEWEST_NAMED = 3


def named_blocks(flows: tuple[Flow, ...]) -> list[Block]:
    """Projects each under a name in 【…】, with the unmarked lines below it."""
    found: list[list[Flow]] = []
    for flow in flows:
        name = _NAMED.match(flow.text)
        if name and label_kind(name.group(1)) == "text":
            marker = Marker("named", len(found) + 1, name.end())
            found.append([replace(flow, marker=marker)])
        elif found and re.search(r"[。;)]\s*$", flow.text):
            found[-1].append(flow)
    if len(found) < _FEWEST_NAMED:
        return []
    return [Block(index, None, tuple(own)) for index, own in enumerate(found, 1)]


_PROMISES = re.compile(
    r"\s*(?:为|对|将|新|改|扩|建|完成|实施|开展|提高|提升|推进|推动|打造|培育|发放|免费|继续|加强|加快|优化|整治|解决|增加|扶持|组织|创建|开工|支持)"
)
_TITLED = re.compile(r"实事|民生(?:工程|项目)")
_FEWEST_PROMISES = 4


def promised_blocks(flows: tuple[Flow, ...]) -> list[Block]:
    """A page titled as a list of 实事 whose lines promise numbers one after the other, with nothing to number them."""
    titles = [index for index, flow in enumerate(flows) if _TITLED.search(flow.text) and len(flow.text) <= 60]
    if not titles:
        return []
    found = [
        flow
        for flow in flows[titles[0] + 1 :]
        if _PROMISES.match(flow.text) and any(token.role is None for token in lex(flow.text))
    ]
    return (
        [Block(index, None, (flow,)) for index, flow in enumerate(found, 1)]
        if len(found) >= _FEWEST_PROMISES
        else []
    )


def read_unnumbered_lists(draft: Draft) -> Draft:
    """What a document without numbered projects lists, by the surest form it has."""
    if draft.blocks:
        return draft
    blocks = run_in_blocks(draft.flows) or named_blocks(draft.flows) or promised_blocks(draft.flows)
    return replace(draft, blocks=tuple(blocks))
