"""Bytes of a file to a Document, or to the Refusal that says why not. Nothing here raises on bad input."""

from minsheng.kernel.problem import Problem
from minsheng.kernel.source import Source
from minsheng.notices.decoding import Decoded, decode
from minsheng.notices.document import Document, Refusal
from minsheng.notices.html_signs import DEEPEST, is_tangled, looks_like_html
from minsheng.notices.plain_text import plain_lines
from minsheng.notices.plausibility import TextStatistics
from minsheng.notices.refusals import refuse
from minsheng.notices.signatures import known_format

DEFAULT_LIMIT = 50 * 1024 * 1024
"""Bytes. A notice is some 50 kB; a saved page with everything in it stays below one megabyte."""


def judge_size(size: int, limit: int = DEFAULT_LIMIT) -> Refusal | None:
    """Whether a file of this many bytes is refused, before any of it is read."""
    if size == 0:
        return refuse("empty_file")
    if size > limit:
        return refuse("too_large", size=_megabytes(size), limit=_megabytes(limit))
    return None


def read_document(data: bytes, name: str, limit: int = DEFAULT_LIMIT) -> Document | Refusal:
    """The lines of a txt or html file. Format and encoding are found by content; ``name`` is only kept."""
    refusal = judge_size(len(data), limit)
    if refusal:
        return refusal
    code = known_format(data)
    if code:
        return refuse(code)
    decoded = decode(data)
    if isinstance(decoded, Refusal):
        return decoded
    is_html = looks_like_html(decoded.text)
    if is_html and is_tangled(decoded.text):
        return refuse("tangled_page", deepest=str(DEEPEST))
    lines = _page_lines(decoded.text) if is_html else plain_lines(decoded.text)
    statistics = TextStatistics.of("\n".join(lines)) if is_html else decoded.statistics
    if not statistics.visible:
        return refuse("no_text")
    if not statistics.is_chinese:
        share = f"{statistics.visible} 个字符里有 {statistics.hanzi} 个汉字"
        return refuse("no_chinese_text", share=share)
    return Document(
        name=name,
        format="html" if is_html else "txt",
        encoding=decoded.encoding,
        lines=lines,
        warnings=_warnings(decoded, lines, is_html=is_html),
    )


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
