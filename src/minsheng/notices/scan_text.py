"""Pictures of text to messages of lines: each page is drawn, recognised and laid out like a printed page."""

from collections.abc import Iterator
from typing import Any

from minsheng.kernel.problem import Problem
from minsheng.kernel.source import Source
from minsheng.notices.pdf_layout import Page, text_lines
from minsheng.notices.pdf_page import Line

_DOTS_AN_INCH = 200
_LEAST_SURE = 0.5
_MOST_PIXELS = 40_000_000
_MOST_PAGES = 200


def messages(_job: str, path: str) -> Iterator[dict[str, Any]]:
    """Progress after every page, then the lines and a warning that they were recognised."""
    from rapidocr import RapidOCR  # noqa: PLC0415 - optional, and slow to load

    engine = RapidOCR(params={"Global.log_level": "critical"})
    pages: list[Page] = []
    for done, total, picture in _pictures(path):
        if total > _MOST_PAGES:
            yield {"refusal": "unpacks_too_large", "facts": {}}
            return
        height, width = picture.shape[:2]
        pages.append(Page(width, height, tuple(_lines(engine(picture)))))
        yield {"progress": [done, total]}
    lines = [line for line in text_lines(pages) if line]
    if not lines:
        yield {"refusal": "ocr_no_text", "facts": {}}
        return
    yield {"lines": lines}
    problem = Problem(
        code="recognised_text",
        severity="warning",
        message="这份文件是扫描件或照片，文字由程序识别，可能有错字：请对照原件核对数字、单位和地名。",
        sources=(Source(1, 0, len(lines[0])),),
    )
    yield {"problem": problem}


def _pictures(path: str) -> Iterator[tuple[int, int, Any]]:
    """Each page as an array of pixels, with its number and the number of pages."""
    import numpy as np  # noqa: PLC0415 - comes with the recognition

    with open(path, "rb") as file:  # noqa: PTH123 - one look at the first bytes
        is_pdf = b"%PDF-" in file.read(1024)
    if is_pdf:
        import pypdfium2  # noqa: PLC0415 - only for a PDF

        document = pypdfium2.PdfDocument(path)
        for index in range(len(document)):
            page = document[index]
            width, height = page.get_size()
            scale = min(_DOTS_AN_INCH / 72, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
            picture = page.render(scale=scale).to_numpy()
            page.close()
            yield index + 1, len(document), picture
        return
    from PIL import Image  # noqa: PLC0415 - only for a picture

    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    with Image.open(path) as image:
        yield 1, 1, np.asarray(image.convert("RGB"))


def _lines(found: Any) -> Iterator[Line]:
    """The recognised pieces as printed lines, from top to bottom; pieces of one line put side by side."""
    if found.boxes is None:
        return
    pieces = []
    for box, text, score in zip(found.boxes, found.txts, found.scores, strict=True):
        xs, ys = [float(p[0]) for p in box], [float(p[1]) for p in box]
        if text.strip() and score >= _LEAST_SURE:
            pieces.append((min(xs), min(ys), max(xs), max(ys), text.strip()))
    rows: list[list[tuple[float, float, float, float, str]]] = []
    for piece in sorted(pieces, key=lambda p: p[1] + p[3]):
        middle = (piece[1] + piece[3]) / 2
        if rows and rows[-1][0][1] <= middle <= rows[-1][0][3]:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    for row in rows:
        row.sort()
        size = max(1.0, (row[0][3] - row[0][1]) * 0.85)
        text = "\t".join(piece[4] for piece in row)
        yield Line(text, row[0][0], min(p[1] for p in row), row[-1][2], max(p[3] for p in row), size, size)
