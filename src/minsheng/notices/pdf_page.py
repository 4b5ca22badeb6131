"""One page of a PDF: its characters and ruling lines by place, its characters grouped into printed lines.

Places are points from the top left corner of the page as it is shown.
"""

import ctypes
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter

import pypdfium2
import pypdfium2.raw as pdfium

MOST_CHARACTERS = 300_000
_MOST_SEGMENTS = 4000
_MOST_OBJECTS = 20_000

Char = tuple[float, float, float, float, str, float]
"""Left, top, right, bottom, the character, and how far down the line is that it stands on.

The box may hug the sign: that of 一 or of a quotation mark says nothing of the line. The last number does.
"""

Edge = dict[str, float | str]
"""A ruling line as the table finder takes it."""

_Place = Callable[[float, float], tuple[float, float]]


class PageTooLargeError(Exception):
    """More characters than any page holds."""


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line. ``size`` is the width of a Chinese character, ``head`` that of its first word."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    head: float


def page_size(page: pypdfium2.PdfPage) -> tuple[float, float]:
    """Width and height of the page as it is shown."""
    width, height = page.get_size()
    return float(width), float(height)


def _placing(page: pypdfium2.PdfPage) -> _Place:
    """From the page's own coordinates to places on the page as it is shown."""
    width, height = page_size(page)
    turn = page.get_rotation()
    if turn == 90:
        return lambda x, y: (y, x)
    if turn == 180:
        return lambda x, y: (width - x, y)
    if turn == 270:
        return lambda x, y: (width - y, height - x)
    return lambda x, y: (x, height - y)


def page_chars(page: pypdfium2.PdfPage) -> list[Char]:
    """The characters of a page with their places. Blanks that the file holds are kept, no others."""
    place = _placing(page)
    text_page = page.get_textpage()
    try:
        raw = text_page.raw
        count = pdfium.FPDFText_CountChars(raw)
        if count > MOST_CHARACTERS:
            raise PageTooLargeError
        chars: list[Char] = []
        box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        pending = 0
        for index in range(count):
            code = pdfium.FPDFText_GetUnicode(raw, index)
            if 0xD800 <= code < 0xDC00:
                pending = code
                continue
            if 0xDC00 <= code < 0xE000:
                code = 0x10000 + ((pending - 0xD800) << 10) + (code - 0xDC00) if pending else 0
            pending = 0
            if code < 0x20 or code in {0xFFFE, 0xFFFF} or code > 0x10FFFF:
                continue
            if code in {0x20, 0xA0, 0x3000} and pdfium.FPDFText_IsGenerated(raw, index):
                continue
            if not pdfium.FPDFText_GetLooseCharBox(raw, index, ctypes.byref(box)):
                continue
            (x0, y0), (x1, y1) = place(box.left, box.top), place(box.right, box.bottom)
            pdfium.FPDFText_GetCharOrigin(raw, index, ctypes.byref(x), ctypes.byref(y))
            base = place(x.value, y.value)[1]
            chars.append((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1), chr(code), base))
        return chars
    finally:
        text_page.close()


def page_edges(page: pypdfium2.PdfPage) -> list[Edge]:
    """The horizontal and vertical ruling lines of a page; none where it is a drawing rather than a table."""
    place = _placing(page)
    edges: list[Edge] = []
    for number, part in enumerate(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3)):
        if number > _MOST_OBJECTS or len(edges) > _MOST_SEGMENTS:
            return []
        edges += _path_edges(part, place)
    return edges


def _path_edges(part: pypdfium2.PdfObject, place: _Place) -> list[Edge]:
    count = pdfium.FPDFPath_CountSegments(part.raw)
    if not 2 <= count <= _MOST_SEGMENTS:
        return []
    matrix = part.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    edges: list[Edge] = []
    begin = last = (0.0, 0.0)
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(part.raw, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = place(*matrix.on_point(x.value, y.value))
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            begin = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            edges += _edge(last, point)
        last = point
        if pdfium.FPDFPathSegment_GetClose(segment):
            edges += _edge(last, begin)
    return edges


def _edge(one: tuple[float, float], two: tuple[float, float]) -> list[Edge]:
    """The line between two points, if it is level or upright and longer than a comma."""
    across, down = abs(one[0] - two[0]), abs(one[1] - two[1])
    if min(across, down) > 1 or max(across, down) < 4:
        return []
    x0, x1 = sorted((one[0], two[0]))
    top, bottom = sorted((one[1], two[1]))
    if across > down:
        top = bottom = (top + bottom) / 2
    else:
        x0 = x1 = (x0 + x1) / 2
    return [
        {"x0": x0, "x1": x1, "top": top, "bottom": bottom, "orientation": "h" if across > down else "v",
         "width": x1 - x0, "height": bottom - top, "doctop": top, "object_type": "line"}
    ]  # fmt: skip


def printed_lines(chars: Iterable[Char]) -> list[Line]:
    """Characters to lines from top to bottom, each from left to right."""
    rows: list[list[Char]] = []
    base = height = 0.0
    for char in sorted(chars, key=itemgetter(5)):
        height = max(height, char[3] - char[1])
        if rows and char[5] - base <= 0.4 * max(1.0, height):
            rows[-1].append(char)
        else:
            rows.append([char])
            base, height = char[5], char[3] - char[1]
    return [line for row in rows if (line := _line(row)) is not None]


def _line(row: list[Char]) -> Line | None:
    row.sort(key=itemgetter(0))
    seen = [char for char in row if not char[4].isspace()]
    if not seen:
        return None
    size = _size(seen)
    text = "".join(_with_gaps(row, size)).strip()
    head = _head(seen)
    return Line(
        text,
        seen[0][0],
        min(c[1] for c in seen),
        max(c[2] for c in seen),
        max(c[3] for c in seen),
        size,
        head,
    )


def _size(seen: Sequence[Char]) -> float:
    """The width of a Chinese character in this line; the height where it has none."""
    widths = sorted(c[2] - c[0] for c in seen if "\u4e00" <= c[4] <= "\u9fff")
    if not widths:
        widths = sorted(c[3] - c[1] for c in seen)
    return max(1.0, widths[len(widths) // 2])


def _with_gaps(row: list[Char], size: float) -> Iterable[str]:
    """The characters; a gap of two characters and more parts columns, one between Latin words is a blank."""
    end: float | None = None
    before = ""
    for left, _, right, _, char, _ in row:
        if char.isspace():
            if before and before not in " \t":
                before = " "
                yield before
            continue
        gap = 0.0 if end is None else left - end
        if end is not None and gap < -0.7 * size and char == before:
            continue  # printed twice, a hair apart, to look bold
        if gap > 2.4 * size:
            yield "\t"
        elif (
            before.isascii() and char.isascii() and before.isalnum() and char.isalnum() and gap > 0.22 * size
        ):
            yield " "
        yield char
        before, end = char, right


def _head(seen: Sequence[Char]) -> float:
    """The width of what cannot be parted at the start of a line: a character, or a word of Latin letters."""
    end = 1
    if seen[0][4].isascii():
        while end < len(seen) and seen[end][4].isascii() and not seen[end][4].isspace():
            end += 1
    while end < len(seen) and seen[end][4] in "，。、；：！？）》”’%":
        end += 1
    return seen[min(end, len(seen)) - 1][2] - seen[0][0]
