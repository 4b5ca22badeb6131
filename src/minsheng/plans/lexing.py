"""Numbers of a paragraph with unit and comparator: the lexer under ``quantities``.

Offsets are those of the paragraph's normalised text. What a number means (role, region, subject) is
decided later, from what stands around it.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from minsheng.plans.grammar.comparators import AFTER, BEFORE, comparator_of
from minsheng.plans.grammar.moments import Moment, deadlines, frequencies
from minsheng.plans.grammar.numerals import ARABIC, MULTIPLIER, arabic_value, chinese_value
from minsheng.plans.grammar.units import PER, PER_SUFFIX, PERCENT, UNIT, canonical_unit, is_time, per_unit
from minsheng.plans.model import Comparator, Role


@dataclass(frozen=True, slots=True)
class Token:
    """A number with its unit. ``start:end`` is what is quoted, ``digits`` where its first digit stands.

    ``role`` is set where the form alone decides it (a deadline, a ratio).
    """

    start: int
    end: int
    digits: int
    value: Decimal
    unit: str
    comparator: Comparator = "eq"
    value_hi: Decimal | None = None
    role: Role | None = None
    per: bool = False
    bounded_after: bool = False
    """以上, 以下 or 左右 stands behind it."""


_NUMBER = re.compile(
    rf"(?<![\d.A-Za-z×〔/])(?<!\d[-+])(?P<a>{ARABIC})\s*(?P<am>{MULTIPLIER})?\s*"
    rf"(?:(?:[元岁人个家户名所天年月米级%]|公里|周岁)?\s*(?:-+|~|至|到)\s*(?P<b>{ARABIC})\s*(?P<bm>{MULTIPLIER})?\s*)?"
    rf"(?P<more>余|多(?=[万亿\u4e00-\u9fff])|来)?\s*(?P<late>万|亿)?\s*"
    rf"(?P<unit>{UNIT}|{PERCENT})(?P<suffix>{PER_SUFFIX})(?P<including>\s*\(含[^()]*\))?"
)
_CHINESE = re.compile(
    rf"(?<![一二两三四五六七八九十百千万第零几数每半])(?P<a>[一二两三四五六七八九十][一二两三四五六七八九十百千零]{{0,6}})"
    rf"(?P<more>余|多(?=[\u4e00-\u9fff]))?(?P<unit>{UNIT})"
)
_RATIO = re.compile(
    r"(?<![\d:.])(?P<a>\d{1,3}(?:\.\d+)?)\s*:\s*(?P<b>\d{1,3}(?:\.\d+)?)(?:\s*:\s*\d{1,3})*(?![\d:])"
)
_RATIO_CUE = re.compile(r"^\s*(?:的)?(?:比例|要求|分担|配套|承担|负担|全额|给予|予以|进行)|^\s*比")
_RATIO_BEFORE = re.compile(r"(?:比例|按照?|配套)\s*$")
_NAMES = re.compile(
    r"《[^》]*》|[“\"][^”\"]{0,40}[”\"]|〔\d+〕\s*\d*\s*号?|GB/?T?\s*\d+(?:[-.]\d+)*|\d+\s*号(?!召)"
    r"|\d+\s*(?:项|件|大|类)(?:重点)?(?:省级|市级)?(?:民生|实事|惠民|为民|办实事)|\d{1,2}\s*分钟[\u4e00-\u9fff]{0,6}圈"
    r"|\d+\s*公里[\u4e00-\u9fff]{0,4}圈|等\s*\d+\s*(?:个)?部门|第\s*\d+\s*[\u4e00-\u9fff]|\d+\s*×\s*\d+\s*小时"
    r"|\d+\s*型|[A-Za-z]\d+|\d+[Gg](?![A-Za-z])|\d{1,2}:\d{2}(?!\s*(?:比|的))"
)
_DATES = re.compile(r"\d{1,2}\s*月\s*(?:份|\d{1,2}\s*日)?")
"""A month or a day that is no deadline (自1月1日起) is no quantity either."""
_YEARS = re.compile(r"(?:19|20)\d\d\s*(?:-+|~|至|到|、)?\s*(?:(?:19|20)\d\d)?\s*(?:年|届|级)")
_A_YEAR = re.compile(r"(?:19|20)\d\d")
_TOUCHING = re.compile(
    rf"(?:(?:{PER.pattern.replace('?P<noun>', '?:').replace('?P<mean>', '?:').replace('?P<mean_time>', '?:')}|{re.sub(r'[?]P<[a-z0-9]+>', '?:', BEFORE.pattern)}"
    r"|各|平均|连续|\s|有)+)$"
)
_CASE_AND_VERB = re.compile(
    rf"(?:{PER.pattern.replace('?P<noun>', '?:').replace('?P<mean>', '?:').replace('?P<mean_time>', '?:')})+(?:[\u4e00-\u9fff]{{2,6}})?(?:补助|资助|奖励|补贴)?\s*$"
)
_BUILDS = re.compile(
    r"(?:新建|改扩建|扩建|改建|建成|建设|创建|打造|培育|成立|新增|开设|设立|完成|配备|至少各?|不少于|各|再)$"
)
_CHINESE_ALONE = frozenset("所座家处条间档张场")
_COUNTED_IN_WORDS = frozenset(
    {"人次", "人", "名", "户", "个", "家", "所", "座", "处", "套", "间", "张", "件", "场", "条", "公里", "亩"}
)
"""What may be counted in Chinese numerals from ten on: 五百四十个, 三千余人次."""
_CHINESE_COUNT = frozenset("所座家处名场套间种") | {"项"}
_SERVED = re.compile(r"[\u4e00-\u9fff“”]{0,10}(?:事项|服务|任务|指标|工程|待遇)")
_PER_UNITS = ("元", "个月", "分钟", "小时", "课时", "学时", "平方米")


def lex(text: str) -> tuple[Token, ...]:
    """Every number of ``text`` that states a quantity, from left to right."""
    names = [m.span() for m in _NAMES.finditer(text)] + [m.span() for m in _YEARS.finditer(text)]
    taken: list[tuple[int, int]] = list(names)
    tokens: list[Token] = []
    for moment in deadlines(text):
        if _free(moment.start, moment.end, [s for s in names if s[0] not in _year_starts(text)]):
            tokens.append(_from_moment(moment))
            taken.append((moment.start, moment.end))
    taken += [m.span() for m in _DATES.finditer(text)]
    for found in (*_ratios(text), *_arabic(text), *_people(text), *_chinese(text)):
        if _free(found.digits, found.digits + 1, taken):
            tokens.append(found)
            taken.append((found.digits, found.end))
    tokens.sort(key=lambda token: token.digits)
    tokens = [_with_case(text, tokens, index) for index in range(len(tokens))]
    counted = [(t.start, t.end, t.unit) for t in tokens if t.role is None]
    for moment in frequencies(text, counted):
        busy = [span for span in taken if span not in names] if moment.counted else taken
        if _free(moment.start, moment.end, busy):
            tokens.append(_from_moment(moment))
    tokens.sort(key=lambda token: token.digits)
    return _enumerations(text, tokens)


def _year_starts(text: str) -> set[int]:
    return {m.start() for m in _YEARS.finditer(text)}


def _free(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    return not any(start < stop and begin < end for begin, stop in taken)


def _from_moment(moment: Moment) -> Token:
    return Token(
        moment.start,
        moment.end,
        moment.start,
        moment.value,
        moment.unit,
        moment.comparator,
        moment.value_hi,
        moment.role,
    )


def _ratios(text: str) -> list[Token]:
    return [
        Token(
            match.start(), match.end(), match.start(), Decimal(match["a"]), "比",
            value_hi=Decimal(match["b"]), role="share",
        )
        for match in _RATIO.finditer(text)
        if _RATIO_CUE.match(text[match.end() :]) or _RATIO_BEFORE.search(text[: match.start()])
    ]  # fmt: skip


def _arabic(text: str) -> list[Token]:
    cases = [match.span() for match in PER.finditer(text)]
    found = []
    for match in _NUMBER.finditer(text):
        if any(begin < match.start() < stop for begin, stop in cases):
            continue
        multiplier = match["am"] or match["late"]
        low, high = match["a"], match["b"]
        if high is not None:
            if _A_YEAR.fullmatch(low) and _A_YEAR.fullmatch(high):
                continue
            value = arabic_value(low, match["am"] or match["bm"] or match["late"])
            value_hi = arabic_value(high, match["bm"] or match["late"])
            if value_hi < value:
                continue
        else:
            value, value_hi = arabic_value(low, multiplier), None
        token = Token(
            match.start(), match.end(), match.start(), value, canonical_unit(match["unit"], match["suffix"]),
            "gt" if match["more"] else "eq", value_hi, per=bool(match["suffix"]),
        )  # fmt: skip
        found.append(_bounded(text, token))
    return found


_PEOPLE = re.compile(
    rf"(?<![\d.A-Za-z])(?P<a>{ARABIC})\s*(?P<am>万)\s*(?=(?:多|余)?(?:名|农村|城镇|城乡|困难|贫困)?(?:居民|群众|人口|学生|职工|农民|老年?人|儿童|妇女))"
)


def _people(text: str) -> list[Token]:
    """提升40万农村居民饮水标准: with no unit printed, people are counted."""
    return [
        _bounded(text, Token(m.start(), m.end("am"), m.start(), arabic_value(m["a"], m["am"]), "人"))
        for m in _PEOPLE.finditer(text)
    ]


def _chinese(text: str) -> list[Token]:
    found = []
    for match in _CHINESE.finditer(text):
        value, unit = chinese_value(match["a"]), match["unit"]
        if value is None or not _states_a_count(text, match, value, unit):
            continue
        token = Token(
            match.start(),
            match.end(),
            match.start(),
            Decimal(value),
            canonical_unit(unit),
            "gt" if match["more"] else "eq",
        )
        found.append(_bounded(text, token))
    return found


def _states_a_count(text: str, match: re.Match[str], value: int, unit: str) -> bool:
    """Whether a Chinese numeral counts something (改扩建一所) and is no part of a word (一批, 两项补贴)."""
    before, after = text[: match.start()], text[match.end() :]
    if unit in ("年", "月", "日", "天", "周", "级", "次", "期", "类", "度"):
        return False
    if value == 1:
        at_least = unit in "名位人个支套" and re.search(r"(?:至少|不少于)(?:配备|有|设)?$", before)
        return bool(at_least or (unit in _CHINESE_ALONE and _BUILDS.search(before)))
    if value >= 10 and unit in _COUNTED_IN_WORDS:
        return True
    if unit == "项":
        return value >= 3 and bool(_SERVED.match(after)) and not re.search(r"[上下这前后]$", before)
    if unit == "种":
        return bool(re.search(r"[有为]$", before))
    return unit in _CHINESE_COUNT or (unit == "个" and bool(_BUILDS.search(before)))


def _bounded(text: str, token: Token) -> Token:
    """The token with the comparator before or after it, and the quote that takes in what touches it."""
    start, end, comparator, bounded = token.start, token.end, token.comparator, False
    after = AFTER.match(text, end + (len(text[end:]) - len(text[end:].lstrip(" "))))
    if after:
        end, comparator, bounded = after.end(), comparator_of(after), True
    near = text[max(0, start - 30) : start]
    touching = _TOUCHING.search(near) or _CASE_AND_VERB.search(near)
    if touching:
        start -= len(touching.group().lstrip())
    before = None
    for match in BEFORE.finditer(text, start, token.digits):
        before = match
    if before is None:
        before = _reaching(text, start)
    if before is not None and not (bounded and comparator != "about"):
        comparator = comparator_of(before)
    return replace(token, start=start, end=end, comparator=comparator, bounded_after=bounded)


_REACH = re.compile(r"(至少|不(?:得)?(?:少于|低于|超过|高于|多于|大于))[^,。;:、\d()]{1,22}$")


def _reaching(text: str, start: int) -> re.Match[str] | None:
    """A bound further off: 至少建成1个, 不低于当地标准的1.3倍."""
    match = _REACH.search(text[max(0, start - 30) : start])
    return BEFORE.match(match.group(1)) if match else None


def clause_before(text: str, position: int, marks: str = ",。;:") -> str:
    """What stands before ``position`` in its clause; whole brackets before it are left out."""
    kept: list[str] = []
    depth = 0
    for char in reversed(text[:position]):
        if char == ")":
            depth += 1
        elif char == "(":
            if depth == 0:
                break
            depth -= 1
        elif depth == 0:
            if char in marks:
                break
            kept.append(char)
    return "".join(reversed(kept))


def _with_case(text: str, tokens: list[Token], index: int) -> Token:
    """Money per 每人每年, months per 每生, minutes per 每场: the case joins the unit."""
    token = tokens[index]
    if token.role is not None:
        return token
    begin = tokens[index - 1].end if index else 0
    reach = clause_before(text, token.digits)
    scope = reach[-(token.digits - begin) :] if begin > token.digits - len(reach) else reach
    nouns = [noun for match in PER.finditer(scope) for noun in _nouns(match)]
    if token.unit == "次":
        return _as_frequency(token, reach)
    if token.per:
        return _with_beneficiary(text, token, nouns)
    if token.unit == "个" and "千人口" in nouns:
        return replace(token, unit="个/千人口", per=True)
    if token.unit not in _PER_UNITS or not nouns:
        return token
    if token.unit != "元":
        nouns = [noun for noun in nouns if not is_time(noun) or len(nouns) > 1 or noun in ("学年", "学期")]
    if not nouns or (token.unit == "平方米"):
        return token
    return replace(token, unit=per_unit(token.unit, nouns), per=True)


def _as_frequency(token: Token, reach: str) -> Token:
    """每年至少开展4次…、4次…: so many times a year."""
    times = [noun for match in PER.finditer(reach) for noun in _nouns(match) if is_time(noun)]
    return replace(token, unit=f"次/{times[-1]}", role="frequency", per=True) if times else token


def _with_beneficiary(text: str, token: Token, nouns: list[str]) -> Token:
    """每人80元/月: the case before the number joins the one behind it."""
    unit, *cases = token.unit.split("/")
    touching = [noun for noun in nouns if not is_time(noun) and noun not in cases]
    if (
        not touching
        or not all(is_time(case) for case in cases)
        or not PER.search(text[token.start : token.digits])
    ):
        return token
    return replace(token, unit=per_unit(unit, [*touching, *cases]))


def _nouns(match: re.Match[str]) -> list[str]:
    """每生 is 生, 月人均 is 人 and 月."""
    noun = match["noun"] or match["mean"]
    same = {"季": "季度", "家庭": "户", "孩": "人"}.get(noun, noun)
    return [same, match["mean_time"]] if match["mean_time"] else [same]


_LIST_GAP = re.compile(r"\s*[、和及与,]\s*(?:[\u4e00-\u9fff]{0,4})?$")


def _enumerations(text: str, tokens: list[Token]) -> tuple[Token, ...]:
    """分别达到98%和95%以上: the bound at one end of a list of like numbers governs all of it."""
    result = list(tokens)
    for index in range(len(result) - 1):
        one, two = result[index], result[index + 1]
        gap = text[one.end : two.start]
        if one.role or two.role or not re.fullmatch(r"\s*[、和及与]\s*", gap):
            continue
        if two.per and two.unit.startswith(one.unit + "/") and not one.per:
            # 1900元、1400元/人·月: the case stands once, behind the last.
            one = result[index] = replace(one, unit=two.unit, per=True)
        if one.per and one.unit.startswith(two.unit + "/") and not two.per:
            # 月人均不低于240元、120元: both are paid per the same case.
            two = result[index + 1] = replace(two, unit=one.unit, per=True)
        if one.unit != two.unit:
            continue
        shared = "分别" in clause_before(text, one.digits)
        if shared and one.comparator == "eq" and two.bounded_after:
            result[index] = replace(one, comparator=two.comparator)
        elif shared and two.comparator == "eq" and one.comparator != "eq" and not one.bounded_after:
            result[index + 1] = replace(two, comparator=one.comparator)
    return tuple(result)
