"""Month milestones a notice states: 6月底前完成50%, 9月底前全部开工, 三季度末完成80%, 11月底前完工.

Two things make one: a moment (the deadlines of ``plans/grammar/moments``, the end of a quarter, the first
half of the year) and, in the clauses after it, a share, an amount or a stage. What is not surely both says
nothing: a wrong milestone would light a wrong light.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from minsheng.plans.grammar.comparators import AFTER, BEFORE, comparator_of
from minsheng.plans.grammar.moments import points
from minsheng.plans.grammar.numerals import ARABIC, CHINESE, MULTIPLIER, arabic_value, chinese_value
from minsheng.plans.model import Comparator
from minsheng.progress.model import Kind, Stage
from minsheng.progress.pace.curves import Curve, Milestone

_HUNDRED = Decimal(100)
_WIDE = str.maketrans("０１２３４５６７８９％，；：（）", "0123456789%,;:()")

_QUARTER = re.compile(r"(?P<first>前)?第?(?P<number>[一二三四1-4])季度(?P<end>[末底])?(?P<by>之?前)?")
_HALF = re.compile(r"(?:20\d\d\s*年)?上半年(?P<end>[末底])?(?P<by>之?前)?")
_DAY = re.compile(r"(?P<day>\d{1,2})\s*日|(?P<part>上旬|中旬|下旬|底|末)")
_PARTS = {"上旬": 10, "中旬": 20}
_YEAR = re.compile(r"(?P<year>20\d\d)\s*年")
_RECURRING = re.compile(r"(?:每年|每学年|历年|往年|去年|上年|截至|截止)(?:的|到)?\s*$")
_NEXT_YEAR = re.compile(r"(?:明年|次年|来年|下一?年)(?:的|到)?\s*$")

_CLAUSE = re.compile(r"[^,;。:、()]+")
_CLAUSE_BEFORE = re.compile(r"[,;。:、()]")
_EDGES = " 　,，、;；:：(（"
_STOP = re.compile(r"[;。]")

_STAGE_WORDS: tuple[tuple[Stage, str], ...] = (
    ("accepted", r"(?:通过|完成)?(?:竣工|完工|交工)?验收"),
    ("in_use", r"投入使用|交付使用|投入运[营行]|投用|启用|投运"),
    ("completed", r"完工|竣工|建成|建设完成|完成(?:全部|基本|所有)?(?:工程)?(?:建设|建成)|完建"),
    ("started", r"(?:新|复)?开工(?:建设)?|动工|开建"),
)
_STAGES = tuple((stage, re.compile(rf"(?:{words})")) for stage, words in _STAGE_WORDS)
_NO_STAGE = re.compile(
    r"^(?:前|后|手续|条件|准备|许可|仪式|计划|方案|令|报告|面积|资料|备案|决算|审计|率?(?:不|未)|的(?!\d))"
)
"""开工条件, 开工前, 竣工决算: papers about a stage, not the stage."""
_RATE = re.compile(r"^率?(?:均|要|应|需|须)?(?:达到|达|为|超过|不低于|力争)?")
_NOT_OURS = re.compile(
    r"投资|资金|支出|拨付|支付|预算|投入(?!使用|运)|前期|方案|招标|招投标|设计|立项|选址|排查|摸底|编制|征集|评审|拆迁|征收|"
    r"手续|培训班|公示|主体|基础|封顶|满意度|(?<!完成)(?<!开工)(?<!完工)(?<!竣工)(?<!投用)率|准备|部署|调研|"
    r"验收资料|未|尚|已(?!建)|未能|以上年|除"
)
_WHOLE = re.compile(
    r"(?:全部|全面|全数|均)完成(?:$|(?:年度|全年|各项|全部|目标)*任务)|完成(?:年度|全年|全部|各项|既定|目标)+任务"
)
_DONE = re.compile(
    r"完成|(?:任务|工程量|进度|完成率|比例)[^\d]{0,4}?(?:达到|达|过|超过|不低于)|过半|^(?:累计)?(?:达到|达)(?=\d|[一二三四五六七八九]成)"
)
_PERCENT = re.compile(rf"(?P<number>{ARABIC})\s*%")
_TENTHS = re.compile(r"(?P<number>[一二三四五六七八九])成(?![立为员果效本就])(?P<half>半)?")
_HALF_DONE = re.compile(r"(?:双)?过半|一半|半数")


@dataclass(frozen=True, slots=True)
class _When:
    """A moment at ``start:end`` of the text."""

    start: int
    end: int
    until: date


def read_milestones(text: str, year: int, kind: Kind = "count", unit: str = "") -> tuple[Milestone, ...]:
    """The milestones a sentence of a notice states for a target of this kind and unit, by their days.

    Amounts are taken in the target's own unit only. Of a count 完工 is the amount itself; of works it is a
    stage of the parts.
    """
    plain = text.translate(_WIDE)
    moments = sorted(_moments(plain, year), key=lambda when: when.start)
    found: list[Milestone] = []
    for at, when in enumerate(moments):
        limit = moments[at + 1].start if at + 1 < len(moments) else len(plain)
        if _NOT_OURS.search(_CLAUSE_BEFORE.split(plain[: when.start])[-1]):
            continue  # 方案于6月底前完成: what is done by then is named before it
        stop = _STOP.search(plain, when.end, limit)
        end = stop.start() if stop else limit
        for one in _said(plain[when.end : end], when.until, kind, unit):
            milestone = Milestone(
                one.until, one.share, one.amount, one.stage, text[when.start : end].strip(_EDGES)
            )
            if all(_what(milestone) != _what(known) for known in found):
                found.append(milestone)
    return tuple(sorted(found, key=lambda one: one.until))


def read_curve(text: str, year: int, kind: Kind = "count", unit: str = "") -> Curve | None:
    """The curve of a sentence; None where it states no milestone."""
    found = read_milestones(text, year, kind, unit)
    if not found:
        return None
    return Curve("milestones" if any(one.stage is None for one in found) else "line", found)


def _what(one: Milestone) -> tuple[object, ...]:
    return one.until, one.share, one.amount, one.stage


def _moments(text: str, year: int) -> Iterator[_When]:
    for moment in points(text):
        until = _day(text, moment.start, moment.end, int(moment.value), year)
        if until is not None:
            yield _When(moment.start, moment.end, until)
    for match in _QUARTER.finditer(text):
        number = "一二三四".find(match["number"]) + 1 or int(match["number"])
        # 三季度完成80% may mean within the quarter; with its end named, or from January on, it cannot.
        cumulative = match["end"] or match["by"] or match["first"] or number == 1
        until = _year_end(text, match.start(), year, number * 3, None)
        if cumulative and until is not None:
            yield _When(match.start(), match.end(), until)
    for match in _HALF.finditer(text):
        until = _year_end(text, match.start(), _year_in(match.group(), year), 6, None)
        if until is not None:
            yield _When(match.start(), match.end(), until)


def _day(text: str, start: int, end: int, month: int, year: int) -> date | None:
    """The day of a moment; None of one that names neither a day nor a part of the month (6月前)."""
    piece = text[start:end]
    found = _DAY.search(piece)
    if found is None and "年" not in piece:
        return None
    day = None
    if found is not None:
        day = int(found["day"]) if found["day"] else _PARTS.get(found["part"])
    return _year_end(text, start, _year_in(piece, year), month, day)


def _year_in(piece: str, year: int) -> int:
    found = _YEAR.search(piece)
    return int(found["year"]) if found else year


def _year_end(text: str, start: int, year: int, month: int, day: int | None) -> date | None:
    """The day in its year, the last of the month where none is named; None of a past or recurring one."""
    before = text[:start]
    if _RECURRING.search(before):
        return None
    year += 1 if _NEXT_YEAR.search(before) else 0
    last = calendar.monthrange(year, month)[1]
    if day is not None and not 1 <= day <= last:
        return None
    return date(year, month, day or last)


def _said(text: str, until: date, kind: Kind, unit: str) -> Iterator[Milestone]:
    """What the clauses after a moment say; the first has to say something, later ones may add to it."""
    for at, clause in enumerate(match.group().strip() for match in _CLAUSE.finditer(text)):
        one = _one(clause, until, kind, unit)
        if one is not None:
            yield one
        elif at == 0:
            return


def _one(clause: str, until: date, kind: Kind, unit: str) -> Milestone | None:
    if _NOT_OURS.search(clause):
        return None
    stage = _stage(clause)
    share = _share(clause)
    amount = _amount(clause, unit)
    if stage is not None:
        # Of a count what is completed is the amount itself: 11月底前建成12所.
        told = None if stage == "completed" and kind != "stages" else stage
        if share is None and amount is None and not _other_number(clause):
            share = _HUNDRED
        return None if share is None and amount is None else Milestone(until, share, amount, told)
    if _WHOLE.search(clause) and share is None and amount is None:
        return None if _other_number(clause) else Milestone(until, _HUNDRED)
    if not _DONE.search(clause) or (share is None and amount is None):
        return None
    return Milestone(until, share, None if share is not None else amount)


def _stage(clause: str) -> Stage | None:
    for stage, words in _STAGES:
        for found in words.finditer(clause):
            if not _NO_STAGE.match(clause[found.end() :]):
                return stage
    return None


def _share(clause: str) -> Decimal | None:
    """The one percentage of a clause; None of none, of two, and of a ceiling."""
    found = list(_PERCENT.finditer(clause))
    if len(found) == 1:
        value = arabic_value(found[0]["number"], None)
        return value if _is_least(clause, found[0]) and 0 < value <= _HUNDRED else None
    if found:
        return None
    tenths = _TENTHS.search(clause)
    if tenths is not None:
        return Decimal((chinese_value(tenths["number"]) or 0) * 10 + (5 if tenths["half"] else 0))
    return Decimal(50) if _HALF_DONE.search(clause) else None


def _amount(clause: str, unit: str) -> Decimal | None:
    """The one amount in the target's own unit."""
    if not unit:
        return None
    number_of = rf"(?P<number>{ARABIC}|[{CHINESE}]+)\s*(?P<times>{MULTIPLIER})?\s*(?:余|多)?"
    pattern = rf"{number_of}{re.escape(unit)}(?!次|均)"
    found = list(re.finditer(pattern, clause))
    if len(found) != 1 or not _is_least(clause, found[0]):
        return None
    number = found[0]["number"]
    if number[0].isdigit():
        return arabic_value(number, found[0]["times"])
    value = chinese_value(number)
    return None if value is None else arabic_value(str(value), found[0]["times"])


def _is_least(clause: str, found: re.Match[str]) -> bool:
    """Whether a number is what is to be reached, not a ceiling (不超过50%) or what is short of it."""
    bounds: list[Comparator] = [
        comparator_of(word) for word in BEFORE.finditer(clause) if word.end() <= found.start()
    ]
    after = AFTER.match(clause, found.end())
    if after is not None:
        bounds.append(comparator_of(after))
    return all(one in ("ge", "gt", "eq", "about") for one in bounds)


def _other_number(clause: str) -> bool:
    """Whether a clause counts something: 开工12所 is not all of them."""
    return re.search(rf"\d|[{CHINESE}]+(?:个|所|处|户|套|条|座|家|项|公里)", clause) is not None
