"""Deadlines and frequencies: 10月底前, 30日内, 每季度一次, 按月."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from minsheng.plans.grammar.numerals import chinese_value
from minsheng.plans.model import Comparator, Role


@dataclass(frozen=True, slots=True)
class Moment:
    """A deadline or a frequency at ``start:end`` of a text.

    ``counted`` says that it states how many times (每季一调度): a form so firm that it counts in quotation
    marks too.
    """

    start: int
    end: int
    value: Decimal
    unit: str
    comparator: Comparator
    role: Role
    value_hi: Decimal | None = None
    counted: bool = False


_N = r"\d{1,3}(?:\.\d)?|[一二两三四五六七八九十半]{1,3}"
_YEAR = r"(?:(?:20\d\d\s*年|当年|今年|本年度?|全?年)?\s*)"
_BY = r"(?:之前|以前|前)"
_MONTH = re.compile(
    rf"(?:20\d\d\s*年\s*)?(?<!\d)(?P<month>1[0-2]|0?[1-9])\s*月\s*(?:份)?"
    rf"(?P<part>\d{{1,2}}\s*日|底|末|初|上旬|中旬|下旬)?\s*(?P<by>{_BY})?"
)
_YEAR_END = re.compile(
    rf"(?:20\d\d\s*年\s*|今年|全年|当年|年)(?:年)?(?P<part>底|末|终)(?P<by>{_BY})?(?!考|目标)"
)
_WITHIN = re.compile(
    rf"(?P<n>{_N})(?:-(?P<hi>{_N}))?\s*个?\s*(?P<unit>工作日|日|天|周|月|年|小时)(?P<in>(?:合理)?工期内|以?内|之内)"
)
_PERIOD = re.compile(
    rf"(?:为期(?P<n1>{_N})个?(?P<u1>年|月|天|周)|(?P<n2>{_N})(?:-(?P<hi>{_N}))?年?(?P<u2>年)"
    r"(?:时间|(?:[\u4e00-\u9fff]{0,4})(?:工期|建设周期|建设期)(?P<within>内)?))"
    r"|(?P<half>半)(?P<u3>年)时间"
)
_START = re.compile(r"(?:自|从|较|比|截至|截止|与|同)(?:到)?\s*$")
_ACTION = r"(?:完成|办结|拨付|到位|发放|支付|办理|答复|整改|建成|反馈|上报|报送|交付|投入)"

_EVERY = re.compile(
    r"每(?P<unit>个?季度|个?月|半年|学期|学年|季|周|旬|年|天|日)"
    r"(?:(?P<gap>[^,。;:、每\d]{0,8}?)(?P<n>一|1|两|2|三|3|四|4|\d+)\s*(?P<what>次|期|调度|通报|考核|调整|报告?|会商|督查|评比|排名|小结))?"
)
_PAY = re.compile(r"(?:的)?(?:工资|补贴|津贴|收入|租金|标准|生活费|报酬|支出|底)")
"""每月工资 says what is paid, not how often something is done."""
_ALREADY = re.compile(r"(?P<unit>半年)(?P<n>一|1)(?P<what>考核|调度|通报|督查|评比|小结)")
_BY_UNIT = re.compile(r"按(?P<unit>季度|季|月|周|旬|日)(?!份|历|照)(?P<what>[\u4e00-\u9fff]{0,2})")
_LISTED = re.compile(r"(?P<unit>日|周|旬|月|季|年)(?P<what>调度|通报|协调|报告|会商|考核|督查|研判|清零)")
_ONCE = re.compile(r"只[\u4e00-\u9fff]{0,4}一次")
_MONTHLY_UNIT = {"季": "季度", "个月": "月", "个季度": "季度", "天": "日"}


def _number(text: str) -> Decimal:
    if text == "半":
        return Decimal("0.5")
    return Decimal(text) if text[0].isdigit() else Decimal(chinese_value(text) or 0)


def deadlines(text: str) -> Iterator[Moment]:
    """Points and spans of time by which something is due. A start (自7月起) or a mere year is none."""
    yield from points(text)
    spans = list(_spans(text))
    for index, span in enumerate(spans):
        if not any(span.start < other.end and other.start < span.end for other in spans[:index]):
            yield span


def points(text: str) -> Iterator[Moment]:
    """Days and month ends by which something is due; the value is the month."""
    for match in _MONTH.finditer(text):
        dated = match["part"] is not None and "日" in match["part"]
        if not match["by"] and not (match["part"] in ("底", "末", "中旬", "上旬", "下旬") or dated):
            continue
        if _START.search(text[: match.start()]) or re.match(r"\s*(?:起|开始|印发|召开)", text[match.end() :]):
            continue
        by = match["by"] or text[: match.start()].rstrip().endswith(("不晚于", "不迟于"))
        comparator: Comparator = "le" if by else "eq"
        yield Moment(match.start(), match.end(), Decimal(match["month"]), "月", comparator, "deadline")
    for match in _YEAR_END.finditer(text):
        if _START.search(text[: match.start()]):
            continue
        comparator = "le" if match["by"] else "eq"
        yield Moment(match.start(), match.end(), Decimal(12), "月", comparator, "deadline")


def _spans(text: str) -> Iterator[Moment]:
    for match in _WITHIN.finditer(text):
        after = text[match.end() : match.end() + 10]
        if (
            "工期" in match["in"]
            or re.search(_ACTION, after)
            or re.search(r"(?:应|须|在)[于在]?$", text[: match.start()])
        ):
            high = _number(match["hi"]) if match["hi"] else None
            yield Moment(
                match.start(), match.end(), _number(match["n"]), match["unit"], "le", "deadline", high
            )
    for match in _PERIOD.finditer(text):
        number = match["n1"] or match["n2"] or match["half"]
        unit = match["u1"] or match["u2"] or match["u3"]
        high = _number(match["hi"]) if match["hi"] else None
        yield Moment(
            match.start(),
            match.end(),
            _number(number),
            unit,
            "le" if match["within"] else "eq",
            "deadline",
            high,
        )


def frequencies(text: str, counted: list[tuple[int, int, str]]) -> Iterator[Moment]:
    """How often something happens.

    ``counted`` are the quantities already read as (start, end, unit): 每年 before one of them in the same
    clause only scopes it, and 每月 inside one is what it is paid per.
    """
    for match in _EVERY.finditer(text):
        unit = match["unit"].removeprefix("个")
        if match["n"]:
            value = chinese_value(match["n"]) if not match["n"].isdigit() else int(match["n"])
            comparator: Comparator = "ge" if re.search("至少|不少于", match["gap"]) else "eq"
            yield Moment(
                match.start(),
                match.end(),
                Decimal(value or 1),
                _per(unit),
                comparator,
                "frequency",
                counted=True,
            )
            continue
        if _scopes_a_number(text, match.end(), match.start(), counted):
            continue
        if _PAY.match(text[match.end() :]):
            continue
        if unit in ("年", "学年") and not re.match(
            r"(?:年初|年底|年末|调整|更新|公布|评)", text[match.end() :]
        ):
            continue
        end = match.end() + (2 if text[match.end() : match.end() + 2] == "年初" else 0)
        yield Moment(match.start(), end, Decimal(1), _per(unit), "eq", "frequency")
    for match in _ALREADY.finditer(text):
        if text[match.start() - 1 : match.start()] != "每":
            yield Moment(
                match.start(), match.end(), Decimal(1), _per("半年"), "eq", "frequency", counted=True
            )
    for match in _BY_UNIT.finditer(text):
        end = match.end() if match["what"] == "通报" else match.end("unit")
        yield Moment(match.start(), end, Decimal(1), _per(match["unit"]), "eq", "frequency")
    listed = [m for m in _LISTED.finditer(text) if text[m.start() - 1 : m.start()] not in "每按一第半"]
    for match in listed:
        if any(other is not match and _side_by_side(text, match, other) for other in listed):
            yield Moment(match.start(), match.end(), Decimal(1), _per(match["unit"]), "eq", "frequency")
    for match in _ONCE.finditer(text):
        yield Moment(match.start(), match.end(), Decimal(1), "次", "le", "frequency")


def _per(unit: str) -> str:
    return "次/" + _MONTHLY_UNIT.get(unit, unit)


def _scopes_a_number(text: str, after: int, start: int, counted: list[tuple[int, int, str]]) -> bool:
    stop = re.search(r"[,。;]", text[after:])
    limit = after + stop.start() if stop else len(text)
    return any(begin <= start < end or after <= begin < limit for begin, end, _ in counted)


def _side_by_side(text: str, one: re.Match[str], other: re.Match[str]) -> bool:
    first, second = sorted((one, other), key=lambda m: m.start())
    return text[first.end() : second.start()] in ("、", ",", "和", "及")
