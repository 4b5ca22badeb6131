"""What a number counts: the shortest phrase of the text that says it."""

import re

from minsheng.plans.grammar.comparators import BEFORE
from minsheng.plans.grammar.units import PER
from minsheng.plans.lexing import Token, clause_before

_LONGEST = 28
_CJK = "\u4e00-\u9fff"
_TAIL = re.compile(
    r"(?:\s|[,:、]|不得|分别|均|都|全部|逐步|稳定在|控制在|保持在?|(?:再)?(?:提高|提升|增加|增长|下降|降低|达到|达|上升|调整)(?:到|至|为)?|"
    r"不少于|不低于|不超过|不高于|至少|超过|各类|约|共|为|至|有|在|按照?|给予|补助(?=$)|一次性|平均|计划|"
    r"的标准|标准为|各|其中|到|由|从|是|近|以)+$"
)
_HEAD = re.compile(
    r"^(?:\s|[,:、的]|年内|全年|今年|20\d\d年度?|其中|为了?|对|将|按照?|由|并|和|及|以及|继续|积极|大力|扎实|全面|确保|力争|争取|实现|"
    r"推进|推动|完成|开展|实施|组织|全市|全区|全县|全省|我市|我区|免费|累计|新(?=建|增)|市级|使|使得|至|到)+"
)
_STOP_AFTER = re.compile(r"[,。;:()]")
_NO_SUBJECT = re.compile(r"^\s*(?:以上|以下|左右|的?(?:标准|比例)|给予|予以|和|及|用于|由|并|以内|部分|,|。|;|\)|\(|$)")


def subject_of(text: str, token: Token, inherited: str | None) -> str | None:
    """The phrase after the number (62个城市社区), else the one before it (城镇新增就业3.3万人).

    ``inherited`` is the subject of the whole that this number is a part of; it serves where the number
    itself names none.
    """
    after = _after(text, token)
    before = _before(text, token)
    if token.role in ("standard", "budget", "share", "baseline") or token.unit.split("/")[0] in ("%", "元"):
        order = (before, after)
    else:
        order = (after, before)
    for phrase in order:
        if phrase and len(re.findall(f"[{_CJK}]", phrase)) >= 2:
            return phrase
    return inherited


def _after(text: str, token: Token) -> str:
    rest = text[token.end : token.end + 80]
    if _NO_SUBJECT.match(rest):
        return ""
    stop = _STOP_AFTER.search(rest)
    phrase = rest[: stop.start()] if stop else rest
    number = re.search(r"\d", phrase)
    if number:
        phrase = re.split(r"[、和及]", phrase[: number.start()])[0] if "、" in phrase[: number.start()] else phrase[: number.start()]
    return _HEAD.sub("", phrase).strip("的 、")[:_LONGEST]


def _before(text: str, token: Token) -> str:
    phrase = clause_before(text, token.start)
    numbers = list(re.finditer(r"\d[\d.]*\s*[万亿%]?[\u4e00-\u9fff]?[、和及]?", phrase))
    if numbers:
        phrase = phrase[numbers[-1].end() :]
    phrase = _TAIL.sub("", BEFORE.sub("", PER.sub("", phrase)))
    return _HEAD.sub("", _TAIL.sub("", phrase)).strip("的 、")[-_LONGEST:]
