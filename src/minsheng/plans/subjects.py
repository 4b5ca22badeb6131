"""What a number counts: the shortest phrase of the text that says it."""

import re

from minsheng.plans.grammar.comparators import BEFORE
from minsheng.plans.grammar.units import PER
from minsheng.plans.lexing import Token, clause_before

_LONGEST = 30
_CJK = re.compile("[\u4e00-\u9fff]")
_TAIL = re.compile(
    r"(?:\s|[,:、(]|不得|分别|均|都|全部|逐步|稳定在|控制在|保持在?|(?:再)?(?:提高|提升|增加|增长|下降|降低|达到|达|上升|调整)(?:到|至|为)?|"
    r"不少于|不低于|不超过|不高于|至少|超过|各类|约|共|为|至|有|在|按照?|给予|予以|(?<=.)补助(?=$)|一次性|平均|计划|原则上|实施|"
    r"的?标准(?=$)|标准为|各|其中|到|由|从|是|近|以|用|一般)+$"
)
_HEAD = re.compile(
    r"^(?:\s|[,:、的]|年内|全年|今年|20\d\d年度?|其中|为了?|对|将|按照?|由|并|和|及|以及|继续|积极|大力|扎实|全面|确保|力争|争取|实现|"
    r"推进|推动|完成|开展|组织|全市|全区|全县|全省|我市|我区|免费|累计|市级|使得|使|至|到|以上|以下|左右|标准|比例|给予|予以|"
    r"[一二三四五六七八九十]是|发放|采购|落实|坚持|实行|财政|符合条件的)+"
)
_STOP_AFTER = re.compile(r"[,。;:()]")
_NOTHING_AFTER = re.compile(r"^\s*(?:[,。;:()]|和|及|、|用于|由|并|以内|部分|$)")
_NAMED_CASE = re.compile(
    r"每[个名位件户张台座所处家场套]([\u4e00-\u9fff]{2,10}?)(?:补助|资助|奖励|补贴|\s)*\d"
)
_SAYS_NOTHING = frozenset(
    {"合计", "共计", "总计", "补助", "补贴", "标准", "资金", "奖励", "奖补", "费用", "金额", "经费", "覆盖"}
)
"""Words any sum of money has beside it: what it is for stands elsewhere."""
_REPEATED = re.compile(r"(调度|通报|考核|协调|会商|督查|报告|评比|排名|小结|清零)$")
_PAIRS = re.compile(r"^(.*?)(?:项目|标准)?分别")


def subject_of(text: str, tokens: tuple[Token, ...], index: int, inherited: str | None) -> str | None:
    """The phrase after the number (62个城市社区), else the one before it (城镇新增就业3.3万人).

    ``inherited`` is the subject of the whole or of the number before; it serves where the number names none.
    """
    token = tokens[index]
    special = (
        _repeated(text, token)
        or _named_case(text, token)
        or _bracketed(text, token)
        or _paired(text, tokens, index)
    )
    if special:
        return special
    after, before = _after(text, tokens, index), _before(text, tokens, index)
    rate_of = token.unit == "%" and re.match(r"的(?!标准|比例|额度)", text[token.end :]) is not None
    money_like = token.role in ("standard", "budget", "share", "baseline") or token.unit.split("/")[0] in (
        "%",
        "元",
    )
    for phrase in (before, after) if money_like and not rate_of else (after, before):
        if phrase in _SAYS_NOTHING and inherited:
            return inherited
        if len(_CJK.findall(phrase)) >= 2:
            return phrase
    return inherited or _clause_before_last(text, token)


def _clause_before_last(text: str, token: Token) -> str | None:
    """为求职者发放补贴，标准为每人1200元: the clause before says what is paid."""
    clauses = re.split(r"[,。;:]", text[: token.start])
    phrase = _HEAD.sub("", clauses[-2]).strip() if len(clauses) > 1 else ""
    return phrase[-_LONGEST:] if len(phrase) >= 2 and not re.search(r"\d", phrase) else None


def _repeated(text: str, token: Token) -> str | None:
    """周调度, 每月一通报: what is repeated stands inside the quote."""
    match = _REPEATED.search(text[token.start : token.end]) if token.role == "frequency" else None
    return match.group(1) if match else None


def _named_case(text: str, token: Token) -> str | None:
    """每个普惠性托位1万元: the case has a name."""
    match = _NAMED_CASE.search(text[token.start : token.end]) if token.role == "standard" else None
    return match.group(1) if match and match.group(1) not in _SAYS_NOTHING else None


def _bracketed(text: str, token: Token) -> str | None:
    """(连续12个月)个人自付医药费: a condition alone in its bracket speaks of what follows."""
    if (
        token.role != "criterion"
        or text[max(0, token.start - 1) : token.start] != "("
        or text[token.end : token.end + 1] != ")"
    ):
        return None
    match = re.match(r"[\u4e00-\u9fff]{2,20}", text[token.end + 1 :])
    return match.group() if match else None


def _paired(text: str, tokens: tuple[Token, ...], index: int) -> str | None:
    """甲率和乙率分别达到98%和95%: the first number is of the first, the second of the second."""
    token = tokens[index]
    begin = max(text.rfind(mark, 0, token.digits) for mark in ",。;:") + 1
    if "分别" not in text[begin : token.digits]:
        return None
    end = min((at for at in (text.find(mark, token.digits) for mark in "。;") if at >= 0), default=len(text))
    first, last = index, index
    while first and tokens[first - 1].digits >= begin:
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1].digits < end:
        last += 1
    here = [i for i in range(first, last + 1) if tokens[i].unit == token.unit]
    match = _PAIRS.match(text[begin : tokens[here[0]].digits]) if here else None
    if match is None or len(here) < 2:
        return None
    names = re.split(r"[、和及与]", match.group(1))
    position = here.index(index)
    if len(names) != len(here):
        return None
    return _HEAD.sub("", names[position]).strip() or None


def _after(text: str, tokens: tuple[Token, ...], index: int) -> str:
    token = tokens[index]
    begin, limit = token.end, min(len(text), token.end + 80)
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if following is not None and following.start < limit:
        if (
            following.role == "criterion"
            and following.start - token.end <= 6
            and not re.search(r"[,。;:()]", text[token.end : following.start])
        ):
            # 40万名35-64岁适龄妇女: the age stands between the number and what it counts.
            begin, limit = (
                following.end,
                min(limit, tokens[index + 2].start if index + 2 < len(tokens) else limit),
            )
        else:
            limit = following.start
    rest = text[begin:limit]
    if _NOTHING_AFTER.match(rest):
        return ""
    stop = _STOP_AFTER.search(rest)
    phrase = rest[: stop.start()] if stop else rest
    if not stop and limit < len(text) and following is not None and limit == following.start:
        phrase = re.split(r"[、和及]", phrase)[0]
    return _shortened(_HEAD.sub("", phrase).strip("的 、"))


def _shortened(phrase: str) -> str:
    """A long list of kinds (视力、听力…等残疾儿童) gives way to what they are kinds of."""
    if len(phrase) > 18 and "等" in phrase:
        phrase = phrase.rsplit("等", 1)[1] or phrase
    return phrase[:_LONGEST]


def _before(text: str, tokens: tuple[Token, ...], index: int) -> str:
    token = tokens[index]
    phrase = clause_before(text, token.start)
    previous = tokens[index - 1].end if index else 0
    if previous > token.start - len(phrase):
        phrase = text[previous : token.start]
    if (
        token.role in ("target", "fact")
        and "、" in phrase
        and re.search(r"\d", text[: token.start])
        and previous
    ):
        phrase = phrase.lstrip("、和及与,")
    phrase = _TAIL.sub("", BEFORE.sub("", PER.sub("", phrase)))
    return _HEAD.sub("", _TAIL.sub("", phrase)).strip("的 、")[-_LONGEST:]
