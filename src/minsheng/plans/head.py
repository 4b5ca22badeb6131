"""What the notice says of itself: title, region, year, issuer, number, date, how many projects it declares."""

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

from minsheng.kernel import gazetteer
from minsheng.plans.draft import Draft, Flow
from minsheng.plans.grammar.numerals import ordinal_value
from minsheng.plans.grammar.regions import mentions
from minsheng.plans.model import Head

_SUBJECT = re.compile(r"民生(?:实事|工程|工作|事项|项目|清单|目标)|办实事|为民|惠民|实事")
_KIND = re.compile(
    r"(?:通知|方案|要点|计划|清单|安排|意见|分解表|工程|实事|实事项目|公告|通告|汇编|报告)[!]?$"
)
_NO_TITLE = re.compile(
    r"[>。;]|^附件|^来源|^编辑|位置|^责任|登录|注册|发布|^各[市县区镇]|印发给|:$|首页|回复|查看|https?:"
)
_YEAR = re.compile(r"(20\d\d)\s*年")
_TOTAL = re.compile(
    r"([一二三四五六七八九十]{1,4}|\d{1,3})\s*(?:项|件|大|个)(?:重点|省级?|市级?|县级?|区级?|为民|民心|重大|惠民|政府)*(?:民生|实事|办实事|好事|工程)"
)
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,12}\s*(?:〔|\[|【)\s*20\d\d\s*(?:〕|\]|】)\s*第?\s*\d{1,4}\s*号")
_DATE = re.compile(r"(20\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_ISSUER_IN_TITLE = re.compile(r"^([\u4e00-\u9fff、\s]{4,60}?)(?:关于|印发)")
_RED_HEAD = re.compile(r"^([\u4e00-\u9fff、\s]{4,60})文件$")
_REPORTED = re.compile(r"(?:^|[,。日])([\u4e00-\u9fff、]{4,40}?)(?:日前|近日|联合)?(?:正式)?印发(?:了)?《")
_REPORTED_DAY = re.compile(r"(?<!\d)(\d{1,2})月(\d{1,2})日,?[\u4e00-\u9fff、]{4,40}?印发")
_SHAPED = re.compile(
    r"(?:^|[年《]|关于|印发)([\u4e00-\u9fff]{2,5}?(?:省|市|县|区|旗|州))(?=人民|民生|20\d\d|为民|惠民|十[大件项]|\d{1,3}[项件]|政府|重点|实施|[\u4e00-\u9fff]{0,6}办公室|委)"
)
"""A region the gazetteer does not know, by its place in a title."""
_OFFICE = re.compile(r"^[\u4e00-\u9fff、\s]{4,40}(?:办公室|人民政府|委员会|领导小组|局|厅|政府)$")


def read_head(draft: Draft) -> Draft:
    """Read the head from the paragraphs before the list and, for the date, from the lines around it."""
    first = next((i for i, flow in enumerate(draft.flows) if flow.marker is not None), len(draft.flows))
    opening = draft.flows[:first]
    title, title_line = _title(opening or draft.flows[:8])
    year = _year(title, opening, draft.flows)
    issuer = _issuer(title, opening, draft.flows)
    head = Head(
        title=title,
        region=_region(title, issuer, opening, draft),
        year=year,
        issuer=issuer,
        doc_number=_doc_number(opening),
        issued_on=_issued_on(opening, draft.flows, year),
        declared_total=_declared_total(title, opening),
        title_line=title_line,
    )
    return replace(draft, head=head)


def _title(opening: tuple[Flow, ...]) -> tuple[str | None, int]:
    best: tuple[int, str, int] | None = None
    for index, flow in enumerate(opening):
        text = _with_rest(opening, index)
        if _NO_TITLE.search(text.replace("关于印发", "")) or not 6 <= len(text) <= 90:
            continue
        score = (
            (index == 0)
            + bool(_TOTAL.search(text))
            + 3 * ("关于" in text and text.endswith("通知"))
            + 2 * bool(_YEAR.search(text))
        )
        score += 2 * bool(_SUBJECT.search(text)) + bool(_KIND.search(text))
        if score >= 3 and (best is None or score > best[0]):
            best = (score, text, flow.line)
    if best is None:
        return None, 1
    return _without_layout_spaces(best[1]), best[2]


def _with_rest(opening: tuple[Flow, ...], index: int) -> str:
    """A title over two or three lines (…关于印发 / 《…》的 / 通知) as one."""
    text = opening[index].text
    if text.startswith("关于") and index and _OFFICE.match(opening[index - 1].text):
        text = opening[index - 1].text + text
    if "关于" not in text or "通知" in text:
        return text
    whole = text
    for flow in opening[index + 1 : index + 4]:
        text += flow.text
        if text.endswith("通知"):
            return text
    return whole


def _without_layout_spaces(text: str) -> str:
    return re.sub(r"(?<=[^A-Za-z])\s+|\s+(?=[^A-Za-z])", "", text).strip()


def _year(title: str | None, opening: tuple[Flow, ...], flows: tuple[Flow, ...]) -> int | None:
    for text in (title or "", *(flow.text for flow in opening)):
        match = _YEAR.search(text)
        if match:
            return int(match.group(1))
    years = Counter(year for flow in flows for year in _YEAR.findall(flow.text))
    return int(years.most_common(1)[0][0]) if years else None


def _issuer(title: str | None, opening: tuple[Flow, ...], flows: tuple[Flow, ...]) -> str | None:
    for flow in opening:
        match = _RED_HEAD.match(flow.text)
        if match:
            return _without_layout_spaces(match.group(1))
    match = _ISSUER_IN_TITLE.match(title or "")
    if match:
        return _without_layout_spaces(match.group(1))
    for index, flow in enumerate(opening):
        reported = _REPORTED.search(flow.text)
        if reported:
            return reported.group(1)
        if _DATE.fullmatch(flow.text.strip()) and index and _OFFICE.match(opening[index - 1].text):
            return _without_layout_spaces(opening[index - 1].text)
    for office, date in pairwise(flows):
        if _DATE.fullmatch(re.sub(r"\s", "", date.text)) and _OFFICE.match(office.text):
            return _without_layout_spaces(office.text)
    return None


def _doc_number(opening: tuple[Flow, ...]) -> str | None:
    for flow in opening:
        match = _NUMBER.fullmatch(flow.text.strip().removeprefix("文号:").strip())
        if match:
            return re.sub(r"\s", "", match.group()).translate(str.maketrans("[]【】", "〔〕〔〕"))
    return None


def _issued_on(opening: tuple[Flow, ...], flows: tuple[Flow, ...], year: int | None) -> str | None:
    for flow in (*opening, *reversed(flows)):
        match = _DATE.fullmatch(re.sub(r"\s", "", flow.text).removesuffix("印发").strip("()"))
        if match:
            return f"{int(match[1]):04}-{int(match[2]):02}-{int(match[3]):02}"
    for flow in opening:
        reported = _REPORTED_DAY.search(flow.text)
        if reported and year:
            return f"{year:04}-{int(reported[1]):02}-{int(reported[2]):02}"
    return None


def _declared_total(title: str | None, opening: tuple[Flow, ...]) -> int | None:
    for text in (title or "", *(flow.text for flow in opening)):
        match = _TOTAL.search(text)
        if match:
            return ordinal_value(match.group(1))
    return None


def _region(title: str | None, issuer: str | None, opening: tuple[Flow, ...], draft: Draft) -> str | None:
    for text in (title or "", issuer or ""):
        name = _unlisted(text, _lowest(text)) or _by_short_name(text)
        if name:
            return name
    for text in (title or "", issuer or ""):
        shaped = _SHAPED.search(text)
        if shaped:
            return shaped.group(1)
    for flow in opening:
        name = _lowest(flow.text) if len(flow.text) <= 60 and not re.search("来源|作者", flow.text) else None
        if name:
            return name
    names = Counter(
        m.name for flow in opening for m in mentions(flow.text, None) if gazetteer.by_name(m.name)
    )
    if names:
        most = max(names.values())
        return _lowest(" ".join(name for name, count in names.items() if count == most))
    return _most_named(draft)


def _unlisted(text: str, known: str | None) -> str | None:
    """安丰县, which no table lists, is not 丰县: the longer name stands where the title names its region."""
    shaped = _SHAPED.search(text)
    if known is None or shaped is None or not shaped.group(1).endswith(known):
        return known
    above = shaped.group(1).removesuffix(known)
    return (
        known if not above or gazetteer.by_name(above) or gazetteer.by_short_name(above) else shaped.group(1)
    )


def _lowest(text: str) -> str | None:
    """The lowest division a text names: 淮北市烈山区 is 烈山区."""
    divisions = [d for m in mentions(text, None) for d in gazetteer.by_name(m.name)[:1] if d.level != "zone"]
    order = ("province", "prefecture", "county")
    return max(divisions, key=lambda d: order.index(d.level)).name if divisions else None


def _by_short_name(text: str) -> str | None:
    for length in (4, 3, 2):
        for start in range(len(text) - length + 1):
            for division in gazetteer.by_short_name(text[start : start + length]):
                if division.level in ("prefecture", "province"):
                    return division.name
    return None


def _most_named(draft: Draft) -> str | None:
    """With no name in the head: the division of the level whose offices the plan charges, named most often."""
    text = "\n".join(flow.text for flow in draft.flows)
    levels = Counter(re.findall(r"(?<=[:、,(])([省市县区])(?=[\u4e00-\u9fff]{1,10}[局委办厅会])", text))
    wanted = levels.most_common(1)[0][0] if levels else "市"
    names = Counter(
        m.name for m in mentions(text, None) if m.name.endswith(wanted) and gazetteer.by_name(m.name)
    )
    return names.most_common(1)[0][0] if names else None
