"""List markers, labels and attachments: how official documents number and name their parts."""

import re
from dataclasses import dataclass

from minsheng.plans.grammar.numerals import ordinal_value

_CN = "[一二三四五六七八九十百]{1,4}"

# In order: the first that matches wins. The name tells the level's style, not its depth.
_MARKERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("part", re.compile(rf"第({_CN}|\d{{1,2}})[章篇部](?:分)?[、,.:\s]*")),
    ("item", re.compile(rf"第({_CN}|\d{{1,3}})[项件条][、,.:\s]+")),
    ("cn_paren", re.compile(rf"\(\s*({_CN})\s*\)[、.,]?\s*")),
    ("ar_paren", re.compile(r"\(\s*(\d{1,3})\s*\)[、.,]?\s*")),
    ("cn", re.compile(rf"({_CN})\s*[、.](?!\d)\s*")),
    # 1.2023年度… is item 1 and a year; 1.5万 is no item.
    (
        "ar",
        re.compile(r"(\d{1,3})\s*(?:、|。|[.](?=\s*(?:20\d\d\s*年|\d{1,2}\s*月|[^\d\s]))|[.]\s+(?=\d))\s*"),
    ),
    ("ar_close", re.compile(r"(\d{1,3})\)\s*")),
    ("project", re.compile(rf"(?:项目|实事)\s*({_CN}|\d{{1,3}})\s*[:、.]\s*")),
    ("is", re.compile(rf"({_CN})是(?!否)[,:]?")),
    ("first", re.compile(rf"第({_CN})[,，、]\s*")),
)
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass(frozen=True, slots=True)
class Marker:
    """A list marker at the start of a text: its style, its number, how many characters it takes."""

    style: str
    number: int
    length: int


def marker_of(text: str) -> Marker | None:
    """The list marker ``text`` begins with, after leading space.

    >>> marker_of("(二十一)积极开展"), marker_of("1.5万人参加")
    (Marker(style='cn_paren', number=21, length=5), None)
    """
    body = text.lstrip()
    indent = len(text) - len(body)
    if body[:1] and body[0] in _CIRCLED:
        return Marker("circled", _CIRCLED.index(body[0]) + 1, indent + 1)
    for style, pattern in _MARKERS:
        match = pattern.match(body)
        if match:
            number = ordinal_value(match.group(1))
            if number is not None:
                return Marker(style, number, indent + match.end())
    return None


_LABEL = re.compile(r"\s*(?:[【\[]\s*)?([\u4e00-\u9fff]{2,10})\s*(?:[】\]]\s*:?|:)\s*")
_MEASURE_WORDS = re.compile(r"(措施|举措|做法|步骤|路径)$")
_LEAD_WORDS = re.compile(
    r"^(?:主要|市级|县级|区级)?(?:牵头|责任|主办|负责|承办|实施|主管)(?:责任)?(?:单位|部门|主体|科室|处室)$"
)
_COOPERATING_WORDS = re.compile(
    r"^(?:主要)?(?:协同|配合|协办|参与|协作|参加|协助|成员)(?:责任)?(?:单位|部门|科室|处室)$"
)


def label_of(text: str) -> tuple[str, int] | None:
    """The label (具体措施: / 【牵头单位】) at the start of a text, and its length."""
    match = _LABEL.match(text)
    return (match.group(1), match.end()) if match else None


def label_kind(label: str) -> str:
    """``measures``, ``lead``, ``cooperating`` or ``text`` for a label's words."""
    if _MEASURE_WORDS.search(label):
        return "measures"
    if _LEAD_WORDS.match(label):
        return "lead"
    if _COOPERATING_WORDS.match(label):
        return "cooperating"
    return "text"


ANNEX = re.compile(r"\s*附\s*[件表录]\s*\d{0,2}\s*$")
"""A line that only says: here an annex begins."""

ANNEX_LIST = re.compile(r"\s*附\s*件\s*\d{0,2}\s*[:：]\s*\S")
"""The list of annexes at the end of a letter: 附件：1.…"""

DATE_LINE = re.compile(r"20\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日")
"""2024年3月8日: with nothing beside it, the date of a letter."""

DECLARED_COUNT = re.compile(r"\s*\(\s*(?:共|计)?\s*(\d{1,3})\s*[项件个条]\s*\)\s*$")
"""（11项） at the end of a category heading."""

# Chapters of a plan that frame the projects and hold none (总体要求, 保障措施, 加强组织领导).
FRAME = re.compile(
    r"^(?:加强|强化|健全|完善|明确|严格|落实|切实|抓好)?"
    r"(?:总体|指导|基本|工作|组织|保障|实施|监督|考核|督查|督导|有关|其他|其它|宣传|责任|相关)"
    r"(?:要求|思想|原则|目标|领导|措施|保障|步骤|机制|实施|考核|评价|引导|督导|督查|事项|安排|落实|推进|问责|监督)"
    r"(?:和.{2,6}|与.{2,6})?$"
)
