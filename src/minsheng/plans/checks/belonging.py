"""Which numbers of the measures are meant as the parts of a promise, told by the words they stand in.

A part speaks of what its total speaks of (残疾人: 残疾儿童, 精神残疾人), or follows such a part in the same list
(困难职工: 提供生活救助62人、子女助学275人). How near the numbers come to the total plays no role here, so a misprint
of any size leaves the parts where they belong.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from minsheng.plans.model import Quantity

Division = tuple[tuple[Quantity, ...], tuple[Quantity, ...]]

_MARKS = "。；;，,、：:（）()"
_ENDS = "。；;"
_COMMON = re.compile(
    r"提供|开展|实施|组织|推进|加强|落实|建设|新建|新增|改建|扩建|改造|提升|完成|达到|建成|累计|合计|力争|确保|计划|不少于|不低于|不超过|以上|以下|"
    r"左右|全省|全市|全县|全区|各县|县区|每年|全年|年度|年底|月底|其中|项目|工程|行动|工作|服务|活动|任务|符合|条件|需求|经费|资金|财政|承担|分担|"
    r"给予|补助|补贴|标准|按照|[^\u4e00-\u9fff]"
)
"""What any promise may say: no sign of kinship."""


def division(
    totals: Sequence[Quantity], numbers: Sequence[Quantity], lines: tuple[str, ...]
) -> tuple[Division, ...]:
    """The promise's totals of one unit, each with the numbers of the measures that are its parts.

    Empty where the words leave open what belongs together: no total has two parts, a part repeats the only
    total, a total has no part of its own, a part fits two totals alike, the parts are scattered.
    """
    if len(totals) == 1:
        return _of_one(totals[0], numbers, lines)
    return _of_several(totals, numbers, lines)


def _of_one(total: Quantity, numbers: Sequence[Quantity], lines: tuple[str, ...]) -> tuple[Division, ...]:
    subject = _words(_sentence(total, lines))
    parts: list[Quantity] = []
    before: Quantity | None = None
    for number in numbers:
        goes_on = before is not None and before in parts and _in_one_list(before, number, lines)
        if goes_on or subject & _words(_clause(number, lines)):
            parts.append(number)
        before = number
    if len(parts) < 2 or any(part.value == total.value for part in parts):
        return ()
    return (((total,), tuple(parts)),) if _listed(parts, lines) else ()


def _of_several(
    totals: Sequence[Quantity], numbers: Sequence[Quantity], lines: tuple[str, ...]
) -> tuple[Division, ...]:
    """Several promises of one unit, where at least one is met to the last digit: so the others are meant to be."""
    own = [_words(_clause(total, lines)) for total in totals]
    parted: list[list[Quantity]] = [[] for _ in totals]
    for number in numbers:
        shared = [len(words & _words(_clause(number, lines))) for words in own]
        if not max(shared) or shared.count(max(shared)) > 1:
            return ()
        parted[shared.index(max(shared))].append(number)
    held = [
        sum(part.value for part in parts) == total.value for total, parts in zip(totals, parted, strict=True)
    ]
    if not all(parted) or not any(held) or max(map(len, parted)) < 2:
        return ()
    return tuple(((total,), tuple(parts)) for total, parts in zip(totals, parted, strict=True))


def _listed(parts: Sequence[Quantity], lines: tuple[str, ...]) -> bool:
    """Whether the parts are one list: within one sentence, or one measure after another."""
    places = sorted({part.source.line for part in parts})
    if len(places) == 1:
        text = lines[places[0] - 1][parts[0].source.end : parts[-1].source.start]
        return "。" not in text
    return all(not any(line.strip() for line in lines[a : b - 1]) for a, b in pairwise(places))


def _in_one_list(before: Quantity, number: Quantity, lines: tuple[str, ...]) -> bool:
    if before.source.line != number.source.line:
        return False
    between = lines[number.source.line - 1][before.source.end : number.source.start]
    return between[:1] in "、，,和及" and not any(mark in between[1:] for mark in _MARKS)


def _clause(quantity: Quantity, lines: tuple[str, ...]) -> str:
    return _around(quantity, lines, _MARKS)


def _sentence(quantity: Quantity, lines: tuple[str, ...]) -> str:
    return _around(quantity, lines, _ENDS)


def _around(quantity: Quantity, lines: tuple[str, ...], marks: str) -> str:
    text = lines[quantity.source.line - 1]
    begin = max(text.rfind(mark, 0, quantity.source.start) for mark in marks) + 1
    end = min((at for mark in marks if (at := text.find(mark, quantity.source.end)) >= 0), default=len(text))
    return text[begin : quantity.source.start] + "，" + text[quantity.source.end : end]


def _words(text: str) -> frozenset[str]:
    """Every two neighbouring characters that say something of the matter."""
    runs = _COMMON.sub(" ", text).split()
    return frozenset(run[at : at + 2] for run in runs for at in range(len(run) - 1))
