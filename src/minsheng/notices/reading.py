"""Bytes of a file to a Document, or to the Refusal that says why not. Nothing here raises on bad input."""

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module

from minsheng.kernel.problem import Problem
from minsheng.kernel.source import Source
from minsheng.notices.decoding import Decoded, decode
from minsheng.notices.document import Body, Document, Refusal
from minsheng.notices.html_signs import DEEPEST, is_tangled, looks_like_html
from minsheng.notices.plain_text import plain_lines
from minsheng.notices.plausibility import SAMPLE, TextStatistics
from minsheng.notices.refusals import KIND_NAMES, refuse
from minsheng.notices.signatures import cut_office_kind, known_kind
from minsheng.notices.watch import Watch

DEFAULT_LIMIT = 50 * 1024 * 1024
"""Bytes. A notice is some 50 kB; a saved page with everything in it stays below one megabyte."""

_Reader = Callable[[bytes, str, Watch], Body | Refusal]

READERS: dict[str, tuple[str, str]] = {
    "docx": ("minsheng.notices.docx_file", "read_docx"),
    "pdf": ("minsheng.notices.pdf_file", "read_pdf"),
    "xlsx": ("minsheng.notices.sheet_file", "read_sheets"),
    "xlsb": ("minsheng.notices.sheet_file", "read_sheets"),
    "xls": ("minsheng.notices.sheet_file", "read_sheets"),
    "ods": ("minsheng.notices.sheet_file", "read_sheets"),
    "doc": ("minsheng.notices.office_text", "read_office"),
    "odt": ("minsheng.notices.office_text", "read_office"),
    "rtf": ("minsheng.notices.office_text", "read_office"),
    "wordxml": ("minsheng.notices.office_text", "read_office"),
    "image": ("minsheng.notices.scan_file", "read_scan"),
}
"""The reader of each kind of file that is no text: module and function, imported when such a file comes."""


LONGEST_LINE = 20_000
"""Characters. The longest paragraph of a real notice has some 1,500."""


def judge_size(size: int, limit: int = DEFAULT_LIMIT) -> Refusal | None:
    """Whether a file of this many bytes is refused, before any of it is read."""
    if size == 0:
        return refuse("empty_file")
    if size > limit:
        return refuse("too_large", size=_megabytes(size), limit=_megabytes(limit))
    return None


def read_document(
    data: bytes, name: str, limit: int = DEFAULT_LIMIT, watch: Watch | None = None
) -> Document | Refusal:
    """The lines of a file. Format and encoding are found by content; ``name`` is only kept.

    ``watch`` hears of the progress of a long reading and may end it.
    """
    refusal = judge_size(len(data), limit)
    if refusal:
        return refusal
    kind = known_kind(data)
    if kind is None:
        read = _read_text(data, name)
    elif kind in READERS:
        read = _read_kind(data, name, kind, watch or Watch())
    else:
        cut = cut_office_kind(data, name) if kind == "archive_file" else None
        read = refuse("damaged_file" if cut else kind, kind=KIND_NAMES[cut or "docx"])
    return read if isinstance(read, Refusal) else _with_lines_held(read)


def _read_kind(data: bytes, name: str, kind: str, watch: Watch) -> Document | Refusal:
    """A file of a kind that its bytes tell."""
    module, function = READERS[kind]
    reader: _Reader = getattr(import_module(module), function)
    body = reader(data, kind, watch)
    if isinstance(body, Refusal):
        return body
    return _judge_text(TextStatistics.of(_sample(body.lines)), rich=kind not in _SHEETS) or Document(
        name=name, format=kind, encoding="", lines=body.lines, warnings=body.warnings
    )


_SHEETS = frozenset({"xlsx", "xlsb", "xls", "ods"})


def _read_text(data: bytes, name: str) -> Document | Refusal:
    """A txt or html file."""
    decoded = decode(data)
    if isinstance(decoded, Refusal):
        return decoded
    is_html = looks_like_html(decoded.text)
    if is_html and is_tangled(decoded.text):
        return refuse("tangled_page", deepest=str(DEEPEST))
    lines = _page_lines(decoded.text) if is_html else plain_lines(decoded.text)
    statistics = TextStatistics.of("\n".join(lines)) if is_html else decoded.statistics
    return _judge_text(statistics) or Document(
        name=name,
        format="html" if is_html else "txt",
        encoding=decoded.encoding,
        lines=lines,
        warnings=_warnings(decoded, lines, is_html=is_html),
    )


def _with_lines_held(document: Document) -> Document:
    """The document with lines no longer than a line can be, and a warning where one was."""
    longest = max(map(len, document.lines))
    if longest <= LONGEST_LINE:
        return document
    numbers = [number for number, line in enumerate(document.lines, 1) if len(line) > LONGEST_LINE]
    problem = Problem(
        code="overlong_line",
        severity="warning",
        message=f"有 {len(numbers)} 行长得不正常（最先是第 {numbers[0]} 行，最长的有 {longest} 个字），"
        f"每行只读了前 {LONGEST_LINE} 个字：请核对原文件是否丢了换行，分好行后重新导入。",
        sources=(Source(numbers[0], 0, LONGEST_LINE),),
        expected=f"每行不超过 {LONGEST_LINE} 个字",
        found=f"{longest} 个字",
    )
    lines = tuple(line[:LONGEST_LINE] for line in document.lines)
    return replace(document, lines=lines, warnings=(*document.warnings, problem))


def _judge_text(statistics: TextStatistics, *, rich: bool = True) -> Refusal | None:
    """Whether a text is refused because it is empty or not Chinese; a sheet of figures needs few words."""
    if not statistics.visible:
        return refuse("no_text")
    if not (statistics.is_chinese if rich else statistics.hanzi):
        share = f"{statistics.visible} 个字符里有 {statistics.hanzi} 个汉字"
        return refuse("no_chinese_text", share=share)
    return None


def _sample(lines: tuple[str, ...]) -> str:
    """The beginning of a text, as much as is looked at."""
    taken: list[str] = []
    length = 0
    for line in lines:
        taken.append(line)
        length += len(line)
        if length > SAMPLE:
            break
    return "\n".join(taken)


def _page_lines(text: str) -> tuple[str, ...]:
    from minsheng.notices.html_text import html_lines  # noqa: PLC0415 - the parser costs a cold start 30 ms

    return html_lines(text)


def _warnings(decoded: Decoded, lines: tuple[str, ...], *, is_html: bool) -> tuple[Problem, ...]:
    """What shows that the file was cut: half a character at the end, or a page that is never closed."""
    if decoded.cut:
        found = "最后一个字只有一半"
    elif is_html and _is_open_page(decoded.text):
        found = "网页没有结束标记"
    else:
        return ()
    last = max(number for number, line in enumerate(lines, 1) if line.strip())
    return (
        Problem(
            code="truncated_file",
            severity="warning",
            message=f"文件像是在第 {last} 行之后断了（{found}），断开处以后的内容没有读到："
            "请核对末尾，必要时重新下载完整的文件再导入。",
            sources=(Source(last, 0, len(lines[last - 1])),),
            expected="完整的文件",
            found=found,
        ),
    )


def _is_open_page(text: str) -> bool:
    """Whether a page that opens its root never closes it."""
    lowered = text.lower()
    return "<html" in lowered and "</html" not in lowered and "</body" not in lowered


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MB".replace(".0 MB", " MB")
