"""Who is responsible: units in brackets, on lines of their own or named at the end of a sentence."""

import re
from dataclasses import dataclass

from minsheng.plans.grammar.markers import label_kind, label_of
from minsheng.plans.model import Status

_ROLE = (
    r"(?P<role>(?:主要|市级|区级|县级)?(?:牵头|责任|主办|负责|承办|实施|协同|配合|协办|参与|协作|参加|协助)"
    r"(?:责任)?(?:单位|部门))\s*[:：]?"
)
_PART = re.compile(_ROLE)
_BRACKET = re.compile(
    rf"\(\s*(?={_ROLE.replace('?P<role>', '?:')}|[^()]{{2,40}}?[:：][^()]{{1,60}}?{_ROLE.replace('?P<role>', '?:')[:-1]})"
    r"[^()]*(?:\([^()]*\)[^()]*)*\)"
)
_NEXT_LABEL = re.compile(r"[;,。、\s]\s*[\u4e00-\u9fff]{2,8}\s*[:：]")
"""完成时限：, 责任领导：: where the units before it end."""
_IN_CHARGE = re.compile(r"\(\s*([^()]{2,60}?)\s*(?:牵头)?负责\s*\)")
_LED_AND_HELPED = re.compile(
    r"\(\s*([^()]{2,60}?)\s*牵头\s*[,、;]\s*([^()]{2,80}?)\s*(?:等)?(?:配合|协同|参与|协助)\s*\)"
)
_BY = re.compile(
    r"(?:由|(?<=^)|(?<=:))([^。;:()由]{2,80}?)牵头(?:负责|落实)?[,、]?(?:(?:会同|联合)?([^。;()牵]{2,160}?)(?:配合|参与|协助|负责|落实|等)+)?(?=[。;]|$)"
)
"""由甲局牵头，会同乙局落实; 部门分工：甲局牵头，乙局配合。"""
_DIVISION = re.compile(r"^\s*(?:部门|责任|职责|任务)分工\s*:\s*")
_SENTENCE_OF_UNITS = re.compile(
    r"(?:^|(?<=[。;]))\s*(?P<lead>[^。;()牵]{2,60}?)(?:牵头(?:负责)?[,、]\s*(?P<help>[^。;()]{2,120}?)(?:配合|参与|协助|协同)|(?:牵头)?负责)(?=[。;]|$)"
)
"""省人社厅牵头，省教育厅、省财政厅配合。 and 市交通局负责。 as sentences of their own."""
_AT_THE_END = re.compile(rf"{_ROLE.replace('?P<role>', '?:')[:-1]}[^。]{{2,200}}")
_STATUS_BRACKETS: tuple[tuple[Status, re.Pattern[str]], ...] = (
    ("upper_level", re.compile(r"\(\s*(?:此项|本项)?属?于?\s*(?:省|市|国家|上)级?(?:级)?任务\s*\)")),
    ("no_task", re.compile(r"\([^()]{0,10}无(?:此项)?任务[^()]{0,4}\)")),
    ("pending", re.compile(r"\([^()]{0,8}待(?:认定|定|明确|下达)[^()]{0,4}\)")),
    ("local", re.compile(r"\([^()]{0,8}自定[^()]{0,4}\)")),
)
_SEPARATORS = re.compile(r"[、,，;；\s]+|(?<=[局委办会院]) (?=[市县区省])")
_TRAILING = re.compile(r"(?:等(?:单位|部门)?|按职责分工负责|分别负责|负责)$")


@dataclass(frozen=True, slots=True)
class Responsibility:
    """Units named for a project, in the order of the text, and its status."""

    lead_units: tuple[str, ...]
    cooperating_units: tuple[str, ...]
    status: Status


def names_units(text: str) -> bool:
    """Whether the text says who is responsible or that the task is not ours."""
    patterns = (_BRACKET, _IN_CHARGE, _LED_AND_HELPED, _AT_THE_END, _DIVISION)
    sentence = _SENTENCE_OF_UNITS.search(text)
    if sentence and looks_like_units(sentence["lead"]):
        return True
    return bool(any(pattern.search(text) for pattern in patterns) or _status(text) or _is_labelled(text))


_UNIT_NAME = re.compile(
    r"[\u4e00-\u9fff()]{1,24}(?:局|委|办|办公室|会|院|厅|公司|中心|政府|支队|大队|总队|联|部|署|行|所|处|集团|街道|镇|乡|区|县|学校"
    r"|单位|部门|委员会|管委会|编办|残联|妇联|团委|供销社)(?:\([^()]*\))?"
)


def looks_like_units(text: str) -> bool:
    """Whether a whole line is a list of units: 市教育局、市卫健委,各县(市、区)政府."""
    text = text.strip()
    if not 3 <= len(text) <= 160 or re.search(r"[\d。:“”《》]", text):
        return False
    names = units_in(text)
    return bool(names) and all(_UNIT_NAME.fullmatch(name) for name in names)


def responsibility(texts: tuple[str, ...], category_status: Status) -> Responsibility:
    """Lead and cooperating units and status from a project's statement paragraphs."""
    lead: list[str] = []
    cooperating: list[str] = []
    for text in texts:
        named = _parts(text) if _is_labelled(text) else []
        named += [part for bracket in _BRACKET.finditer(text) for part in _parts(bracket.group()[1:-1])]
        plain = mask_responsibility(text)
        by = _DIVISION.sub("", plain) if _DIVISION.match(plain) else plain if "由" in plain else ""
        for match in _BY.finditer(by):
            named.append(("lead", units_in(match.group(1))))
            named.append(("cooperating", units_in(match.group(2) or "")))
        for match in _SENTENCE_OF_UNITS.finditer(plain):
            if looks_like_units(match["lead"]):
                named.append(("lead", units_in(match["lead"])))
                named.append(("cooperating", units_in(match["help"] or "")))
        if not named:
            named += [part for match in _AT_THE_END.finditer(plain) for part in _parts(match.group())]
        for kind, names in named:
            (lead if kind == "lead" else cooperating).extend(names)
        for match in _LED_AND_HELPED.finditer(text):
            lead.extend(units_in(match.group(1)))
            cooperating.extend(units_in(match.group(2)))
        for match in _IN_CHARGE.finditer(text):
            lead.extend(units_in(match.group(1)))
    status = next((found for text in texts if (found := _status(text))), category_status)
    return Responsibility(_unique(lead), _unique(cooperating), status)


def cut_responsibility(text: str) -> str:
    """The text without its brackets of units and status."""
    for pattern in (_BRACKET, _IN_CHARGE, _LED_AND_HELPED, *(pattern for _, pattern in _STATUS_BRACKETS)):
        text = pattern.sub("", text)
    return text.strip()


def mask_responsibility(text: str) -> str:
    """The text with the units and the status blanked: every offset stays, and so does a deadline beside them."""

    def blank(match: re.Match[str]) -> str:
        body = match.group()
        for _, start, end in _segments(body):
            body = body[:start] + " " * (end - start) + body[end:]
        return body

    text = _BRACKET.sub(blank, text)
    for _, pattern in _STATUS_BRACKETS:
        text = pattern.sub(lambda match: " " * len(match.group()), text)
    return text


def units_in(text: str) -> list[str]:
    """Names in a list of units; 等 and 负责 at the end are no part of a name."""
    text = _protect_brackets(text.strip().rstrip("。)").lstrip("("))
    names = []
    for part in _SEPARATORS.split(text):
        name = _TRAILING.sub("", part.replace("\x00", "、").strip().strip("。"))
        if len(name) >= 2:
            names.append(name)
    return names


def _protect_brackets(text: str) -> str:
    """各县(市、区)政府 is one name: the 、 inside brackets does not part it."""
    if text.count("(") > text.count(")"):
        text += ")"
    return re.sub(r"\([^()]*\)", lambda m: m.group().replace("、", "\x00"), text)


def _parts(body: str) -> list[tuple[str, list[str]]]:
    """牵头单位:甲局;配合单位:乙局 by kind (``lead`` or ``cooperating``)."""
    parts = []
    segments = _segments(body)
    roles = [body[start:end] for _, start, end in segments]
    has_lead = any(re.match(r"\s*\S{0,2}(?:牵头|主办)", role) for role in roles)
    for (kind, _, _), role in zip(segments, roles, strict=True):
        mark = _PART.match(role.lstrip())
        names = role.lstrip()[mark.end() :] if mark else role
        marked = [unit for unit in units_in(names) if unit.endswith("(牵头)")]
        if marked:
            # 市园林局(牵头)、市城管局: the bracket says who of them leads.
            parts.append(("lead", [unit.removesuffix("(牵头)") for unit in marked]))
            parts.append(("cooperating", [unit for unit in units_in(names) if unit not in marked]))
            continue
        helps = has_lead and kind == "lead" and not re.match(r"\s*\S{0,2}(?:牵头|主办)", role)
        # Beside a 牵头单位, a 责任单位 is one that helps.
        parts.append(("cooperating" if helps else kind, units_in(names)))
    return parts


def _segments(body: str) -> list[tuple[str, int, int]]:
    """Kind and span of each list of units, its role word included."""
    marks = list(_PART.finditer(body))
    found = []
    for index, mark in enumerate(marks):
        end = marks[index + 1].start() if index + 1 < len(marks) else len(body)
        other = _NEXT_LABEL.search(body, mark.end(), end)
        end = other.start() if other else end
        if body[:1] == "(" and end == len(body):
            end -= 1
        found.append((label_kind(mark.group("role")), mark.start(), end))
    return found


def _is_labelled(text: str) -> bool:
    label = label_of(text)
    return label is not None and label_kind(label[0]) in ("lead", "cooperating")


def _status(text: str) -> Status | None:
    for status, pattern in _STATUS_BRACKETS:
        if pattern.search(text):
            return status
    return None


def _unique(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
