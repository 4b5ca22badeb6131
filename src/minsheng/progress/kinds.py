"""Which kind a published target looks like, from its own words. A suggestion: the office decides.

Rules are asked in order, the first that answers counts; a number that no rule knows is counted up. What they
read is the subject and the clause the number stands in, not the whole promise: its neighbours have words too.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from minsheng.plans.grammar.numerals import CHINESE, arabic_value, chinese_value
from minsheng.progress.model import Kind

_RATES = frozenset(("%", "％", "‰", "个百分点", "百分点"))
_PER_CASE = re.compile(r"元/|/元")
_PAYS = re.compile(r"按[^，。；]{0,12}\d[\d,.]*万?元|\d[\d,.]*万?元/")
_NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(万|亿)?")
_RANGE = re.compile(r"\d\s*[-—–~～至]\s*\d")
_CLAUSE_END = re.compile(r"[，。；;！!\n]|,(?!\d)")
_COVERAGE = re.compile(
    r"应(?P<verb>[\u4e00-\u9fff])尽(?P=verb)|全覆盖|全员覆盖|全部(?:纳入|落实|覆盖|发放)|应享尽享"
)
_WORKS = re.compile(
    r"新建|改建|扩建|改扩建|建成|建设|续建|迁建|重建|改造|修建|加固|竣工|开工|完工|主体工程|工程建设|投入使用|投用"
)
_STANDARD = re.compile(r"达到[^，。；]{0,20}标准|符合[^，。；]{0,20}标准|达标|提标|[IVX]{1,3}类|[ⅠⅡⅢⅣⅤ]类")
_GROWTH = re.compile(
    r"同比|[比较](?:上年|去年|上一年)|环比|增长|增幅|增速|(?:提高|增加|提升|上升|下降|降低|减少)(?!到|至|为)"
)
_REACHES = re.compile(r"(?:提高|增加|提升|上升|增长|下降|降低|减少)(?:到|至|为)|达到?")
_CAPS = re.compile(
    r"控制在|压缩[到至]|不高于|不超过|不得超过|低于|少于|降[到至]|(?:下降|降低|减少)[到至]|以内"
)
_NOT_LESS = re.compile(r"(?:不|不得|不能)(?:低于|少于)")
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class _Said:
    """A target's number with the words around it; ``value`` None: no number, or a range."""

    text: str
    unit: str
    comparator: str
    role: str
    words: str
    sentence: str
    value: Decimal | None
    has_number: bool


def kind_of(*, text: str, unit: str, comparator: str, role: str, subject: str | None, sentence: str) -> Kind:
    """The kind these words suggest.

    ``text`` is the number as printed, empty where the target has none; ``sentence`` is its promise.
    """
    value, has_number = _value(text)
    clause = _clause(sentence, text) if has_number else sentence
    words = f"{subject or ''} {clause}"
    said = _Said(text, unit, comparator, role, words, sentence, value, has_number)
    return next((kind for rule in _RULES if (kind := rule(said)) is not None), "count")


def _value(text: str) -> tuple[Decimal | None, bool]:
    """The number in a text and whether there is one at all."""
    if _RANGE.search(text):
        return None, True
    found = _NUMBER.search(text)
    if found:
        return arabic_value(found[1], found[2]), True
    digits = re.search(f"[{CHINESE}]+", text)
    value = chinese_value(digits[0]) if digits else None
    return (None if value is None else Decimal(value)), value is not None


def _clause(sentence: str, text: str) -> str:
    """The clause of a sentence in which a number is printed; nothing where it is not found."""
    place = sentence.find(text)
    if place < 0:
        return text
    start = max((end.end() for end in _CLAUSE_END.finditer(sentence, 0, place)), default=0)
    after = _CLAUSE_END.search(sentence, place + len(text))
    return sentence[start : after.start() if after else len(sentence)]


def _without_number(said: _Said) -> Kind | None:
    """应补尽补, a standard to reach, works without a count, or a bare deed."""
    if said.has_number:
        return None
    if _COVERAGE.search(said.words):
        return "full_coverage"
    if _STANDARD.search(said.words) or _PAYS.search(said.words):
        return "standard"
    return "stages" if _WORKS.search(said.words) else "yes_no"


def _money_per_case(said: _Said) -> Kind | None:
    is_standard = said.role in ("standard", "share") or (
        said.role == "target" and _PER_CASE.search(said.unit)
    )
    return "standard" if is_standard else None


def _on_last_year(said: _Said) -> Kind | None:
    """增长8%, but not 提高到95%: a level reached is no growth."""
    if said.unit not in _RATES:
        return None
    grows = _GROWTH.search(said.words)
    return "growth" if grows and not _REACHES.search(said.words) else None


def _level(said: _Said) -> Kind | None:
    """A rate is kept above or below; so is any figure that is capped."""
    words = _NOT_LESS.sub("", said.words)
    capped = said.comparator in ("le", "lt") or (said.comparator in ("eq", "about") and _CAPS.search(words))
    if capped:
        return "at_most"
    return "at_least" if said.unit in _RATES else None


def _single_works(said: _Said) -> Kind | None:
    """One bridge has stages; four hundred of them are counted. What is counted in 座 is always built."""
    built = said.unit == "座" or _WORKS.search(said.words)
    return "stages" if said.value == _ONE and built else None


_RULES: tuple[Callable[[_Said], Kind | None], ...] = (
    _without_number,
    _money_per_case,
    _on_last_year,
    _level,
    _single_works,
)
