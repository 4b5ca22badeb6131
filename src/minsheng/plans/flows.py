"""Lines to paragraphs: full-width marks normalised, page furniture out, lines cut by a page break joined."""

import re
from dataclasses import replace

from minsheng.plans.columns import listed_columns
from minsheng.plans.draft import Draft, Flow, Piece
from minsheng.plans.grammar.markers import ANNEX, Marker, label_of, marker_of
from minsheng.plans.grammar.rows import ROW
from minsheng.plans.grammar.traditional import simplified

# One character to one character, so that every offset stays what it was.
_HALF_WIDTH = {ord(full): half for full, half in zip(
    "，：；（）％．～〜\u223c—–－―−\u2010＋×／＝＞＜﹪　\xa0\u2002\u2003\u200b＂［］｜",
    ',:;()%.~~~------+×/=><%     "[]|', strict=True,
)}  # fmt: skip
_HALF_WIDTH.update({0xFF10 + i: chr(0x30 + i) for i in range(10)})
_HALF_WIDTH.update({0xFF21 + i: chr(0x41 + i) for i in range(26)})
_HALF_WIDTH.update({0xFF41 + i: chr(0x61 + i) for i in range(26)})
_HALF_WIDTH[ord("・")] = _HALF_WIDTH[ord("•")] = _HALF_WIDTH[ord("‧")] = "·"
_HALF_WIDTH[ord("﹒")] = "."

_TORTOISE = re.compile(r"〔([\u4e00-\u9fff][^〔〕]*)〕")
"""〔责任单位：…〕 is a bracket like any other; 〔2021〕 is part of a document number."""
_NOISE = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü\u0261]{1,6}\)|@@+")
"""What copying sites strew over a text: the sound of a character in brackets, @@."""
_PAGE_NUMBER = re.compile(
    r"\s*(?:-+\s*)?(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/共]\s*\d{1,4}\s*页?)?(?:\s*-+)?\s*$"
)
_ENDED = re.compile(r"[。！？!?;；:：)）”』」】》…]\s*$")
_DIGITS_FIRST = re.compile(r"(\d{1,2})[.](?=\d)")
_BARE_NUMBER = re.compile(r"0?(\d{1,3})[、.]?")
_FEWEST_BARE = 3
_ATTACHMENT = re.compile(r"\s*\(\s*[\u4e00-\u9fff]{0,8}(?:单位|部门|负责|任务|领导|认定|自定)")


def half_width(text: str) -> str:
    """Full-width digits, letters and marks as half-width ones, one character for one."""
    return text.translate(_HALF_WIDTH)


_LONGEST = 4000
"""Characters after which no further line is joined: nobody writes such a paragraph, damage does."""


def normalise(draft: Draft) -> Draft:
    """Full-width digits and marks become half-width, traditional characters simplified: one for one."""
    lines = (half_width(line) for line in simplified(draft.document.lines))
    return replace(draft, lines=tuple(_TORTOISE.sub(_round, line) for line in lines))


def _round(match: re.Match[str]) -> str:
    return f"({match.group(1)})"


def find_flows(draft: Draft) -> Draft:
    """Group the lines into paragraphs (``flows``) and runs of table rows (``table_lines``)."""
    flows: list[Flow] = []
    tables: list[list[int]] = []
    bare = bare_numbers(draft.lines)
    in_plan = False
    previous_row = -9
    for index, line in enumerate(draft.lines):
        number = index + 1
        text = line.strip(" \t\r\f\v")
        if text and not _NOISE.sub("", text).strip():
            continue
        if ROW.search(line):
            if number - previous_row > 1:
                tables.append([])
            tables[-1].append(number)
            previous_row = number
            continue
        if number in bare:
            heading = Marker("bare", bare[number], len(text))
            flows.append(Flow(text, (Piece(number, line.find(text), len(text), 0),), heading))
            in_plan = True
            continue
        if not text or (_PAGE_NUMBER.match(text) and not in_plan) or _is_page_number(text):
            continue
        if number - previous_row == 1 and "\t" in draft.lines[index - 1] and _is_cut_row(text):
            # A wrapped or merged row that lost its tabs still belongs to the table.
            tables[-1].append(number)
            previous_row = number
            continue
        start = len(line) - len(line.lstrip(" \t\r\f\v"))
        marker = marker_of(_NOISE.sub("", text)) or _next_item(text, flows)
        if in_plan and flows and _goes_on(flows[-1], text, marker is not None):
            flows[-1] = _joined(flows[-1], number, start, text)
            continue
        in_plan = in_plan or marker is not None
        flows.append(_flow(number, start, text, marker))
    return replace(
        draft,
        flows=tuple(flows),
        table_lines=tuple(tuple(rows) for rows in tables),
        columns=listed_columns(draft.lines) if bare else (),
    )


def bare_numbers(lines: tuple[str, ...]) -> dict[int, int]:
    """Lines that are nothing but the next number of a list (1, 2, 3 … each above its text), by line."""
    found: dict[int, int] = {}
    expected, text_between = 1, True
    for number, line in enumerate(lines, 1):
        text = line.strip()
        match = _BARE_NUMBER.fullmatch(text)
        if match and text_between and int(match.group(1)) in (expected, 1):
            found[number] = int(match.group(1))
            expected, text_between = int(match.group(1)) + 1, False
        elif text and not match:
            text_between = True
    return found if len(found) >= _FEWEST_BARE else {}


def _next_item(text: str, flows: list[Flow]) -> Marker | None:
    """2.60周岁以上… after item 1 is item 2 and an age, not 2.6: only what stands before can tell."""
    match = _DIGITS_FIRST.match(text)
    last = next((flow.marker for flow in reversed(flows) if flow.marker is not None), None)
    if match is None or last is None or last.style != "ar" or int(match.group(1)) != last.number + 1:
        return None
    return Marker("ar", last.number + 1, match.end()) if _ENDED.search(flows[-1].text) else None


def _is_cut_row(text: str) -> bool:
    return len(text) < 40 and not marker_of(text) and not ANNEX.match(text)


def _is_page_number(text: str) -> bool:
    return bool(re.fullmatch(r"-+\s*\d{1,4}\s*-+|第\s*\d+\s*页.{0,10}", text))


def _goes_on(flow: Flow, text: str, marked: bool) -> bool:
    """Whether ``text`` is the rest of a paragraph that a page or line break cut."""
    before = flow.text
    if len(before) > _LONGEST:
        return False
    if flow.marker is not None and flow.marker.style == "bare":
        return flow.marker.length == len(before) or _open_bracket(before)
    if flow.marker is None and len(flow.pieces) == 1 and len(before) < 20:
        return False
    if ANNEX.match(text) or ANNEX.match(before):
        return False
    if _open_bracket(before):
        lost = before.rstrip().endswith("。") or len(before) - before.rfind("(") > 60
        return not (marked and lost)
    if marked or _ENDED.search(before) or label_of(text) or _ATTACHMENT.match(text):
        return False
    return not _is_heading(flow)


def _is_heading(flow: Flow) -> bool:
    """A short marked line without a mark inside: a heading, complete as it stands."""
    body = flow.text[flow.marker.length :] if flow.marker else flow.text
    label = label_of(flow.text)
    if label and body[label[1] :]:
        return False
    if flow.marker is not None and flow.marker.style in ("cn", "part") and len(body) <= 40:
        return True
    return len(body) <= 30 and not re.search(r"[,。;、]|\d\s*$", body)


def _open_bracket(text: str) -> bool:
    return text.count("(") > text.count(")")


def _flow(number: int, start: int, text: str, marker: Marker | None) -> Flow:
    return _joined(Flow("", (), marker), number, start, text)


def _joined(flow: Flow, number: int, start: int, text: str) -> Flow:
    """The paragraph with one more line; noise in it is passed over, so its pieces may have gaps."""
    pieces, joined, begin = list(flow.pieces), flow.text, 0
    gaps = [match.span() for match in _NOISE.finditer(text)] if _NOISE.search(text) else []
    for left, right in (*gaps, (len(text), len(text))):
        if left > begin:
            pieces.append(Piece(number, start + begin, left - begin, len(joined)))
            joined += text[begin:left]
        begin = right
    return Flow(joined, tuple(pieces), flow.marker)
