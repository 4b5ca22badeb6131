"""A PDF to messages of its lines, page after page, within the memory that one page takes."""

from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from minsheng.kernel.problem import Problem
from minsheng.kernel.source import Source
from minsheng.notices.pdf_layout import Page, text_lines
from minsheng.notices.pdf_page import (
    Line,
    PageTooLargeError,
    page_chars,
    page_edges,
    page_size,
    printed_lines,
)
from minsheng.notices.pdf_tables import RuledTable, outside, ruled_tables

MOST_PAGES = 5000
_BATCH = 500


def messages(job: str, path: str) -> Iterator[dict[str, Any]]:
    """Progress after every page, then the lines, then what is in doubt."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as fault:
        code = "encrypted_file" if "password" in str(fault).lower() else "damaged_file"
        yield {"refusal": code, "facts": {}}
        return
    total = len(document)
    if total > MOST_PAGES:
        yield {"refusal": "unpacks_too_large", "facts": {}}
        return
    pages: list[Page] = []
    damaged: list[int] = []
    pictured: list[int] = []
    for index in range(total):
        try:
            page, is_picture = _page(document, index, tables=job == "pdf")
        except pypdfium2.PdfiumError:
            damaged.append(index + 1)
        except PageTooLargeError:
            yield {"refusal": "unpacks_too_large", "facts": {}}
            return
        else:
            pages.append(page)
            if is_picture:
                pictured.append(index + 1)
        yield {"progress": [index + 1, total]}
    yield from _told(pages, damaged, pictured)


def _told(pages: list[Page], damaged: list[int], pictured: list[int]) -> Iterator[dict[str, Any]]:
    lines = list(text_lines(pages))
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    if not lines:
        code = "ocr_missing" if pictured else "no_text" if pages else "damaged_file"
        yield {"refusal": code, "facts": {}}
        return
    for start in range(0, len(lines), _BATCH):
        yield {"lines": lines[start : start + _BATCH]}
    for problem in _doubts(damaged, pictured, lines):
        yield {"problem": problem}


def _page(document: pypdfium2.PdfDocument, index: int, *, tables: bool) -> tuple[Page, bool]:
    """What stands on a page, and whether it has a picture and no text."""
    page = document[index]
    try:
        chars = page_chars(page)
        if not any(not char[4].isspace() for char in chars):
            pictures = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3)
            return Page(*page_size(page), ()), next(iter(pictures), None) is not None
        found = ruled_tables(chars, page_edges(page)) if tables else []
        lines = printed_lines(outside(chars, found))
        items: list[Line | RuledTable] = [*lines, *found]
        items.sort(key=lambda item: item.top if isinstance(item, Line) else item.box[1])
        return Page(*page_size(page), tuple(items)), False
    finally:
        page.close()


def _doubts(damaged: list[int], pictured: list[int], lines: list[str]) -> Iterator[Problem]:
    """What of the pages was not read."""
    last = Source(len(lines), 0, len(lines[-1]))
    if damaged:
        yield Problem(
            code="damaged_page",
            severity="warning",
            message=f"PDF 的第 {_numbers(damaged)} 页已损坏，没有读到：请重新下载完整的文件。",
            sources=(last,),
        )
    if pictured:
        yield Problem(
            code="page_without_text",
            severity="warning",
            message=f"PDF 的第 {_numbers(pictured)} 页只有图像、没有文字，没有读到："
            "请对照原件核对这几页，必要时改用电子文本。",
            sources=(last,),
        )


def _numbers(pages: list[int]) -> str:
    return "、".join(map(str, pages[:10])) + (" 等" if len(pages) > 10 else "")
